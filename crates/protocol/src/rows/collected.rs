use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{CollectionId, ConversationId, MessageId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

/// Something in a collection of mine, or that was in it. Private, on my user stream. It holds no words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CollectedRow {
    pub collection: CollectionId,
    /// The message, or another item's id.
    pub item: MessageId,
    pub kind: CollectedKind,
    pub conversation: ConversationId,
    /// The place there of the message that it is or belongs to. The row itself has none: it is of another stream.
    pub pos: Pos,
    /// When I put it there, the last time.
    pub at: Millis,
    /// Set once I take it out, the collection is deleted, or the message is gone.
    #[serde(default)]
    pub ended_at: Option<Millis>,
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectedKind {
    Message,
    /// A word of a newer build, which can collect more: it is kept, and shown nowhere.
    #[serde(other)]
    Unknown,
}

impl CollectedKind {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`CollectedKind::Unknown`].
    pub fn parse(word: &str) -> Self {
        if word == Self::Message.as_str() { Self::Message } else { Self::Unknown }
    }
}

/// With its name as `id`, by which a build that does not know collections tells one from another.
impl Serialize for CollectedRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("CollectedRow", 8)?;
        row.serialize_field("id", &self.id())?;
        row.serialize_field("collection", &self.collection)?;
        row.serialize_field("item", &self.item)?;
        row.serialize_field("kind", &self.kind)?;
        row.serialize_field("conversation", &self.conversation)?;
        row.serialize_field("pos", &self.pos)?;
        row.serialize_field("at", &self.at)?;
        row.serialize_field("ended_at", &self.ended_at)?;
        row.end()
    }
}

impl RowKind for CollectedRow {
    const KIND: &'static str = "collected";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        Self::id_of(self.collection, self.item)
    }
}

impl CollectedRow {
    /// The name of something in a collection, whether it is there or not.
    pub fn id_of(collection: CollectionId, item: MessageId) -> String {
        format!("{collection}:{item}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::MutationId, row::Row, rows::RowData};

    #[test]
    fn builds_that_know_less_keep_what_is_collected_apart() {
        let (collection, item, conversation) = (CollectionId::new(), MutationId::new(), ConversationId::new());
        let row = CollectedRow { collection, item, kind: CollectedKind::Message, conversation, pos: 3, at: 1, ended_at: None };
        let json = serde_json::to_string(&Row::new(7, row.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), Row::new(7, row.clone()));
        // The same words under a name that this build lacks.
        let other: Row = serde_json::from_str(&json.replace(r#""kind":"collected""#, r#""kind":"gathered""#)).unwrap();
        assert!(matches!(other.data, RowData::Unknown { .. }));
        assert_eq!(other.data.key().id, row.id());
    }

    #[test]
    fn a_kind_of_a_newer_build_is_read_as_unknown() {
        for kind in [CollectedKind::Message, CollectedKind::Unknown] {
            assert_eq!(CollectedKind::parse(kind.as_str()), kind);
        }
        assert_eq!(serde_json::to_string(&CollectedKind::Message).unwrap(), r#""message""#);
        assert_eq!(serde_json::from_str::<CollectedKind>(r#""film""#).unwrap(), CollectedKind::Unknown);
    }
}
