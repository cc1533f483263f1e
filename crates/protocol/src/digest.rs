//! Digests: whether a replica's copy of a stretch of messages is what the server has, without sending the messages again.

use crate::{
    Pos, Seq,
    ids::{ConversationId, Epoch, MessageId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The places `[from_pos, to_pos)` of a conversation, all of which the replica has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub conversation: ConversationId,
    /// The replica's copy; another one on the server is not compared.
    pub vis_ver: u64,
    pub from_pos: Pos,
    pub to_pos: Pos,
}

/// `POST /v1/sync/digests`, at most `limits::SEGMENTS_PER_REQUEST_MAX` segments of `limits::SEGMENT_PLACES_MAX` places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DigestsRequest {
    pub epoch: Epoch,
    pub segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DigestsResponse {
    pub epoch: Epoch,
    /// In the order of the segments; `None` for one that is not this viewer's, or not in this copy.
    pub digests: Vec<Option<SegmentDigest>>,
}

/// What the server has in a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentDigest {
    /// The stream's head when it was read: comparable with a copy whose cursor is just here.
    pub as_of: Seq,
    /// See [`digest`].
    pub digest: String,
}

/// What a digest is made of: a message that was not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub pos: Pos,
    pub id: MessageId,
    /// Moves with every change, so that equal means unchanged.
    pub seq: Seq,
    pub revision: u32,
}

/// SHA-256 over the messages in the order of their places, in hex. Bodies are not in it: an older client does not keep of them what it does
/// not know, and tombstones are not, since each side purges them in its own time.
pub fn digest(entries: impl IntoIterator<Item = Entry>) -> String {
    let mut hasher = Sha256::new();
    for Entry { pos, id, seq, revision } in entries {
        hasher.update(pos.to_be_bytes());
        hasher.update(id.as_bytes());
        hasher.update(seq.to_be_bytes());
        hasher.update(revision.to_be_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_shows() {
        let entry = Entry { pos: 1, id: MessageId::new(), seq: 2, revision: 0 };
        let other =
            [Entry { pos: 2, ..entry }, Entry { id: MessageId::new(), ..entry }, Entry { seq: 3, ..entry }, Entry { revision: 1, ..entry }];
        assert_eq!(digest([entry]), digest([entry]));
        assert_eq!(digest([]).len(), 64);
        assert_ne!(digest([]), digest([entry]));
        for other in other {
            assert_ne!(digest([entry]), digest([other]), "{other:?}");
        }
    }
}
