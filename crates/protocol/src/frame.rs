//! What travels over the WebSocket at `GET /v1/socket`, one JSON text per frame.

use crate::{
    Millis, Seq,
    ephemeral::{Ephemeral, EphemeralFrom},
    error::ApiError,
    ids::{DeviceId, Epoch, MutationId, UserId},
    mutation::{Acked, Mutation, Part},
    presence::PresenceOf,
    stream::StreamId,
    sync::Watermark,
    version::Versions,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// From client to server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame, once.
    Hello(Hello),
    /// At most `limits::MUTATIONS_PER_BATCH_MAX`; answered by `acked`, in this order.
    Mutate(Vec<Mutation>),
    /// Takes mutations back, at most as many; answered by `acked` in this order. `applied` means that it was too late: the parts are what it
    /// came to. `cancelled` means that the id is used up: whenever the mutation arrives, it is refused.
    Cancel(Vec<MutationId>),
    /// Told to whoever is there, and never answered.
    Ephemeral(Ephemeral),
    /// Whether my person has touched nothing here for `limits::IDLE_MS`; as long as nothing is said they are in front of it.
    Idle(bool),
    /// Whom I show, instead of those I have named before; of more than `limits::WATCHED_MAX` the first. Answered by `presence`, for those
    /// of whom I may know it.
    Watch(Vec<UserId>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    pub proto: Versions,
    pub device: DeviceId,
    /// Single use, from `POST /v1/ticket`: a token never stands in a URL or a frame.
    pub ticket: String,
    pub epoch: Option<Epoch>,
    #[serde(default)]
    pub watermark: Watermark,
}

/// From server to client. [`read_server_frame`] reads one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerFrame {
    /// The answer to `hello`. From here on every commit that I may see arrives as `rows` or as a `hint`.
    Welcome {
        proto: u16,
        epoch: Epoch,
        watermark: Watermark,
        now: Millis,
    },
    Rows(Part),
    /// The stream moved, but its rows were not sent: too many, or I read too slowly.
    Hint {
        stream: StreamId,
        head: Seq,
    },
    /// Whatever the change log has up to `watermark` and this person may see was sent on this socket before, as `rows` or `hint`: so many
    /// of them since the welcome.
    Heartbeat {
        watermark: Watermark,
        now: Millis,
        sent: u64,
    },
    Acked(Vec<Acked>),
    Ephemeral(EphemeralFrom),
    /// How people are here whom I watch, all of them in answer to `watch`, afterwards those with whom it changed.
    Presence(Vec<PresenceOf>),
    /// Profiles that I may see have changed: ask which, and say again whom I watch.
    Profiles,
    /// The session has ended (signed out elsewhere, revoked): sign in again.
    Revoked,
    /// The server goes away or sends this socket away; come back after so many milliseconds.
    Bye {
        retry_ms: u64,
        error: Option<ApiError>,
    },
}

/// The kinds of [`ServerFrame`], by their words on the wire.
const SERVER_FRAMES: &[&str] = &["welcome", "rows", "hint", "heartbeat", "acked", "ephemeral", "presence", "profiles", "revoked", "bye"];

/// Reads a frame from the server. `None` for one of a kind that this build does not know: a newer server may send it within a version that
/// both speak, and whoever does not know it can do without it.
pub fn read_server_frame(text: &str) -> Result<Option<ServerFrame>, serde_json::Error> {
    serde_json::from_str(text).map(Some).or_else(|error| if is_of_unknown_kind(text) { Ok(None) } else { Err(error) })
}

fn is_of_unknown_kind(text: &str) -> bool {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Tagged {
        Word(String),
        Content(BTreeMap<String, IgnoredAny>),
    }
    let unknown = |word: &str| !SERVER_FRAMES.contains(&word);
    match serde_json::from_str(text) {
        Ok(Tagged::Word(word)) => unknown(&word),
        Ok(Tagged::Content(content)) => content.len() == 1 && content.keys().all(|word| unknown(word)),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_from_a_newer_server_is_passed_over_and_nothing_else_is() {
        let read = |text: &str| read_server_frame(text).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"confetti":{"colours":[1,2]}}"#), Ok(None));
        assert_eq!(read(r#""confetti""#), Ok(None));
        assert_eq!(read(r#""profiles""#), Ok(Some(ServerFrame::Profiles)));
        for wrong in [r#"{"rows":{}}"#, r#"{"hint":3}"#, r#"{"confetti":1,"rows":2}"#, "{}", "7", "not json", r#"{"bye":"#] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_kind_is_in_the_list() {
        let told = serde_json::from_str::<ServerFrame>(r#""confetti""#).unwrap_err().to_string();
        let kinds: Vec<&str> = told.split('`').skip(3).step_by(2).collect();
        assert_eq!(kinds, SERVER_FRAMES, "{told}");
    }
}
