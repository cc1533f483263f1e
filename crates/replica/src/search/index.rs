//! The search index's changes of one transaction, written once at its end in the order that FTS5 wants.

use super::words::index_text;
use crate::Result;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeMap;

const ROWS_PER_STATEMENT: usize = 100;

/// Which messages become visible or change, by `message.n`. FTS5 writes a segment whenever row ids go back, hence the sorting.
#[derive(Default)]
pub(crate) struct Index {
    /// Words as they are in the index now, to be overwritten.
    remove: BTreeMap<i64, String>,
    add: BTreeMap<i64, String>,
    /// How many more messages can be seen than before.
    pub more: i64,
}

impl Index {
    /// A message can be seen from now on.
    pub fn show(&mut self, n: i64, text: Option<&str>) {
        self.more += 1;
        self.add_words(n, text);
    }

    /// A visible message goes.
    pub fn hide(&mut self, n: i64, text: Option<&str>) {
        self.more -= 1;
        self.remove_words(n, text);
    }

    /// A visible message's words change.
    pub fn replace(&mut self, n: i64, old: Option<&str>, new: Option<&str>) {
        if old != new {
            self.remove_words(n, old);
            self.add_words(n, new);
        }
    }

    fn add_words(&mut self, n: i64, text: Option<&str>) {
        if let Some(text) = text {
            self.add.insert(n, index_text(text));
        }
    }

    fn remove_words(&mut self, n: i64, text: Option<&str>) {
        if let Some(text) = text
            && self.add.remove(&n).is_none()
        {
            self.remove.insert(n, index_text(text));
        }
    }

    pub async fn write(mut self, tx: &mut SqliteConnection) -> Result<i64> {
        // A copy that is replaced brings most messages back as they were.
        let same: Vec<i64> = self.add.iter().filter(|(n, words)| self.remove.get(n) == Some(words)).map(|(n, _)| *n).collect();
        for n in same {
            self.add.remove(&n);
            self.remove.remove(&n);
        }
        let remove: Vec<(i64, String)> = self.remove.into_iter().collect();
        for chunk in remove.chunks(ROWS_PER_STATEMENT) {
            QueryBuilder::<Sqlite>::new("INSERT INTO message_words (message_words, rowid, words) ")
                .push_values(chunk, |mut values, (n, words)| {
                    values.push("'delete'").push_bind(*n).push_bind(words);
                })
                .build()
                .execute(&mut *tx)
                .await?;
        }
        let add: Vec<(i64, String)> = self.add.into_iter().collect();
        for chunk in add.chunks(ROWS_PER_STATEMENT) {
            QueryBuilder::<Sqlite>::new("INSERT INTO message_words (rowid, words) ")
                .push_values(chunk, |mut values, (n, words)| {
                    values.push_bind(*n).push_bind(words);
                })
                .build()
                .execute(&mut *tx)
                .await?;
        }
        Ok(self.more)
    }
}
