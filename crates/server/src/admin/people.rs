use super::By;
use crate::{
    actions::{Administer, Command, Deed, SetTwoStep, bad_request, settle_or_later},
    authority::{Act, Object, authorize},
    clock, codes,
    commit::Request,
    installation::Installation,
    names,
    store::{
        account::{self, listing},
        login,
        session::{self, Ended},
    },
};
use hearth_protocol::{
    admin::{AuditAct, ListPeople, PeopleListed, ResetMade},
    code::CodePurpose,
    error::ApiError,
    ids::{MutationId, UserId},
    limits::{ADMIN_PAGE, QUERY_CHARS_MAX, RESET_CODE_MS},
    role::{Permission, Role},
};
use sqlx::AnyConnection;

/// Everybody with an account whom the words fit, by username.
pub(crate) async fn list_people(installation: &Installation, by: By, wanted: &ListPeople) -> Result<PeopleListed, ApiError> {
    let mut snapshot = installation.store.snapshot().await?;
    let mine = by.allowed(&mut snapshot, Permission::ManagePeople).await?;
    if wanted.q.chars().count() > QUERY_CHARS_MAX {
        return Err(bad_request("The search is too long: at most 200 characters."));
    }
    let pattern = listing::pattern(&names::fold(wanted.q.trim_start_matches('@')));
    let asked = listing::Listing { pattern: &pattern, state: wanted.state, after: wanted.after.as_deref().unwrap_or_default() };
    let mut page = listing::list(&mut snapshot, &asked, ADMIN_PAGE + 1).await?;
    let more = page.len() > ADMIN_PAGE;
    page.truncate(ADMIN_PAGE);
    let next = page.last().filter(|_| more).map(|(key, ..)| key.clone());
    let reach = |user: UserId, theirs| {
        let object = Object::Account { mine, theirs, oneself: by.user() == Some(user) };
        authorize(by.actor(), Act::Administer, object).is_ok()
    };
    let people = page
        .into_iter()
        .map(|(_, mut listed, theirs)| {
            listed.within_reach = reach(listed.person.user, theirs);
            listed
        })
        .collect();
    Ok(PeopleListed { people, next, count: listing::count(&mut snapshot, &asked).await? })
}

/// Gives somebody a role.
///
/// # Errors
/// `not_allowed` for a role that allows more than one's own, and for people who may do more; `role_in_use` for the last admin.
pub(crate) async fn give_role(installation: &Installation, by: By, user: UserId, role: Role) -> Result<(), ApiError> {
    administer(installation, by, user, Deed::GiveRole(role)).await
}

/// Ends somebody's sessions until somebody who manages people lets them in again. Gives back what has ended.
///
/// # Errors
/// As [`give_role`].
pub(crate) async fn deactivate(installation: &Installation, by: By, user: UserId) -> Result<Vec<Ended>, ApiError> {
    let mut snapshot = installation.store.snapshot().await?;
    reachable(&mut snapshot, by, user).await?;
    let open = open_sessions(&mut snapshot, user).await?;
    drop(snapshot);
    administer(installation, by, user, Deed::Deactivate).await?;
    settle_or_later(installation, user, open.iter().map(|ended| ended.device)).await;
    Ok(open)
}

pub(crate) async fn reactivate(installation: &Installation, by: By, user: UserId) -> Result<(), ApiError> {
    reachable(&mut *installation.store.snapshot().await?, by, user).await?;
    administer(installation, by, user, Deed::Reactivate).await
}

/// Makes a code for a new password, to be passed on to its person. Until it is used everything is as it was.
pub(crate) async fn reset_password(installation: &Installation, by: By, user: UserId) -> Result<ResetMade, ApiError> {
    reachable(&mut *installation.store.snapshot().await?, by, user).await?;
    let code = codes::make(installation, user, CodePurpose::ResetPassword, "", RESET_CODE_MS).await?;
    let mut transaction = installation.store.write().await?;
    by.note(&mut transaction, Some(user), AuditAct::MakeReset).await?;
    transaction.commit().await?;
    Ok(ResetMade { code, expires_at: clock::now() + RESET_CODE_MS, mailed: false })
}

/// Ends all of somebody's sessions; they may sign in again. Gives back what has ended.
pub(crate) async fn sign_out(installation: &Installation, by: By, user: UserId) -> Result<Vec<Ended>, ApiError> {
    let mut transaction = installation.store.write().await?;
    reachable(&mut transaction, by, user).await?;
    let ended = session::end_others(&mut transaction, user, None, None, clock::now()).await?;
    by.note(&mut transaction, Some(user), AuditAct::SignOutEverywhere).await?;
    transaction.commit().await?;
    settle_or_later(installation, user, ended.iter().map(|ended| ended.device)).await;
    Ok(ended)
}

/// Turns two-step sign-in off for somebody who has lost their app and their recovery codes; `false` where it is off. That they are who they
/// say is for whoever does it to know.
pub(crate) async fn turn_off_two_step(installation: &Installation, by: By, user: UserId) -> Result<bool, ApiError> {
    let mut transaction = installation.store.write().await?;
    reachable(&mut transaction, by, user).await?;
    let found = login::credentials_of(&mut transaction, user).await?;
    if found.is_none_or(|(account, _)| account.two_step_at.is_none()) {
        return Ok(false);
    }
    by.note(&mut transaction, Some(user), AuditAct::TurnOffTwoStep).await?;
    transaction.commit().await?;
    perform(installation, user, Command::SetTwoStep(Box::new(SetTwoStep { on: None }))).await?;
    Ok(true)
}

async fn administer(installation: &Installation, by: By, user: UserId, deed: Deed) -> Result<(), ApiError> {
    perform(installation, user, Command::Administer(Administer { by, deed })).await
}

async fn perform(installation: &Installation, user: UserId, command: Command) -> Result<(), ApiError> {
    let request = Request { id: MutationId::new(), actor: user, after: None, command, at: None };
    installation.committer.perform(user, request).await.map(|_| ())
}

/// Lets those pass who may act on somebody's account.
async fn reachable(connection: &mut AnyConnection, by: By, user: UserId) -> Result<(), ApiError> {
    let mine = by.allowed(connection, Permission::ManagePeople).await?;
    let (_, theirs) = account::known(connection, user).await?.filter(|(person, _)| !person.is_deleted()).ok_or_else(ApiError::not_found)?;
    authorize(by.actor(), Act::Administer, Object::Account { mine, theirs: theirs.permissions, oneself: by.user() == Some(user) })
}

async fn open_sessions(connection: &mut AnyConnection, user: UserId) -> Result<Vec<Ended>, ApiError> {
    let open = session::open(connection, user).await?;
    Ok(open.into_iter().map(|(session, device, _)| Ended { session, device }).collect())
}
