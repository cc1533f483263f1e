//! What is pinned, starred, hidden, scheduled and told.

use super::View;
use crate::{
    commit::ledger::Ledger,
    store::{
        StoreError,
        hidden::{self, Hidden},
        notification, pin, scheduled,
        star::{self, On, Stars},
    },
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, NotificationId, UserId},
    rows::{NotificationRow, PinRow},
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

    /// Who is told of a message and has not read it, with what they are told.
    pub async fn told_of(&mut self, id: NotificationId) -> Result<BTreeMap<UserId, NotificationRow>, StoreError> {
        let mut told = notification::told_of(self.connection, id).await?;
        let rows = self.unwritten.into_iter().flat_map(Ledger::notifications).filter(|(_, row)| row.id == id);
        told.extend(rows.map(|(of, row)| (of, row.clone())));
        told.retain(|_, row| row.read_at.is_none());
        Ok(told)
    }

    /// How much somebody has hidden, or one more for each message that this batch has shown and hidden again.
    pub async fn count_hidden(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = hidden::count(self.connection, user).await?;
        let hidden = self.unwritten.into_iter().flat_map(Ledger::hidden);
        Ok(written + hidden.filter(|(of, row)| *of == user && row.ended_at.is_none()).count())
    }

    /// How many messages of somebody wait for their time or could not be sent, or one more for each that this batch has changed.
    pub async fn count_scheduled(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = scheduled::count(self.connection, user).await?;
        let changed = self.unwritten.into_iter().flat_map(Ledger::scheduled);
        Ok(written + changed.filter(|(of, row)| *of == user && row.state.is_open()).count())
    }
}
