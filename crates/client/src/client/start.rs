//! From a folder on disk to the first phase: what is kept here, which keys are at hand.

use super::{Client, Stage, lock};
use crate::{
    api::Api,
    engine::wall_ms,
    profile::StoredServer,
    secrets::{Closed, Secrets},
    session::Session,
    view::{Connection, Me, Problem, SignInReason, Update},
};
use hearth_protocol::rows::AccountRow;
use hearth_replica::{Key, OpenError, Replica};
use std::sync::Arc;
use zeroize::Zeroizing;

impl Client {
    /// Decides the first stage. Conversations are painted before any network call: going online comes after.
    pub(super) async fn start(self) {
        let _one = self.0.transition.lock().await;
        self.enter().await;
    }

    /// Looks at what is kept and goes where that leads; the same at start, after an unlock and after a lock was opened elsewhere.
    pub(super) async fn enter(&self) {
        match self.look().await {
            Ok((stage, None)) => self.set_stage(stage),
            Ok((Stage::Ready(session), Some(token))) => self.ready(session, token),
            Ok((stage, Some(_))) => self.set_stage(stage),
            Err(problem) => self.set_stage(Stage::Blocked(problem)),
        }
    }

    async fn look(&self) -> Result<(Stage, Option<Zeroizing<String>>), Problem> {
        let profile = &self.0.profile;
        let Some(server) = profile.server().map_err(Problem::internal)? else { return Ok((Stage::FirstRun, None)) };
        let account = profile.account().map_err(Problem::internal)?;
        let secrets = match self.0.secrets.read().await {
            Ok(secrets) => secrets,
            Err(Closed::Lock(lock)) => return Ok((Stage::Locked { lock, pending: None }, None)),
            Err(Closed::Problem(problem)) => return Err(problem),
        };
        match (account, secrets) {
            (Some(account), Secrets { replica_key: Some(key), token: Some(token) }) => {
                let session = self.open_session(account, server, &key).await?;
                Ok((Stage::Ready(session), Some(token)))
            }
            (account, secrets) => {
                let returning = account.as_ref().map(Me::from);
                let lost = returning.is_some() && secrets.replica_key.is_none() && profile.replica_path().exists();
                let reason = lost.then_some(SignInReason::KeychainLost);
                let server = self.host_if_embedded(server).await?;
                Ok((Stage::SignIn { server, returning, reason }, None))
            }
        }
    }

    /// Shows the replica, then connects.
    pub(super) fn ready(&self, session: Arc<Session>, token: Zeroizing<String>) {
        self.set_stage(Stage::Ready(session.clone()));
        let client = self.clone();
        tokio::spawn(async move {
            if let Err(problem) = client.go_online(&session, token).await {
                client.set_connection(&session, Connection::Blocked { problem }).await;
            }
        });
    }

    async fn go_online(&self, session: &Arc<Session>, token: Zeroizing<String>) -> Result<(), Problem> {
        let server = self.host_if_embedded(session.server.clone()).await?;
        let api = Api::new(server.link.parse()?)?.with_token(token);
        let device = self.0.profile.device().map_err(Problem::internal)?;
        if let Some(happened) = session.go_online(api, device).await {
            tokio::spawn(self.clone().watch(session.clone(), happened));
        }
        // The connect link to share may be another one now.
        self.tell(Update::Phase { phase: self.phase() });
        Ok(())
    }

    /// Opens the replica; one that does not open with this key is put aside whole, and a new one is filled from the server.
    pub(super) async fn open_session(
        &self,
        account: AccountRow,
        server: StoredServer,
        key: &Zeroizing<[u8; 32]>,
    ) -> Result<Arc<Session>, Problem> {
        let key = Key::from_bytes(**key);
        let path = self.0.profile.replica_path();
        let replica = match Replica::open(&path, &key).await {
            Ok(replica) => replica,
            Err(OpenError::WrongKeyOrDamaged) => {
                let aside = self.0.profile.quarantine_replica(wall_ms()).map_err(Problem::internal)?;
                self.warn(Problem::new(
                    "damaged_database",
                    format!(
                        "The messages kept on this computer could not be opened. They were put aside in {}, untouched, and are being fetched again from the server.",
                        aside.display()
                    ),
                ));
                Replica::open(&path, &key).await.map_err(cannot_open)?
            }
            Err(error) => return Err(cannot_open(error)),
        };
        replica.remember_me(&account).await?;
        Ok(Arc::new(Session::new(Me::from(&account), server, replica)))
    }

    /// Something that the person must know and cannot change.
    pub(super) fn warn(&self, problem: Problem) {
        tracing::warn!(code = problem.code, "{problem}");
        *lock(&self.0.warning) = Some(problem.clone());
        self.tell(Update::Warning { problem });
    }
}

fn cannot_open(error: OpenError) -> Problem {
    match error {
        OpenError::Newer { .. } => Problem::new(
            "newer_database",
            "A newer Hearth has used this profile, and this one cannot read it. Install the newer version again; nothing was changed.",
        ),
        OpenError::DiskFull => Problem::new("disk_full", "The disk of this computer is full. Make room, then start Hearth again."),
        other => Problem::internal(other),
    }
}
