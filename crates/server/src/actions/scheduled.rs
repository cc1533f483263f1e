//! What the actions about scheduled messages share.

use super::{Context, Refusal};
use crate::{
    commit::{View, change::Change},
    sight::VIS_VER_FIRST,
    store::{rows::Record, scheduled::Scheduled},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::MessageId,
    mutation::Part,
    row::{Row, RowKey},
    rows::{RowData, RowKind, ScheduledRow},
    stream::StreamId,
};

/// The row of a message that somebody has scheduled, and the place of its last change.
pub(super) struct Found {
    pub row: ScheduledRow,
    seq: u64,
}

pub(super) fn key(message: MessageId) -> RowKey {
    RowKey { kind: ScheduledRow::KIND.into(), id: message.to_string() }
}

/// The actor's own; nobody finds those of others.
pub(super) async fn find(view: &mut View<'_>, context: &Context, message: MessageId) -> Result<Option<Found>, Refusal> {
    let found = view.row(StreamId::User(context.actor), key(message)).await?;
    Ok(match found {
        Some(Row { seq, data: RowData::Scheduled(row) }) => Some(Found { row, seq }),
        _ => None,
    })
}

pub(super) fn change(context: &Context, row: ScheduledRow) -> Change {
    let ended_at = (!row.state.is_open()).then_some(context.now);
    Change::new(StreamId::User(context.actor), Record::Scheduled(Scheduled { row, ended_at }))
}

/// The answer to who wanted to change another state of it.
pub(super) fn conflict(context: &Context, found: Found, message: &str) -> Refusal {
    let (stream, seq) = (StreamId::User(context.actor), found.seq);
    let part = Part { stream, epoch: context.epoch, vis_ver: VIS_VER_FIRST, prev: seq, seq, rows: vec![Row::new(seq, found.row)] };
    ApiError::new(ErrorCode::EditConflict, message).with_current(part).into()
}
