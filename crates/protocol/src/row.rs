//! A row is one syncable record. A stream's state is its rows, each at its newest.

use crate::{Seq, rows::RowData};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;

/// A row as it travels: `{"seq": 7, "kind": "message", "data": {..}}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The stream's head at this row's last change.
    pub seq: Seq,
    pub data: RowData,
}

/// A row's name inside its stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    pub kind: String,
    /// Unique among the rows of its kind in the stream; empty where there is only one.
    pub id: String,
}

#[derive(Deserialize)]
struct Wire<'a> {
    seq: Seq,
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    data: Box<RawValue>,
}

#[derive(Serialize)]
struct WireOut<'a, T> {
    seq: Seq,
    kind: &'a str,
    data: T,
}

impl Row {
    pub fn new(seq: Seq, data: impl Into<RowData>) -> Self {
        Self { seq, data: data.into() }
    }
}

/// Writes the three fields of a row; used by the kinds' generated code.
pub(crate) fn write<S: Serializer, T: Serialize>(serializer: S, seq: Seq, kind: &str, data: &T) -> Result<S::Ok, S::Error> {
    WireOut { seq, kind, data }.serialize(serializer)
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data.write(self.seq, serializer)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let data = RowData::read(&wire.kind, wire.data).map_err(D::Error::custom)?;
        Ok(Self { seq: wire.seq, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        body::Body,
        ids::{MessageId, UserId},
        rows::MessageRow,
    };

    #[test]
    fn a_message_goes_there_and_back() {
        let row = Row::new(
            7,
            MessageRow {
                id: MessageId::new(),
                pos: 3,
                sender: UserId::new(),
                body: Some(Body::text("hello")),
                created_at: 1,
                edited_at: None,
                revision: 0,
                reply_to: Some(MessageId::new()),
                forwarded: true,
                thread_root: None,
                in_conversation: false,
            },
        );
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
        assert_eq!(row.data.key().kind, "message");
    }

    #[test]
    fn a_kind_from_the_future_is_kept_raw_and_travels_on() {
        let json = r#"{"seq":9,"kind":"poll","data":{"id":"p1","x":[1,2]}}"#;
        let row: Row = serde_json::from_str(json).unwrap();
        assert!(matches!(row.data, RowData::Unknown { .. }));
        assert_eq!(serde_json::to_string(&row).unwrap(), json);
    }

    #[test]
    fn a_known_kind_with_nonsense_inside_is_an_error() {
        assert!(serde_json::from_str::<Row>(r#"{"seq":9,"kind":"message","data":{"id":"p1"}}"#).is_err());
    }
}
