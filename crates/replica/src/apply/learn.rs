//! After an update: rows that an older build kept as they came, and this one can read.

use super::{Changes, rows::Arrival};
use crate::{
    Replica, Result,
    connection::Durability,
    sql::{damaged, json, number},
    tables::{known, known::Known, stream, unknown_row},
};
use hearth_protocol::{
    blind::knows,
    row::{Row, RowKey},
    rows::KINDS,
    stream::StreamId,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

impl Replica {
    /// Gives rows that were kept raw to the tables of their kinds, where this build has them. Returns how many.
    pub(crate) async fn learn(&self) -> Result<usize> {
        let kinds: Vec<&str> = KINDS.iter().copied().filter(|kind| knows(kind)).collect();
        let kept = unknown_row::of_kinds(&mut *self.look().await?, &kinds).await?;
        if kept.is_empty() {
            return Ok(0);
        }
        let mut tx = self.write(Durability::Undoable).await?;
        let mut by_stream: BTreeMap<StreamId, Vec<Row>> = BTreeMap::new();
        for unknown_row::Kept { stream, kind, id, seq, raw } in kept {
            let home: StreamId = stream.parse().map_err(damaged)?;
            // What does not read as its kind, or is not in such a stream, stays as it is.
            if let Some(row) = read(&kind, number(seq), raw).filter(|row| row.data.home() == Some(home.kind())) {
                unknown_row::take(&mut tx, home, &RowKey { kind, id }).await?;
                by_stream.entry(home).or_default().push(row);
            }
        }
        let mut changes = Changes::begin(&mut tx, 0).await?;
        let mut learned = 0;
        for (id, rows) in by_stream {
            learned += rows.len();
            changes.learned(id, &rows).await?;
        }
        changes.finish().await?;
        tx.commit().await?;
        Ok(learned)
    }
}

fn read(kind: &str, seq: u64, raw: String) -> Option<Row> {
    let data = RawValue::from_string(raw).ok()?;
    let text = json(&serde_json::json!({ "seq": seq, "kind": kind, "data": data })).ok()?;
    serde_json::from_str(&text).ok()
}

impl Changes<'_> {
    async fn learned(&mut self, id: StreamId, rows: &[Row]) -> Result<()> {
        let Some(stream) = stream::find(self.tx, id).await? else { return Ok(()) };
        let known = match id {
            StreamId::Conversation(conversation) => known::of(self.tx, conversation).await?,
            StreamId::User(_) | StreamId::Members(_) | StreamId::Receipts(_) | StreamId::Group(_) => Known::default(),
        };
        self.rows(&Arrival { stream: id, known: &known, floor: stream.floor, live: false }, rows).await
    }
}
