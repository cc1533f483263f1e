use crate::{
    Result,
    search::fold_name,
    sql::{get, id},
};
use hearth_protocol::{
    ids::UserId,
    rows::{AccountRow, Person},
    rule::{Rule, holds},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// Keeps the newest names that came by. Whoever has lost theirs, with their account, gets none back from an older row.
pub(crate) async fn learn(tx: &mut SqliteConnection, person: &Person) -> Result<()> {
    let folded = fold_name(&format!("{} {} {}", person.first_name, person.last_name, person.username));
    sqlx::query(
        "INSERT INTO person (user, username, first_name, last_name, folded) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE SET username = excluded.username, first_name = excluded.first_name,
             last_name = excluded.last_name, folded = excluded.folded
         WHERE person.username <> '' OR ?",
    )
    .bind(person.user.as_bytes())
    .bind(&person.username)
    .bind(&person.first_name)
    .bind(&person.last_name)
    .bind(folded)
    .bind(!holds(Rule::NamesStayGone))
    .execute(tx)
    .await?;
    Ok(())
}

/// The server's database is another one: in a restored backup somebody may have their account, and their name, who had lost both. Whoever
/// has not is told of again without one.
pub(crate) async fn forget_deleted(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("DELETE FROM person WHERE username = ''").execute(tx).await?;
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

/// Reads the columns `person`, `username`, `first_name` and `last_name`; `None` where a join found nobody.
pub(crate) fn read(row: &SqliteRow) -> Result<Option<Person>> {
    let Some(user) = get::<Option<Vec<u8>>>(row, "person")? else { return Ok(None) };
    let Some(username) = get::<Option<String>>(row, "username")? else { return Ok(None) };
    Ok(Some(Person { user: id(&user)?, username, first_name: get(row, "first_name")?, last_name: get(row, "last_name")? }))
}
