//! Deactivating and deleting one's account, and what this computer has of one that is deleted.

use super::{Client, Pending, Stage, account::problem_of, lock, server::needs_server};
use crate::{
    api::{Api, SessionEnd},
    folder::StoredServer,
    secrets::Secrets,
    view::Problem,
};
use hearth_protocol::account::{DeactivateAccount, DeleteAccount};
use zeroize::Zeroizing;

impl Client {
    /// Lets my account wait until I sign in again: every device is signed out, and nothing is deleted, here neither.
    ///
    /// # Errors
    /// `wrong_credentials` when the password is not right, `role_in_use` for the server's only admin, `offline`: then nothing has happened.
    pub async fn deactivate_account(&self, password: Zeroizing<String>) -> Result<(), Problem> {
        let session = self.session()?;
        let request = DeactivateAccount { password: password.to_string() };
        self.server()?.deactivate_account(&request).await.map_err(needs_server)?;
        // The server's word that the session is over may be here first.
        self.end(&session, Some(SessionEnd::Deactivated)).await;
        Ok(())
    }

    /// Deletes my account on the server, for good, and everything that this computer has of it.
    ///
    /// # Errors
    /// `wrong_credentials` when the password is not right, `only_owner` while others need me, `offline`: then nothing has happened.
    pub async fn delete_account(&self, password: Zeroizing<String>) -> Result<(), Problem> {
        let request = DeleteAccount { password: password.to_string() };
        self.server()?.delete_account(&request).await.map_err(needs_server)?;
        let _one = self.0.transition.lock().await;
        let stage = lock(&self.0.stage).clone();
        match stage {
            Stage::Ready(session) => {
                session.clone().close().await;
                self.remove(session.server.clone()).await
            }
            // The server's word that the session is over was here first.
            Stage::SignIn { server, .. } => self.remove(server).await,
            _ => Ok(()),
        }
    }

    /// Removes what this computer has of an account that nobody is signed in to: its messages, what was not sent, its key. The server's page
    /// stays. In any other phase nothing happens.
    ///
    /// # Errors
    /// `signed_in` while somebody is.
    pub async fn remove_account(&self) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let stage = lock(&self.0.stage).clone();
        match stage {
            Stage::SignIn { server, .. } => self.remove(server).await,
            Stage::Ready(_) => Err(signed_in()),
            _ => Ok(()),
        }
    }

    /// Lets go of an account that is about to be removed as a whole: nothing of it runs any more.
    ///
    /// # Errors
    /// `signed_in` while somebody is, or could be with what is here.
    pub(crate) async fn give_up(&self) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let stage = lock(&self.0.stage).clone();
        match stage {
            Stage::FirstRun | Stage::SignIn { .. } => {}
            // Signed in a moment ago, and its secrets were never kept.
            Stage::Locked { pending: Some(pending), .. } => self.end_unused(pending).await,
            Stage::Starting | Stage::Locked { .. } | Stage::Blocked(_) | Stage::Ready(_) => return Err(signed_in()),
        }
        *lock(&self.0.stage) = Stage::Starting;
        self.0.profile.hosting.leave(self.0.account).await;
        Ok(())
    }

    /// Ends a session that nobody will use. Where the server cannot be told, it ends it when it expires.
    async fn end_unused(&self, pending: Pending) {
        let ended = async {
            let Some(server) = self.0.folder.server().map_err(Problem::internal)? else { return Ok(()) };
            let Some(token) = pending.secrets.token else { return Ok(()) };
            Ok::<_, Problem>(Api::new(server.link.parse()?)?.with_token(token).sign_out().await?)
        };
        if let Err(problem) = ended.await {
            tracing::info!(%problem, "the unused session could not be ended");
        }
    }

    /// Whether nobody has signed in here yet.
    pub(crate) fn is_unused(&self) -> bool {
        !self.0.folder.holds_somebody()
    }

    async fn remove(&self, server: StoredServer) -> Result<(), Problem> {
        self.0.secrets.write(Secrets::default()).await.map_err(problem_of)?;
        self.0.folder.remove_account().map_err(Problem::internal)?;
        self.set_stage(Stage::SignIn { server, returning: None, reason: None });
        Ok(())
    }
}

fn signed_in() -> Problem {
    Problem::new("signed_in", "Sign out of this account first. Nothing was removed.")
}
