use super::bad_request;
use crate::{
    app::App,
    store::{
        StoreError, account, conversation,
        member::{self, Window},
        message, read_marker,
        session::Session,
        stream,
    },
};
use hearth_protocol::{
    Pos, Seq,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, Epoch, UserId},
    limits,
    mutation::Part,
    row::Row,
    rows::RowData,
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
    let mut snapshot = app.store().snapshot().await?;
    let mut room = request.limit.clamp(1, limits::ROWS_PER_PAGE_MAX);
    let mut pages = Vec::with_capacity(request.wants.len());
    for want in &request.wants {
        let first = pages.is_empty();
        let tail_finds_no_room = matches!(want.from, From::Tail { messages } if messages > room) && !first;
        if room == 0 || tail_finds_no_room {
            break;
        }
        let page = page(&mut snapshot, session.user, epoch, want.stream, want.from, room).await?;
        room = room.saturating_sub(rows_in(&page));
        pages.push(page);
    }
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
    let Some(source) = Source::authorise(connection, viewer, id).await? else { return Ok(Page::Gone { stream: id }) };
    let vis_ver = source.vis_ver();
    let (head, floor) = stream::head(connection, id).await?;
    match from {
        From::Cursor { seq, vis_ver: theirs } if theirs != vis_ver || seq > head || seq < floor => Ok(Page::Reset { stream: id, vis_ver }),
        From::Cursor { seq: prev, .. } => {
            let (rows, seq) = changes(connection, source, prev, head, room).await?;
            Ok(Page::Changes { part: Part { stream: id, epoch, vis_ver, prev, seq, rows }, head })
        }
        From::Tail { messages } => {
            let (rows, from_pos) = source.tail(connection, head, messages.min(room).min(limits::ROWS_PER_PAGE_MAX)).await?;
            Ok(Page::Tail { part: Part { stream: id, epoch, vis_ver, prev: 0, seq: head, rows }, from_pos })
        }
    }
}

/// The rows that changed after `prev`, and the seq up to which they are all there. A commit's rows share a seq and stay together.
async fn changes(connection: &mut AnyConnection, source: Source, prev: Seq, head: Seq, room: u32) -> Result<(Vec<Row>, Seq), StoreError> {
    let mut wanted = usize::try_from(room).unwrap_or(usize::MAX);
    loop {
        let limit = i64::try_from(wanted.saturating_add(1)).unwrap_or(i64::MAX);
        let mut rows = source.changed(connection, prev, head, limit).await?;
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

/// A stream that the viewer may see.
#[derive(Clone, Copy)]
enum Source {
    User(UserId),
    Conversation(ConversationId, Window),
    Members(ConversationId, Window),
}

impl Source {
    /// The same `None` for what is missing and for what is not theirs.
    async fn authorise(connection: &mut AnyConnection, viewer: UserId, stream: StreamId) -> Result<Option<Self>, StoreError> {
        if !holds(Rule::Authorise) {
            return Ok(Some(Self::of_everybody(stream)));
        }
        Ok(match stream {
            StreamId::User(user) => (user == viewer).then_some(Self::User(user)),
            StreamId::Conversation(id) => member::window(connection, id, viewer).await?.map(|window| Self::Conversation(id, window)),
            StreamId::Members(id) => member::window(connection, id, viewer).await?.map(|window| Self::Members(id, window)),
        })
    }

    /// As if everybody could see everything: what the simulator must notice.
    fn of_everybody(stream: StreamId) -> Self {
        let window = Window { from_pos: 1, to_pos: None, vis_ver: member::VIS_VER_FIRST };
        match stream {
            StreamId::User(user) => Self::User(user),
            StreamId::Conversation(id) => Self::Conversation(id, window),
            StreamId::Members(id) => Self::Members(id, window),
        }
    }

    fn vis_ver(self) -> u64 {
        match self {
            Self::User(_) => member::VIS_VER_FIRST,
            Self::Conversation(_, window) | Self::Members(_, window) => window.vis_ver,
        }
    }

    /// At most `limit` rows of each kind changed in `(prev, upto]`: the first so many of all kinds are among them.
    async fn changed(self, connection: &mut AnyConnection, prev: Seq, upto: Seq, limit: i64) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::User(user) => {
                let mut rows: Vec<Row> = account::changed(connection, user, prev, upto).await?.into_iter().collect();
                rows.extend(member::memberships_changed(connection, user, prev, upto, limit).await?);
                rows.extend(read_marker::changed(connection, user, prev, upto, limit).await?);
                Ok(rows)
            }
            Self::Conversation(id, window) => {
                let mut rows: Vec<Row> = conversation::changed(connection, id, prev, upto).await?.into_iter().collect();
                rows.extend(message::changed(connection, id, window, prev, upto, limit).await?);
                Ok(rows)
            }
            Self::Members(id, _) => member::changed(connection, id, prev, upto, limit).await,
        }
    }

    /// Every row that is not a message, and the newest messages; with the pos from which on all are there.
    async fn tail(self, connection: &mut AnyConnection, head: Seq, messages: u32) -> Result<(Vec<Row>, Pos), StoreError> {
        let Self::Conversation(id, window) = self else {
            return Ok((self.changed(connection, 0, head, i64::MAX).await?, 1));
        };
        let mut rows: Vec<Row> = conversation::changed(connection, id, 0, head).await?.into_iter().collect();
        let newest = message::before(connection, id, window, None, messages).await?;
        let from_pos = match newest.first().map(|row| &row.data) {
            Some(RowData::Message(first)) if newest.len() >= messages as usize => first.pos,
            Some(_) => window.from_pos,
            None if messages > 0 => window.from_pos,
            None => message::last_pos(connection, id).await? + 1,
        };
        rows.extend(newest);
        Ok((rows, from_pos))
    }
}
