//! What stands on messages, with what of mine waits in the outbox laid over it.

use crate::{
    Replica, Result, friends,
    outbox::shown,
    sql::{get, id, id_list, small},
    tables::{account, message, person},
};
use hearth_protocol::{
    ids::{ConversationId, MessageId, UserId},
    mutations::React,
    rows::Person,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};
use std::collections::{BTreeSet, HashMap};

/// Names that are read with a message; the others are counted.
const NAMES_MAX: i64 = 3;

/// One emoji on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    pub emoji: String,
    /// How many people, me among them. Those whom I have blocked do not count.
    pub count: u32,
    pub mine: bool,
    /// The first of the others.
    pub who: Vec<Person>,
}

/// What stands on the messages of a window.
#[derive(Default)]
pub(crate) struct Reactions(HashMap<MessageId, Vec<Reaction>>);

/// Found by the messages: those of a thread stand far apart, with all that is said between them. ?1 is the conversation, ?2 the messages,
/// ?3 I, ?4 whom I have blocked, ?5 how many are named.
const OF: &str = "SELECT * FROM (
        SELECT r.message, r.emoji, r.user, count(*) OVER emoji AS count, min(r.at) OVER emoji AS since,
            coalesce(max(r.user = ?3) OVER emoji, 0) AS mine,
            row_number() OVER (PARTITION BY r.message, r.emoji ORDER BY coalesce(r.user = ?3, 0), r.at, r.user) AS nth
        FROM reaction r
        WHERE r.message IN (SELECT unhex(value) FROM json_each(?2)) AND +r.conversation = ?1 AND r.at IS NOT NULL
            AND r.user NOT IN (SELECT unhex(value) FROM json_each(?4))
        WINDOW emoji AS (PARTITION BY r.message, r.emoji)) r
     LEFT JOIN (SELECT user AS person, username, first_name, last_name FROM person) p ON p.person = r.user
     WHERE r.nth <= ?5 ORDER BY r.message, r.since, r.emoji, r.nth";

impl Reactions {
    /// Of these messages, in the order in which each emoji came first; what waits comes last.
    pub async fn of(
        tx: &mut SqliteConnection,
        conversation: ConversationId,
        messages: &[MessageId],
        me: Option<UserId>,
        blocked: &BTreeSet<UserId>,
    ) -> Result<Self> {
        let rows = sqlx::query(OF)
            .bind(conversation.as_bytes())
            .bind(id_list(messages.iter().map(MessageId::as_bytes))?)
            .bind(me.map(|me| me.as_bytes().to_vec()))
            .bind(id_list(blocked.iter().map(|user| user.as_bytes()))?)
            .bind(NAMES_MAX)
            .fetch_all(&mut *tx)
            .await?;
        let mut on = Self::default();
        for row in &rows {
            on.read(row, me)?;
        }
        for waiting in shown::reactions(tx, Some(conversation)).await? {
            on.lay_over(&waiting);
        }
        Ok(on)
    }

    fn read(&mut self, row: &SqliteRow, me: Option<UserId>) -> Result<()> {
        let emoji: String = get(row, "emoji")?;
        let here = self.0.entry(id(get(row, "message")?)?).or_default();
        if here.last().is_none_or(|last| last.emoji != emoji) {
            here.push(Reaction { emoji, count: small(get(row, "count")?), mine: get(row, "mine")?, who: vec![] });
        }
        let user: UserId = id(get(row, "user")?)?;
        if let Some(reaction) = here.last_mut().filter(|_| Some(user) != me) {
            reaction.who.extend(person::read(row)?);
        }
        Ok(())
    }

    fn lay_over(&mut self, waiting: &React) {
        let here = self.0.entry(waiting.message).or_default();
        match (here.iter_mut().find(|reaction| reaction.emoji == waiting.emoji), waiting.on) {
            (Some(reaction), on) if reaction.mine != on => {
                reaction.mine = on;
                reaction.count = if on { reaction.count.saturating_add(1) } else { reaction.count.saturating_sub(1) };
            }
            (None, true) => here.push(Reaction { emoji: waiting.emoji.clone(), count: 1, mine: true, who: vec![] }),
            _ => {}
        }
        here.retain(|reaction| reaction.count > 0);
    }

    pub fn take(&mut self, message: MessageId) -> Vec<Reaction> {
        self.0.remove(&message).unwrap_or_default()
    }
}

impl Replica {
    /// Everybody who has put something on a message, by emoji as it stands there, the first of them first; I come last where mine waits. Empty
    /// for what is not here.
    pub async fn reactions(&self, conversation: ConversationId, message: MessageId) -> Result<Vec<(String, Vec<Person>)>> {
        let mut tx = self.read().await?;
        let me = account::me(&mut tx).await?.as_ref().map(person::of_account);
        let blocked = friends::blocked(&mut tx).await?;
        if message::place(&mut tx, conversation, message).await?.is_none() {
            return Ok(vec![]);
        }
        let mine = me.as_ref().map(|me| me.user);
        let shown = Reactions::of(&mut tx, conversation, &[message], mine, &blocked).await?.take(message);
        let rows = sqlx::query(
            "SELECT r.emoji, p.user AS person, p.username, p.first_name, p.last_name FROM reaction r JOIN person p ON p.user = r.user
             WHERE r.message = ?1 AND r.at IS NOT NULL ORDER BY r.at, r.user",
        )
        .bind(message.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
        let mut people: HashMap<String, Vec<Person>> = HashMap::new();
        for row in &rows {
            if let Some(person) = person::read(row)?.filter(|person| !blocked.contains(&person.user)) {
                people.entry(get(row, "emoji")?).or_default().push(person);
            }
        }
        let with_me = |reaction: Reaction| {
            let mut who = people.remove(&reaction.emoji).unwrap_or_default();
            match &me {
                Some(me) if !reaction.mine => who.retain(|person| person.user != me.user),
                Some(me) if who.iter().all(|person| person.user != me.user) => who.push(me.clone()),
                _ => {}
            }
            (reaction.emoji, who)
        };
        Ok(shown.into_iter().map(with_me).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Key;
    use sqlx::AssertSqlSafe;

    #[tokio::test]
    async fn what_is_on_messages_is_found_by_them_and_not_by_what_is_between() {
        let folder = tempfile::tempdir().unwrap();
        let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([1; 32])).await.unwrap();
        let mut tx = replica.read().await.unwrap();
        let explain = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {OF}")));
        let rows = (0..5).fold(explain, |explain, _| explain.bind("")).fetch_all(&mut *tx).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| get(row, "detail").unwrap()).collect();
        let reads: Vec<&String> = plan.iter().filter(|step| step.contains(" r ") && !step.starts_with("SCAN")).collect();
        assert!(reads.iter().any(|step| step.contains("(message=?")), "{plan:?}");
        assert!(plan.iter().all(|step| !step.contains("reaction_place")), "{plan:?}");
    }
}
