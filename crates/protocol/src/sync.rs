//! Heads, pulls and history: how a replica finds out what moved and fetches it.

use crate::{
    Pos, Seq,
    error::ApiError,
    ids::{Epoch, GroupId},
    mutation::Part,
    row::Row,
    stream::StreamId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a replica has read each shard's change log.
pub type Watermark = BTreeMap<u16, u64>;

/// `POST /v1/sync/heads`: which of my streams moved since the watermark. Without one: all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeadsRequest {
    pub epoch: Option<Epoch>,
    #[serde(default)]
    pub watermark: Watermark,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeadsResponse {
    pub epoch: Epoch,
    pub watermark: Watermark,
    /// True when `heads` names every stream that I follow, so that others are gone.
    pub full: bool,
    pub heads: Vec<Head>,
}

/// Where a stream stands for me.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub stream: StreamId,
    pub head: Seq,
    /// A cursor below it is answered by `reset`.
    pub floor: Seq,
    pub vis_ver: u64,
    /// The group whose channel it is, for channels: it closes with the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The head of the conversation's members stream, for conversations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members_head: Option<Seq>,
    /// The head of its receipts stream, once that has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts_head: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
    /// The newest message that I may see; only in full heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message: Option<Row>,
}

/// The server's count, which stands until the replica covers the range itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub count: u32,
    pub mentions: u32,
    pub as_of_seq: Seq,
}

/// `POST /v1/sync/pull`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PullRequest {
    pub epoch: Epoch,
    pub wants: Vec<Want>,
    /// Rows for the whole answer; the server may give fewer, never less than one commit.
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Want {
    pub stream: StreamId,
    pub from: From,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// Everything that changed after this cursor, in the copy `vis_ver`.
    Cursor { seq: Seq, vis_ver: u64 },
    /// A first copy: every row that is not a message, and the newest so many messages.
    Tail { messages: u32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PullResponse {
    pub epoch: Epoch,
    /// In the order of the wants. Wants that found no room are missing: ask again.
    pub pages: Vec<Page>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Changes `(prev, seq]`; ask again while `head > seq`.
    Changes { part: Part, head: Seq },
    /// The first copy: `part.seq` is its head, and it has every message from `from_pos` on. 1 means all of them.
    Tail { part: Part, from_pos: Pos },
    /// The cursor or the copy is refused: stage a new copy and swap.
    Reset { stream: StreamId, vis_ver: u64 },
    /// I may not see this stream (any more), or it never existed: the same answer for both.
    Gone { stream: StreamId },
    /// Only this stream could not be read.
    Failed { stream: StreamId, error: ApiError },
}

/// `GET /v1/conversations/{id}/messages?before_pos=&limit=`: the page of messages just before a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryPage {
    pub epoch: Epoch,
    pub vis_ver: u64,
    /// The stream's head when the page was read: rows are guarded by their seq, as everywhere.
    pub as_of: Seq,
    /// The page has every visible message in `[from_pos, before_pos)`. 1 means that history is complete.
    pub from_pos: Pos,
    pub rows: Vec<Row>,
}

/// `GET /v1/conversations/{id}/place?at=&asides=`: where a conversation goes on at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceAt {
    /// The place of the first message of that moment or later that I may see and that is not deleted; none where there is none. An aside
    /// is one only where `asides=true` asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos: Option<Pos>,
}
