//! What happened to a conversation, as its timeline tells it.

use crate::{ids::UserId, rows::MemberRole};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something that the message's sender did to the conversation. Ids and never words: each viewer reads it in their own language, with the
/// names that they know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum SystemEvent {
    /// It has another name, another topic, or both.
    Edited {
        name: bool,
        topic: bool,
    },
    Added {
        people: BTreeSet<UserId>,
    },
    /// `heir`: who owns it from here on, where it was its owner who is out.
    Removed {
        person: UserId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heir: Option<UserId>,
    },
    Left {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heir: Option<UserId>,
    },
    /// Somebody is something else there from here on.
    RoleSet {
        person: UserId,
        role: MemberRole,
    },
    /// Who comes from here on sees what was said before, or does not.
    HistorySet {
        shared: bool,
    },
    /// It looks otherwise, or has no picture any more.
    PictureSet {
        removed: bool,
    },
}

impl SystemEvent {
    /// Whom it is about besides who did it.
    pub fn people(&self) -> Vec<UserId> {
        match self {
            Self::Edited { .. } | Self::HistorySet { .. } | Self::PictureSet { .. } => vec![],
            Self::Added { people } => people.iter().copied().collect(),
            Self::Removed { person, heir } => [Some(*person), *heir].into_iter().flatten().collect(),
            Self::Left { heir } => heir.iter().copied().collect(),
            Self::RoleSet { person, .. } => vec![*person],
        }
    }
}
