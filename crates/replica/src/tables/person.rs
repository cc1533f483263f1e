use crate::{
    Result,
    search::fold_name,
    sql::{get, id, id_list, run},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, UserId},
    rows::{AccountRow, Person},
    rule::{Rule, holds},
};
use sqlx::{
    Sqlite, SqliteConnection,
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};

/// Keeps the newest names that came by. Whoever has lost theirs, with their account, gets none back from an older row. Returns whether
/// somebody who was here already is called differently now.
pub(crate) async fn learn(tx: &mut SqliteConnection, person: &Person) -> Result<bool> {
    if learn_new(tx, person).await? {
        return Ok(false);
    }
    let other = "UPDATE person SET username = ?2, first_name = ?3, last_name = ?4, folded = ?5
         WHERE user = ?1 AND (username <> '' OR ?6) AND (username, first_name, last_name) <> (?2, ?3, ?4)";
    run(tx, bound(other, person).bind(!holds(Rule::NamesStayGone))).await
}

/// Keeps the names of somebody who was not here. Returns whether they were not.
pub(crate) async fn learn_new(tx: &mut SqliteConnection, person: &Person) -> Result<bool> {
    let new =
        "INSERT INTO person (user, username, first_name, last_name, folded) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (user) DO NOTHING";
    run(tx, bound(new, person)).await
}

fn bound<'q>(sql: &'static str, person: &'q Person) -> Query<'q, Sqlite, SqliteArguments> {
    let folded = fold_name(&format!("{} {} {}", person.first_name, person.last_name, person.username));
    let query = sqlx::query(sql).bind(person.user.as_bytes()).bind(&person.username).bind(&person.first_name).bind(&person.last_name);
    query.bind(folded)
}

/// The conversations that show somebody: they are or were in it, or in its group, or it is the direct one with them.
pub(crate) async fn conversations(tx: &mut SqliteConnection, user: UserId) -> Result<Vec<ConversationId>> {
    let found: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT conversation FROM member WHERE user = ?1
         UNION SELECT h.conversation FROM group_member g JOIN home h ON h.group_id = g.group_id WHERE g.user = ?1
         UNION SELECT conversation FROM line WHERE peer = ?1",
    )
    .bind(user.as_bytes())
    .fetch_all(tx)
    .await?;
    found.iter().map(|conversation| id(conversation)).collect()
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

/// Whom a message names or tells of, of those who are known.
pub(crate) async fn named(tx: &mut SqliteConnection, body: Option<&Body>) -> Result<Vec<Person>> {
    let people: Vec<UserId> = body.map(Body::people).unwrap_or_default();
    if people.is_empty() {
        return Ok(vec![]);
    }
    let rows = sqlx::query(
        "SELECT p.user AS person, p.username, p.first_name, p.last_name
         FROM json_each(?) named CROSS JOIN person p ON p.user = unhex(named.value) ORDER BY named.key",
    )
    .bind(id_list(people.iter().map(|user| user.as_bytes()))?)
    .fetch_all(tx)
    .await?;
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

/// Reads the columns `person`, `username`, `first_name` and `last_name`; `None` where a join found nobody.
pub(crate) fn read(row: &SqliteRow) -> Result<Option<Person>> {
    let Some(user) = get::<Option<Vec<u8>>>(row, "person")? else { return Ok(None) };
    let Some(username) = get::<Option<String>>(row, "username")? else { return Ok(None) };
    Ok(Some(Person { user: id(&user)?, username, first_name: get(row, "first_name")?, last_name: get(row, "last_name")? }))
}
