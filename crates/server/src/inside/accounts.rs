//! What people and the server's owner do to accounts, as the routes ask for it.

use super::{Inside, Session};
use crate::{
    actions,
    admin::{self, By},
    jobs, routes,
    store::account,
};
use hearth_protocol::{
    account::{DeactivateAccount, DeleteAccount, Device, SignIn},
    code::ChangePassword,
    error::ApiError,
    frame::ServerFrame,
    ids::{DeviceId, UserId},
    role::Role,
};
use std::net::{IpAddr, Ipv4Addr};

/// Everybody's, until they change it.
pub const FIRST_PASSWORD: &str = "nine patient herons";
/// Where everybody in here comes from.
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountStanding {
    pub user: UserId,
    pub role: Role,
    /// It waits; `true`: by its own person's wish.
    pub waits: Option<bool>,
    pub deleted: bool,
    /// What its person had written is gone.
    pub erased: bool,
}

impl Inside {
    /// With a password, as the app does it.
    pub async fn sign_in(&self, username: &str, password: &str, device: DeviceId) -> Result<Session, ApiError> {
        let described = Device { id: device, name: "sim".into(), platform: "sim".into() };
        let request = SignIn { username: username.into(), password: password.into(), device: described };
        let signed_in = actions::sign_in(&self.app, request, ADDRESS).await?;
        Ok(Session { id: signed_in.session, user: signed_in.account.user, device })
    }

    /// Deletes the account of whoever asks.
    pub async fn delete_account(&self, session: Session, password: &str) -> Result<(), ApiError> {
        self.authenticate(session).await?;
        actions::delete_account(&self.app, session, DeleteAccount { password: password.into() }, ADDRESS).await
    }

    /// Lets the account of whoever asks wait.
    pub async fn deactivate_account(&self, session: Session, password: &str) -> Result<(), ApiError> {
        self.authenticate(session).await?;
        actions::deactivate_account(&self.app, session, DeactivateAccount { password: password.into() }, ADDRESS).await
    }

    pub async fn change_password(&self, session: Session, current: &str, password: &str) -> Result<(), ApiError> {
        self.authenticate(session).await?;
        let request = ChangePassword { current: current.into(), password: password.into() };
        actions::change_password(&self.app, session, request, ADDRESS).await
    }

    pub async fn sign_out_others(&self, session: Session) -> Result<(), ApiError> {
        self.authenticate(session).await?;
        actions::sign_out_others(&self.app, session).await
    }

    /// `by`: who asks; `None`: the server's owner.
    pub async fn give_role(&self, by: Option<Session>, user: UserId, role: Role) -> Result<(), ApiError> {
        admin::give_role(&self.app.installation, self.by(by).await?, user, role).await
    }

    pub async fn deactivate(&self, by: Option<Session>, user: UserId) -> Result<(), ApiError> {
        let ended = admin::deactivate(&self.app.installation, self.by(by).await?, user).await?;
        actions::close_sockets(&self.app, &ended);
        Ok(())
    }

    pub async fn reactivate(&self, by: Option<Session>, user: UserId) -> Result<(), ApiError> {
        admin::reactivate(&self.app.installation, self.by(by).await?, user).await
    }

    async fn by(&self, session: Option<Session>) -> Result<By, ApiError> {
        let Some(session) = session else { return Ok(By::Owner) };
        self.authenticate(session).await?;
        Ok(By::Person(session.user))
    }

    /// One round of erasing what people have written whose accounts are deleted.
    pub async fn erase(&self) -> Result<(), ApiError> {
        jobs::erase::erase_all(&self.app).await
    }

    /// Every account there is or was.
    pub async fn accounts(&self) -> Result<Vec<AccountStanding>, ApiError> {
        let accounts = account::everybody(&mut *self.app.store().snapshot().await?).await?;
        let standing = |(user, role, waits, deleted, erased)| AccountStanding { user, role, waits, deleted, erased };
        Ok(accounts.into_iter().map(standing).collect())
    }

    /// What somebody is told whose session has ended.
    pub async fn why_revoked(&self, session: Session) -> ServerFrame {
        routes::why_revoked(&self.app, session).await
    }
}
