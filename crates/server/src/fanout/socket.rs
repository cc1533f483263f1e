//! What waits for one socket: frames, as long as it reads in time, and hints when it does not.

use super::text;
use axum::extract::ws::Utf8Bytes;
use hearth_protocol::{
    Millis, Seq,
    frame::ServerFrame,
    ids::{ConversationId, SessionId, UserId},
    rule::{Rule, holds},
    stream::StreamId,
    sync::Watermark,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    /// Rows of a stream, and the version under which they are read.
    Rows {
        text: Utf8Bytes,
        stream: StreamId,
        vis_ver: u64,
    },
    /// About a conversation, for a moment.
    Passing {
        text: Utf8Bytes,
        conversation: ConversationId,
    },
    Heartbeat {
        watermark: Watermark,
        now: Millis,
    },
}

/// Above every version: they are not in the conversation.
const ABSENT: u64 = u64::MAX;

/// The fanout's side.
pub(super) struct SocketQueue {
    pub user: UserId,
    pub session: SessionId,
    frames: mpsc::Sender<Waiting>,
    /// Streams that moved without their rows being sent, at their newest head: bounded by what one person can see.
    hints: Mutex<BTreeMap<StreamId, Seq>>,
    hinted: Notify,
    /// Conversations in which this person's windows changed while the socket is open: lower versions are not told any more.
    outdated: Mutex<BTreeMap<ConversationId, u64>>,
    end: watch::Sender<Option<End>>,
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
        let queue =
            Arc::new(Self { user, session, frames, hints: Mutex::default(), hinted: Notify::new(), outdated: Mutex::default(), end });
        let frames = SocketFrames { frames: receiver, held: None, sent: 0, ended, queue: queue.clone(), closed: Box::new(closed) };
        (queue, frames)
    }

    /// Sends rows, or notes that they exist if this socket reads too slowly.
    pub fn push(&self, text: Utf8Bytes, of: (StreamId, u64), seq: Seq) {
        // Whoever commits knows who is there, better than what was read of the log a moment ago.
        if let Some(conversation) = of.0.conversation() {
            self.confirm(conversation, true);
        }
        let (stream, vis_ver) = of;
        if self.frames.try_send(Waiting::Rows { text, stream, vis_ver }).is_err() {
            self.hint(stream, seq);
        }
    }

    /// Sends what may as well be lost; not told any more to somebody who leaves the conversation meanwhile.
    pub fn offer(&self, text: Utf8Bytes, conversation: ConversationId) {
        let _ = self.frames.try_send(Waiting::Passing { text, conversation });
    }

    /// Sends a heartbeat, unless so much waits that it says nothing new.
    pub fn beat(&self, watermark: Watermark, now: Millis) {
        let _ = self.frames.try_send(Waiting::Heartbeat { watermark, now });
    }

    pub fn hint(&self, stream: StreamId, head: Seq) {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = hints.entry(stream).or_default();
        *newest = head.max(*newest);
        drop(hints);
        self.hinted.notify_one();
    }

    /// This person's windows changed: what waits here under a lower version may not be theirs any more.
    pub fn outdate(&self, conversation: ConversationId, vis_ver: u64) {
        if !holds(Rule::LateFrames) {
            return;
        }
        self.outdated().insert(conversation, vis_ver);
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        hints.retain(|stream, _| stream.conversation() != Some(conversation));
    }

    /// Whether this person is in a conversation, as read from the database.
    pub fn confirm(&self, conversation: ConversationId, here: bool) {
        if !here {
            self.outdate(conversation, ABSENT);
            return;
        }
        let mut outdated = self.outdated();
        if outdated.get(&conversation) == Some(&ABSENT) {
            outdated.remove(&conversation);
        }
    }

    /// Whether what is of a conversation may still be told, if it is read under this version.
    fn may_tell(&self, conversation: Option<ConversationId>, vis_ver: u64) -> bool {
        conversation.is_none_or(|conversation| self.outdated().get(&conversation).is_none_or(|least| vis_ver >= *least))
    }

    fn outdated(&self) -> MutexGuard<'_, BTreeMap<ConversationId, u64>> {
        self.outdated.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn end(&self, end: End) {
        self.end.send_replace(Some(end));
    }

    fn pop_hint(&self) -> Option<Utf8Bytes> {
        let (stream, head) = self.hints.lock().unwrap_or_else(PoisonError::into_inner).pop_first()?;
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
    /// The next frame that is there already: rows first, then hints.
    pub fn ready(&mut self) -> Option<Utf8Bytes> {
        while let Some(waiting) = self.held.take().or_else(|| self.frames.try_recv().ok()) {
            if let Some(text) = self.say(waiting) {
                return Some(text);
            }
        }
        self.hint()
    }

    fn say(&mut self, waiting: Waiting) -> Option<Utf8Bytes> {
        match waiting {
            Waiting::Rows { text, stream, vis_ver } => {
                let told = self.queue.may_tell(stream.conversation(), vis_ver);
                self.sent += u64::from(told);
                told.then_some(text)
            }
            Waiting::Passing { text, conversation } => self.queue.may_tell(Some(conversation), ABSENT - 1).then_some(text),
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

    #[tokio::test]
    async fn a_slow_reader_gets_one_hint_for_each_stream_that_it_missed() {
        let (queue, mut frames) = SocketQueue::new(UserId::new(), SessionId::new(), limits::SOCKET_FRAMES_MAX, |_| {});
        let stream = StreamId::User(queue.user);
        for seq in 1..=(limits::SOCKET_FRAMES_MAX as u64 + 10) {
            queue.push(Utf8Bytes::from(seq.to_string()), (stream, 1), seq);
        }
        for seq in 1..=limits::SOCKET_FRAMES_MAX {
            assert_eq!(frames.next().await.as_str(), seq.to_string());
        }
        let hint: ServerFrame = serde_json::from_str(frames.next().await.as_str()).unwrap();
        assert_eq!(hint, ServerFrame::Hint { stream, head: limits::SOCKET_FRAMES_MAX as u64 + 10 });
        assert!(frames.ready().is_none());
        queue.end(End::Revoked);
        assert_eq!(frames.ended().await, End::Revoked);
    }
}
