use crate::{
    Result,
    search::fold_name,
    sql::{get, id},
};
use hearth_protocol::{
    body::Body,
    ids::UserId,
    rows::{AccountRow, Person},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// Keeps the newest names that came by. Whoever has lost theirs, with their account, gets none back from an older row.
pub(crate) async fn learn(tx: &mut SqliteConnection, person: &Person) -> Result<()> {
    let folded = fold_name(&format!("{} {} {}", person.first_name, person.last_name, person.username));
    sqlx::query(
        "INSERT INTO person (user, username, first_name, last_name, folded) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET username = excluded.username, first_name = excluded.first_name,
             last_name = excluded.last_name, folded = excluded.folded
         WHERE person.username <> ''",
    )
    .bind(person.user.as_bytes())
    .bind(&person.username)
    .bind(&person.first_name)
    .bind(&person.last_name)
    .bind(folded)
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) fn of_account(account: &AccountRow) -> Person {
    Person {
        user: account.user,
        username: account.username.clone(),
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
    }
}

pub(crate) async fn find(tx: &mut SqliteConnection, user: UserId) -> Result<Option<Person>> {
    let row = sqlx::query("SELECT user AS person, username, first_name, last_name FROM person WHERE user = ?")
        .bind(user.as_bytes())
        .fetch_optional(tx)
        .await?;
    row.as_ref().map_or(Ok(None), read)
}

/// Whom a message names, of those who are known.
pub(crate) async fn named(tx: &mut SqliteConnection, body: Option<&Body>) -> Result<Vec<Person>> {
    let mut people = vec![];
    for user in body.into_iter().flat_map(Body::mentions) {
        people.extend(find(tx, user).await?);
    }
    Ok(people)
}

/// Reads the columns `person`, `username`, `first_name` and `last_name`; `None` where a join found nobody.
pub(crate) fn read(row: &SqliteRow) -> Result<Option<Person>> {
    let Some(user) = get::<Option<Vec<u8>>>(row, "person")? else { return Ok(None) };
    let Some(username) = get::<Option<String>>(row, "username")? else { return Ok(None) };
    Ok(Some(Person { user: id(&user)?, username, first_name: get(row, "first_name")?, last_name: get(row, "last_name")? }))
}
