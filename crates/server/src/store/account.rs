//! People.

pub(in crate::store) mod deletion;
pub(crate) mod language;
pub(crate) mod listing;

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    external::{self, NewExternal},
    profile::{self, Said},
    reads,
    role::{Standing, permissions_at},
    rows::{Put, Stored},
    session,
    two_step::{self, CodeHash, KeptSecret},
};
use crate::{address, commit::View, names, sight::Sight};
use hearth_protocol::{
    Millis, Seq,
    ids::UserId,
    profile::Privacy,
    role::Role,
    row::Row,
    rows::{AccountRow, Email, Person},
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

/// Accounts of a condition: one column of one's own, and then what [`account_row`] reads.
macro_rules! account_select {
    ($first:literal, $condition:literal) => {
        concat!(
            "SELECT ",
            $first,
            ", a.id, a.username, a.first_name, a.last_name, a.role, a.created_at, a.read_receipts, a.email, a.email_verified_at, a.two_step_at, \
             a.role_waits, a.deactivated_at, a.deactivated_by_oneself, r.name, r.permissions, ",
            $crate::store::profile::said_columns!(),
            " FROM account a LEFT JOIN profile p ON p.account = a.id LEFT JOIN role r ON r.id = a.role WHERE ",
            $condition
        )
    };
}
pub(super) use account_select;

/// A new account as it is written.
#[derive(Clone)]
pub(crate) struct NewAccount {
    pub id: UserId,
    pub username: String,
    /// The username as it is compared.
    pub username_key: String,
    pub first_name: String,
    pub last_name: String,
    /// See the column's comment.
    pub search_key: String,
    /// `None` for who has no password and signs in by a provider.
    pub password_hash: Option<String>,
    pub role: Role,
    /// What they become when the address is verified.
    pub role_waits: Option<Role>,
    /// Not verified yet.
    pub email: Option<String>,
    /// By which its person signs in from the beginning.
    pub external: Option<Box<NewExternal>>,
    pub created_at: Millis,
}

impl NewAccount {
    pub fn row(&self) -> AccountRow {
        AccountRow {
            user: self.id,
            username: self.username.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            role: self.role,
            role_name: None,
            // Nobody reads this copy of a role that was made.
            permissions: self.role.built_in().unwrap_or_default(),
            role_waits: self.role_waits,
            deactivated: None,
            created_at: self.created_at,
            read_receipts: true,
            status: None,
            about: String::new(),
            picture: None,
            privacy: Privacy::default(),
            email: self.email.clone().map(|address| Email { address, verified_at: None }),
            two_step_at: None,
        }
    }
}

/// An account on its way into its table.
pub(crate) enum AccountRecord {
    New(Box<NewAccount>),
    /// What its person may change of it. Nobody is signed in to an account that is not written yet, so no batch has both.
    Changed(AccountRow),
    /// With the second step that goes with it: `row` says whether there is one.
    TwoStep {
        row: AccountRow,
        on: Option<(KeptSecret, Vec<CodeHash>)>,
    },
    /// There is none any more.
    Deleted {
        user: UserId,
        at: Millis,
    },
}

impl AccountRecord {
    pub fn row(&self) -> AccountRow {
        match self {
            Self::New(account) => account.row(),
            Self::Changed(row) | Self::TwoStep { row, .. } => row.clone(),
            Self::Deleted { user, .. } => deletion::row(*user),
        }
    }
}

impl Stored for AccountRow {
    type Record = AccountRecord;

    fn row(record: &Self::Record) -> Self {
        record.row()
    }

    fn after(earlier: Self::Record, later: Self::Record) -> Self::Record {
        match (earlier, later) {
            (AccountRecord::TwoStep { on, .. }, AccountRecord::Changed(row)) => AccountRecord::TwoStep { row, on },
            (_, later) => later,
        }
    }

    async fn learn(record: &mut AccountRecord, _stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        view.learn_account(record);
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), _limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = account_select!("a.seq", "a.id = $1 AND a.seq > $2 AND a.seq <= $3");
        reads::only(connection, sql, sight, range, |row| Ok(Row::new(columns::number(row, 0)?, account_row(row, 1)?))).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, _id: &str) -> Result<Option<Row>, StoreError> {
        Ok(Self::changed(connection, &Sight::whole(stream), (0, Seq::MAX), 1).await?.pop())
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Self::Record>]) -> Result<(), StoreError> {
        static INSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO account (id, username, username_key, first_name, last_name, search_key, password_hash, role, created_at, seq, email, \
             email_key, username_look, role_waits) VALUES",
            14,
            "",
        );
        let mut new = Vec::with_capacity(puts.len());
        for put in puts {
            match put.record {
                AccountRecord::New(account) => new.push((put.seq, account)),
                AccountRecord::Changed(row) => change(connection, put.seq, row).await?,
                AccountRecord::TwoStep { row, on } => {
                    change(connection, put.seq, row).await?;
                    two_step::write(connection, row.user, on.as_ref().map(|(secret, codes)| (secret, codes.as_slice()))).await?;
                }
                AccountRecord::Deleted { user, at } => deletion::write(connection, put.seq, *user, *at).await?,
            }
        }
        INSERT
            .run(connection, &new, |(seq, account), values| {
                values.id(account.id.as_bytes()).add(account.username.clone()).add(account.username_key.clone());
                values.add(account.first_name.clone()).add(account.last_name.clone()).add(account.search_key.clone());
                values.add(account.password_hash.clone()).add(account.role.to_string()).add(account.created_at).number(*seq);
                values.add(account.email.clone()).add(account.email.as_deref().map(address::fold));
                values.add(names::look(&account.username_key)).add(account.role_waits.map(|role| role.to_string()));
            })
            .await?;
        for (_, account) in new {
            // The view has looked whether it is anybody's, and another process was quicker: nobody gets an account without a way in.
            if let Some(external) = &account.external
                && !external::insert(connection, account.id, external).await?
            {
                return Err(StoreError::Overtaken);
            }
        }
        Ok(())
    }
}

