//! Whoever has said something in a thread and has not left it follows it, wherever they look.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::ids::{MutationId, UserId};
use hearth_replica::Replica;

impl World<'_> {
    pub(super) async fn check_threads(&self, user: UserId, fresh: &Replica) -> Result<()> {
        let follows = fresh.followed().await?;
        let said_in = self.model.said_in.iter().filter(|(by, _)| *by == user);
        let lacks: Vec<MutationId> = said_in
            .filter(|said| !self.model.left_threads.contains(*said))
            .map(|(_, root)| *root)
            .filter(|root| !follows.contains_key(root))
            .collect();
        if lacks.is_empty() {
            return Ok(());
        }
        Err(Violation::new("threads", format!("{user} has said something in {lacks:?} and does not follow them")))
    }
}
