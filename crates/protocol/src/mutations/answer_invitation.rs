use super::{Lane, MutationKind};
use crate::ids::InvitationId;
use serde::{Deserialize, Serialize};

/// Answers what somebody asks me. What is answered or taken back already stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerInvitation {
    pub id: InvitationId,
    pub accept: bool,
}

impl MutationKind for AnswerInvitation {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