async fn change(connection: &mut AnyConnection, seq: Seq, row: &AccountRow) -> Result<(), StoreError> {
    let sql = "UPDATE account SET read_receipts = $2, seq = $3, email = $4, email_key = $5, email_verified_at = $6, two_step_at = $7, \
               role = $8, role_waits = $9, deactivated_at = $10, deactivated_by_oneself = $11, first_name = $12, last_name = $13, \
               search_key = $14 WHERE id = $1";
    let email = row.email.as_ref();
    sqlx::query(sql)
        .bind(row.user.as_bytes().to_vec())
        .bind(i64::from(row.read_receipts))
        .bind(columns::to_big(seq))
        .bind(email.map(|email| email.address.clone()))
        .bind(email.map(|email| address::fold(&email.address)))
        .bind(email.and_then(|email| email.verified_at))
        .bind(row.two_step_at)
        .bind(row.role.to_string())
        .bind(row.role_waits.map(|role| role.to_string()))
        .bind(row.deactivated.map(|deactivated| deactivated.at))
        .bind(i64::from(row.deactivated.is_some_and(|deactivated| deactivated.by_oneself)))
        .bind(row.first_name.clone())
        .bind(row.last_name.clone())
        .bind(names::search_key(&row.username, &row.first_name, &row.last_name))
        .execute(&mut *connection)
        .await?;
    if let Some(deactivated) = row.deactivated.filter(|_| holds(Rule::SessionsEndWithAccount)) {
        session::end_others(connection, row.user, None, None, deactivated.at).await?;
    }
    profile::say(connection, row).await
}

/// Whether somebody lets others see what has reached them and what they have read.
pub(crate) async fn shares_receipts(connection: &mut AnyConnection, user: UserId) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT read_receipts FROM account WHERE id = $1").bind(user.as_bytes().to_vec()).fetch_optional(connection).await?;
    row.map_or(Ok(false), |row| Ok(row.try_get::<i64, _>(0)? != 0))
}

