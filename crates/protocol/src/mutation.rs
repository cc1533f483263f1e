//! A mutation is a client's durable intent; the server's action performs it exactly once.

use crate::{
    Seq,
    error::ApiError,
    ids::{Epoch, MutationId},
    mutations::Intent,
    row::Row,
    stream::StreamId,
};
use serde::{Deserialize, Serialize};

/// What a client asks for. The same id with another intent is refused with `id_reused`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mutation {
    pub id: MutationId,
    /// The one before it in its lane, while that is under way as well: until it has an answer, this one is refused with
    /// `out_of_order`. A retry may name another, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<MutationId>,
    pub intent: Intent,
}

impl Mutation {
    /// One that follows nothing.
    pub fn new(id: MutationId, intent: impl Into<Intent>) -> Self {
        Self { id, after: None, intent: intent.into() }
    }
}

/// What became of one mutation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acked {
    pub id: MutationId,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is durable. The parts carry what it changed, for streams that this person may see.
    Applied(Vec<Part>),
    /// It changed nothing; `error.class()` says whether to try again.
    Refused(ApiError),
}

/// Rows of one stream from one commit, or from a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub stream: StreamId,
    pub epoch: Epoch,
    /// The version of what this viewer may see of the stream; another one means another copy.
    pub vis_ver: u64,
    /// The rows are all that changed in `(prev, seq]` and that this viewer may see: apply when `prev <= cursor`.
    pub prev: Seq,
    pub seq: Seq,
    pub rows: Vec<Row>,
}

/// `POST /v1/mutations`, and the `mutate` frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MutateRequest {
    pub mutations: Vec<Mutation>,
}

/// `POST /v1/mutations/cancel`, and the `cancel` frame; the answer is a [`MutateResponse`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CancelRequest {
    pub ids: Vec<MutationId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MutateResponse {
    pub results: Vec<Acked>,
}
