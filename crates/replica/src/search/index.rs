//! The search index's changes of one transaction, written once at its end in the order that FTS5 wants.

use super::words::index_text;
use crate::Result;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

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
        if !self.remove.is_empty() {
            let sql = "INSERT INTO message_words (message_words, rowid, words)
                       SELECT 'delete', value ->> 0, value ->> 1 FROM json_each(?)";
            sqlx::query(sql).bind(rows(&self.remove)?).execute(&mut *tx).await?;
        }
        if !self.add.is_empty() {
            let sql = "INSERT INTO message_words (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each(?)";
            sqlx::query(sql).bind(rows(&self.add)?).execute(&mut *tx).await?;
        }
        Ok(self.more)
    }
}

/// One parameter for all rows: each statement costs FTS5 a segment of its own.
fn rows(words: &BTreeMap<i64, String>) -> Result<String> {
    crate::sql::json(&words.iter().collect::<Vec<_>>())
}
