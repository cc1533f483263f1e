//! What waits for one socket: frames, as long as it reads in time, and hints when it does not.

use super::{presence::Watching, text};
use crate::commit::Scope;
use axum::extract::ws::Utf8Bytes;
use hearth_protocol::{
    Millis, Seq,
    frame::ServerFrame,
    ids::{ConversationId, GroupId, SessionId, UserId},
    rule::{Rule, holds},
    stream::StreamId,
    sync::Watermark,
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};
use tokio::sync::{Notify, mpsc, watch};

/// Why a socket is closed by the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Revoked,
    Bye { retry_ms: u64 },
}

/// A frame in the queue. What it is of is checked again when it is sent.
enum Waiting {
    /// Rows of a stream.
    Rows {
        text: Utf8Bytes,
        of: Origin,
    },
    /// About people whom the socket watches.
    Presence(Utf8Bytes),
    /// About a conversation, for a moment.
    Passing {
        text: Utf8Bytes,
        of: Origin,
    },
    Heartbeat {
        watermark: Watermark,
        now: Millis,
    },
}

/// The stream that a frame is of, and the versions under which it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub stream: StreamId,
    pub vis_ver: u64,
    /// The group that the stream closes with, and the version of the reader's membership.
    pub group: Option<(GroupId, u64)>,
}

impl Origin {
    /// What it can be outdated with, each at the version that it has.
    fn scopes(&self) -> impl Iterator<Item = (Scope, u64)> {
        let conversation = self.stream.conversation().map(|id| (Scope::Conversation(id), self.vis_ver));
        conversation.into_iter().chain(self.group.map(|(id, vis_ver)| (Scope::Group(id), vis_ver)))
    }
}

/// Above every version: they are not in it.
const ABSENT: u64 = u64::MAX;

/// The fanout's side.
pub(crate) struct SocketQueue {
    pub user: UserId,
    pub session: SessionId,
    frames: mpsc::Sender<Waiting>,
    /// Streams that moved without their rows being sent, at their newest head: bounded by what one person can see.
    hints: Mutex<BTreeMap<StreamId, (Seq, Option<GroupId>)>>,
    /// Profiles look different to this person since they were last told so.
    profiles: AtomicBool,
    hinted: Notify,
    /// Where what this person sees changed while the socket is open: lower versions are not told any more.
    outdated: Mutex<BTreeMap<Scope, u64>>,
    end: watch::Sender<Option<End>>,
    /// Nobody touches the app.
    pub(super) idle: AtomicBool,
    pub(super) watching: Watching,
}

impl SocketQueue {
    pub fn new(
        user: UserId,
        session: SessionId,
        frames_max: usize,
        closed: impl Fn(&Arc<Self>) + Send + Sync + 'static,
    ) -> (Arc<Self>, SocketFrames) {
        let (frames, receiver) = mpsc::channel(frames_max);
        let (end, ended) = watch::channel(None);
        let (hints, hinted, outdated) = (Mutex::default(), Notify::new(), Mutex::default());
        let (profiles, idle, watching) = (AtomicBool::new(false), AtomicBool::new(false), Watching::default());
        let queue = Arc::new(Self { user, session, frames, hints, profiles, hinted, outdated, end, idle, watching });
        let frames = SocketFrames { frames: receiver, held: None, sent: 0, ended, queue: queue.clone(), closed: Box::new(closed) };
        (queue, frames)
    }

    /// Sends rows, or notes that they exist if this socket reads too slowly.
    pub(super) fn push(&self, text: Utf8Bytes, of: Origin, seq: Seq) {
        // Whoever commits knows who is there, better than what was read of the log a moment ago.
        of.scopes().for_each(|(scope, _)| self.confirm(scope, true));
        if self.frames.try_send(Waiting::Rows { text, of }).is_err() {
            self.hint(of.stream, of.group.map(|(id, _)| id), seq);
        }
    }

    /// Sends what may as well be lost; not told any more to somebody who leaves the conversation meanwhile.
    pub fn offer(&self, text: Utf8Bytes, (conversation, group): (ConversationId, Option<GroupId>)) {
        // Whatever the version: only who is not there any more may not hear it.
        let vis_ver = ABSENT - 1;
        let of = Origin { stream: StreamId::Conversation(conversation), vis_ver, group: group.map(|group| (group, vis_ver)) };
        let _ = self.frames.try_send(Waiting::Passing { text, of });
    }

    /// Says something of people; false if too much waits for it.
    pub(super) fn say(&self, text: Utf8Bytes) -> bool {
        self.frames.try_send(Waiting::Presence(text)).is_ok()
    }

