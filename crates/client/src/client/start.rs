//! From a folder on disk to the first phase: what is kept here, which keys are at hand.

use super::{Client, Stage, lock, profiles::my_account};
use crate::{
    api::Api,
    folder::StoredServer,
    problem::CUT_LOG,
    secrets::{Closed, Secrets},
    session::{LAST_CONVERSATION, Session},
    view::{Connection, Me, Problem, SignInReason, Update},
};
use hearth_protocol::{ids::ConversationId, rows::AccountRow};
use hearth_replica::{Key, OpenError, Replica};
use std::sync::Arc;
use zeroize::Zeroizing;

impl Client {
    /// Decides the first stage. Conversations are painted before any network call: going online comes after.
    pub(super) async fn start(self) {
        let _one = self.0.transition.lock().await;
        self.enter().await;
    }

    /// Looks again at a profile that could not be opened: what stood in the way may be gone. In any other phase nothing happens.
    pub async fn try_again(&self) {
        let blocked = || matches!(&*lock(&self.0.stage), Stage::Blocked(_));
        // Looked at first, so that nobody waits for a start that is still going on.
        if !blocked() {
            return;
        }
        let _one = self.0.transition.lock().await;
        if blocked() {
            self.enter().await;
        }
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
        let folder = &self.0.folder;
        let Some(server) = folder.server().map_err(Problem::internal)? else { return Ok((Stage::FirstRun, None)) };
        let account = folder.account().map_err(Problem::internal)?;
        let secrets = match self.0.secrets.read().await {
            Ok(secrets) => secrets,
            Err(Closed::Lock(lock)) => return Ok((Stage::Locked { lock, pending: None }, None)),
            Err(Closed::Problem(problem)) => return Err(problem),
        };
        let ended = folder.ended().map_err(Problem::internal)?.filter(|_| account.is_some());
        match (account, secrets) {
            // Who was signed out stays so, even where the token could not be removed.
            (Some(account), Secrets { replica_key: Some(key), token: Some(token) }) if ended.is_none() => {
                let session = self.open_session(account, server, &key).await?;
                Ok((Stage::Ready(session), Some(token)))
            }
            (account, secrets) => {
                let returning = account.as_ref().map(Me::from);
                let lost = returning.is_some() && secrets.replica_key.is_none() && folder.replica_path().exists();
                let reason = ended.map(SignInReason::from).or(lost.then_some(SignInReason::KeychainLost));
                let server = self.host_if_embedded(server).await?;
                Ok((Stage::SignIn { server, returning, reason }, None))
            }
        }
    }

    /// Shows the replica, then connects.
    pub(super) fn ready(&self, session: Arc<Session>, token: Zeroizing<String>) {
        self.set_stage(Stage::Ready(session.clone()));
        tokio::spawn(self.clone().guard(session.clone()));
        let client = self.clone();
        tokio::spawn(async move {
            if let Err(problem) = client.go_online(&session, token).await {
                client.set_connection(&session, Connection::Blocked { problem }).await;
            }
        });
    }

    async fn go_online(&self, session: &Arc<Session>, token: Zeroizing<String>) -> Result<(), Problem> {
        let server = self.host_if_embedded(session.server.clone()).await?;
        let api = Api::new(server.link.parse()?)?.with_token(token).speaking(self.0.profile.language.clone());
        let device = self.0.folder.device().map_err(Problem::internal)?;
        if let Some(happened) = session.go_online(api, device).await {
            tokio::spawn(self.clone().watch(session.clone(), happened));
        }
        // The connect link to share may be another one now.
        self.tell(Update::Phase { phase: self.phase() });
        Ok(())
    }

    /// Opens the replica; one that does not open with this key is put aside whole, and a new one takes its place.
    pub(super) async fn open_session(
        &self,
        account: AccountRow,
        server: StoredServer,
        key: &Zeroizing<[u8; 32]>,
    ) -> Result<Arc<Session>, Problem> {
        let key = Key::from_bytes(**key);
        let path = self.0.folder.replica_path();
        // Opening forgets what the log had after a wrong frame.
        let log = match hearth_replica::is_log_whole(&path) {
            Ok(whole) => whole,
            Err(error) => {
                tracing::warn!(%error, "the replica's log could not be looked at");
                true
            }
        };
        let mut replica = match Replica::open(&path, &key).await {
            Ok(replica) => replica,
            Err(OpenError::WrongKeyOrDamaged) => self.begin_anew(&account, &key).await?,
            Err(error) => return Err(cannot_open(error)),
        };
        if !log {
            self.warn(Problem::new(
                CUT_LOG,
                "The last things written on this computer could not be read again: it lost power, or its disk made a mistake. Look whether what you had not sent yet is still there, and write again what is missing.",
            ));
        }
        match replica.remember_me(&account).await {
            // It opened, and its first page that was read is not as it was written.
            Err(hearth_replica::Error::Damaged(detail)) => {
                tracing::warn!(%detail, "the replica is damaged where it begins");
                replica.close().await;
                replica = self.begin_anew(&account, &key).await?;
            }
            remembered => remembered?,
        }
        let last = last_conversation(&replica).await;
        let me = my_account(&replica).await?.as_ref().map_or_else(|| Me::from(&account), Me::from);
        Ok(Arc::new(Session::new(me, server, replica, last)))
    }

    /// Something that the person must know and cannot change.
    pub(super) fn warn(&self, problem: Problem) {
        tracing::warn!(code = problem.code, "{problem}");
        *lock(&self.0.warning) = Some(problem.clone());
        self.tell(Update::Warning { problem });
    }
}

/// The conversation that was open last, if it is still listed. Not knowing it is no reason not to start.
async fn last_conversation(replica: &Replica) -> Option<ConversationId> {
    let found = async {
        let Some(id) = replica.get_setting(LAST_CONVERSATION).await? else { return Ok(None) };
        Ok::<_, hearth_replica::Error>(replica.conversation(id).await?.map(|_| id))
    };
    found.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the last conversation is unknown");
        None
    })
}

pub(super) fn cannot_open(error: OpenError) -> Problem {
    match error {
        OpenError::Newer { .. } => Problem::new(
            "newer_database",
            "A newer Hearth has used this profile, and this one cannot read it. Install the newer version again; nothing was changed.",
        ),
        OpenError::DiskFull => Problem::new("disk_full", "The disk of this computer is full. Make room, then start Hearth again."),
        other => Problem::internal(other),
    }
}
