//! Pushes what was committed to the sockets of those who may see it.
//!
//! A push is only a hint that saves a pull: losing one costs a second, until the tail of the change log or the heartbeat's count
//! says that something moved.

mod position;
mod presence;
mod socket;

pub(crate) use socket::{End, SocketFrames, SocketQueue};

use crate::{
    clock,
    commit::{self, Committed, Move, Outdated, Scope},
    config::Faults,
    seen::Presence,
    store::change_log::Entry,
};
use axum::extract::ws::Utf8Bytes;
use hearth_protocol::{
    Millis, Pos, Seq,
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, Epoch, GroupId, SessionId, UserId},
    limits,
    row::Row,
    rule::{Rule, holds},
    stream::StreamId,
    sync::Watermark,
};
use position::Position;
use serde::Serialize;
use socket::Origin;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};
use tokio::sync::watch;

pub(crate) struct Fanout {
    epoch: Epoch,
    faults: Faults,
    /// Frames that wait for one socket before it gets hints.
    frames_max: usize,
    doors: Arc<Doors>,
    position: Mutex<Position>,
    /// Set when the server stops: who comes now is sent away.
    closing: AtomicBool,
}

/// A [`ServerFrame::Rows`] whose rows stay where they are.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Pushed<'a> {
    Rows { stream: StreamId, epoch: Epoch, vis_ver: u64, prev: Seq, seq: Seq, rows: Vec<&'a Row> },
}

/// Sockets, each with the version of its person's membership of the group.
type Readers = Vec<(Arc<SocketQueue>, u64)>;

/// The open sockets.
struct Doors {
    open: Mutex<HashMap<UserId, Vec<Arc<SocketQueue>>>>,
    /// People and sessions whose last socket has closed, and when, since it was asked.
    left: Mutex<(BTreeMap<UserId, Millis>, BTreeMap<SessionId, Millis>)>,
    count: watch::Sender<usize>,
    /// Somebody came, went, fell idle or woke since those who watch were told.
    stirred: AtomicBool,
}

impl Doors {
    fn open(&self) -> MutexGuard<'_, HashMap<UserId, Vec<Arc<SocketQueue>>>> {
        // No code panics while it holds the lock.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn left(&self) -> MutexGuard<'_, (BTreeMap<UserId, Millis>, BTreeMap<SessionId, Millis>)> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, socket: &Arc<SocketQueue>) {
        let mut open = self.open();
        if let Some(sockets) = open.get_mut(&socket.user) {
            sockets.retain(|other| !Arc::ptr_eq(other, socket));
            let (mut left, now) = (self.left(), clock::now());
            if !sockets.iter().any(|other| other.session == socket.session) {
                left.1.insert(socket.session, now);
            }
            if sockets.is_empty() {
                open.remove(&socket.user);
                left.0.insert(socket.user, now);
            }
        }
        self.count.send_replace(open.values().map(Vec::len).sum());
        self.stirred.store(true, SeqCst);
    }

    fn all(&self) -> Vec<Arc<SocketQueue>> {
        self.open().values().flatten().cloned().collect()
    }
}

impl Fanout {
    /// `newest` is the change log's newest entry: whoever connects now asks for what was before.
    pub fn new(epoch: Epoch, newest: u64, frames_max: usize, faults: Faults) -> Self {
        let doors = Arc::new(Doors {
            open: Mutex::default(),
            left: Mutex::default(),
            count: watch::Sender::new(0),
            stirred: AtomicBool::new(false),
        });
        Self { epoch, faults, frames_max, doors, position: Mutex::new(Position::new(newest)), closing: AtomicBool::new(false) }
    }

