//! Accounts as those see them who manage people.

use crate::store::{StoreError, account::person_at, columns, role::permissions_at};
use hearth_protocol::{
    Millis,
    admin::{PeopleState, PersonListed},
    role::{Permissions, Role},
    rows::{Deactivated, Email},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// Who is asked for.
pub(crate) struct Listing<'a> {
    /// A LIKE pattern of the folded words; see [`pattern`].
    pub pattern: &'a str,
    pub state: PeopleState,
    /// The folded username after which the page begins; empty for the first.
    pub after: &'a str,
}

/// A pattern that every word has to fit, in this order: what somebody types who looks for one person.
pub(crate) fn pattern(words: &str) -> String {
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    escaped.split_whitespace().fold("%".to_owned(), |pattern, word| format!("{pattern}{word}%"))
}

macro_rules! listed {
    () => {
        " FROM account a LEFT JOIN role r ON r.id = a.role LEFT JOIN profile p ON p.account = a.id WHERE a.deleted_at IS NULL \
          AND (a.search_key LIKE $1 ESCAPE '\\' OR a.email_key LIKE $1 ESCAPE '\\') \
          AND ($2 = 'all' OR ($2 = 'active' AND a.deactivated_at IS NULL) OR ($2 = 'deactivated' AND a.deactivated_at IS NOT NULL))"
    };
}

/// A page by username: each with the key at which the next page begins, and what their role allows.
pub(crate) async fn list(
    connection: &mut AnyConnection,
    listing: &Listing<'_>,
    limit: usize,
) -> Result<Vec<(String, PersonListed, Permissions)>, StoreError> {
    let rows = sqlx::query(concat!(
        "SELECT a.id, a.username, a.first_name, a.last_name, a.username_key, a.role, r.permissions, a.email, a.email_verified_at, \
         a.created_at, p.last_seen, a.deactivated_at, a.deactivated_by_oneself, a.two_step_at, \
         (SELECT COUNT(DISTINCT s.device) FROM session s WHERE s.account = a.id AND s.ended_at IS NULL), r.name",
        listed!(),
        " AND a.username_key > $3 ORDER BY a.username_key LIMIT $4"
    ))
    .bind(listing.pattern.to_owned())
    .bind(word(listing.state))
    .bind(listing.after.to_owned())
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// How many there are of them.
pub(crate) async fn count(connection: &mut AnyConnection, listing: &Listing<'_>) -> Result<u64, StoreError> {
    let row = sqlx::query(concat!("SELECT COUNT(*)", listed!()))
        .bind(listing.pattern.to_owned())
        .bind(word(listing.state))
        .fetch_one(connection)
        .await?;
    columns::number(&row, 0)
}

fn word(state: PeopleState) -> &'static str {
    match state {
        PeopleState::All => "all",
        PeopleState::Active => "active",
        PeopleState::Deactivated => "deactivated",
    }
}

fn read(row: &AnyRow) -> Result<(String, PersonListed, Permissions), StoreError> {
    let role: Role = columns::role(row, 5)?;
    let verified_at = row.try_get(8)?;
    let listed = PersonListed {
        person: person_at(row, 0)?,
        role,
        role_name: row.try_get(15)?,
        email: row.try_get::<Option<String>, _>(7)?.map(|address| Email { address, verified_at }),
        created_at: row.try_get(9)?,
        last_seen: row.try_get(10)?,
        deactivated: deactivated_at(row, 11)?,
        two_step: row.try_get::<Option<Millis>, _>(13)?.is_some(),
        devices: u32::try_from(columns::number(row, 14)?).unwrap_or(u32::MAX),
        within_reach: false,
    };
    Ok((row.try_get(4)?, listed, permissions_at(row, role, 6)?))
}

/// Reads `deactivated_at` and `deactivated_by_oneself`.
pub(super) fn deactivated_at(row: &AnyRow, first: usize) -> Result<Option<Deactivated>, StoreError> {
    let by_oneself = row.try_get::<i64, _>(first + 1)? != 0;
    Ok(row.try_get::<Option<Millis>, _>(first)?.map(|at| Deactivated { at, by_oneself }))
}