    /// Names what its person may see now.
    pub fn watch_ver(&self) -> u64 {
        self.watching.ver()
    }

    /// Sends a heartbeat, unless so much waits that it says nothing new.
    pub fn beat(&self, watermark: Watermark, now: Millis) {
        let _ = self.frames.try_send(Waiting::Heartbeat { watermark, now });
    }

    pub fn hint(&self, stream: StreamId, group: Option<GroupId>, head: Seq) {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let (newest, _) = hints.entry(stream).or_insert((head, group));
        *newest = head.max(*newest);
        drop(hints);
        self.hinted.notify_one();
    }

    /// However often, it is said once, behind everything else.
    pub fn hint_profiles(&self) {
        self.profiles.store(true, SeqCst);
        self.hinted.notify_one();
    }

    fn pop_profiles(&self) -> Option<Utf8Bytes> {
        self.profiles.swap(false, SeqCst).then(|| text(&ServerFrame::Profiles)).flatten()
    }

    /// What this person sees changed: what waits here under a lower version may not be theirs any more.
    pub fn outdate(&self, scope: Scope, vis_ver: u64) {
        if !holds(Rule::LateFrames) {
            return;
        }
        self.outdated().insert(scope, vis_ver);
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        hints.retain(|stream, (_, group)| match scope {
            Scope::Conversation(id) => stream.conversation() != Some(id),
            Scope::Group(id) => *group != Some(id),
        });
    }

    /// Whether this person is in a conversation or a group, as read from the database.
    pub fn confirm(&self, scope: Scope, here: bool) {
        if !here {
            self.outdate(scope, ABSENT);
            return;
        }
        let mut outdated = self.outdated();
        if outdated.get(&scope) == Some(&ABSENT) {
            outdated.remove(&scope);
        }
    }

    /// Whether what is of these may still be told, if it is read under their versions.
    fn may_tell(&self, of: &Origin) -> bool {
        let outdated = self.outdated();
        of.scopes().all(|(scope, vis_ver)| outdated.get(&scope).is_none_or(|least| vis_ver >= *least))
    }

    fn outdated(&self) -> MutexGuard<'_, BTreeMap<Scope, u64>> {
        self.outdated.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn end(&self, end: End) {
        self.end.send_replace(Some(end));
    }

    fn pop_hint(&self) -> Option<Utf8Bytes> {
        let (stream, (head, _)) = self.hints.lock().unwrap_or_else(PoisonError::into_inner).pop_first()?;
        text(&ServerFrame::Hint { stream, head })
    }
}

/// Takes a queue out of the fanout.
type Closed = dyn Fn(&Arc<SocketQueue>) + Send + Sync;

/// The socket's side. Dropping it closes the queue.
pub(crate) struct SocketFrames {
    frames: mpsc::Receiver<Waiting>,
    /// A heartbeat that lets hints go first: it vouches for them.
    held: Option<Waiting>,
    /// Rows and hints that went out.
    sent: u64,
    ended: watch::Receiver<Option<End>>,
    queue: Arc<SocketQueue>,
    closed: Box<Closed>,
}

impl SocketFrames {
    /// The next frame that is there already: rows first, then hints, then that profiles changed. None once the session has ended.
    pub fn ready(&mut self) -> Option<Utf8Bytes> {
        if self.is_revoked() {
            return None;
        }
        while let Some(waiting) = self.held.take().or_else(|| self.frames.try_recv().ok()) {
            if let Some(text) = self.say(waiting) {
                return Some(text);
            }
        }
        self.hint().or_else(|| self.queue.pop_profiles())
    }

    fn say(&mut self, waiting: Waiting) -> Option<Utf8Bytes> {
        match waiting {
            Waiting::Rows { text, of } => {
                let told = self.queue.may_tell(&of);
                self.sent += u64::from(told);
                told.then_some(text)
            }
            Waiting::Presence(text) => Some(text),
            Waiting::Passing { text, of } => self.queue.may_tell(&of).then_some(text),
            Waiting::Heartbeat { watermark, now } => match self.hint() {
                Some(hint) => {
                    self.held = Some(Waiting::Heartbeat { watermark, now });
                    Some(hint)
                }
                None => text(&ServerFrame::Heartbeat { watermark, now, sent: self.sent }),
            },
        }
    }

    fn hint(&mut self) -> Option<Utf8Bytes> {
        let hint = self.queue.pop_hint()?;
        self.sent += 1;
        Some(hint)
    }