/// Who else has an account, and which of them are admins who can sign in.
pub(crate) async fn others(connection: &mut AnyConnection, user: UserId) -> Result<(bool, BTreeSet<UserId>), StoreError> {
    let rows = sqlx::query("SELECT id FROM account WHERE role = 'admin' AND id <> $1 AND deleted_at IS NULL AND deactivated_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_all(&mut *connection)
        .await?;
    let admins = rows.iter().map(|row| columns::user(row, 0)).collect::<Result<BTreeSet<_>, _>>()?;
    let anybody = sqlx::query("SELECT id FROM account WHERE id <> $1 AND deleted_at IS NULL LIMIT 1")
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok((anybody.is_some(), admins))
}

pub(crate) async fn admin_exists(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT id FROM account WHERE role = 'admin' LIMIT 1").fetch_optional(connection).await?;
    Ok(row.is_some())
}

/// Whether somebody has or had a username, or one that looks the same.
pub(crate) async fn is_taken(connection: &mut AnyConnection, username_key: &str) -> Result<bool, StoreError> {
    let look = names::look(username_key);
    let row = sqlx::query("SELECT id FROM account WHERE username_key IN ($1, $2) OR username_look IN ($3, $4) LIMIT 1")
        .bind(deletion::trace(username_key))
        .bind(username_key.to_owned())
        .bind(deletion::trace(&look))
        .bind(look)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Notes what the usernames look like that are older than this.
pub(crate) async fn note_looks(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT id, username_key FROM account WHERE username_look IS NULL").fetch_all(&mut *connection).await?;
    for row in &rows {
        sqlx::query("UPDATE account SET username_look = $2 WHERE id = $1")
            .bind(row.try_get::<Vec<u8>, _>(0)?)
            .bind(names::look(row.try_get(1)?))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Somebody and how they stand to the server. Whose account is deleted stands as a guest who cannot sign in.
pub(crate) async fn known(connection: &mut AnyConnection, user: UserId) -> Result<Option<(Person, Standing)>, StoreError> {
    let row = sqlx::query(
        "SELECT a.id, a.username, a.first_name, a.last_name, a.role, a.deactivated_at, r.permissions \
         FROM account a LEFT JOIN role r ON r.id = a.role WHERE a.id = $1",
    )
    .bind(user.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let role = columns::role(&row, 4)?;
        let deactivated = row.try_get::<Option<Millis>, _>(5)?.is_some();
        Ok((person_at(&row, 0)?, Standing { role, permissions: permissions_at(&row, role, 6)?, deactivated }))
    })
    .transpose()
}

/// People of whom every word starts their username or one of their names; at most four words count.
pub(crate) async fn search(connection: &mut AnyConnection, words: &[String], limit: u32) -> Result<Vec<Person>, StoreError> {
    let pattern = |index: usize| match words.get(index) {
        Some(word) => format!("% {}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")),
        None => "%".to_owned(),
    };
    let rows = sqlx::query(
        "SELECT id, username, first_name, last_name FROM account WHERE deactivated_at IS NULL AND search_key LIKE $1 ESCAPE '\\' AND search_key LIKE $2 ESCAPE '\\' \
         AND search_key LIKE $3 ESCAPE '\\' AND search_key LIKE $4 ESCAPE '\\' ORDER BY username_key LIMIT $5",
    )
    .bind(pattern(0))
    .bind(pattern(1))
    .bind(pattern(2))
    .bind(pattern(3))
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| person_at(row, 0)).collect()
}

/// Reads id, username, first and last name from four columns in a row.
pub(crate) fn person_at(row: &AnyRow, first: usize) -> Result<Person, StoreError> {
    Ok(Person {
        user: columns::user(row, first)?,
        username: row.try_get(first + 1)?,
        first_name: row.try_get(first + 2)?,
        last_name: row.try_get(first + 3)?,
    })
}

/// Reads an account as [`account_select`] has it.
pub(super) fn account_row(row: &AnyRow, first: usize) -> Result<AccountRow, StoreError> {
    let Person { user, username, first_name, last_name } = person_at(row, first)?;
    let (role, created_at) = (columns::role(row, first + 4)?, row.try_get(first + 5)?);
    let read_receipts = row.try_get::<i64, _>(first + 6)? != 0;
    let verified_at = row.try_get(first + 8)?;
    let email = row.try_get::<Option<String>, _>(first + 7)?.map(|address| Email { address, verified_at });
    let two_step_at = row.try_get(first + 9)?;
    let Said { status, about, picture, privacy, .. } = profile::said_at(row, first + 15)?;
    Ok(AccountRow {
        user,
        username,
        first_name,
        last_name,
        role,
        role_name: row.try_get(first + 13)?,
        permissions: permissions_at(row, role, first + 14)?,
        role_waits: columns::role_or_none(row, first + 10)?,
        deactivated: listing::deactivated_at(row, first + 11)?,
        created_at,
        read_receipts,
        status,
        about,
        picture,
        privacy,
        email,
        two_step_at,
    })
}

/// How every account stands, for who looks after what people do to them: role, whether it waits and by its own person's wish, whether it is
/// deleted, whether it is erased.
#[cfg(feature = "sim")]
pub(crate) async fn everybody(connection: &mut AnyConnection) -> Result<Vec<(UserId, Role, Option<bool>, bool, bool)>, StoreError> {
    let sql = "SELECT id, role, deactivated_at, deactivated_by_oneself, deleted_at, erased_at FROM account ORDER BY id";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    let read = |row: &AnyRow| {
        let there = |column| Ok::<_, StoreError>(row.try_get::<Option<Millis>, _>(column)?.is_some());
        let by_oneself = row.try_get::<i64, _>(3)? != 0;
        Ok((columns::user(row, 0)?, columns::role(row, 1)?, there(2)?.then_some(by_oneself), there(4)?, there(5)?))
    };
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_step_is_not_lost_when_its_batch_changes_the_account_again() {
        let row = deletion::row(UserId::new());
        let secret = KeptSecret { sealed: vec![1], sealed_by: "a key".into(), last_step: 1 };
        let turned_on =
            AccountRecord::TwoStep { row: AccountRow { two_step_at: Some(1), ..row.clone() }, on: Some((secret, vec![[0; 32]])) };
        let later = AccountRow { two_step_at: Some(1), about: "more".into(), ..row };
        let both = <AccountRow as Stored>::after(turned_on, AccountRecord::Changed(later));
        assert!(matches!(&both, AccountRecord::TwoStep { row, on: Some((_, codes)) } if row.about == "more" && codes.len() == 1));
    }
}
