use super::{Lane, MutationKind};
use crate::ids::InvitationId;
use serde::{Deserialize, Serialize};

/// Takes back what I ask somebody, as long as they have not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawInvitation {
    pub id: InvitationId,
}

impl MutationKind for WithdrawInvitation {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
