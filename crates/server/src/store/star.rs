//! What people have starred.

use super::{
    StoreError,
    own_mark::{Mark, OwnMark, own_mark},
};
use hearth_protocol::rows::StarRow;
use sqlx::any::AnyRow;

impl OwnMark for StarRow {
    own_mark!(Star in "star": "message", "starred_at", "", 7, "message", "message = $2");

    fn mark(&self) -> Mark {
        let Self { id: message, conversation, pos, at, ended_at } = *self;
        Mark { message, conversation, pos, at, ended_at }
    }

    fn read(mark: Mark, _row: &AnyRow) -> Result<Self, StoreError> {
        let Mark { message: id, conversation, pos, at, ended_at } = mark;
        Ok(Self { id, conversation, pos, at, ended_at })
    }
}
