//! What the engine asks to be done.

use crate::api::SessionEnd;
use hearth_protocol::{
    Millis, Pos,
    ephemeral::EphemeralFrom,
    frame::ClientFrame,
    ids::{ConversationId, Epoch, MutationId, UserId},
    mutation::Mutation,
    presence::PresenceOf,
    stream::StreamId,
    sync::Want,
};
use hearth_replica::Apply;
use std::collections::BTreeSet;

#[derive(Debug)]
pub enum Effect {
    /// Get a ticket, open the socket, say hello. Everything that comes of it carries `attempt`.
    Connect {
        attempt: u64,
    },
    Disconnect,
    /// Before anything goes out: mutations in flight on an older connection have an unknown outcome and go again, under the same ids; so
    /// does what an earlier incarnation of the server's database had acknowledged. `now_server`: the server's time.
    Welcomed {
        epoch: Epoch,
        now_server: Millis,
    },
    Heads {
        attempt: u64,
    },
    Pull {
        attempt: u64,
        wants: Vec<Want>,
    },
    History {
        attempt: u64,
        conversation: ConversationId,
        before_pos: Pos,
        /// Messages at most.
        limit: u32,
    },
    /// Write to the replica in one transaction; `live` rows may notify.
    Apply {
        batch: Box<Apply>,
        live: bool,
    },
    /// Ask the replica what is to be done, claiming at most `claim` outbox entries.
    Plan {
        claim: usize,
        open: Option<ConversationId>,
        /// Streams that are not asked for now.
        without: BTreeSet<StreamId>,
    },
    Send {
        attempt: u64,
        mutations: Vec<Mutation>,
    },
    /// Ask the server for the digests of what the replica wants to be compared; an empty answer when there is nothing.
    Check {
        attempt: u64,
    },
    /// Ask the server what has changed of the people after one.
    Profiles {
        attempt: u64,
        after: Option<UserId>,
    },
    /// Say what counts for the moment; lost when the connection is.
    Say {
        attempt: u64,
        frame: ClientFrame,
    },
    /// Somebody else does something at this moment.
    Signalled(EphemeralFrom),
    /// How people are here whom the window shows.
    Present(Vec<PresenceOf>),
    /// Take mutations back, behind what was sent before.
    Cancel {
        attempt: u64,
        ids: Vec<MutationId>,
    },
    /// Entries of these conversations, or of none, wait for the person now.
    Stale(BTreeSet<ConversationId>),
    Report,
    /// Everything missed is here.
    CaughtUp,
    /// The session is over; `end` says why, if that is known.
    SessionEnded {
        end: Option<SessionEnd>,
    },
}
