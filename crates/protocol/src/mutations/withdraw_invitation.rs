use super::{Lane, MutationKind};
use crate::ids::{GroupId, InvitationId};
use serde::{Deserialize, Serialize};

/// Takes back what I ask somebody, as long as they have not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawInvitation {
    pub id: InvitationId,
    /// Into which group it is: taking it back stays behind the asking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
}

impl MutationKind for WithdrawInvitation {
    fn lane(&self) -> Lane {
        self.group.map_or(Lane::User, Lane::Group)
    }
}
