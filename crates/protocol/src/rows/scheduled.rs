use super::RowKind;
use crate::{
    Millis,
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A message of mine that the server sends at its time, or was to send. Private, on my user stream: nobody hears of it before it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScheduledRow {
    /// That of the message.
    pub id: MessageId,
    pub conversation: ConversationId,
    /// `None` once it is sent or given up: then its words are in the message, or nowhere.
    #[serde(default)]
    pub body: Option<Body>,
    /// The message that it answers; `None` also once it is sent or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// When it is to go out, by the server's clock.
    pub send_at: Millis,
    /// Counts changes from 0.
    pub revision: u32,
    pub created_at: Millis,
    pub state: ScheduledState,
    /// Why it could not be sent; only where it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ErrorCode>,
}

/// What is with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduledState {
    /// For its time.
    Waiting,
    /// It could not be sent, and waits for its person.
    Failed,
    Sent,
    Cancelled,
    /// A word of a newer build.
    #[serde(other)]
    Unknown,
}

impl ScheduledState {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`ScheduledState::Unknown`].
    pub fn parse(word: &str) -> Self {
        let known = [Self::Waiting, Self::Failed, Self::Sent, Self::Cancelled];
        known.into_iter().find(|state| state.as_str() == word).unwrap_or(Self::Unknown)
    }

    /// Whether it can be changed, sent and given up still.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Failed)
    }
}

impl ScheduledRow {
    /// The same at its end, without its words.
    pub fn ended(self, state: ScheduledState) -> Self {
        Self { body: None, reply_to: None, state, reason: None, revision: self.revision.saturating_add(1), ..self }
    }
}

impl RowKind for ScheduledRow {
    const KIND: &'static str = "scheduled";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_new_ones_do_not_break_old_builds() {
        for state in [ScheduledState::Waiting, ScheduledState::Failed, ScheduledState::Sent, ScheduledState::Cancelled] {
            assert_eq!(ScheduledState::parse(state.as_str()), state);
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("{:?}", state.as_str()));
        }
        assert_eq!(ScheduledState::parse("dreamt"), ScheduledState::Unknown);
        assert_eq!(serde_json::from_str::<ScheduledState>("\"dreamt\"").unwrap(), ScheduledState::Unknown);
    }
}
