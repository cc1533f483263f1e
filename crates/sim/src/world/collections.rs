//! What people have collected is what the server tells them, as far as its messages are there and not hidden.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{CollectionId, ConversationId, MutationId, UserId},
    rows::MessageRow,
};
use hearth_replica::Replica;
use std::collections::{BTreeMap, BTreeSet};

impl World<'_> {
    pub(super) async fn check_collections(&self, user: UserId, fresh: &Replica, messages: &[(ConversationId, MessageRow)]) -> Result<()> {
        let made = self.model.collections.iter().filter(|((of, _), _)| *of == user);
        let mine: BTreeMap<CollectionId, String> = made.filter_map(|((_, id), name)| Some((*id, name.clone()?))).collect();
        let told: BTreeMap<CollectionId, String> = fresh.collections().await?.into_iter().map(|one| (one.id, one.name)).collect();
        if mine != told {
            return Err(Violation::new("collections", format!("{user} has {mine:?}, a fresh replica shows {told:?}")));
        }
        let there: BTreeSet<MutationId> = messages.iter().filter(|(_, row)| row.body.is_some()).map(|(_, row)| row.id).collect();
        let shown = |message: &MutationId| there.contains(message) && !self.model.hidden.contains(&(user, *message));
        for collection in mine.keys() {
            let inside = self.model.collected.iter().filter(|(of, within, _)| *of == user && within == collection);
            let inside: BTreeSet<MutationId> = inside.map(|(_, _, message)| *message).filter(shown).collect();
            let found = fresh.collected(*collection).await?;
            let found: BTreeSet<MutationId> = found.iter().filter(|one| one.said.is_some()).map(|one| one.message).collect();
            if inside != found {
                return Err(Violation::new("collected", format!("{user} has {inside:?} in {collection}, a fresh replica shows {found:?}")));
            }
        }
        Ok(())
    }
}
