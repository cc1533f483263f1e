//! What happens, one thing after the other.

use super::{Deed, Plot, Wish};
use crate::fault::Fault;
use hearth_client::engine::Input;
use hearth_protocol::{
    Pos,
    digest::DigestsRequest,
    frame::ServerFrame,
    ids::{ConversationId, MutationId, UserId},
    mutation::Mutation,
    mutations::Intent,
    profile::ProfilesRequest,
    sync::{HeadsRequest, PullRequest},
};
use hearth_server::inside::{Session, Wire};

/// Something that happens at a moment.
pub enum Event {
    /// Somebody does something; the number makes it another one.
    Act(usize),
    /// A fault, by the number's dice, on this device if one is named.
    Strike {
        fault: Fault,
        number: usize,
        victim: Option<usize>,
    },
    /// A device's engine wants to be asked.
    Tick {
        device: usize,
        life: u64,
        at: u64,
    },
    /// Something reaches a device's engine.
    Reach {
        device: usize,
        life: u64,
        input: Box<Input>,
    },
    /// Frames reach the app's end of a connection.
    Deliver {
        line: u64,
        frames: Vec<ServerFrame>,
    },
    /// A connection's first word reaches the server.
    Dial {
        device: usize,
        life: u64,
        attempt: u64,
        line: u64,
        session: Session,
    },
    /// A client's frame reaches the server.
    Told {
        line: u64,
        text: String,
    },
    /// The server notices that a client has gone.
    HungUp {
        line: u64,
    },
    /// A request reaches the server.
    Asked {
        device: usize,
        life: u64,
        attempt: u64,
        session: Session,
        question: Question,
    },
    Commit,
    Tail,
    Beat,
    Rise,
    SignIn {
        device: usize,
    },
    SignOut {
        device: usize,
        life: u64,
        session: Session,
    },
    /// The app closes, signed out.
    Leave {
        device: usize,
        life: u64,
    },
    /// A crashed app is started again.
    Reopen {
        device: usize,
    },
    /// Somebody goes on writing.
    More {
        device: usize,
        life: u64,
        intent: Box<Intent>,
    },
    /// An old app is updated.
    Update {
        device: usize,
    },
    /// The device's disk has room again.
    Room {
        device: usize,
        life: u64,
    },
    /// What somebody did has others do something.
    Plot(Plot),
    /// The server's faults end.
    ServerWell,
    /// Somebody wants something done to an account.
    Wish,
    /// It reaches the server.
    Deed(Wish),
    /// The app hears that it is done.
    Done {
        device: usize,
        life: u64,
        deed: Deed,
    },
    /// The app closes: the account is gone, or waits.
    LockedOut {
        device: usize,
        life: u64,
    },
    /// Somebody whose account waits comes back.
    Return {
        user: UserId,
    },
    /// The server erases what people have written whose accounts are deleted.
    Erase,
}

#[derive(Debug)]
pub enum Question {
    Heads(HeadsRequest),
    Pull(PullRequest),
    History { conversation: ConversationId, before_pos: Pos, limit: u32 },
    Digests(DigestsRequest),
    Profiles { after: Option<UserId>, request: ProfilesRequest },
}

/// What a client has said on its connection.
pub enum Told {
    Mutate(Vec<Mutation>),
    Cancel(Vec<MutationId>),
}

/// One connection, as the network knows it.
pub struct Line {
    pub device: usize,
    pub life: u64,
    pub attempt: u64,
    /// The server's end, once it has answered.
    pub wire: Option<Wire>,
    /// Nothing that is sent before these moments arrives after them.
    pub down_at: u64,
    pub up_at: u64,
    /// The network lost it: nothing travels any more.
    pub dead: bool,
}
