//! Accounts at OpenID Connect providers: whose they are here, and their tokens, sealed.

use super::{StoreError, columns};
use hearth_protocol::{
    Millis,
    ids::{ExternalAccountId, UserId},
    provider::ExternalAccount,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// The one protocol that there is.
const TYPE: &str = "oidc";

/// An account at a provider on its way into its table.
#[derive(Clone)]
pub(crate) struct NewExternal {
    pub id: ExternalAccountId,
    pub issuer: String,
    pub subject: String,
    pub label: String,
    pub tokens: SealedTokens,
    pub linked_at: Millis,
}

/// The tokens as they are kept.
#[derive(Clone)]
pub(crate) struct SealedTokens {
    pub refresh: Option<Vec<u8>>,
    pub access: Vec<u8>,
    pub id: Option<Vec<u8>>,
    /// Which key they lie under.
    pub sealed_by: String,
    pub expires_at: Option<Millis>,
    pub refresh_at: Option<Millis>,
    pub token_type: String,
    pub scope: Option<String>,
    pub session_state: Option<String>,
}

/// One that is due.
pub(crate) struct Due {
    pub id: ExternalAccountId,
    pub issuer: String,
    pub refresh: Vec<u8>,
    pub refresh_at: Millis,
}

/// `false`: it is somebody's already.
pub(crate) async fn insert(connection: &mut AnyConnection, account: UserId, new: &NewExternal) -> Result<bool, StoreError> {
    let inserted = sqlx::query(
        "INSERT INTO external_account (id, account, type, provider, provider_account_id, label, sealed_by, linked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (provider, provider_account_id) DO NOTHING",
    )
    .bind(new.id.as_bytes().to_vec())
    .bind(account.as_bytes().to_vec())
    .bind(TYPE)
    .bind(new.issuer.clone())
    .bind(new.subject.clone())
    .bind(new.label.clone())
    .bind(new.tokens.sealed_by.clone())
    .bind(new.linked_at)
    .execute(&mut *connection)
    .await?;
    let inserted = inserted.rows_affected() == 1;
    if inserted {
        keep(connection, new.id, &new.tokens).await?;
    }
    Ok(inserted)
}

/// The provider gave new tokens: it refuses nothing any more. What a renewal does not bring stays as it was.
pub(crate) async fn keep(connection: &mut AnyConnection, id: ExternalAccountId, tokens: &SealedTokens) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE external_account SET refresh_token = COALESCE($2, refresh_token), access_token = $3, id_token = COALESCE($4, id_token), \
         sealed_by = $5, expires_at = $6, refresh_at = $7, token_type = $8, scope = COALESCE($9, scope), \
         session_state = COALESCE($10, session_state), refused_at = NULL WHERE id = $1",
    )
    .bind(id.as_bytes().to_vec())
    .bind(tokens.refresh.clone())
    .bind(tokens.access.clone())
    .bind(tokens.id.clone())
    .bind(tokens.sealed_by.clone())
    .bind(tokens.expires_at)
    .bind(tokens.refresh_at)
    .bind(tokens.token_type.clone())
    .bind(tokens.scope.clone())
    .bind(tokens.session_state.clone())
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose an account of a provider is.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    issuer: &str,
    subject: &str,
) -> Result<Option<(ExternalAccountId, UserId)>, StoreError> {
    let row = sqlx::query("SELECT id, account FROM external_account WHERE provider = $1 AND provider_account_id = $2")
        .bind(issuer.to_owned())
        .bind(subject.to_owned())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok((id_at(&row, 0)?, columns::user(&row, 1)?))).transpose()
}

/// What somebody has linked, the oldest first. `provider` is the issuer.
pub(crate) async fn of_account(connection: &mut AnyConnection, account: UserId) -> Result<Vec<ExternalAccount>, StoreError> {
    let rows =
        sqlx::query("SELECT id, provider, label, linked_at, refused_at FROM external_account WHERE account = $1 ORDER BY linked_at, id")
            .bind(account.as_bytes().to_vec())
            .fetch_all(connection)
            .await?;
    let read = |row: &AnyRow| {
        let (provider, label) = (row.try_get(1)?, row.try_get(2)?);
        Ok(ExternalAccount {
            id: id_at(row, 0)?,
            provider,
            provider_id: None,
            label,
            linked_at: row.try_get(3)?,
            refused_at: row.try_get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Has others wait who link or unlink something of the same person, so that two at the same time do not leave nothing.
pub(crate) async fn alone(connection: &mut AnyConnection, account: UserId) -> Result<(), StoreError> {
    sqlx::query("UPDATE account SET created_at = created_at WHERE id = $1").bind(account.as_bytes().to_vec()).execute(connection).await?;
    Ok(())
}

/// `false`: there is none of this id, or it is somebody else's.
pub(crate) async fn remove(connection: &mut AnyConnection, account: UserId, id: ExternalAccountId) -> Result<bool, StoreError> {
    let removed = sqlx::query("DELETE FROM external_account WHERE id = $1 AND account = $2")
        .bind(id.as_bytes().to_vec())
        .bind(account.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Some of those whose tokens are to be renewed by now.
pub(crate) async fn due(connection: &mut AnyConnection, now: Millis, limit: i64) -> Result<Vec<Due>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, provider, refresh_token, refresh_at FROM external_account WHERE refresh_at <= $1 AND refresh_token IS NOT NULL \
         ORDER BY refresh_at LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let read =
        |row: &AnyRow| Ok(Due { id: id_at(row, 0)?, issuer: row.try_get(1)?, refresh: row.try_get(2)?, refresh_at: row.try_get(3)? });
    rows.iter().map(read).collect()
}

/// Takes one to renew it, until `again`; `false`: another process was quicker. A renewal that is asked for twice ends the account at many providers.
pub(crate) async fn claim(connection: &mut AnyConnection, due: &Due, again: Millis) -> Result<bool, StoreError> {
    let claimed = sqlx::query("UPDATE external_account SET refresh_at = $3 WHERE id = $1 AND refresh_at = $2")
        .bind(due.id.as_bytes().to_vec())
        .bind(due.refresh_at)
        .bind(again)
        .execute(connection)
        .await?;
    Ok(claimed.rows_affected() == 1)
}

/// The provider has ended it: its tokens are worth nothing.
pub(crate) async fn refuse(connection: &mut AnyConnection, id: ExternalAccountId, now: Millis) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE external_account SET refresh_token = NULL, access_token = NULL, expires_at = NULL, refresh_at = NULL, refused_at = $2 \
         WHERE id = $1",
    )
    .bind(id.as_bytes().to_vec())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

fn id_at(row: &AnyRow, column: usize) -> Result<ExternalAccountId, StoreError> {
    ExternalAccountId::from_slice(&row.try_get::<Vec<u8>, _>(column)?).map_err(|_| StoreError::Unreadable("external account id"))
}
