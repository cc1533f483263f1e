//! A damaged replica: finding out, and getting back what only it had. What the server has is fetched again; what was not sent,
//! drafts and settings exist nowhere else.

use crate::{
    Key, OpenError, OutboxEntry, Replica, Result,
    connection::Durability,
    open,
    outbox::{
        acknowledged::{self, Acknowledged},
        table,
    },
    sql::{get, younger},
    tables::{account, line},
};
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};
use std::{collections::BTreeSet, path::Path};

/// What a damaged file still gave back.
#[derive(Debug, Default)]
pub struct Rescued {
    outbox: Vec<Unsent>,
    acknowledged: Vec<Acknowledged>,
    drafts: Vec<Typed>,
    settings: Vec<(String, String)>,
    /// Every entry was read. Otherwise some may be in the file and not in here.
    pub whole: bool,
}

/// A draft, with its ids as they lie in the file.
#[derive(Debug, PartialEq)]
struct Typed {
    conversation: Vec<u8>,
    /// The message in whose thread it is written; empty where it is in none.
    root: Vec<u8>,
    text: String,
    reply_to: Option<Vec<u8>>,
}

/// An entry of the outbox, and its place there.
#[derive(Debug, PartialEq)]
struct Unsent {
    n: i64,
    entry: OutboxEntry,
}

impl Rescued {
    /// How many things that the server does not have yet came along.
    pub fn unsent(&self) -> usize {
        self.outbox.len()
    }

    /// How many drafts came along.
    pub fn drafts(&self) -> usize {
        self.drafts.len()
    }
}

/// Reads the whole file and says whether every page of it is as it was written and the tables and indexes agree. Takes a second
/// for each few hundred megabytes; may be dropped at any time. Uses a connection of its own, beside an open replica.
///
/// # Errors
/// When the file cannot be read at all for another reason than damage.
pub async fn is_whole(path: &Path, key: &Key) -> std::result::Result<bool, OpenError> {
    let looked = async {
        let mut connection = open::connect_to_read(path, key).await?;
        let wrong = wrong_pages(&mut connection).await?;
        let pages = wrong.is_empty() || {
            open::fold(path, key).await?;
            wrong.is_disjoint(&wrong_pages(&mut connection).await?)
        };
        let said: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *connection).await?;
        connection.close().await;
        Ok::<_, sqlx::Error>(pages && said == "ok")
    };
    match looked.await.map_err(OpenError::from) {
        Err(OpenError::WrongKeyOrDamaged) => Ok(false),
        other => other,
    }
}

/// A line for each page whose code does not match its bytes. This reads the file past every lock and past the log: a page that is being
/// written at that moment, or was when the computer lost power, is wrong until the log is folded.
async fn wrong_pages(connection: &mut SqliteConnection) -> std::result::Result<BTreeSet<String>, sqlx::Error> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(connection).await?;
    Ok(lines.into_iter().collect())
}

/// Reads what can still be read of the outbox, drafts and settings. The file is not changed; with another key nothing comes back.
pub async fn rescue(path: &Path, key: &Key) -> Rescued {
    let mut rescued = Rescued { whole: true, ..Rescued::default() };
    let mut connection = match open::connect_to_read(path, key).await {
        Ok(connection) => connection,
        Err(error) => {
            tracing::warn!(%error, "nothing can be read of the damaged replica");
            return Rescued::default();
        }
    };
    rescued.outbox = entries(&mut connection, "outbox", "n", unsent, &mut rescued.whole).await;
    rescued.outbox.sort_by_key(|entry| entry.n);
    rescued.acknowledged = acknowledged(&mut connection).await;
    rescued.acknowledged.sort_by_key(|entry| entry.n);
    let draft = |row: &SqliteRow| {
        let root = younger(row, "root")?.unwrap_or_default();
        Ok(Typed { conversation: get(row, "conversation")?, root, text: get(row, "text")?, reply_to: younger(row, "reply_to")?.flatten() })
    };
    rescued.drafts = entries(&mut connection, "draft", "conversation", draft, &mut rescued.whole).await;
    let setting = |row: &SqliteRow| Ok((get(row, "name")?, get(row, "value")?));
    rescued.settings = entries(&mut connection, "setting", "name", setting, &mut rescued.whole).await;
    connection.close().await;
    rescued
}

/// What the server has already matters only if it is set back: what cannot be read of it is nothing to tell anybody about. Files of an
/// older schema have none.
async fn acknowledged(connection: &mut SqliteConnection) -> Vec<Acknowledged> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'acknowledged')";
    if !sqlx::query_scalar(sql).fetch_one(&mut *connection).await.unwrap_or(false) {
        return vec![];
    }
    entries(connection, "acknowledged", "n", acknowledged::read, &mut true).await
}

/// A table from its front until a page refuses, then from its end until one refuses.
async fn entries<T: PartialEq>(
    connection: &mut SqliteConnection,
    table: &str,
    key: &str,
    read: impl Fn(&SqliteRow) -> Result<T>,
    whole: &mut bool,
) -> Vec<T> {
    let mut found = Vec::new();
    for direction in ["ASC", "DESC"] {
        let sql = format!("SELECT * FROM {table} ORDER BY {key} {direction}");
        let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut *connection);
        loop {
            match rows.try_next().await {
                Ok(Some(row)) => match read(&row) {
                    Ok(entry) if !found.contains(&entry) => found.push(entry),
                    Ok(_) => {}
                    Err(error) => {
                        tracing::warn!(%error, table, "an entry is not readable");
                        *whole = false;
                    }
                },
                Ok(None) => return found,
                Err(error) => {
                    tracing::warn!(%error, table, "not everything can be read");
                    *whole = false;
                    break;
                }
            }
        }
    }
    found
}

fn unsent(row: &SqliteRow) -> Result<Unsent> {
    Ok(Unsent { n: get(row, "n")?, entry: table::read(row)? })
}

impl Replica {
    /// Takes over what was rescued, in its order and under its ids, so that what had reached the server is not done twice. The
    /// account must be known. On the disk when this returns; done twice it changes nothing more.
    pub async fn restore(&self, rescued: &Rescued) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        let mut conversations = BTreeSet::new();
        // The outbox gives places in the order in which it is filled.
        let mut taken = rescued.acknowledged.iter().peekable();
        for Unsent { n, entry } in &rescued.outbox {
            while let Some(earlier) = taken.next_if(|earlier| earlier.n < *n) {
                acknowledged::restore(&mut tx, earlier).await?;
            }
            table::restore(&mut tx, entry).await?;
            conversations.extend(table::conversation_of(&entry.intent));
        }
        for last in taken {
            acknowledged::restore(&mut tx, last).await?;
        }
        for Typed { conversation, root, text, reply_to } in &rescued.drafts {
            let query = sqlx::query("INSERT INTO draft (conversation, root, text, reply_to) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
            query.bind(conversation).bind(root).bind(text).bind(reply_to).execute(&mut *tx).await?;
        }
        for (name, value) in &rescued.settings {
            let query = sqlx::query("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
            query.bind(name).bind(value).execute(&mut *tx).await?;
        }
        let me = account::my_id(&mut tx).await?;
        for conversation in conversations {
            line::refresh(&mut tx, conversation, me).await?;
        }
        tx.commit().await
    }
}
