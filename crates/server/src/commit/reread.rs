//! The answer to a retry: the rows that the mutation changed, read again at their newest.

use crate::store::{StoreError, membership, mutation::Touched, reaction, rows};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, Epoch, UserId},
    mutation::Part,
    row::Row,
    rows::RowData,
    stream::StreamId,
};
use sqlx::AnyConnection;

/// Parts for the streams that the author may still see, with the rows that they may.
///
/// Rows that nobody touched since come as the commit that they were: `(seq - 1, seq]`. Others are guarded by their own seq alone, in
/// an empty range that moves no cursor: the commits that changed them may have changed more.
pub(super) async fn parts(
    connection: &mut AnyConnection,
    epoch: Epoch,
    actor: UserId,
    touched: &[Touched],
) -> Result<Vec<Part>, StoreError> {
    let mut parts = Vec::with_capacity(touched.len());
    for Touched { stream, seq, keys } in touched {
        let Some(sight) = membership::sight(connection, *stream, actor).await? else { continue };
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            found.extend(rows::one(connection, *stream, key).await?);
        }
        let newest = found.iter().map(|row| row.seq).max().unwrap_or(0);
        let untouched = newest > 0 && found.len() == keys.len() && found.iter().all(|row| row.seq == *seq);
        let prev: Seq = if untouched { newest - 1 } else { newest };
        found.retain(|row| sight.show(row));
        // A message may stand alone in a replica: what stands on it by now comes along.
        let mut on_it = Vec::new();
        let places: Vec<_> = found.iter().filter_map(message_place(*stream)).collect();
        for (conversation, pos) in places {
            on_it.extend(reaction::of_message(connection, conversation, pos).await?);
        }
        parts.push(Part { stream: *stream, epoch, vis_ver: sight.vis_ver, prev, seq: newest, rows: found });
        if let Some(seq) = on_it.iter().map(|row| row.seq).max() {
            parts.push(Part { stream: *stream, epoch, vis_ver: sight.vis_ver, prev: seq, seq, rows: on_it });
        }
    }
    Ok(parts)
}

/// Where a message stands, if it is one.
fn message_place(stream: StreamId) -> impl Fn(&Row) -> Option<(ConversationId, Pos)> {
    move |row| if let (StreamId::Conversation(id), RowData::Message(row)) = (stream, &row.data) { Some((id, row.pos)) } else { None }
}
