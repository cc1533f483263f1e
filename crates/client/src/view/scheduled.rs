//! What waits for its time.

use super::ChangeView;
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};
use serde::Serialize;
use ts_rs::TS;

/// A message of mine that the server sends at its time, or could not send.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ScheduledView {
    pub message: MessageId,
    pub conversation: ConversationId,
    /// What that is called; `None` where I am not in it any more.
    pub name: Option<String>,
    /// Which of its versions this is, with what of mine waits: a change names it, so that it does not undo what I did on another device.
    pub revision: u32,
    /// As it was typed; `None` for what this build cannot read.
    pub text: Option<String>,
    /// When it goes out, or was to go out.
    #[ts(type = "number")]
    pub send_at: Millis,
    /// The code of the error for which it could not be sent; `None` while it waits.
    pub reason: Option<String>,
    /// The server does not have it yet: it goes out once it does.
    pub only_here: bool,
    /// The newest of what of mine waits to change it, or was refused.
    pub change: Option<ChangeView>,
}
