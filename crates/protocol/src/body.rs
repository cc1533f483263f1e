//! A message's body: a tagged envelope `{"v": 1, "kind": "text", ..}`. What a reader does not know it keeps as it came.

use crate::{
    ids::{ConversationId, UserId},
    limits,
    system::SystemEvent,
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
    ser::SerializeMap as _,
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The kind of what happened to the conversation.
const SYSTEM: &str = "system";

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `{"v": 1, "kind": "text", "text": "..", "mentions": [".."], "everyone": true}`: what a person wrote, as written, whom they name in
    /// it by an at sign and a username, and whether they name everyone who is there; who names nobody leaves these out. `"channels":
    /// {"<id>": "plans"}` are the channels to which `#plans` leads, by the names that stand in the text; left out where there are none.
    Text { text: String, mentions: BTreeSet<UserId>, everyone: bool, channels: BTreeMap<ConversationId, String> },
    /// `{"v": 1, "kind": "system", "event": "added", ..}`: what happened to the conversation; only the server writes it.
    System(SystemEvent),
    /// An envelope of a kind or version that this build does not know, kept whole.
    Unknown(Map<String, Value>),
}

impl Body {
    pub fn text(text: impl Into<String>) -> Self {
        Self::naming(text, BTreeSet::new())
    }

    /// A text that names people.
    pub fn naming(text: impl Into<String>, mentions: BTreeSet<UserId>) -> Self {
        Self::Text { text: text.into(), mentions, everyone: false, channels: BTreeMap::new() }
    }

    /// The same text, which names everyone who is there.
    #[must_use]
    pub fn calling_everyone(self) -> Self {
        match self {
            Self::Text { text, mentions, channels, .. } => Self::Text { text, mentions, everyone: true, channels },
            other => other,
        }
    }

    /// The same text, which leads to these channels by the names that stand in it.
    #[must_use]
    pub fn leading_to(self, channels: BTreeMap<ConversationId, String>) -> Self {
        match self {
            Self::Text { text, mentions, everyone, .. } => Self::Text { text, mentions, everyone, channels },
            other => other,
        }
    }

    /// The channels to which it leads, by their names in the text.
    pub fn channels(&self) -> impl Iterator<Item = (ConversationId, &str)> {
        let channels = if let Self::Text { channels, .. } = self { Some(channels) } else { None };
        channels.into_iter().flatten().map(|(id, name)| (*id, name.as_str()))
    }

    /// Whom it names.
    pub fn mentions(&self) -> impl Iterator<Item = UserId> {
        let named = if let Self::Text { mentions, .. } = self { Some(mentions) } else { None };
        named.into_iter().flatten().copied()
    }

    /// Whether it names everyone who is there.
    pub fn names_everyone(&self) -> bool {
        matches!(self, Self::Text { everyone: true, .. })
    }

    /// Whether somebody is to be told that it names them.
    pub fn names_somebody(&self) -> bool {
        self.names_everyone() || self.mentions().next().is_some()
    }

    /// Whom one has to know by name to read it.
    pub fn people(&self) -> Vec<UserId> {
        match self {
            Self::System(event) => event.people(),
            _ => self.mentions().collect(),
        }
    }

    /// Whether it is no one's word but tells what happened to the conversation, perhaps something that this build does not know.
    pub fn is_system(&self) -> bool {
        match self {
            Self::Text { .. } => false,
            Self::System(_) => true,
            Self::Unknown(raw) => raw.get("kind").and_then(Value::as_str) == Some(SYSTEM),
        }
    }

    /// The words that a search can find, if this build can read the body.
    pub fn searchable(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::System(_) | Self::Unknown(_) => None,
        }
    }

    /// Says what is wrong with a body that a person wants to send, in the words that they will read.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Text { text, .. } if text.trim().is_empty() => Err("The message is empty.".into()),
            Self::Text { mentions, .. } if mentions.len() > limits::MENTIONS_PER_MESSAGE_MAX => {
                Err(format!("The message names {} people; {} is the most. Name fewer.", mentions.len(), limits::MENTIONS_PER_MESSAGE_MAX))
            }
            Self::Text { channels, .. } if channels.len() > limits::CHANNELS_PER_MESSAGE_MAX => {
                Err(format!("The message leads to {} channels; {} is the most.", channels.len(), limits::CHANNELS_PER_MESSAGE_MAX))
            }
            Self::Text { channels, .. } if channels.values().any(|name| !is_name(name)) => {
                Err("A channel in the message has no name, or one that is too long.".into())
            }
            Self::Text { text, .. } => {
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
            Self::System(_) => Err("What happens to a conversation is said by the server alone.".into()),
            Self::Unknown(_) => Err("This server does not know that kind of message. Update the server.".into()),
        }
    }
}