    /// Opens a socket's queue: from here on every commit that this person may see reaches it.
    pub fn open(&self, user: UserId, session: SessionId) -> Result<SocketFrames, ApiError> {
        let mut open = self.doors.open();
        if self.closing.load(SeqCst) {
            return Err(commit::stopped());
        }
        let sockets = open.entry(user).or_default();
        if sockets.len() >= limits::SOCKETS_PER_PERSON_MAX {
            let message = "You have too many connections open. Close Hearth on a device that you do not use.";
            return Err(ApiError::new(ErrorCode::RateLimited, message).retry_after(30_000));
        }
        let doors = self.doors.clone();
        let (queue, frames) = SocketQueue::new(user, session, self.frames_max, move |queue| doors.close(queue));
        sockets.push(queue);
        self.doors.count.send_replace(open.values().map(Vec::len).sum());
        self.doors.stirred.store(true, SeqCst);
        Ok(frames)
    }

    /// Pushes a durable batch, in the order of commits.
    pub fn publish(&self, committed: Committed) {
        let (from, upto) = (committed.from, committed.upto);
        {
            let open = self.doors.open();
            for Outdated { user, scope, vis_ver } in committed.outdated {
                open.get(&user).into_iter().flatten().for_each(|socket| socket.outdate(scope, vis_ver));
            }
        }
        if self.faults.loses_pushes() {
            return;
        }
        for moved in committed.moves {
            self.push(moved);
        }
        self.position().pushed(from, upto);
    }

    fn push(&self, moved: Move) {
        let Move { stream, prev, seq, rows, audience } = moved;
        // Everybody who sees the same rows under the same version gets the same text, serialised once; most often that is all of them.
        let mut by_sight: HashMap<(u64, Vec<bool>), Readers> = HashMap::new();
        let lowest = rows.iter().filter_map(|row| row.data.pos()).min().unwrap_or(Pos::MAX);
        {
            let open = self.doors.open();
            for viewer in audience.viewers.iter() {
                let Some(sockets) = open.get(&viewer.user) else { continue };
                let all = viewer.windows.contains_from(lowest) || rows.iter().all(|row| viewer.windows.show(row));
                let shown = if all { Vec::new() } else { rows.iter().map(|row| viewer.windows.show(row)).collect() };
                by_sight
                    .entry((viewer.vis_ver, shown))
                    .or_default()
                    .extend(sockets.iter().map(|socket| (socket.clone(), viewer.group_ver)));
            }
            if !holds(Rule::Audience) {
                by_sight = [((1, Vec::new()), open.values().flatten().map(|socket| (socket.clone(), 1)).collect())].into();
            }
        }
        if rows.len() > limits::PUSHED_ROWS_MAX {
            by_sight.values().flatten().for_each(|(socket, _)| socket.hint(stream, audience.group, seq));
            return;
        }
        for ((vis_ver, shown), sockets) in by_sight {
            let visible = |index: usize| shown.get(index).copied().unwrap_or(true);
            let rows = rows.iter().enumerate().filter(|(index, _)| visible(*index)).map(|(_, row)| row).collect();
            let text = text(&Pushed::Rows { stream, epoch: self.epoch, vis_ver, prev, seq, rows });
            for (socket, group_ver) in sockets {
                let of = Origin { stream, vis_ver, group: audience.group.map(|group| (group, group_ver)) };
                match &text {
                    Some(text) => socket.push(text.clone(), of, seq),
                    None => socket.hint(stream, audience.group, seq),
                }
            }
        }
    }

    /// The newest entry up to which everybody has been told everything.
    pub fn told(&self) -> u64 {
        self.position().told()
    }

    /// Which of the log's entries nobody was told about yet.
    pub fn untold(&self, entries: &[Entry]) -> Vec<Entry> {
        self.position().untold(entries)
    }

    /// Everybody has been told of everything up to here.
    pub fn caught_up(&self, upto: u64) {
        self.position().caught_up(upto);
    }

    /// Tells those who may see a stream that it moved; `group` is the one that it closes with.
    pub fn hint(&self, entry: Entry, group: Option<GroupId>, audience: impl IntoIterator<Item = UserId>) {
        let open = self.doors.open();
        for socket in audience.into_iter().filter_map(|user| open.get(&user)).flatten() {
            socket.hint(entry.stream, group, entry.head);
        }
    }

    /// Who is in a conversation or a group as another process has changed it: what still waits for anybody else is not told.
    pub fn keep_only(&self, scope: Scope, present: &[UserId]) {
        let present: HashSet<&UserId> = present.iter().collect();
        for (user, sockets) in self.doors.open().iter() {
            let here = present.contains(user);
            sockets.iter().for_each(|socket| socket.confirm(scope, here));
        }
    }

