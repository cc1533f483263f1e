//! What people have starred and hidden is what the server tells them, as far as its messages are there. What is hidden shows no star.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    limits,
    rows::MessageRow,
};
use hearth_replica::Replica;
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) async fn check_stars(&self, user: UserId, fresh: &Replica, messages: &[(ConversationId, MessageRow)]) -> Result<()> {
        let there: BTreeSet<MutationId> = messages.iter().filter(|(_, row)| row.body.is_some()).map(|(_, row)| row.id).collect();
        let of_mine = |all: &BTreeSet<(UserId, MutationId)>| -> BTreeSet<MutationId> {
            all.iter().filter(|(of, message)| *of == user && there.contains(message)).map(|(_, message)| *message).collect()
        };
        let hidden = of_mine(&self.model.hidden);
        let put_away: BTreeSet<MutationId> = fresh.put_away().await?.into_iter().filter(|message| there.contains(message)).collect();
        if hidden != put_away {
            return Err(Violation::new("hidden", format!("{user} has hidden {hidden:?}, a fresh replica hides {put_away:?}")));
        }
        let mine: BTreeSet<MutationId> = of_mine(&self.model.stars).difference(&hidden).copied().collect();
        let starred = fresh.starred(u32::try_from(limits::STARS_MAX).unwrap_or(u32::MAX)).await?;
        let told: BTreeSet<MutationId> = starred.iter().filter(|star| star.said.is_some()).map(|star| star.message).collect();
        if mine == told {
            return Ok(());
        }
        Err(Violation::new("stars", format!("{user} has starred {mine:?}, a fresh replica shows {told:?}")))
    }
}
