//! What is pinned, starred, hidden, collected, scheduled and told, and who stands to a thread.

use super::View;
use crate::{
    commit::ledger::Ledger,
    store::{
        StoreError, collected, collection, hidden, notification,
        own_mark::{self, On, OwnMark, OwnMarks},
        pin, scheduled, thread,
    },
};
use hearth_protocol::{
    Pos,
    ids::{CollectionId, ConversationId, MessageId, NotificationId, UserId},
    limits,
    rows::{CollectedRow, HiddenRow, NotificationRow, PinRow, ThreadRow},
};
use std::collections::{BTreeMap, BTreeSet};

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

    /// Everybody's marks on something.
    pub async fn marks<M: OwnMark>(&mut self, on: On) -> Result<OwnMarks<M>, StoreError> {
        let mut all = own_mark::find::<M>(self.connection, on).await?;
        self.lay_over(&mut all);
        all.retain(|_, mark| on.means(mark.mark()));
        Ok(all)
    }

    fn lay_over<M: OwnMark>(&self, all: &mut OwnMarks<M>) {
        let unwritten = self.unwritten.into_iter().flat_map(Ledger::marks::<M>);
        all.extend(unwritten.map(|(of, mark)| ((of, mark.id()), mark.clone())));
    }

    /// How many marks of a kind somebody has, or one more for each that this batch has ended and set again.
    pub async fn count_marks<M: OwnMark>(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = own_mark::count::<M>(self.connection, user).await?;
        let marks = self.unwritten.into_iter().flat_map(Ledger::marks::<M>);
        Ok(written + marks.filter(|(of, mark)| *of == user && mark.mark().ended_at.is_none()).count())
    }

    /// Who is told of a message and has not read it, with what they are told.
    pub async fn told_of(&mut self, id: NotificationId) -> Result<BTreeMap<UserId, NotificationRow>, StoreError> {
        let mut told = notification::told_of(self.connection, id).await?;
        let rows = self.unwritten.into_iter().flat_map(Ledger::notifications).filter(|(_, row)| row.id == id);
        told.extend(rows.map(|(of, row)| (of, row.clone())));
        told.retain(|_, row| row.read_at.is_none());
        Ok(told)
    }

    /// How everybody stands to a thread who has ever followed or left it, also where that is over.
    pub async fn threads(&mut self, root: MessageId) -> Result<BTreeMap<UserId, ThreadRow>, StoreError> {
        let mut all = thread::of(self.connection, root).await?;
        let rows = self.unwritten.into_iter().flat_map(Ledger::marks::<ThreadRow>).filter(|(_, row)| row.id == root);
        all.extend(rows.map(|(of, row)| (of, row.clone())));
        Ok(all)
    }

    /// The threads to which somebody stands, wherever they are.
    pub async fn threads_of(&mut self, user: UserId) -> Result<Vec<ThreadRow>, StoreError> {
        let mut all = thread::theirs(self.connection, user).await?;
        self.lay_over(&mut all);
        all.retain(|(of, _), row| *of == user && row.ended_at.is_none());
        Ok(all.into_values().collect())
    }

    /// How much somebody has hidden; where there is room for more in any case, a message that this batch has shown and hidden again may
    /// count twice.
    pub async fn count_hidden(&mut self, user: UserId) -> Result<usize, StoreError> {
        let most = self.count_marks::<HiddenRow>(user).await?;
        let batch = self.unwritten.into_iter().flat_map(Ledger::marks::<HiddenRow>).filter(|(of, _)| *of == user);
        let changed: Vec<(MessageId, bool)> = batch.map(|(_, row)| (row.id, row.ended_at.is_none())).collect();
        if changed.is_empty() || most < limits::HIDDEN_MAX {
            return Ok(most);
        }
        Ok(counted(hidden::of(self.connection, user).await?, changed))
    }

    /// What is in a collection of somebody.
    pub async fn inside(&mut self, user: UserId, collection: CollectionId) -> Result<OwnMarks<CollectedRow>, StoreError> {
        let mut all = collected::inside(self.connection, user, collection).await?;
        self.lay_over(&mut all);
        all.retain(|(of, _), row| *of == user && row.collection == collection && row.ended_at.is_none());
        Ok(all)
    }

    /// How much is in a collection of somebody; where there is room for more in any case, a message that this batch has taken out and put
    /// in again may count twice.
    pub async fn count_inside(&mut self, user: UserId, collection: CollectionId) -> Result<usize, StoreError> {
        let written = collected::count(self.connection, user, collection).await?;
        let batch = self.unwritten.into_iter().flat_map(Ledger::marks::<CollectedRow>);
        let changed: Vec<bool> =
            batch.filter(|(of, row)| *of == user && row.collection == collection).map(|(_, row)| row.ended_at.is_none()).collect();
        let most = written + changed.iter().filter(|is_in| **is_in).count();
        if changed.is_empty() || most < limits::COLLECTED_MAX {
            return Ok(most);
        }
        Ok(self.inside(user, collection).await?.len())
    }

    /// How many collections somebody has.
    pub async fn count_collections(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = collection::open(self.connection, user).await?;
        let batch = self.unwritten.into_iter().flat_map(Ledger::collections).filter(|(of, _)| *of == user);
        Ok(counted(written, batch.map(|(_, row)| (row.id, row.ended_at.is_none()))))
    }

    /// How many messages of somebody wait for their time or could not be sent.
    pub async fn count_scheduled(&mut self, user: UserId) -> Result<usize, StoreError> {
        let written = scheduled::open(self.connection, user).await?;
        let batch = self.unwritten.into_iter().flat_map(Ledger::scheduled).filter(|(of, _)| *of == user);
        Ok(counted(written, batch.map(|(_, row)| (row.id, row.state.is_open()))))
    }
}

/// How many there are once the batch is written: what it changes of one that is written already is still one.
fn counted<Id: Ord>(mut written: BTreeSet<Id>, changed: impl IntoIterator<Item = (Id, bool)>) -> usize {
    for (id, is_there) in changed {
        if is_there {
            written.insert(id);
        } else {
            written.remove(&id);
        }
    }
    written.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_batch_changes_counts_once_and_what_it_ends_does_not() {
        let [kept, ended, new] = [(); 3].map(|()| MessageId::new());
        let written = BTreeSet::from([kept, ended]);
        assert_eq!(counted(written.clone(), [(kept, true), (new, true)]), 3);
        assert_eq!(counted(written, [(kept, true), (ended, false), (new, false)]), 1);
    }
}
