use super::{Person, RowKind};
use crate::{Millis, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// Somebody who is my contact, or was: a row of my user stream. They have the same of me.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    pub person: Person,
    /// When we became contacts, the last time.
    pub since: Millis,
    /// Set once one of us has removed the other.
    pub ended_at: Option<Millis>,
}

impl RowKind for ContactRow {
    const KIND: &'static str = "contact";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.person.user.to_string()
    }
}
