//! People: me, everybody whose name came by, and who is in a conversation.

use crate::{
    Replica, Result,
    connection::Durability,
    search::fold_name,
    sql::{damaged, get, json},
    tables::{account, person},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, UserId},
    rows::{AccountRow, MemberRole, MemberRow, Person},
    stream::StreamId,
};
use sqlx::sqlite::SqliteRow;

impl Replica {
    /// My account, once it was told at sign-in or arrived.
    pub async fn me(&self) -> Result<Option<AccountRow>> {
        account::me(&mut *self.read().await?).await
    }

    /// Says who signed in, so that the replica knows whose messages are mine before the first row arrives, and follows the user stream.
    pub async fn remember_me(&self, row: &AccountRow) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        // A row that is here is newer, and so is the name in it.
        if account::apply(&mut tx, None, row).await? {
            person::learn(&mut tx, &person::of_account(row)).await?;
        }
        crate::tables::stream::follow(&mut tx, StreamId::User(row.user)).await?;
        tx.commit().await
    }

    /// Keeps the names of people whom a search found online, so that a conversation with them can be begun offline. `asked` is
    /// what [`Replica::names_told`] was when the server was asked: where a row has said since what somebody is called, the answer may be
    /// older, and whoever is known stays called what they are.
    pub async fn remember_people(&self, people: &[Person], asked: u64) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        let newest = self.names_told() == asked;
        for person in people {
            if newest {
                person::learn(&mut tx, person).await?;
            } else {
                person::learn_new(&mut tx, person).await?;
            }
        }
        tx.commit().await
    }

    pub async fn person(&self, user: UserId) -> Result<Option<Person>> {
        person::find(&mut *self.read().await?, user).await
    }

    /// Whom a message names or tells of, of those who are known here.
    pub async fn named(&self, body: Option<&Body>) -> Result<Vec<Person>> {
        person::named(&mut *self.read().await?, body).await
    }

    /// People of whom each word of the query begins a name; without a query everybody. By first name, at most `limit`.
    pub async fn people(&self, query: &str, limit: u32) -> Result<Vec<Person>> {
        let mut tx = self.read().await?;
        let rows = sqlx::query(
            "SELECT user AS person, username, first_name, last_name FROM person
             WHERE username <> '' AND NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(folded, value) = 0)
             ORDER BY first_name, last_name, username LIMIT ?",
        )
        .bind(json(&needles(query))?)
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        rows.iter().filter_map(|row| person::read(row).transpose()).collect()
    }

    /// Who is or was in a conversation; of a public channel, in its group.
    pub async fn members(&self, conversation: ConversationId) -> Result<Vec<MemberRow>> {
        if let Some(group) = self.public_in(conversation).await? {
            return self.group_members(group).await;
        }
        let mut tx = self.read().await?;
        let rows = sqlx::query(
            "SELECT m.role AS role, m.joined_at AS joined_at, m.left_at AS left_at, p.user AS person, p.username, p.first_name, p.last_name
             FROM member m JOIN person p ON p.user = m.user WHERE m.conversation = ? ORDER BY m.joined_at, m.user",
        )
        .bind(conversation.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
        rows.iter().map(member_row).collect()
    }
}

/// Reads a member's role and times, and who they are.
pub(crate) fn member_row(row: &SqliteRow) -> Result<MemberRow> {
    Ok(MemberRow {
        person: person::read(row)?.ok_or_else(|| damaged("a member's name"))?,
        role: MemberRole::parse(get(row, "role")?).ok_or_else(|| damaged("a member's role"))?,
        joined_at: get(row, "joined_at")?,
        left_at: get(row, "left_at")?,
    })
}

/// The words of a query as what a folded name must contain: each begins a word, but in unspaced scripts, where it may stand anywhere.
pub(crate) fn needles(query: &str) -> Vec<String> {
    let folded = fold_name(query);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words
        .map(|word| if word.chars().next().is_some_and(crate::search::is_unspaced) { word.to_owned() } else { format!(" {word}") })
        .collect()
}
