use super::RowKind;
use crate::{Millis, Pos, ids::ConversationId, stream::StreamKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How I have a conversation: where it stands in my list, and of what in it I am told. Private, on my user stream; without a row it is
/// [`ArrangementRow::new`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrangementRow {
    pub conversation: ConversationId,
    /// Since when it stands above the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned_at: Option<Millis>,
    /// It is put away with every message up to here. A later one brings it back, unless it came while muted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_to: Option<Pos>,
    /// Until then I am told of nothing, by the server's clock; `limits::FOR_EVER`: until I say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Millis>,
    #[serde(default, skip_serializing_if = "NotificationLevel::is_all")]
    pub level: NotificationLevel,
}

/// Of what in a conversation I am told while it is not muted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotificationLevel {
    #[default]
    All,
    /// Of what names me.
    Mentions,
    Nothing,
    /// A word of a newer build: whoever does not know it is told of everything.
    #[serde(other)]
    Unknown,
}

impl NotificationLevel {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mentions => "mentions",
            Self::Nothing => "nothing",
            Self::Unknown => "unknown",
        }
    }

    /// A word of a table.
    pub fn parse(word: &str) -> Self {
        match word {
            "all" => Self::All,
            "mentions" => Self::Mentions,
            "nothing" => Self::Nothing,
            _ => Self::Unknown,
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
    fn is_all(&self) -> bool {
        *self == Self::All
    }
}

/// One change of an arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    Pinned(bool),
    /// With what had come when its person put it away; `None` brings it back.
    Archived(Option<Pos>),
    /// `None`: no longer.
    Muted(Option<Millis>),
    Level(NotificationLevel),
}

impl ArrangementRow {
    /// As every conversation is that nobody has arranged.
    pub fn new(conversation: ConversationId) -> Self {
        Self { conversation, pinned_at: None, archived_to: None, muted_until: None, level: NotificationLevel::All }
    }

    /// The same with one thing changed at `now`. What is pinned already stays where it is; what is pinned is not put away, and the other
    /// way round.
    #[must_use]
    pub fn with(self, change: Arrangement, now: Millis) -> Self {
        match change {
            Arrangement::Pinned(true) => Self { pinned_at: self.pinned_at.or(Some(now)), archived_to: None, ..self },
            Arrangement::Pinned(false) => Self { pinned_at: None, ..self },
            Arrangement::Archived(Some(upto)) => Self { archived_to: Some(upto), pinned_at: None, ..self },
            Arrangement::Archived(None) => Self { archived_to: None, ..self },
            Arrangement::Muted(until) => Self { muted_until: until.filter(|until| *until > now), ..self },
            Arrangement::Level(level) => Self { level, ..self },
        }
    }

    /// Whether I am told of nothing at this moment.
    pub fn is_muted(&self, now: Millis) -> bool {
        self.muted_until.is_some_and(|until| now < until)
    }
}

impl RowKind for ArrangementRow {
    const KIND: &'static str = "arrangement";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.conversation.to_string()
    }
}
