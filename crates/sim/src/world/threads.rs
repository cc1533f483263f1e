//! Whoever has said something in a thread and has not left it follows it, wherever they look, as long as its root says something and they
//! were not out of its conversation.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    rows::MessageRow,
};
use hearth_replica::Replica;

impl World<'_> {
    pub(super) async fn check_threads(&self, user: UserId, fresh: &Replica, messages: &[(ConversationId, MessageRow)]) -> Result<()> {
        let lasts = |root: &MutationId| {
            let said = messages.iter().find(|(_, row)| row.id == *root && row.body.is_some());
            said.is_some_and(|(conversation, _)| !self.model.was_out(user, *conversation))
        };
        let follows = fresh.followed().await?;
        let said_in = self.model.said_in.iter().filter(|(by, _)| *by == user);
        let lacks: Vec<MutationId> = said_in
            .filter(|said| !self.model.left_threads.contains(*said))
            .map(|(_, root)| *root)
            .filter(|root| lasts(root) && !follows.contains_key(root))
            .collect();
        if lacks.is_empty() {
            return Ok(());
        }
        Err(Violation::new("threads", format!("{user} has said something in {lacks:?} and does not follow them")))
    }
}
