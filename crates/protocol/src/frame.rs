//! What travels over the WebSocket at `GET /v1/socket`, one JSON text per frame.

use crate::{
    Millis, Seq,
    ephemeral::{Ephemeral, EphemeralFrom},
    error::ApiError,
    ids::{DeviceId, Epoch, MutationId},
    mutation::{Acked, Mutation, Part},
    stream::StreamId,
    sync::Watermark,
    version::Versions,
};
use serde::{Deserialize, Serialize};

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

/// From server to client.
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
    /// Profiles that I may see have changed: ask which.
    Profiles,
    /// The session has ended (signed out elsewhere, revoked): sign in again.
    Revoked,
    /// The server goes away or sends this socket away; come back after so many milliseconds.
    Bye {
        retry_ms: u64,
        error: Option<ApiError>,
    },
}
