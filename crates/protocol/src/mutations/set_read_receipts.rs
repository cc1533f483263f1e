use super::{Lane, MutationKind};
use serde::{Deserialize, Serialize};

/// Says whether others may see what has reached me and what I have read, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetReadReceipts {
    pub on: bool,
}

impl MutationKind for SetReadReceipts {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
