//! What is pinned, starred, hidden, collected and scheduled.

use super::View;
use crate::{
    commit::ledger::Ledger,
    store::{
        StoreError,
        collected::{self, Collected},
        collection,
        hidden::{self, Hidden},
        pin, scheduled,
        star::{self, On, Stars},
    },
};
use hearth_protocol::{
    Pos,
    ids::{CollectionId, ConversationId, MessageId, UserId},
    rows::PinRow,
};
use std::collections::BTreeMap;

impl View<'_> {
    /// The messages that are pinned in a conversation, with their places. Every deletion asks for it, so it is kept apart from the rest.
    pub async fn pins(&mut self, conversation: ConversationId) -> Result<&mut BTreeMap<MessageId, Pos>, StoreError> {
        if !self.facts.pins.contains_key(&conversation) {
            let pins = pin::of(self.connection, conversation).await?;
            self.facts.pins.insert(conversation, pins);
        }
        self.facts.pins.get_mut(&conversation).ok_or(StoreError::Unreadable("pins of a conversation"))
    }

    pub async fn learn_pin(&mut self, conversation: ConversationId, row: &PinRow) -> Result<(), StoreError> {
        let pins = self.pins(conversation).await?;
        match row.ended_at {
            None => pins.insert(row.id, row.pos),
            Some(_) => pins.remove(&row.id),
        };
        Ok(())
    }

    /// Everybody's stars on something.
    pub async fn stars(&mut self, on: On) -> Result<Stars, StoreError> {
        let mut stars = star::find(self.connection, on).await?;
        stars.extend(self.unwritten.into_iter().flat_map(Ledger::stars).map(|(of, star)| ((of, star.id), star.clone())));
        on.sift(&mut stars);
        Ok(stars)
    }

    /// How many stars somebody has, or one more for each that this batch has taken off and put on again.
    pub async fn count_stars(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = star::count(self.connection, user).await?;
        let stars = self.unwritten.into_iter().flat_map(Ledger::stars);
        Ok(written + stars.filter(|(of, star)| *of == user && star.ended_at.is_none()).count())
    }

    /// What everybody has hidden of something.
    pub async fn hidden(&mut self, on: On) -> Result<Hidden, StoreError> {
        let mut all = hidden::find(self.connection, on).await?;
        all.extend(self.unwritten.into_iter().flat_map(Ledger::hidden).map(|(of, row)| ((of, row.id), row.clone())));
        all.retain(|_, row| on.means(row.conversation, row.id, row.pos) && row.ended_at.is_none());
        Ok(all)
    }

    /// How much somebody has hidden, or one more for each message that this batch has shown and hidden again.
    pub async fn count_hidden(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = hidden::count(self.connection, user).await?;
        let hidden = self.unwritten.into_iter().flat_map(Ledger::hidden);
        Ok(written + hidden.filter(|(of, row)| *of == user && row.ended_at.is_none()).count())
    }

    /// Where some messages are in anybody's collections.
    pub async fn collected(&mut self, on: On) -> Result<Collected, StoreError> {
        let mut all = collected::find(self.connection, on).await?;
        self.lay_collected_over(&mut all);
        all.retain(|_, row| on.means(row.conversation, row.item, row.pos) && row.ended_at.is_none());
        Ok(all)
    }

    /// What is in a collection of somebody.
    pub async fn inside(&mut self, user: UserId, collection: CollectionId) -> Result<Collected, StoreError> {
        let mut all = collected::inside(self.connection, user, collection).await?;
        self.lay_collected_over(&mut all);
        all.retain(|(of, within, _), row| *of == user && *within == collection && row.ended_at.is_none());
        Ok(all)
    }

    fn lay_collected_over(&self, all: &mut Collected) {
        let unwritten = self.unwritten.into_iter().flat_map(Ledger::collected);
        all.extend(unwritten.map(|(of, row)| ((of, row.collection, row.item), row.clone())));
    }

    /// How many collections somebody has, or one more for each that this batch has renamed.
    pub async fn count_collections(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = collection::count(self.connection, user).await?;
        let made = self.unwritten.into_iter().flat_map(Ledger::collections);
        Ok(written + made.filter(|(of, row)| *of == user && row.ended_at.is_none()).count())
    }

    /// How many messages of somebody wait for their time or could not be sent, or one more for each that this batch has changed.
    pub async fn count_scheduled(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = scheduled::count(self.connection, user).await?;
        let changed = self.unwritten.into_iter().flat_map(Ledger::scheduled);
        Ok(written + changed.filter(|(of, row)| *of == user && row.state.is_open()).count())
    }
}
