use super::RowKind;
use crate::{
    Millis,
    ids::{GroupId, MediaId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A group's own facts, the same for everybody in it: one row of its stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    pub id: GroupId,
    pub name: String,
    /// What it is about; may be empty.
    pub about: String,
    /// What it looks like, to those in it: see `GET /v1/pictures/{id}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<MediaId>,
    pub created_at: Millis,
    /// Who made it; not there where an older server does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<UserId>,
}

impl RowKind for GroupRow {
    const KIND: &'static str = "group";
    const HOME: StreamKind = StreamKind::Group;

    fn id(&self) -> String {
        String::new()
    }
}
