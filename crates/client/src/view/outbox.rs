//! The outbox as the page sees it: what waits, why, and what came of taking it back.

use super::{Delivery, Problem, QuoteView};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId, MutationId},
};
use serde::Serialize;
use ts_rs::TS;

/// An edit or deletion in the outbox. What waits is in the message's content already; of what was refused this is all there is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ChangeView {
    pub id: MutationId,
    /// The text of an edit; `None` for a deletion.
    pub text: Option<String>,
    pub state: Delivery,
}

/// Something not yet acknowledged.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct OutboxItem {
    pub id: MutationId,
    /// The mutation's name; `leave_conversation` where one removes oneself, `take_reaction_back` where one takes that back,
    /// `forward_message` where what was said elsewhere is passed on.
    pub what: String,
    pub conversation: Option<ConversationId>,
    pub conversation_name: String,
    /// A message's text, or the new one of an edit.
    pub text: Option<String>,
    /// What a message answers.
    pub quote: Option<QuoteView>,
    /// In whose thread a message is said; not there where it is in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub thread: Option<MessageId>,
    /// The message that an edit, a deletion, a reaction or another time is of, and its text as it stands without the change.
    pub message: Option<MessageId>,
    pub message_text: Option<String>,
    /// The name of what is made, a device's new one, the collection's that something goes into, or an emoji.
    pub name: Option<String>,
    /// The people whom it adds or removes, by name.
    pub people: Vec<String>,
    #[ts(type = "number")]
    pub since_local: Millis,
    pub tries: u32,
    pub state: Delivery,
    pub wait: Option<Wait>,
}

/// Why something that waits does not go at once, apart from the connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Wait {
    /// It needs what another entry makes; `failed` when that one waits for the person.
    Needs { what: String, failed: bool },
    /// The server said to try later.
    Told {
        problem: Problem,
        #[ts(type = "number")]
        next_try_local: Millis,
    },
    /// A message that goes then, so that it can be taken back until then.
    Held {
        #[ts(type = "number")]
        until_local: Millis,
    },
    /// An entry before it in its conversation waits until then, and keeps its place.
    Behind {
        #[ts(type = "number")]
        next_try_local: Millis,
    },
}

/// What came of taking something out of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Discarded {
    /// It is out and was never sent; a message's text, so that it can be written again.
    Gone { text: Option<String> },
    /// It may have arrived: the server is asked. An update tells the end.
    TakingBack,
    /// These need it: nothing changed. Ask, then discard with the others.
    Needed { by: Vec<OutboxItem> },
}

/// The end of a taking back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Fate {
    /// Too late: it had been sent already.
    Arrived,
    Discarded,
    /// The text is in the draft of the conversation, or of the thread.
    Returned,
    /// It goes out again as something new.
    Renewed,
}
