use super::{Context, Refusal};
use crate::{
    admin::{By, no_such_role},
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{account::AccountRecord, audit, rows::Record},
};
use hearth_protocol::{
    admin::{AuditAct, RoleNamed},
    error::{ApiError, ErrorCode},
    ids::{RoleId, UserId},
    role::{Permission, Permissions, Role},
    row::{Row, RowKey},
    rows::{AccountRow, Deactivated, RowData, RowKind},
    stream::StreamId,
};
use serde::Serialize;

/// What somebody does to an account: the one in whose name the committer is asked.
#[derive(Serialize)]
pub(crate) struct Administer {
    pub by: By,
    pub deed: Deed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Deed {
    GiveRole(Role),
    /// Of one's own account as well.
    Deactivate,
    Reactivate,
}

/// Does it if the roles allow it at this moment. An account that is so already stays as it is, and nothing is logged.
pub(super) async fn administer(view: &mut View<'_>, context: &Context, command: &Administer) -> Result<Performed, Refusal> {
    let Administer { by, deed } = *command;
    let of = context.actor;
    let account = account_of(view, of).await?.ok_or_else(ApiError::not_found)?;
    let oneself = by == By::Person(of);
    if !oneself || matches!(deed, Deed::GiveRole(_)) {
        let mine = match by {
            By::Owner => Permissions::ALL,
            By::Person(user) => view.server_standing(user).await?.in_use(),
        };
        authorize(by.actor(), Act::Administer, Object::Account { mine, theirs: account.permissions, oneself })?;
        if let Deed::GiveRole(role) = deed {
            let (_, given) = view.role(role).await?.ok_or_else(no_such_role)?;
            authorize(by.actor(), Act::HandOut(given), Object::Server { mine })?;
        }
    }
    let (changed, act) = match deed {
        Deed::GiveRole(role) => {
            let (name, permissions) = view.role(role).await?.ok_or_else(no_such_role)?;
            let from = RoleNamed { role: account.role, name: account.role_name.clone().unwrap_or_default() };
            let act = AuditAct::GiveRole { from, to: RoleNamed { role, name: name.clone() } };
            (with_role(AccountRow { role_waits: None, ..account.clone() }, role, name, permissions), act)
        }
        Deed::Deactivate => {
            let deactivated = account.deactivated.or(Some(Deactivated { at: context.now, by_oneself: oneself }));
            (AccountRow { deactivated, ..account.clone() }, AuditAct::Deactivate)
        }
        Deed::Reactivate if oneself && account.deactivated.is_some_and(|deactivated| !deactivated.by_oneself) => {
            return Err(ApiError::deactivated(false).into());
        }
        Deed::Reactivate => (AccountRow { deactivated: None, ..account.clone() }, AuditAct::Reactivate),
    };
    let governs = |row: &AccountRow| row.role == Role::Admin && row.deactivated.is_none();
    let (others, admins) = view.others(of).await?;
    // Who is there alone may go for a while, and founds nothing anew by coming back.
    let stays = others || !oneself;
    if governs(&account) && !governs(&changed) && stays && admins.is_empty() {
        let message = "This is the server's only admin. Make somebody else an admin first.";
        return Err(ApiError::new(ErrorCode::RoleInUse, message).into());
    }
    if changed == account {
        return Ok(Performed { existing: vec![(StreamId::User(of), account_key())], ..Performed::default() });
    }
    if changed.deactivated != account.deactivated {
        view.note_profile(of);
    }
    let audit = (!oneself).then_some(audit::Act { at: context.now, actor: by.user(), subject: Some(of), act });
    Ok(Performed { audit, ..vec![change(changed)].into() })
}

/// A role that was made is called or allows something else: those who have it are told.
pub(super) async fn tell_role(view: &mut View<'_>, id: RoleId) -> Result<Performed, Refusal> {
    let role = Role::Made(id);
    let Some((name, permissions)) = view.role(role).await? else { return Ok(Performed::default()) };
    let mut changes = Vec::new();
    for user in view.holders(role).await? {
        // Whoever waits for it has another one.
        if let Some(account) = account_of(view, user).await?.filter(|account| account.role == role) {
            changes.push(change(with_role(account, role, name.clone(), permissions)));
        }
    }
    Ok(changes.into())
}

/// Lets the actor pass if their role allows this on the server.
pub(super) async fn may(view: &mut View<'_>, context: &Context, permission: Permission) -> Result<(), Refusal> {
    let mine = view.server_standing(context.actor).await?.in_use();
    Ok(authorize(context.actor, Act::OnServer(permission), Object::Server { mine })?)
}

/// The account with a role; `name` is empty for the built-in ones.
pub(super) fn with_role(account: AccountRow, role: Role, name: String, permissions: Permissions) -> AccountRow {
    AccountRow { role, role_name: Some(name).filter(|name| !name.is_empty()), permissions, ..account }
}

/// Somebody's account, as earlier mutations of the batch have left it; `None` if there is none any more.
pub(super) async fn account_of(view: &mut View<'_>, user: UserId) -> Result<Option<AccountRow>, Refusal> {
    match view.row(StreamId::User(user), account_key()).await? {
        Some(Row { data: RowData::Account(account), .. }) if !account.username.is_empty() => Ok(Some(account)),
        _ => Ok(None),
    }
}

pub(super) fn account_key() -> RowKey {
    RowKey { kind: AccountRow::KIND.into(), id: String::new() }
}

fn change(account: AccountRow) -> Change {
    Change::new(StreamId::User(account.user), Record::Account(AccountRecord::Changed(account)))
}
