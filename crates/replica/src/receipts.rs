//! Where my messages are: what has reached the others and what they have read, from their receipts; and what they are told of me.

use crate::{
    Replica, Result, Shows,
    connection::Durability,
    outbox::table,
    shows,
    sql::{get, id, int, number},
    tables::{account, delivery, message, person},
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId, MutationId, UserId},
    mutation::Mutation,
    mutations::{Intent, MarkDelivered},
    rows::{MessageRow, Person},
};
use sqlx::SqliteConnection;

/// How far a message of mine that the server has is. In a group all who are there now, and were when it was written, count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    Sent,
    /// It is on a device of each of the others.
    Delivered,
    /// Each of the others has read it.
    Read,
}

/// Somebody whom a message has reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    pub person: Person,
    /// When they read it; `None` while it has only reached them.
    pub read_at: Option<Millis>,
}

/// One of the others, and how far they are.
struct Other {
    joined_at: Millis,
    reached: Pos,
    /// What they have read, `(from, to]`.
    read: Vec<(Pos, Pos)>,
}

/// The receipts of a conversation for some places. Empty where no copy of them is here.
#[derive(Default)]
pub(crate) struct Receipts(Vec<(UserId, Other)>);

impl Receipts {
    /// Of these places. Those of a thread stand far apart: what was read between them is not kept.
    pub async fn of(tx: &mut SqliteConnection, conversation: ConversationId, places: &[Pos]) -> Result<Self> {
        // Whoever has read a message has it, whatever their device said.
        let rows = sqlx::query(
            "SELECT m.user AS user, m.joined_at AS joined_at, max(coalesce(d.pos, 0),
                coalesce((SELECT max(r.to_pos) FROM read_receipt r WHERE r.conversation = m.conversation AND r.user = m.user), 0)) AS reached
             FROM member m LEFT JOIN delivered d ON d.conversation = m.conversation AND d.user = m.user
             WHERE m.conversation = ? AND m.left_at IS NULL AND m.user <> coalesce((SELECT user FROM account), x'')",
        )
        .bind(conversation.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
        let mut others = Vec::with_capacity(rows.len());
        for row in &rows {
            let other = Other { joined_at: get(row, "joined_at")?, reached: number(get(row, "reached")?), read: vec![] };
            others.push((id(get(row, "user")?)?, other));
        }
        let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else { return Ok(Self(others)) };
        let ranges: Vec<(Vec<u8>, i64, i64)> =
            sqlx::query_as("SELECT user, from_pos, to_pos FROM read_receipt WHERE conversation = ? AND to_pos >= ? AND from_pos < ?")
                .bind(conversation.as_bytes())
                .bind(int(*first))
                .bind(int(*last))
                .fetch_all(tx)
                .await?;
        for (user, from, to) in ranges {
            let (from, to) = (number(from), number(to));
            if !places.iter().any(|pos| from < *pos && *pos <= to) {
                continue;
            }
            let user: UserId = id(&user)?;
            if let Some((_, other)) = others.iter_mut().find(|(other, _)| *other == user) {
                other.read.push((from, to));
            }
        }
        Ok(Self(others))
    }

    /// Of all the places of some messages.
    pub async fn for_messages<'m>(
        tx: &mut SqliteConnection,
        conversation: ConversationId,
        messages: impl Iterator<Item = &'m MessageRow>,
    ) -> Result<Self> {
        let rows: Vec<&MessageRow> = messages.collect();
        // Whether an aside was read no receipt says.
        let places: Vec<Pos> = rows.iter().filter(|row| !row.is_aside()).map(|row| row.pos).collect();
        if rows.is_empty() { Ok(Self::default()) } else { Self::of(tx, conversation, &places).await }
    }

    /// How far a message of mine is. Those who came after it was written do not count: they may not even see it.
    pub fn delivery(&self, pos: Pos, created_at: Millis) -> Delivery {
        let counted = || self.0.iter().map(|(_, other)| other).filter(|other| other.joined_at <= created_at);
        let has_read = |other: &Other| other.read.iter().any(|(from, to)| *from < pos && pos <= *to);
        if counted().next().is_none() {
            Delivery::Sent
        } else if counted().all(has_read) {
            Delivery::Read
        } else if counted().all(|other| other.reached >= pos) {
            Delivery::Delivered
        } else {
            Delivery::Sent
        }
    }
}

impl Replica {
    /// Whom a message has reached: those who have read it, the first of them first, then those who only have it. Those who have left
    /// since are still among them. Empty for what is not here. Who has read an aside nobody is told: a receipt is of the conversation.
    pub async fn readers(&self, conversation: ConversationId, message: MessageId) -> Result<Vec<Reader>> {
        let mut tx = self.read().await?;
        let Some(pos) = message::place(&mut tx, conversation, message).await? else { return Ok(vec![]) };
        let rows = sqlx::query(
            "SELECT p.user AS person, p.username, p.first_name, p.last_name,
                (SELECT min(r.at) FROM read_receipt r WHERE r.conversation = m.conversation AND r.user = m.user
                    AND r.from_pos < ?2 AND r.to_pos >= ?2 AND NOT (SELECT aside FROM message WHERE id = ?3)) AS read_at,
                EXISTS (SELECT 1 FROM delivered d WHERE d.conversation = m.conversation AND d.user = m.user AND d.pos >= ?2)
                    OR EXISTS (SELECT 1 FROM read_receipt r WHERE r.conversation = m.conversation AND r.user = m.user AND r.to_pos >= ?2) AS has
             FROM member m JOIN person p ON p.user = m.user
             WHERE m.conversation = ?1 AND m.user <> (SELECT sender FROM message WHERE id = ?3)
             ORDER BY read_at IS NULL, read_at, p.first_name, p.last_name, p.username",
        )
        .bind(conversation.as_bytes())
        .bind(int(pos))
        .bind(message.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
        let mut readers = vec![];
        for row in &rows {
            let read_at: Option<Millis> = get(row, "read_at")?;
            if let (Some(person), true) = (person::read(row)?, read_at.is_some() || get(row, "has")?) {
                readers.push(Reader { person, read_at });
            }
        }
        Ok(readers)
    }

    /// Whether others may see what has reached me and what I have read: as the account says, or as I have said since.
    pub async fn shares_receipts(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let waiting = table::of_names(&mut tx, &["set_read_receipts"]).await?;
        if let Some(Shows::ReadReceipts(on)) = waiting.last().map(shows) {
            return Ok(on);
        }
        Ok(account::me(&mut tx).await?.is_none_or(|me| me.read_receipts))
    }

    /// Puts into the outbox what the server is to be told of messages that have come: nothing that the person did, so a power cut may
    /// undo it. Whoever plans calls it; it changes nothing most of the time.
    pub async fn tell_delivered(&self, now_local: Millis) -> Result<()> {
        if delivery::due(&mut *self.look().await?, now_local).await?.is_empty() {
            return Ok(());
        }
        let mut tx = self.write(Durability::Undoable).await?;
        for due in delivery::due(&mut tx, now_local).await? {
            if due.worth_telling {
                let mark = MarkDelivered { conversation: due.conversation, pos: due.reached };
                let mutation = Mutation::new(MutationId::new(), Intent::MarkDelivered(mark));
                crate::outbox::take(&mut tx, &mutation, now_local).await?;
            }
            delivery::settle(&mut tx, &due, due.worth_telling.then_some(now_local)).await?;
        }
        tx.commit().await
    }
}
