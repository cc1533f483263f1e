//! The answer to a retry: the rows that the mutation changed, read again at their newest.

use crate::store::{StoreError, account, conversation, member, message, mutation::Touched, read_marker};
use hearth_protocol::{
    Seq,
    ids::{Epoch, UserId},
    mutation::Part,
    row::{Row, RowKey},
    rows::{AccountRow, ConversationRow, MemberRow, MembershipRow, MessageRow, ReadMarkerRow, RowKind},
    stream::StreamId,
};
use sqlx::AnyConnection;

/// Parts for the streams that the author may still see.
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
        let Some(vis_ver) = vis_ver(connection, *stream, actor).await? else { continue };
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            rows.extend(row(connection, *stream, key).await?);
        }
        let newest = rows.iter().map(|row| row.seq).max().unwrap_or(0);
        let untouched = newest > 0 && rows.len() == keys.len() && rows.iter().all(|row| row.seq == *seq);
        let prev: Seq = if untouched { newest - 1 } else { newest };
        parts.push(Part { stream: *stream, epoch, vis_ver, prev, seq: newest, rows });
    }
    Ok(parts)
}

async fn vis_ver(connection: &mut AnyConnection, stream: StreamId, viewer: UserId) -> Result<Option<u64>, StoreError> {
    match stream {
        StreamId::User(user) => Ok((user == viewer).then_some(member::VIS_VER_FIRST)),
        StreamId::Conversation(id) | StreamId::Members(id) => {
            Ok(member::window(connection, id, viewer).await?.map(|window| window.vis_ver))
        }
    }
}

async fn row(connection: &mut AnyConnection, stream: StreamId, key: &RowKey) -> Result<Option<Row>, StoreError> {
    let unreadable = || StoreError::Unreadable("row key");
    match (stream, key.kind.as_str()) {
        (StreamId::User(user), AccountRow::KIND) => account::changed(connection, user, 0, Seq::MAX).await,
        (StreamId::User(user), MembershipRow::KIND) => {
            member::membership(connection, user, key.id.parse().map_err(|_| unreadable())?).await
        }
        (StreamId::User(user), ReadMarkerRow::KIND) => read_marker::one(connection, user, key.id.parse().map_err(|_| unreadable())?).await,
        (StreamId::Conversation(id), ConversationRow::KIND) => conversation::changed(connection, id, 0, Seq::MAX).await,
        (StreamId::Conversation(id), MessageRow::KIND) => message::one(connection, id, key.id.parse().map_err(|_| unreadable())?).await,
        (StreamId::Members(id), MemberRow::KIND) => member::one(connection, id, key.id.parse().map_err(|_| unreadable())?).await,
        _ => Err(unreadable()),
    }
}
