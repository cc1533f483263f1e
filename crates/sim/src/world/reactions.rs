//! What stands on messages: what was put there and never taken back is, what nobody put there is not, and nothing stands on what is deleted.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    rows::{MessageRow, ReactionRow},
};
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) fn check_reactions(&self, person: usize, messages: &[(ConversationId, MessageRow)], rows: &[ReactionRow]) -> Result<()> {
        let user = self.people[person].user;
        let wrong = |what: String| Err(Violation::new("reactions", format!("{user} sees {what}")));
        let readable: BTreeSet<MutationId> = messages.iter().filter(|(_, row)| row.body.is_some()).map(|(_, row)| row.id).collect();
        let there: BTreeSet<(MutationId, UserId, String)> = rows.iter().map(|row| (row.message, row.user, row.emoji.clone())).collect();
        for row in rows {
            let at = messages.iter().find(|(_, message)| message.id == row.message).map(|(_, message)| message.pos);
            if !readable.contains(&row.message) || at != Some(row.pos) {
                return wrong(format!("{row:?}, and its message is not there"));
            }
            let key = (row.message, row.user, row.emoji.clone());
            if !self.model.reactions.get(&key).is_some_and(|told| told.put) {
                return wrong(format!("{row:?}, and nobody was told so"));
            }
        }
        let stands = |told: &crate::model::Reaction| told.put && !told.taken_back;
        let kept = self
            .model
            .reactions
            .iter()
            .filter(|((message, by, _), told)| stands(told) && readable.contains(message) && !self.model.is_deleted(*by));
        for (key, _) in kept {
            if !there.contains(key) {
                return wrong(format!("nothing of {key:?}, which was put there and never taken back"));
            }
        }
        Ok(())
    }
}
