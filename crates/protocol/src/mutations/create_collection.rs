use super::{Lane, MutationKind};
use crate::ids::CollectionId;
use serde::{Deserialize, Serialize};

/// Makes a list of messages, for me alone. Two of one name are two lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCollection {
    /// A new id, made at random.
    pub collection: CollectionId,
    /// One to `limits::COLLECTION_NAME_CHARS_MAX` characters on one line.
    pub name: String,
}

impl MutationKind for CreateCollection {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