/// What can stand in a text as a channel's name.
fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= limits::CONVERSATION_NAME_CHARS_MAX
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text { text, mentions, everyone, channels } => {
                let more = [!channels.is_empty(), *everyone, !mentions.is_empty()].map(usize::from).iter().sum::<usize>();
                let mut map = serializer.serialize_map(Some(3 + more))?;
                if !channels.is_empty() {
                    map.serialize_entry("channels", channels)?;
                }
                if *everyone {
                    map.serialize_entry("everyone", &true)?;
                }
                map.serialize_entry("kind", "text")?;
                if !mentions.is_empty() {
                    map.serialize_entry("mentions", mentions)?;
                }
                map.serialize_entry("text", text)?;
                map.serialize_entry("v", &1)?;
                map.end()
            }
            Self::System(event) => SystemEnvelope { v: 1, kind: SYSTEM, event }.serialize(serializer),
            Self::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Envelope)
    }
}

#[derive(Serialize)]
struct SystemEnvelope<'a> {
    v: u8,
    kind: &'a str,
    #[serde(flatten)]
    event: &'a SystemEvent,
}

/// Reads a body in one go: nearly all are texts, of which nothing but the text is worth keeping.
struct Envelope;

impl<'de> Visitor<'de> for Envelope {
    type Value = Body;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a body")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
        let (mut version, mut kind, mut text, mut mentions, mut everyone, mut channels) = (None, None, None, None, None, None);
        let mut rest = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "v" => version = Some(map.next_value::<Value>()?),
                "kind" => kind = Some(map.next_value::<Value>()?),
                "text" => text = Some(map.next_value::<Value>()?),
                "mentions" => mentions = Some(map.next_value::<Value>()?),
                "everyone" => everyone = Some(map.next_value::<Value>()?),
                "channels" => channels = Some(map.next_value::<Value>()?),
                _ => {
                    rest.insert(key, map.next_value()?);
                }
            }
        }
        let is_text = version.as_ref().and_then(Value::as_u64) == Some(1) && kind.as_ref().and_then(Value::as_str) == Some("text");
        if is_text {
            let Some(Value::String(text)) = text else { return Err(A::Error::custom("a text body has a text")) };
            let mentions = mentions.map(serde_json::from_value).transpose();
            let mentions = mentions.map_err(|_| A::Error::custom("the mentions of a text body are people"))?;
            let channels = channels.map(serde_json::from_value).transpose();
            let channels = channels.map_err(|_| A::Error::custom("the channels of a text body are names by their ids"))?;
            let body = Body::naming(text, mentions.unwrap_or_default()).leading_to(channels.unwrap_or_default());
            return match everyone {
                None | Some(Value::Bool(false)) => Ok(body),
                Some(Value::Bool(true)) => Ok(body.calling_everyone()),
                Some(_) => Err(A::Error::custom("a text names everyone or does not")),
            };
        }
        if !kind.as_ref().is_some_and(Value::is_string) {
            return Err(A::Error::custom("a body has a kind"));
        }
        let is_system = version.as_ref().and_then(Value::as_u64) == Some(1) && kind.as_ref().and_then(Value::as_str) == Some(SYSTEM);
        if is_system && let Ok(event) = serde_json::from_value(Value::Object(rest.clone())) {
            return Ok(Body::System(event));
        }
        let known =
            [("v", version), ("kind", kind), ("text", text), ("mentions", mentions), ("everyone", everyone), ("channels", channels)];
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
    fn whom_a_text_names_goes_there_and_back() {
        let named: BTreeSet<UserId> = [UserId::new(), UserId::new()].into();
        let body = Body::naming("@alice and @bob", named.clone());
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
        assert_eq!(body.mentions().collect::<BTreeSet<_>>(), named);
        assert!(!serde_json::to_string(&Body::text("nobody")).unwrap().contains("mentions"));
        assert!(serde_json::from_str::<Body>(r#"{"v":1,"kind":"text","text":"a","mentions":["bob"]}"#).is_err());
        let crowd = (0..=limits::MENTIONS_PER_MESSAGE_MAX).map(|_| UserId::new()).collect();
        assert!(Body::naming("all of you", crowd).check().unwrap_err().contains("fewer"));
    }

    #[test]
    fn whether_a_text_names_everyone_goes_there_and_back() {
        let body = Body::text("@everyone, now").calling_everyone();
        let json = serde_json::to_string(&body).unwrap();
        assert!(json.contains("\"everyone\":true"), "what the replica's index looks for: {json}");
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
        assert!(body.names_everyone() && body.names_somebody() && body.mentions().next().is_none());
        // What is only written so names nobody, in words that look like the envelope too.
        let words = Body::text("@everyone \"everyone\":true");
        assert!(!words.names_somebody() && !serde_json::to_string(&words).unwrap().contains("\"everyone\":true"));
        assert!(serde_json::from_str::<Body>(r#"{"v":1,"kind":"text","text":"a","everyone":3}"#).is_err());
    }

    #[test]
    fn the_channels_of_a_text_go_there_and_back_by_the_names_that_stand_in_it() {
        let id = ConversationId::new();
        let body = Body::text("see #plans").leading_to([(id, "plans".to_owned())].into());
        let json = serde_json::to_value(&body).unwrap();
        assert_eq!(json["channels"], serde_json::json!({ id.to_string(): "plans" }));
        assert_eq!(serde_json::from_value::<Body>(json).unwrap(), body);
        assert_eq!(body.channels().collect::<Vec<_>>(), [(id, "plans")]);
        assert!(!body.names_somebody() && body.check().is_ok());
        assert!(!serde_json::to_string(&Body::text("#plans")).unwrap().contains("channels"));
        assert!(serde_json::from_str::<Body>(r#"{"v":1,"kind":"text","text":"a","channels":{"plans":"plans"}}"#).is_err());
        let many = (0..=limits::CHANNELS_PER_MESSAGE_MAX).map(|_| (ConversationId::new(), "plans".to_owned())).collect();
        assert!(Body::text("#plans").leading_to(many).check().unwrap_err().contains("channels"));
        for name in [" ".to_owned(), "x".repeat(limits::CONVERSATION_NAME_CHARS_MAX + 1)] {
            assert!(Body::text("#").leading_to([(id, name)].into()).check().unwrap_err().contains("name"));
        }
    }

    #[test]
    fn an_unknown_kind_or_version_is_kept_as_it_came() {
        for json in [r#"{"v":1,"kind":"poll","options":["a","b"]}"#, r#"{"v":2,"kind":"text","blocks":[1],"mentions":7,"everyone":1}"#] {
            let body: Body = serde_json::from_str(json).unwrap();
            assert!(matches!(body, Body::Unknown(_)));
            assert_eq!(serde_json::to_value(&body).unwrap(), serde_json::from_str::<Value>(json).unwrap());
        }
    }

    #[test]
    fn what_happened_goes_there_and_back_and_what_is_not_known_of_it_stays_as_it_came() {
        let (person, heir) = (UserId::new(), Some(UserId::new()));
        for event in [
            SystemEvent::Edited { name: true, topic: false },
            SystemEvent::Added { people: [person].into() },
            SystemEvent::Removed { person, heir: None },
            SystemEvent::Left { heir },
            SystemEvent::HistorySet { shared: true },
            SystemEvent::PictureSet { removed: false },
            SystemEvent::RoleSet { person, role: crate::rows::MemberRole::Admin },
        ] {
            let body = Body::System(event);
            let json = serde_json::to_value(&body).unwrap();
            assert_eq!((&json["v"], &json["kind"]), (&1.into(), &"system".into()));
            assert_eq!(serde_json::from_value::<Body>(json).unwrap(), body);
            assert!(body.is_system() && body.searchable().is_none() && body.check().unwrap_err().contains("server"));
        }
        let json = r#"{"event":"moved","kind":"system","to":7,"v":1}"#;
        let body: Body = serde_json::from_str(json).unwrap();
        assert!(matches!(body, Body::Unknown(_)) && body.is_system());
        assert_eq!(serde_json::to_value(&body).unwrap(), serde_json::from_str::<Value>(json).unwrap());
        assert!(!Body::text("hi").is_system());
    }

    #[test]
    fn empty_and_endless_texts_are_refused_with_a_reason() {
        assert!(Body::text(" \n ").check().unwrap_err().contains("empty"));
        assert!(Body::text("x".repeat(limits::TEXT_CHARS_MAX + 1)).check().unwrap_err().contains("Split"));
        assert!(Body::text("x".repeat(limits::TEXT_CHARS_MAX)).check().is_ok());
    }
}