    /// Sends a frame about a conversation to some people; who reads too slowly for it, or has just left it or its group, goes without.
    pub fn offer(&self, of: (ConversationId, Option<GroupId>), frame: &ServerFrame, people: impl IntoIterator<Item = UserId>) {
        let Some(text) = text(frame) else { return };
        let open = self.doors.open();
        for socket in people.into_iter().filter_map(|user| open.get(&user)).flatten() {
            socket.offer(text.clone(), of);
        }
    }

    /// Tells people that profiles look different to them now. Lost, it is found out within minutes.
    pub fn hint_profiles(&self, people: impl IntoIterator<Item = UserId>) {
        if self.faults.loses_pushes() {
            return;
        }
        let open = self.doors.open();
        for socket in people.into_iter().filter_map(|user| open.get(&user)).flatten() {
            socket.hint_profiles();
        }
    }

    /// Which people and which sessions are connected, and which are not any more since this was last asked.
    pub fn presence(&self) -> (Presence<UserId>, Presence<SessionId>) {
        let open = self.doors.open();
        let people = open.keys().copied().collect();
        let sessions = open.values().flatten().map(|socket| socket.session).collect();
        let left = std::mem::take(&mut *self.doors.left());
        (Presence { connected: people, left: left.0 }, Presence { connected: sessions, left: left.1 })
    }

    /// A heartbeat for everybody.
    pub fn beat(&self, watermark: &Watermark, now: Millis) {
        for socket in self.doors.all() {
            socket.beat(watermark.clone(), now);
        }
    }

    /// Sessions that have a socket open.
    pub fn sessions(&self) -> HashSet<SessionId> {
        self.doors.all().iter().map(|socket| socket.session).collect()
    }

    /// Sessions of one person that have a socket open here.
    pub fn sessions_of(&self, user: UserId) -> HashSet<SessionId> {
        self.doors.open().get(&user).into_iter().flatten().map(|socket| socket.session).collect()
    }

    /// Ends the sockets of sessions that are no longer good: nothing more goes out on them.
    pub fn revoke(&self, ended: impl Fn(SessionId) -> bool) {
        for socket in self.doors.all().into_iter().filter(|socket| ended(socket.session)) {
            socket.end(End::Revoked);
        }
    }

    /// Ends every socket, and opens no more.
    pub fn close(&self, end: End) {
        self.closing.store(true, SeqCst);
        for socket in self.doors.all() {
            socket.end(end);
        }
    }

    pub fn sockets(&self) -> usize {
        *self.doors.count.borrow()
    }

    /// Resolves when no socket is open.
    pub async fn empty(&self) {
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = self.doors.count.subscribe().wait_for(|count| *count == 0).await;
    }

    fn position(&self) -> MutexGuard<'_, Position> {
        self.position.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A frame as it travels; `None` would mean a row that does not serialise, and there is none.
pub(crate) fn text(frame: &impl Serialize) -> Option<Utf8Bytes> {
    match serde_json::to_string(frame) {
        Ok(text) => Some(text.into()),
        Err(error) => {
            tracing::error!(%error, "a frame does not serialise");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hearth_protocol::{ids::UserId, mutation::Part, rows::ReadMarkerRow};

    #[test]
    fn what_is_pushed_is_a_frame_of_rows() {
        let (stream, epoch) = (StreamId::User(UserId::new()), Epoch::new());
        let row = Row::new(3, ReadMarkerRow { conversation: ConversationId::new(), pos: 2, at: 1 });
        let pushed = text(&Pushed::Rows { stream, epoch, vis_ver: 1, prev: 2, seq: 3, rows: vec![&row] }).unwrap();
        let frame: ServerFrame = serde_json::from_str(pushed.as_str()).unwrap();
        assert_eq!(frame, ServerFrame::Rows(Part { stream, epoch, vis_ver: 1, prev: 2, seq: 3, rows: vec![row] }));
    }
}