    /// The next frame. Cancelling the wait loses nothing.
    pub async fn next(&mut self) -> Utf8Bytes {
        loop {
            if let Some(frame) = self.ready() {
                return frame;
            }
            tokio::select! {
                frame = self.frames.recv() => match frame {
                    // Looked at above, with whatever else has come by then.
                    Some(waiting) => self.held = Some(waiting),
                    // `queue` holds a sender, so this cannot be; waiting for the end is right anyway.
                    None => std::future::pending().await,
                },
                () = self.queue.hinted.notified() => {}
            }
        }
    }

    /// The fanout's side of it.
    pub fn queue(&self) -> &Arc<SocketQueue> {
        &self.queue
    }

    /// Whether the session has ended: whatever waits is not told any more.
    pub fn is_revoked(&self) -> bool {
        *self.ended.borrow() == Some(End::Revoked)
    }

    /// Resolves when the server wants this socket closed.
    pub fn ended(&self) -> impl Future<Output = End> + Send + 'static {
        let mut ended = self.ended.clone();
        async move {
            loop {
                if let Some(end) = *ended.borrow_and_update() {
                    return end;
                }
                if ended.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

impl Drop for SocketFrames {
    fn drop(&mut self) {
        (self.closed)(&self.queue);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hearth_protocol::limits;

    #[test]
    fn what_waits_is_not_told_to_who_was_removed_meanwhile() {
        let (queue, mut frames) = SocketQueue::new(UserId::new(), SessionId::new(), limits::SOCKET_FRAMES_MAX, |_| {});
        let (left, stays, group) = (ConversationId::new(), ConversationId::new(), GroupId::new());
        let waits = |conversation, vis_ver, group: Option<(GroupId, u64)>| {
            let of = Origin { stream: StreamId::Conversation(conversation), vis_ver, group };
            queue.push(Utf8Bytes::from(format!("{conversation} {vis_ver}")), of, 1);
        };
        waits(left, 1, None);
        waits(stays, 1, None);
        queue.hint(StreamId::Conversation(left), None, 2);
        queue.offer(Utf8Bytes::from("typing"), (left, None));
        queue.outdate(Scope::Conversation(left), 2);
        assert_eq!(frames.ready().unwrap().as_str(), format!("{stays} 1"));
        assert_eq!(frames.ready().unwrap().as_str(), "typing", "which asks for no version");
        waits(left, 2, None);
        assert_eq!(frames.ready().unwrap().as_str(), format!("{left} 2"), "they are back");
        // A channel closes with its group; and what another process has said counts until somebody who commits knows better.
        waits(stays, 1, Some((group, 1)));
        queue.offer(Utf8Bytes::from("typing"), (left, None));
        queue.outdate(Scope::Group(group), 2);
        queue.confirm(Scope::Conversation(left), false);
        assert!(frames.ready().is_none());
        queue.confirm(Scope::Conversation(left), true);
        waits(left, 2, None);
        assert!(frames.ready().is_some());
    }

    #[tokio::test]
    async fn a_slow_reader_gets_one_hint_for_each_stream_that_it_missed() {
        let (queue, mut frames) = SocketQueue::new(UserId::new(), SessionId::new(), limits::SOCKET_FRAMES_MAX, |_| {});
        let stream = StreamId::User(queue.user);
        for seq in 1..=(limits::SOCKET_FRAMES_MAX as u64 + 10) {
            queue.push(Utf8Bytes::from(seq.to_string()), Origin { stream, vis_ver: 1, group: None }, seq);
        }
        for seq in 1..=limits::SOCKET_FRAMES_MAX {
            assert_eq!(frames.next().await.as_str(), seq.to_string());
        }
        let hint: ServerFrame = serde_json::from_str(frames.next().await.as_str()).unwrap();
        assert_eq!(hint, ServerFrame::Hint { stream, head: limits::SOCKET_FRAMES_MAX as u64 + 10 });
        assert!(frames.ready().is_none());
        queue.hint_profiles();
        queue.hint_profiles();
        assert_eq!(frames.next().await.as_str(), "\"profiles\"");
        assert!(frames.ready().is_none(), "said once");
        queue.push(Utf8Bytes::from("late"), Origin { stream, vis_ver: 1, group: None }, 1_000);
        queue.hint(stream, None, 1_001);
        queue.end(End::Revoked);
        assert_eq!(frames.ended().await, End::Revoked);
        assert!(frames.ready().is_none(), "what waits for a session that has ended is not told");
    }
}
