//! Where somebody stands in user streams: as a contact, as blocked, and in invitations, of which they have copies themselves.

use super::{StoreError, columns};
use hearth_protocol::{
    ids::{InvitationId, UserId},
    row::RowKey,
    rows::{BlockRow, ContactRow, InvitationRow, RowKind},
};
use sqlx::AnyConnection;

/// Whose rows they are, and which.
pub(crate) async fn of(connection: &mut AnyConnection, user: UserId) -> Result<Vec<(UserId, RowKey)>, StoreError> {
    let mut ties = Vec::new();
    for (kind, sql) in [
        // Contacts have each other.
        (ContactRow::KIND, "SELECT other FROM contact WHERE account = $1"),
        (BlockRow::KIND, "SELECT account FROM block WHERE other = $1"),
    ] {
        for row in sqlx::query(sql).bind(user.as_bytes().to_vec()).fetch_all(&mut *connection).await? {
            ties.push((columns::user(&row, 0)?, RowKey { kind: kind.into(), id: user.to_string() }));
        }
    }
    let sql = "SELECT account, id FROM invitation WHERE sender = $1 UNION SELECT account, id FROM invitation WHERE receiver = $1";
    for row in sqlx::query(sql).bind(user.as_bytes().to_vec()).fetch_all(&mut *connection).await? {
        let id = InvitationId(columns::uuid(&row, 1)?);
        ties.push((columns::user(&row, 0)?, RowKey { kind: InvitationRow::KIND.into(), id: id.to_string() }));
    }
    Ok(ties)
}
