//! Looking for messages that a replica does not have yet. The query comes as it was understood: words as the index has them, people and
//! conversations by their ids, days as moments. What somebody typed stays on their computer.

use crate::{
    Millis, Pos,
    ids::{ConversationId, UserId},
    row::Row,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// `POST /v1/search`: messages that are all of this, newest first in each place, place by place in the order in which they are named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    pub places: Vec<SearchPlace>,
    pub wanted: SearchWanted,
    /// Hits of the answer, at most.
    pub limit: u32,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPlace {
    pub conversation: ConversationId,
    /// Only below this place; without one, everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_pos: Option<Pos>,
}

/// What a message must be. Nothing of it: any message is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchWanted {
    /// Each stands there.
    pub words: Vec<SearchWords>,
    /// None of them does.
    pub no_words: Vec<SearchWords>,
    /// One of them has written it.
    pub senders: Option<BTreeSet<UserId>>,
    pub no_senders: BTreeSet<UserId>,
    /// Sent in `[from, until)`.
    pub from: Option<Millis>,
    pub until: Option<Millis>,
    /// Sent in none of these `[from, until)`.
    pub not_between: Vec<(Millis, Millis)>,
    /// It is each of these.
    pub marks: BTreeSet<SearchMark>,
    /// And none of these.
    pub no_marks: BTreeSet<SearchMark>,
}

/// Words that stand next to each other in this order, as `crates/text` cuts and folds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchWords {
    pub words: Vec<String>,
    /// The last one may go on.
    #[serde(default)]
    pub prefix: bool,
}

/// What a message can be besides being somebody's, somewhere, at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchMark {
    Link,
    /// It is one link and nothing else.
    LinkAlone,
    Reaction,
    Starred,
    Unread,
    Pinned,
    /// It names me.
    Mention,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchResponse {
    pub hits: Vec<SearchFound>,
    /// There is more to look through: from here on, then in the places that were named behind it. An answer without a hit can have it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<SearchPlace>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchFound {
    pub conversation: ConversationId,
    pub message: Row,
}
