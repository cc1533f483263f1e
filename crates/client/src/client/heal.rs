//! A replica whose bytes are not what was written: put aside whole, filled again, and what only it had carried over.

use super::{Client, Stage, lock, start::cannot_open};
use crate::{
    engine::wall_ms,
    problem::DAMAGED,
    session::{LOOKED_OVER, Session},
    view::Problem,
};
use hearth_protocol::{Millis, rows::AccountRow};
use hearth_replica::{Key, Replica, Rescued};
use std::{path::Path, sync::Arc};

/// A file that lies still decays too.
const LOOK_OVER_EVERY_MS: Millis = 7 * 24 * 3_600 * 1_000;

impl Client {
    /// Runs beside a session until it closes: looks the whole file over when that is due, and heals it as soon as damage shows.
    pub(super) async fn guard(self, session: Arc<Session>) {
        let damaged = tokio::select! {
            () = session.closed() => false,
            () = session.damaged() => true,
            damaged = self.look_over(&session) => damaged,
        };
        if damaged && let Err(problem) = self.heal(&session).await {
            self.set_stage(Stage::Blocked(problem));
        }
    }

    /// True when the file is damaged; never returns otherwise. Pages that are read are checked anyway, each time: this is for the others.
    async fn look_over(&self, session: &Session) -> bool {
        match self.is_whole_if_due(session).await {
            Ok(true) => std::future::pending().await,
            Ok(false) => true,
            Err(problem) => {
                tracing::warn!(%problem, "the replica could not be looked over");
                std::future::pending().await
            }
        }
    }

    async fn is_whole_if_due(&self, session: &Session) -> Result<bool, Problem> {
        let last: Option<Option<Millis>> = session.checked(session.replica.get_setting(LOOKED_OVER).await)?;
        session.checked(session.replica.set_setting(LOOKED_OVER, &None::<Millis>).await)?;
        let now = wall_ms();
        if let Some(last) = last.flatten().filter(|last| (0..LOOK_OVER_EVERY_MS).contains(&(now - last))) {
            session.set_looked_over(last);
            return Ok(true);
        }
        let secrets = self.0.secrets.read().await.map_err(super::account::problem_of)?;
        let Some(key) = secrets.replica_key else { return Ok(true) };
        let path = self.0.folder.replica_path();
        match hearth_replica::is_whole(&path, &Key::from_bytes(*key)).await {
            Ok(true) => {
                session.set_looked_over(now);
                Ok(true)
            }
            Ok(false) => Ok(false),
            Err(error) => Err(Problem::internal(error)),
        }
    }

    async fn heal(&self, session: &Arc<Session>) -> Result<(), Problem> {
        let _one = self.0.transition.lock().await;
        let shown = matches!(&*lock(&self.0.stage), Stage::Ready(shown) if Arc::ptr_eq(shown, session));
        if !shown {
            return Ok(());
        }
        self.set_stage(Stage::Starting);
        session.close().await;
        let secrets = self.0.secrets.read().await.map_err(super::account::problem_of)?;
        if let (Some(account), Some(key)) = (self.0.folder.account().map_err(Problem::internal)?, secrets.replica_key) {
            self.begin_anew(&account, &Key::from_bytes(*key)).await?.close().await;
        }
        self.enter().await;
        Ok(())
    }

    /// Puts the replica aside and opens a new one, with whatever the old one still gives back.
    pub(super) async fn begin_anew(&self, account: &AccountRow, key: &Key) -> Result<Replica, Problem> {
        let aside = self.0.folder.quarantine_replica(wall_ms()).map_err(Problem::internal)?;
        let rescued = hearth_replica::rescue(&aside.join("replica.db"), key).await;
        let replica = Replica::open(&self.0.folder.replica_path(), key).await.map_err(cannot_open)?;
        replica.remember_me(account).await?;
        replica.restore(&rescued).await?;
        self.warn(Problem::new(DAMAGED, words(&aside, &rescued)));
        Ok(replica)
    }
}

/// What happened, what was saved, and what to do.
fn words(aside: &Path, rescued: &Rescued) -> String {
    let aside = aside.display();
    let happened = format!(
        "The messages kept on this computer were damaged. They were put aside in {aside}, untouched, and are being fetched again from the server."
    );
    match (rescued.whole, rescued.unsent(), rescued.drafts()) {
        (true, 0, 0) => happened,
        (true, ..) => format!("{happened} Everything that you had not sent yet is still here."),
        (false, 0, 0) => {
            format!(
                "{happened} What you had not sent yet could not be read from them: look through your conversations, and write again what is missing."
            )
        }
        (false, ..) => {
            format!(
                "{happened} Of what you had not sent yet only a part could be read: look into the outbox, and write again what is missing."
            )
        }
    }
}
