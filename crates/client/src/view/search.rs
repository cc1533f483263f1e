use super::{ConversationItem, PersonView, Problem};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId, UserId},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SearchPage {
    pub hits: Vec<SearchHit>,
    /// People who are called so, where nothing but words is looked for; not those whose conversation follows.
    pub people: Vec<PersonView>,
    /// Conversations whose name, or else whose topic, matches, where nothing but words is looked for.
    pub conversations: Vec<ConversationItem>,
    /// What was typed, piece by piece, as it was understood.
    pub parts: Vec<QueryPartView>,
    /// The messages that could be searched, and how many conversations are not wholly on this computer yet.
    #[ts(type = "number")]
    pub searched: u64,
    pub incomplete: u32,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// What the server has found of what is not on this computer yet.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct FurtherPage {
    /// Conversation by conversation, newest first in each.
    pub hits: Vec<SearchHit>,
    /// Hand it back to look through the rest.
    pub next: Option<String>,
    /// Why the server could not be asked.
    pub problem: Option<Problem>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SearchHit {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub conversation_name: String,
    /// Its hash colours the avatar.
    pub sender: UserId,
    pub sender_name: String,
    #[ts(type = "number")]
    pub at: Millis,
    /// The plain words around the hit, in pieces.
    pub snippet: Vec<SnippetPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SnippetPart {
    pub text: String,
    pub hit: bool,
}

/// In which order hits are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SearchOrder {
    Newest,
    /// Those of the newest that say most of what was looked for, then what is older.
    Best,
}

/// What a filter looks at, as it is written before the colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SearchFilterName {
    From,
    In,
    Before,
    After,
    On,
    Has,
    Is,
    Mentions,
}

/// Why a filter asks for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QueryProblem {
    /// Nothing stands behind the colon.
    NoValue,
    NoDate,
    /// Not one of the few words that can stand there.
    NoSuchValue,
    Nobody,
    NoConversation,
}

/// A piece of what was typed, and how it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QueryPartView {
    /// Where it stands, as JavaScript counts.
    pub from: u32,
    pub to: u32,
    /// It must not be.
    pub without: bool,
    /// `None` for words.
    pub filter: Option<SearchFilterName>,
    /// Without sign, filter's name and quotes.
    pub text: String,
    /// Whom or which it means, the first of them, by name.
    pub names: Vec<String>,
    /// How many more it means.
    pub more: u32,
    /// The day that it names: 2026-01-31.
    pub day: Option<String>,
    /// A filter that is still being typed.
    pub unfinished: bool,
    pub problem: Option<QueryProblem>,
}

/// What the filter at the caret can become.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SuggestionsView {
    /// What is replaced, as JavaScript counts.
    pub from: u32,
    pub to: u32,
    pub items: Vec<SuggestionView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SuggestionView {
    /// What stands there then.
    pub text: String,
    pub filter: SearchFilterName,
    /// The word behind the colon, where there are few: `me`, `starred`, `today`.
    pub word: Option<String>,
    pub person: Option<PersonView>,
    pub conversation: Option<ConversationItem>,
}
