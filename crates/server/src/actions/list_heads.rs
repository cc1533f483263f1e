use crate::{
    app::App,
    rates::Cost,
    sight::VIS_VER_FIRST,
    store::{SHARD, StoreError, change_log, head, session::Session, stream},
};
use hearth_protocol::{
    error::ApiError,
    stream::StreamId,
    sync::{Head, HeadsRequest, HeadsResponse, Watermark},
};

/// Above this many entries it is cheaper to say where everything stands than to look for what moved.
const ENTRIES_MAX: u64 = 20_000;

/// Which of my streams moved since the watermark. All of them without one, after a new epoch, and when the log does not go back so far.
pub(crate) async fn list_heads(app: &App, session: Session, request: &HeadsRequest) -> Result<HeadsResponse, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let (n, floor) = change_log::bounds(&mut snapshot).await?;
    let known = request.watermark.get(&SHARD).copied().filter(|_| request.epoch == Some(app.epoch()));
    let since = known.filter(|known| (floor..=n).contains(known) && n - known <= ENTRIES_MAX);
    app.rates().spend(session.user, Cost::Heads { all: since.is_none() })?;
    let mut heads = match since {
        Some(since) if since == n => Vec::new(),
        Some(since) => head::moved_since(&mut snapshot, session.user, since).await?,
        None => head::all(&mut snapshot, session.user).await?,
    };
    if since != Some(n) {
        heads.insert(0, my_head(&mut snapshot, session).await?);
    }
    Ok(HeadsResponse { epoch: app.epoch(), watermark: Watermark::from([(SHARD, n)]), full: since.is_none(), heads })
}

async fn my_head(connection: &mut sqlx::AnyConnection, session: Session) -> Result<Head, StoreError> {
    let id = StreamId::User(session.user);
    let (head, floor) = stream::head(connection, id).await?;
    let vis_ver = VIS_VER_FIRST;
    Ok(Head { stream: id, head, floor, vis_ver, group: None, members_head: None, receipts_head: None, unread: None, last_message: None })
}
