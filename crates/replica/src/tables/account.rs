use super::{person, profile};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{damaged, get, id, int},
};
use hearth_protocol::{
    Seq,
    ids::{MediaId, UserId},
    profile::{Privacy, SeenBy},
    role::{Permissions, Role},
    rows::{AccountRow, Email},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// A row told at sign-in: any row of the stream is newer.
const TOLD: i64 = -1;

pub(crate) async fn me(tx: &mut SqliteConnection) -> Result<Option<AccountRow>> {
    let Some(row) = sqlx::query(
        "SELECT user, username, first_name, last_name, role, created_at, read_receipts, status, status_until, status_to, last_seen_to,
             email, email_verified_at, two_step_at, picture, picture_to, about,
             role_name, permissions, role_waits
         FROM account LIMIT 1",
    )
    .fetch_optional(tx)
    .await?
    else {
        return Ok(None);
    };
    Ok(Some(AccountRow {
        user: id(get(&row, "user")?)?,
        username: get(&row, "username")?,
        first_name: get(&row, "first_name")?,
        last_name: get(&row, "last_name")?,
        role: role(get(&row, "role")?)?,
        role_name: get(&row, "role_name")?,
        permissions: Permissions::parse(get(&row, "permissions")?),
        role_waits: get::<Option<&str>>(&row, "role_waits")?.map(role).transpose()?,
        // Who is here is in use.
        deactivated: None,
        created_at: get(&row, "created_at")?,
        read_receipts: get(&row, "read_receipts")?,
        status: profile::status_at(&row)?,
        about: get(&row, "about")?,
        picture: profile::picture_at(&row)?,
        privacy: Privacy {
            status: SeenBy::parse(get(&row, "status_to")?),
            last_seen: SeenBy::parse(get(&row, "last_seen_to")?),
            picture: SeenBy::parse(get(&row, "picture_to")?),
        },
        email: email_at(&row)?,
        two_step_at: get(&row, "two_step_at")?,
    }))
}

fn email_at(row: &SqliteRow) -> Result<Option<Email>> {
    let verified_at = get(row, "email_verified_at")?;
    Ok(get::<Option<String>>(row, "email")?.map(|address| Email { address, verified_at }))
}

pub(crate) async fn my_id(tx: &mut SqliteConnection) -> Result<Option<UserId>> {
    let user: Option<Vec<u8>> = sqlx::query_scalar("SELECT user FROM account LIMIT 1").fetch_optional(tx).await?;
    crate::sql::optional_id(user)
}

/// Returns whether it changed anything.
pub(crate) async fn apply(tx: &mut SqliteConnection, seq: Option<Seq>, row: &AccountRow) -> Result<bool> {
    let (status, until) = row.status.as_ref().map_or((None, None), |status| (Some(&status.text), status.until));
    let query = sqlx::query(
        "INSERT INTO account (user, seq, username, first_name, last_name, role, created_at, read_receipts, status, status_until, status_to,
             last_seen_to, email, email_verified_at, two_step_at, picture, picture_to, about,
             role_name, permissions, role_waits)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET seq = excluded.seq, username = excluded.username, first_name = excluded.first_name,
             last_name = excluded.last_name, role = excluded.role, created_at = excluded.created_at,
             read_receipts = excluded.read_receipts, status = excluded.status, status_until = excluded.status_until,
             status_to = excluded.status_to, last_seen_to = excluded.last_seen_to,
             email = excluded.email, email_verified_at = excluded.email_verified_at, two_step_at = excluded.two_step_at,
             picture = excluded.picture, picture_to = excluded.picture_to, about = excluded.about,
             role_name = excluded.role_name, permissions = excluded.permissions, role_waits = excluded.role_waits
         WHERE excluded.seq > account.seq",
    )
    .bind(row.user.as_bytes())
    .bind(seq.map_or(TOLD, int))
    .bind(&row.username)
    .bind(&row.first_name)
    .bind(&row.last_name)
    .bind(row.role.to_string())
    .bind(row.created_at)
    .bind(row.read_receipts)
    .bind(status)
    .bind(until)
    .bind(row.privacy.status.as_str())
    .bind(row.privacy.last_seen.as_str())
    .bind(row.email.as_ref().map(|email| &email.address))
    .bind(row.email.as_ref().and_then(|email| email.verified_at))
    .bind(row.two_step_at)
    .bind(row.picture.as_ref().map(MediaId::as_bytes))
    .bind(row.privacy.picture.as_str())
    .bind(&row.about)
    .bind(&row.role_name)
    .bind(row.permissions.to_string())
    .bind(row.role_waits.map(|role| role.to_string()));
    crate::sql::run(tx, query).await
}

impl Kept for AccountRow {
    const DUMP: &'static str = "SELECT lower(hex(user)) || ' ' || seq || ' ' || json_array(username, first_name, last_name, role, created_at, read_receipts, status, status_until, status_to, last_seen_to, email, email_verified_at, two_step_at, lower(hex(picture)), picture_to, about, role_name, permissions, role_waits) FROM account ORDER BY user";
    const WIRE: &'static str = "SELECT seq, json_object('user', lower(hex(user)), 'username', username, 'first_name', first_name, 'last_name', last_name, 'role', role, 'role_name', role_name,
             'permissions', json(iif(permissions = '', '[]', '[\"' || replace(permissions, ' ', '\",\"') || '\"]')), 'role_waits', role_waits,
            'created_at', created_at, 'read_receipts', json(iif(read_receipts, 'true', 'false')),
            'status', json(iif(status IS NULL, 'null', json_object('text', status, 'until', status_until))), 'about', about,
            'picture', iif(picture IS NULL, NULL, lower(hex(picture))), 'privacy', json_object('status', status_to, 'last_seen', last_seen_to, 'picture', picture_to),
            'email', json(iif(email IS NULL, 'null', json_object('address', email, 'verified_at', email_verified_at))), 'two_step_at', two_step_at)
         FROM account WHERE user = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        // Somebody else's account in my stream is nobody's.
        for (seq, row) in rows.iter().filter(|(_, row)| arrival.stream == StreamId::User(row.user)) {
            if apply(changes.tx, Some(*seq), row).await? {
                changes.learn_person(&person::of_account(row)).await?;
                changes.me = Some(row.user);
                changes.touch_people();
            }
        }
        Ok(())
    }

    /// Whatever the new copy says replaces the row, unless that is newer; but until then I know who I am.
    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let sql = "UPDATE account SET seq = ? WHERE seq <= ?";
        sqlx::query(sql).bind(TOLD).bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        Ok(())
    }
}

fn role(word: &str) -> Result<Role> {
    word.parse().map_err(|_| damaged("an account's role"))
}
