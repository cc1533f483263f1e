//! What the server's owner does from its computer, beside the server, running or not.

use crate::{
    actions::{Command, SetTwoStep},
    address::Login,
    commit::Request,
    installation::Installation,
    store::login,
};
use hearth_protocol::{error::ApiError, ids::MutationId};

/// Turns two-step sign-in off for somebody who has lost their app and their recovery codes; false where there is no such account, or it is
/// off. That they are who they say is for the owner to know.
///
/// # Errors
/// The database failed.
pub async fn turn_off_two_step(installation: &Installation, username: &str) -> Result<bool, ApiError> {
    let found = login::credentials(&mut *installation.store.snapshot().await?, &Login::of(username)).await?;
    let Some((account, _)) = found.filter(|(account, _)| account.two_step_at.is_some()) else { return Ok(false) };
    let command = Command::SetTwoStep(Box::new(SetTwoStep { on: None }));
    let request = Request { id: MutationId::new(), actor: account.user, after: None, command, at: None };
    installation.committer.perform(account.user, request).await?;
    Ok(true)
}
