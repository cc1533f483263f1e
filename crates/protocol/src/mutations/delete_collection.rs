use super::{Lane, MutationKind};
use crate::ids::CollectionId;
use serde::{Deserialize, Serialize};

/// Deletes a collection of mine. The messages in it stay what they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteCollection {
    pub collection: CollectionId,
}

impl MutationKind for DeleteCollection {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
