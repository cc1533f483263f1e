//! What happens to the engine.

use crate::api::Failure;
use hearth_protocol::{
    Pos,
    digest::{DigestsResponse, Segment},
    frame::ServerFrame,
    ids::{ConversationId, MutationId, UserId},
    mutation::Mutation,
    profile::ProfilesResponse,
    sync::{HeadsResponse, HistoryPage, PullResponse, Want},
};
use std::collections::BTreeSet;

/// When a step happens, and one random number for it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Milliseconds on a clock that never goes back.
    pub now: u64,
    /// Uniform in `[0, 1)`.
    pub random: f64,
}

#[derive(Debug)]
pub enum Input {
    Start,
    Stop,
    /// Time passed: [`Engine::deadline`] was reached.
    Tick,
    /// Try now: the person asked, or the computer woke up.
    Wake,
    Frames {
        attempt: u64,
        frames: Vec<ServerFrame>,
    },
    Closed {
        attempt: u64,
        failure: Failure,
    },
    Heads {
        attempt: u64,
        result: Result<HeadsResponse, Failure>,
    },
    Pulled {
        attempt: u64,
        result: Result<PullResponse, Failure>,
    },
    History {
        attempt: u64,
        conversation: ConversationId,
        before_pos: Pos,
        result: Result<HistoryPage, Failure>,
    },
    /// An [`Effect::Apply`] is in the replica.
    Applied,
    /// The answer to [`Effect::Plan`].
    Planned(Plan),
    /// The outbox has something new.
    Enqueued,
    Digests {
        attempt: u64,
        segments: Vec<Segment>,
        result: Result<DigestsResponse, Failure>,
    },
    Profiles {
        attempt: u64,
        after: Option<UserId>,
        result: Result<ProfilesResponse, Failure>,
    },
    /// The person writes something in this conversation.
    Typing(ConversationId),
    /// Whom the window shows, and whether anybody touches it.
    Screen(Screen),
    /// The person looks at this conversation: it goes first.
    Opened(Option<ConversationId>),
}

/// What the server may know of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// At most `limits::WATCHED_MAX`.
    pub people: Vec<UserId>,
    /// Nobody has touched it for a while.
    pub idle: bool,
}

/// What the replica says is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// Streams that are behind; empty means caught up.
    pub wants: Vec<Want>,
    /// Outbox entries, claimed for this connection, in lane order.
    pub mutations: Vec<Mutation>,
    /// Of the outbox too: what is to be taken back.
    pub cancels: Vec<MutationId>,
    /// Where entries wait for the person since this plan, because they were sent too long ago.
    pub stale: Option<BTreeSet<ConversationId>>,
    /// How long until the next of those is due that are held so that they can be taken back.
    pub due_in_ms: Option<u64>,
    /// The next pages of history to fetch, of different conversations: where each ends.
    pub backfill: Vec<(ConversationId, Pos)>,
}
