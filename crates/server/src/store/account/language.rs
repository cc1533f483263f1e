//! In which language somebody is written to. It is the server's alone: nobody is told of it.

use crate::store::StoreError;
use hearth_protocol::ids::UserId;
use hearth_words::Spoken;
use sqlx::{AnyConnection, Row as _};

/// `None` where no app of theirs has said one, or one that this build has no words of.
pub(crate) async fn of(connection: &mut AnyConnection, user: UserId) -> Result<Option<Spoken>, StoreError> {
    let query = sqlx::query("SELECT language FROM account WHERE id = $1").bind(user.as_bytes().to_vec());
    let Some(row) = query.fetch_optional(connection).await? else { return Ok(None) };
    let tag: String = row.try_get(0)?;
    Ok(Spoken::of(&tag))
}

pub(crate) async fn keep(connection: &mut AnyConnection, user: UserId, spoken: Spoken) -> Result<(), StoreError> {
    sqlx::query("UPDATE account SET language = $2 WHERE id = $1 AND deleted_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .bind(spoken.tag())
        .execute(connection)
        .await?;
    Ok(())
}
