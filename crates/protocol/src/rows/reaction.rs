use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{MessageId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

/// One emoji of one person on one message, on the stream of its conversation. It stands where its message stands, and goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReactionRow {
    pub message: MessageId,
    /// The message's place: whoever does not see that does not get this.
    pub pos: Pos,
    pub user: UserId,
    pub emoji: String,
    /// `None` is a tombstone: it was taken back.
    pub at: Option<Millis>,
}

/// With its name as `id`, by which a build that does not know reactions tells one from another.
impl Serialize for ReactionRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("ReactionRow", 6)?;
        row.serialize_field("id", &self.id())?;
        row.serialize_field("message", &self.message)?;
        row.serialize_field("pos", &self.pos)?;
        row.serialize_field("user", &self.user)?;
        row.serialize_field("emoji", &self.emoji)?;
        row.serialize_field("at", &self.at)?;
        row.end()
    }
}

impl RowKind for ReactionRow {
    const KIND: &'static str = "reaction";
    const HOME: StreamKind = StreamKind::Conversation;
    const PLACED: bool = true;

    fn id(&self) -> String {
        Self::id_of(self.message, self.user, &self.emoji)
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.pos)
    }
}

impl ReactionRow {
    /// The name of somebody's emoji on a message, whether it is there or not.
    pub fn id_of(message: MessageId, user: UserId, emoji: &str) -> String {
        format!("{message}:{user}:{emoji}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::MutationId, row::Row, rows::RowData};

    #[test]
    fn a_build_that_does_not_know_reactions_tells_them_apart() {
        let row = ReactionRow { message: MutationId::new(), pos: 3, user: UserId::new(), emoji: "👍".into(), at: Some(1) };
        let json = serde_json::to_string(&Row::new(7, row.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), Row::new(7, row.clone()));
        // The same words under a name that this build lacks as well.
        let other: Row = serde_json::from_str(&json.replace(r#""kind":"reaction""#, r#""kind":"response""#)).unwrap();
        assert!(matches!(other.data, RowData::Unknown { .. }));
        assert_eq!(other.data.key().id, row.id());
    }
}
