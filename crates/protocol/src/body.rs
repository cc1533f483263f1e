//! A message's body: a tagged envelope `{"v": 1, "kind": "text", ..}`. What a reader does not know it keeps as it came.

use crate::limits;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
    ser::SerializeMap as _,
};
use serde_json::{Map, Value};

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// `{"v": 1, "kind": "text", "text": ".."}`: what a person wrote, as written.
    Text { text: String },
    /// An envelope of a kind or version that this build does not know, kept whole.
    Unknown(Map<String, Value>),
}

impl Body {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// The words that a search can find, if this build can read the body.
    pub fn searchable(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            Self::Unknown(_) => None,
        }
    }

    /// Says what is wrong with a body that a person wants to send, in the words that they will read.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Text { text } if text.trim().is_empty() => Err("The message is empty.".into()),
            Self::Text { text } => {
                let chars = text.chars().count();
                if chars > limits::TEXT_CHARS_MAX {
                    return Err(format!(
                        "The message has {chars} characters; {} is the most. Split it into several messages.",
                        limits::TEXT_CHARS_MAX
                    ));
                }
                if text.contains('\0') {
                    return Err("The message contains a NUL character. Remove it and send again.".into());
                }
                Ok(())
            }
            Self::Unknown(_) => Err("This server does not know that kind of message. Update the server.".into()),
        }
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text { text } => {
                let mut map = serializer.serialize_map(Some(3))?;
                map.serialize_entry("kind", "text")?;
                map.serialize_entry("text", text)?;
                map.serialize_entry("v", &1)?;
                map.end()
            }
            Self::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Envelope)
    }
}

/// Reads a body in one go: nearly all are texts, of which nothing but the text is worth keeping.
struct Envelope;

impl<'de> Visitor<'de> for Envelope {
    type Value = Body;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a body")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
        let (mut version, mut kind, mut text, mut rest) = (None, None, None, Map::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "v" => version = Some(map.next_value::<Value>()?),
                "kind" => kind = Some(map.next_value::<Value>()?),
                "text" => text = Some(map.next_value::<Value>()?),
                _ => {
                    rest.insert(key, map.next_value()?);
                }
            }
        }
        let is_text = version.as_ref().and_then(Value::as_u64) == Some(1) && kind.as_ref().and_then(Value::as_str) == Some("text");
        if is_text {
            return match text {
                Some(Value::String(text)) => Ok(Body::Text { text }),
                _ => Err(A::Error::custom("a text body has a text")),
            };
        }
        if !kind.as_ref().is_some_and(Value::is_string) {
            return Err(A::Error::custom("a body has a kind"));
        }
        let known = [("v", version), ("kind", kind), ("text", text)];
        rest.extend(known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        Ok(Body::Unknown(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_there_and_back() {
        let body = Body::text("hi \"you\"\n🔥");
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
        assert!(json.contains("\"v\":1"));
    }

    #[test]
    fn an_unknown_kind_or_version_is_kept_as_it_came() {
        for json in [r#"{"v":1,"kind":"poll","options":["a","b"]}"#, r#"{"v":2,"kind":"text","blocks":[1]}"#] {
            let body: Body = serde_json::from_str(json).unwrap();
            assert!(matches!(body, Body::Unknown(_)));
            assert_eq!(serde_json::to_value(&body).unwrap(), serde_json::from_str::<Value>(json).unwrap());
        }
    }

    #[test]
    fn empty_and_endless_texts_are_refused_with_a_reason() {
        assert!(Body::text(" \n ").check().unwrap_err().contains("empty"));
        assert!(Body::text("x".repeat(limits::TEXT_CHARS_MAX + 1)).check().unwrap_err().contains("Split"));
        assert!(Body::text("x".repeat(limits::TEXT_CHARS_MAX)).check().is_ok());
    }
}
