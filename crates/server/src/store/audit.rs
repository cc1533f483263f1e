//! What was done in administering the server.

use super::{StoreError, columns};
use hearth_protocol::{
    Millis,
    admin::{AuditAct, AuditEntry},
    ids::UserId,
    rows::Person,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// An act as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub at: Millis,
    /// `None` for the owner at the server's computer.
    pub actor: Option<UserId>,
    pub subject: Option<UserId>,
    pub act: AuditAct,
}

/// Writes acts behind those that are there. The caller holds the shard's lock.
pub(crate) async fn append(connection: &mut AnyConnection, acts: &[Act]) -> Result<(), StoreError> {
    for Act { at, actor, subject, act } in acts {
        let bytes = |user: &Option<UserId>| user.map(|user| user.as_bytes().to_vec());
        sqlx::query("INSERT INTO audit_log (n, at, actor, subject, act) SELECT COALESCE(MAX(n), 0) + 1, $1, $2, $3, $4 FROM audit_log")
            .bind(*at)
            .bind(bytes(actor))
            .bind(bytes(subject))
            // Plain data always serialises.
            .bind(serde_json::to_string(act).unwrap_or_default())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The newest before `before`.
pub(crate) async fn page(connection: &mut AnyConnection, before: Option<u64>, limit: usize) -> Result<Vec<AuditEntry>, StoreError> {
    let rows = sqlx::query(
        "SELECT l.n, l.at, l.act, l.actor, a.username, a.first_name, a.last_name, l.subject, s.username, s.first_name, s.last_name \
         FROM audit_log l LEFT JOIN account a ON a.id = l.actor LEFT JOIN account s ON s.id = l.subject \
         WHERE l.n < $1 ORDER BY l.n DESC LIMIT $2",
    )
    .bind(before.map_or(i64::MAX, columns::to_big))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let act = serde_json::from_str(row.try_get(2)?).unwrap_or(AuditAct::Unknown);
            Ok(AuditEntry { n: columns::number(row, 0)?, at: row.try_get(1)?, actor: person(row, 3)?, subject: person(row, 7)?, act })
        })
        .collect()
}

fn person(row: &AnyRow, first: usize) -> Result<Option<Person>, StoreError> {
    if row.try_get::<Option<&[u8]>, _>(first)?.is_none() {
        return Ok(None);
    }
    let text = |column: usize| Ok::<String, StoreError>(row.try_get::<Option<String>, _>(column)?.unwrap_or_default());
    let user = columns::user(row, first)?;
    Ok(Some(Person { user, username: text(first + 1)?, first_name: text(first + 2)?, last_name: text(first + 3)? }))
}
