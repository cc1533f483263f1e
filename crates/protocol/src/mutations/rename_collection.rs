use super::{Lane, MutationKind};
use crate::ids::CollectionId;
use serde::{Deserialize, Serialize};

/// Calls a collection of mine something else. Of two names the one that arrives last stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameCollection {
    pub collection: CollectionId,
    /// As where it is made.
    pub name: String,
}

impl MutationKind for RenameCollection {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
