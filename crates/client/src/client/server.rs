//! Which server: one in this app, or one somewhere else.

use super::{Client, Stage, lock};
use crate::{
    api::{Api, Failure},
    folder::{Embedded, StoredServer},
    view::{AccountRules, Me, Problem, Server},
};
use hearth_protocol::{account::ServerInfo, invite::SignUpLink, link::ConnectLink};

impl Client {
    /// Starts a server inside this app; with `lan`, others on the network can connect to it by its link. Runs one already, for another
    /// account, it is that one.
    pub async fn start_server(&self, lan: bool) -> Result<Server, Problem> {
        let _one = self.0.transition.lock().await;
        self.expect_nobody()?;
        let mut stored = StoredServer {
            link: String::new(),
            name: String::new(),
            needs_set_up: true,
            embedded: Some(Embedded { lan }),
            accounts: AccountRules::default(),
            invite: None,
        };
        stored = self.host_if_embedded(stored).await?;
        self.settle(stored).await
    }

    /// Checks that a Hearth server answers at an address, a connect link or an invitation to sign up, and makes it this account's server.
    pub async fn connect(&self, link: &str) -> Result<Server, Problem> {
        let _one = self.0.transition.lock().await;
        self.expect_nobody()?;
        let (link, invite) = match link.parse::<SignUpLink>() {
            Ok(invitation) => (invitation.server, Some(invitation.secret)),
            Err(_) => (link.parse::<ConnectLink>()?, None),
        };
        let info = Api::new(link.clone())?.server_info().await?;
        let accounts = rules_of(&info);
        let (link, needs_set_up) = (link.to_string(), info.needs_set_up);
        let stored = StoredServer { link, name: info.name, needs_set_up, embedded: None, accounts, invite };
        self.settle(stored).await
    }

    /// Back to the first page, while nobody is signed in. Nothing is deleted.
    pub async fn forget_server(&self) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        self.expect_nobody()?;
        self.0.profile.hosting.leave(self.0.account).await;
        self.0.folder.set_server(None).map_err(Problem::internal)?;
        self.set_stage(Stage::FirstRun);
        Ok(())
    }

    async fn settle(&self, stored: StoredServer) -> Result<Server, Problem> {
        self.0.folder.set_server(Some(&stored)).map_err(Problem::internal)?;
        let returning = self.0.folder.account().map_err(Problem::internal)?.as_ref().map(Me::from);
        self.set_stage(Stage::SignIn { server: stored.clone(), returning, reason: None });
        Ok(self.server_view(&stored))
    }

    /// Runs the embedded server if this is one and it does not run yet; returns where it is now.
    pub(super) async fn host_if_embedded(&self, mut stored: StoredServer) -> Result<StoredServer, Problem> {
        let Some(embedded) = stored.embedded else { return Ok(stored) };
        let hosted = self.0.profile.hosting.start(self.0.account, embedded.lan).await?;
        let info = Api::new(hosted.link.clone())?.server_info().await?;
        (stored.link, stored.name, stored.needs_set_up) = (hosted.link.to_string(), hosted.name, info.needs_set_up);
        stored.embedded = Some(Embedded { lan: hosted.lan });
        stored.accounts = rules_of(&info);
        Ok(stored)
    }

    fn expect_nobody(&self) -> Result<(), Problem> {
        match &*lock(&self.0.stage) {
            Stage::FirstRun | Stage::SignIn { .. } => Ok(()),
            _ => Err(Problem::new("signed_in", "Sign out first, or add another account: this one is on one server.")),
        }
    }
}

fn rules_of(info: &ServerInfo) -> AccountRules {
    let password_chars_min = u32::try_from(info.password_chars_min).unwrap_or(u32::MAX);
    let (sign_up, mail_domains) = (info.sign_up, info.mail_domains.clone());
    AccountRules { email: info.email, mail: info.mail, password_chars_min, sign_up, mail_domains }
}

impl Client {
    /// The server, for what somebody who is signed in asks of it at once; [`needs_server`] says it when it does not answer.
    pub(super) fn server(&self) -> Result<Api, Problem> {
        self.session()?.api().ok_or_else(Problem::offline)
    }
}

/// For somebody who is signed in, a server that does not answer is being offline.
pub(crate) fn needs_server(failure: Failure) -> Problem {
    match failure {
        Failure::Unreachable(detail) => {
            tracing::info!(detail, "the server does not answer");
            Problem::offline()
        }
        other => other.into(),
    }
}
