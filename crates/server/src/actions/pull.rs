use super::bad_request;
use crate::{
    app::App,
    rates::Cost,
    sight::Sight,
    store::{StoreError, membership, message, reaction, rows, session::Session, stream},
};
use hearth_protocol::{
    Pos, Seq,
    error::{ApiError, ErrorCode},
    ids::{Epoch, UserId},
    limits,
    mutation::Part,
    row::Row,
    rule::{Rule, holds},
    stream::StreamId,
    sync::{From, Page, PullRequest, PullResponse},
};
use sqlx::AnyConnection;

/// Rows of streams that somebody may see, from cursors or as first copies. One snapshot for the whole answer.
pub(crate) async fn pull(app: &App, session: Session, request: &PullRequest) -> Result<PullResponse, ApiError> {
    let epoch = app.epoch();
    if request.epoch != epoch {
        let message = "The server's database was restored. Ask for the heads again.";
        return Err(ApiError::new(ErrorCode::EpochChanged, message));
    }
    if request.wants.len() > limits::STREAMS_PER_PULL_MAX {
        return Err(bad_request("A pull asks for at most 200 streams."));
    }
    app.rates().spend(session.user, Cost::Pull { streams: request.wants.len(), rows: request.limit.min(limits::ROWS_PER_PAGE_MAX) })?;
    let mut snapshot = app.store().snapshot().await?;
    let mut room = request.limit.clamp(1, limits::ROWS_PER_PAGE_MAX);
    let mut pages = Vec::with_capacity(request.wants.len());
    for want in &request.wants {
        let first = pages.is_empty();
        let tail_finds_no_room = matches!(want.from, From::Tail { messages } if messages > room) && !first;
        if room == 0 || tail_finds_no_room {
            break;
        }
        let page = match page(&mut snapshot, session.user, epoch, want.stream, want.from, room).await {
            Err(error) if error.is_unreadable() => Page::Failed { stream: want.stream, error: error.into() },
            page => page?,
        };
        room = room.saturating_sub(rows_in(&page));
        pages.push(page);
    }
    let told: usize = pages.iter().map(|page| usize::try_from(rows_in(page)).unwrap_or(usize::MAX)).sum();
    app.rates().charge(session.user, told, request.limit.min(limits::ROWS_PER_PAGE_MAX));
    Ok(PullResponse { epoch, pages })
}

fn rows_in(page: &Page) -> u32 {
    match page {
        Page::Changes { part, .. } | Page::Tail { part, .. } => u32::try_from(part.rows.len()).unwrap_or(u32::MAX),
        Page::Reset { .. } | Page::Gone { .. } | Page::Failed { .. } => 0,
    }
}

/// One want's page, with the copy that this viewer may see.
async fn page(
    connection: &mut AnyConnection,
    viewer: UserId,
    epoch: Epoch,
    id: StreamId,
    from: From,
    room: u32,
) -> Result<Page, StoreError> {
    let Some(sight) = membership::sight(connection, id, viewer).await? else { return Ok(Page::Gone { stream: id }) };
    let vis_ver = sight.vis_ver;
    let (head, floor) = stream::head(connection, id).await?;
    match from {
        From::Cursor { seq, vis_ver: theirs } if theirs != vis_ver || seq > head || seq < floor => Ok(Page::Reset { stream: id, vis_ver }),
        From::Cursor { seq: prev, .. } => {
            let (rows, seq) = changes(connection, &sight, prev, head, room).await?;
            Ok(Page::Changes { part: Part { stream: id, epoch, vis_ver, prev, seq, rows }, head })
        }
        From::Tail { messages } => {
            let (rows, from_pos) = tail(connection, &sight, head, messages.min(room).min(limits::ROWS_PER_PAGE_MAX)).await?;
            Ok(Page::Tail { part: Part { stream: id, epoch, vis_ver, prev: 0, seq: head, rows }, from_pos })
        }
    }
}

/// The rows that changed after `prev`, and the seq up to which they are all there. A commit's rows share a seq and stay together.
async fn changes(connection: &mut AnyConnection, sight: &Sight, prev: Seq, head: Seq, room: u32) -> Result<(Vec<Row>, Seq), StoreError> {
    let mut wanted = usize::try_from(room).unwrap_or(usize::MAX);
    loop {
        let limit = i64::try_from(wanted.saturating_add(1)).unwrap_or(i64::MAX);
        let mut rows = rows::changed(connection, sight, (prev, head), limit).await?;
        rows.sort_by_key(|row| row.seq);
        if rows.len() <= wanted {
            return Ok((rows, head));
        }
        let Some(cut) = rows.get(wanted).map(|row| row.seq) else { return Ok((rows, head)) };
        if !holds(Rule::WholeCommits) {
            rows.truncate(wanted);
            let last = rows.last().map_or(head, |row| row.seq);
            return Ok((rows, last));
        }
        rows.retain(|row| row.seq < cut);
        if !rows.is_empty() {
            return Ok((rows, cut - 1));
        }
        // A single commit is larger than the page: the page grows.
        wanted = wanted.saturating_mul(4);
    }
}

/// Every row without a place, and the newest messages; with the pos from which on all are there.
async fn tail(connection: &mut AnyConnection, sight: &Sight, head: Seq, messages: u32) -> Result<(Vec<Row>, Pos), StoreError> {
    if let StreamId::Receipts(_) = sight.stream {
        let after = head.saturating_sub(limits::RECEIPTS_TAIL_MAX);
        return Ok((rows::changed(connection, sight, (after, head), i64::MAX).await?, 1));
    }
    let mut rows = rows::unplaced(connection, sight, head).await?;
    let StreamId::Conversation(id) = sight.stream else { return Ok((rows, 1)) };
    if messages == 0 {
        return Ok((rows, message::last_pos(connection, id).await? + 1));
    }
    let mut newest = message::before(connection, sight, None, messages).await?;
    let complete = newest.len() < messages as usize;
    let complete = !reaction::bring(connection, id, &mut newest).await? && complete;
    let from_pos = match newest.first().and_then(|row| row.data.pos()) {
        Some(pos) if !complete => pos,
        // There is nothing below that they may see.
        _ => 1,
    };
    rows.extend(newest);
    Ok((rows, from_pos))
}
