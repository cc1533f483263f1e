use super::picture;
use crate::{
    Result,
    sql::{get, id, int, number, optional_id},
};
use hearth_protocol::{
    ids::{MediaId, UserId},
    profile::{KnownProfile, PersonStatus, Profile},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// What the server says last holds: the engine asks once at a time. Returns whether it looks different now.
pub(crate) async fn put(tx: &mut SqliteConnection, profile: &Profile) -> Result<bool> {
    let before = find(tx, profile.user).await?;
    let (text, until) = profile.status.as_ref().map_or((None, None), |status| (Some(&status.text), status.until));
    sqlx::query(
        "INSERT INTO profile (user, ver, status, status_until, last_seen, picture, about, deactivated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET ver = excluded.ver, status = excluded.status, status_until = excluded.status_until,
             last_seen = excluded.last_seen, picture = excluded.picture, about = excluded.about, deactivated = excluded.deactivated",
    )
    .bind(profile.user.as_bytes())
    .bind(int(profile.ver))
    .bind(text)
    .bind(until)
    .bind(profile.last_seen)
    .bind(profile.picture.as_ref().map(MediaId::as_bytes))
    .bind(&profile.about)
    .bind(profile.deactivated)
    .execute(&mut *tx)
    .await?;
    if let Some(other) = before.as_ref().and_then(|before| before.picture).filter(|picture| profile.picture != Some(*picture)) {
        picture::drop(tx, other).await?;
    }
    Ok(before.is_none_or(|before| Profile { ver: profile.ver, ..before } != *profile))
}

pub(crate) async fn remove(tx: &mut SqliteConnection, user: UserId) -> Result<bool> {
    if let Some(picture) = find(tx, user).await?.and_then(|before| before.picture) {
        picture::drop(tx, picture).await?;
    }
    crate::sql::run(tx, sqlx::query("DELETE FROM profile WHERE user = ?").bind(user.as_bytes())).await
}

/// Versions of another incarnation say nothing in this one: everybody is told once more.
pub(crate) async fn doubt_all(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("UPDATE profile SET ver = 0").execute(tx).await?;
    Ok(())
}

/// Whom I know after somebody, in the order of ids.
pub(crate) async fn known(tx: &mut SqliteConnection, after: Option<UserId>, limit: usize) -> Result<Vec<KnownProfile>> {
    let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as("SELECT user, ver FROM profile WHERE user > ? ORDER BY user LIMIT ?")
        .bind(after.map_or_else(Vec::new, |after| after.as_bytes().to_vec()))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(tx)
        .await?;
    rows.into_iter().map(|(user, ver)| Ok(KnownProfile { user: id(&user)?, ver: number(ver) })).collect()
}

pub(crate) async fn find(tx: &mut SqliteConnection, user: UserId) -> Result<Option<Profile>> {
    let row = sqlx::query("SELECT user, ver, status, status_until, last_seen, picture, about, deactivated FROM profile WHERE user = ?")
        .bind(user.as_bytes())
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn all(tx: &mut SqliteConnection) -> Result<Vec<Profile>> {
    let rows = sqlx::query("SELECT user, ver, status, status_until, last_seen, picture, about, deactivated FROM profile ORDER BY user")
        .fetch_all(tx)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Profile> {
    Ok(Profile {
        user: id(get(row, "user")?)?,
        ver: number(get(row, "ver")?),
        status: status_at(row)?,
        last_seen: get(row, "last_seen")?,
        picture: picture_at(row)?,
        about: get(row, "about")?,
        deactivated: get(row, "deactivated")?,
    })
}

/// Reads the column `picture`.
pub(crate) fn picture_at(row: &SqliteRow) -> Result<Option<MediaId>> {
    optional_id(get(row, "picture")?)
}

/// Reads the columns `status` and `status_until`.
pub(crate) fn status_at(row: &SqliteRow) -> Result<Option<PersonStatus>> {
    let (text, until): (Option<String>, _) = (get(row, "status")?, get(row, "status_until")?);
    Ok(text.map(|text| PersonStatus { text, until }))
}
