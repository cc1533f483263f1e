//! Deleting one's account, and what this computer has of one that is deleted.

use super::{Client, Stage, account::problem_of, lock, server::needs_server};
use crate::{
    profile::StoredServer,
    secrets::Secrets,
    view::{Problem, SignInReason},
};
use hearth_protocol::account::DeleteAccount;
use zeroize::Zeroizing;

impl Client {
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

    /// Removes what this computer has of an account that was deleted, elsewhere or here: its messages, what was not sent, its key. In any
    /// other phase nothing happens.
    pub async fn remove_account(&self) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let stage = lock(&self.0.stage).clone();
        match stage {
            Stage::SignIn { server, reason: Some(SignInReason::AccountDeleted), .. } => self.remove(server).await,
            _ => Ok(()),
        }
    }

    async fn remove(&self, server: StoredServer) -> Result<(), Problem> {
        self.0.secrets.write(Secrets::default()).await.map_err(problem_of)?;
        self.0.profile.remove_account().map_err(Problem::internal)?;
        self.set_stage(Stage::SignIn { server, returning: None, reason: None });
        Ok(())
    }
}
