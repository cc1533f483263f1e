//! What is said between a scenario and the headless app: one JSON object per line, each question answered in its turn.

use hearth_client::view::{Connection, Delivery, Phase, Problem, SignInReason};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, MessageId, UserId},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Connect {
        link: String,
    },
    SignUp {
        name: String,
        password: String,
        set_up_code: Option<String>,
    },
    SignIn {
        name: String,
        password: String,
    },
    /// Opens the direct conversation with somebody.
    Direct {
        with: UserId,
    },
    Send {
        conversation: ConversationId,
        text: String,
    },
    /// Everything of a conversation that is on this computer, oldest first.
    Read {
        conversation: ConversationId,
    },
    State,
    SyncNow,
    Quit,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Done,
    Me { user: UserId },
    Conversation { id: ConversationId },
    Message { id: MessageId },
    Lines(Vec<Line>),
    State(Box<State>),
    Problem { code: String, message: String },
}

/// A message as the person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub id: MessageId,
    /// None while it is only in the outbox.
    pub pos: Option<Pos>,
    pub at: Millis,
    pub text: String,
}

/// What the app knows of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// `starting`, `first_run`, `sign_in`, `locked`, `blocked`, `ready`.
    pub phase: String,
    /// Why it is so: the code of what blocks, or why one has to sign in.
    pub reason: Option<String>,
    /// `offline`, `connecting`, `catching_up`, `live`, `blocked`.
    pub connection: String,
    /// The code and words of what the connection complains of.
    pub problem: Option<(String, String)>,
    pub outbox: u32,
    pub outbox_failed: u32,
    /// Every conversation is wholly here.
    pub complete: bool,
    /// What the person was warned of since the app started, or what stands in the way: code and words.
    pub warning: Option<(String, String)>,
}

impl State {
    pub fn is_live(&self) -> bool {
        self.phase == "ready" && self.connection == "live"
    }

    /// Live, with everything sent and everything here.
    pub fn is_settled(&self) -> bool {
        self.is_live() && self.outbox == 0 && self.complete
    }
}

pub fn named_phase(phase: &Phase) -> (String, Option<String>) {
    let (name, reason) = match phase {
        Phase::Starting => ("starting", None),
        Phase::FirstRun => ("first_run", None),
        Phase::SignIn { reason, .. } => ("sign_in", reason.as_ref().map(named_reason)),
        Phase::Locked { .. } => ("locked", None),
        Phase::Blocked { problem } => ("blocked", Some(problem.code.clone())),
        Phase::Ready { .. } => ("ready", None),
    };
    (name.into(), reason)
}

fn named_reason(reason: &SignInReason) -> String {
    match reason {
        SignInReason::SessionEnded => "session_ended".into(),
        SignInReason::SignedOut { .. } => "signed_out".into(),
        SignInReason::Deactivated => "deactivated".into(),
        SignInReason::AccountDeleted => "account_deleted".into(),
        SignInReason::KeychainLost => "keychain_lost".into(),
    }
}

pub fn named_connection(connection: &Connection) -> (String, Option<(String, String)>) {
    let told = |problem: &Problem| (problem.code.clone(), problem.message.clone());
    let (name, problem) = match connection {
        Connection::Offline { problem, .. } => ("offline", problem.as_ref().map(told)),
        Connection::Connecting => ("connecting", None),
        Connection::CatchingUp => ("catching_up", None),
        Connection::Live => ("live", None),
        Connection::Blocked { problem } => ("blocked", Some(told(problem))),
    };
    (name.into(), problem)
}

/// The place in the conversation, once the server has given it one that this app knows.
pub fn known_place(pos: Option<Pos>, state: Option<&Delivery>) -> Option<Pos> {
    pos.filter(|_| state.is_none_or(|state| *state == Delivery::Sent))
}
