use super::{Administer, Command, Deed, set_password::confirm_password, sign_out::close_ended};
use crate::{
    admin::By,
    app::App,
    commit::Request,
    store::session::{self, Ended, Session},
};
use hearth_protocol::{
    account::DeactivateAccount,
    error::ApiError,
    ids::{MutationId, UserId},
};
use std::net::IpAddr;

/// Lets an account wait, for who knows its password: its sessions end, nothing of it is deleted, and signing in turns it on again.
pub(crate) async fn deactivate_account(app: &App, session: Session, request: DeactivateAccount, address: IpAddr) -> Result<(), ApiError> {
    let user = confirm_password(app, session, request.password, address).await?.user;
    let open = session::open(&mut *app.store().snapshot().await?, user).await?;
    perform(app, user, Deed::Deactivate).await?;
    let ended: Vec<Ended> = open.into_iter().map(|(session, device, _)| Ended { session, device }).collect();
    close_ended(app, user, &ended).await;
    Ok(())
}

/// Its person has shown who they are.
pub(super) async fn turn_on_again(app: &App, user: UserId) -> Result<(), ApiError> {
    perform(app, user, Deed::Reactivate).await
}

async fn perform(app: &App, user: UserId, deed: Deed) -> Result<(), ApiError> {
    let command = Command::Administer(Administer { by: By::Person(user), deed });
    let request = Request { id: MutationId::new(), actor: user, after: None, command, at: None };
    app.installation.committer.perform(user, request).await.map(|_| ())
}
