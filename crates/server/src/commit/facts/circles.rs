//! Whom somebody knows, asks and wants nothing to do with.

use super::View;
use crate::store::{StoreError, block, contact, invitation, tie};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    row::RowKey,
    rows::{BlockRow, ContactRow, ConversationKind, InvitationKind, InvitationRow, InvitationStatus},
};
use std::collections::BTreeSet;

/// The people around somebody, by what they are to them.
pub(crate) struct Circle {
    pub contacts: BTreeSet<UserId>,
    /// Who was asked to become a contact, and has not answered.
    pub asked: BTreeSet<UserId>,
}

impl Circle {
    pub(super) fn len(&self) -> usize {
        1 + self.contacts.len() + self.asked.len()
    }
}

impl View<'_> {
    pub async fn circle(&mut self, user: UserId) -> Result<&mut Circle, StoreError> {
        if !self.facts.circles.contains_key(&user) {
            let contacts = contact::people(self.connection, user).await?;
            let asked = invitation::asked(self.connection, user).await?;
            self.facts.circles.insert(user, Circle { contacts, asked });
        }
        self.facts.circles.get_mut(&user).ok_or(StoreError::Unreadable("circle of somebody"))
    }

    /// Whom somebody has blocked. Every direct message asks for it, so it is kept apart from the rest.
    pub async fn blocked(&mut self, user: UserId) -> Result<&mut BTreeSet<UserId>, StoreError> {
        if !self.facts.blocked.contains_key(&user) {
            let people = block::people(self.connection, user).await?;
            self.facts.blocked.insert(user, people);
        }
        self.facts.blocked.get_mut(&user).ok_or(StoreError::Unreadable("blocks of somebody"))
    }

    /// Whether one of the two has blocked the other.
    pub async fn is_barred(&mut self, one: UserId, other: UserId) -> Result<bool, StoreError> {
        Ok(self.blocked(one).await?.contains(&other) || self.blocked(other).await?.contains(&one))
    }

    /// Whether a conversation is a direct one with somebody, and one of the two has blocked the other.
    pub async fn is_barred_in(&mut self, id: ConversationId, user: UserId) -> Result<bool, StoreError> {
        let facts = self.conversation(id).await?.filter(|facts| facts.kind == ConversationKind::Direct);
        let other = facts.and_then(|facts| facts.present().map(|(other, _)| other).find(|other| *other != user));
        match other {
            Some(other) => self.is_barred(user, other).await,
            None => Ok(false),
        }
    }

    /// What others have of somebody in their streams.
    pub async fn ties_of(&mut self, user: UserId) -> Result<Vec<(UserId, RowKey)>, StoreError> {
        tie::of_others(self.connection, user).await
    }

    pub async fn learn_contact(&mut self, user: UserId, row: &ContactRow) -> Result<(), StoreError> {
        let contacts = &mut self.circle(user).await?.contacts;
        match row.ended_at {
            None => contacts.insert(row.person.user),
            Some(_) => contacts.remove(&row.person.user),
        };
        Ok(())
    }

    pub async fn learn_block(&mut self, user: UserId, row: &BlockRow) -> Result<(), StoreError> {
        let blocked = self.blocked(user).await?;
        match row.ended_at {
            None => blocked.insert(row.person.user),
            Some(_) => blocked.remove(&row.person.user),
        };
        Ok(())
    }

    pub async fn learn_invitation(&mut self, user: UserId, row: &InvitationRow) -> Result<(), StoreError> {
        if row.kind != InvitationKind::Friend || row.sender.user != user {
            return Ok(());
        }
        let asked = &mut self.circle(user).await?.asked;
        match row.status {
            InvitationStatus::Pending => asked.insert(row.receiver.user),
            _ => asked.remove(&row.receiver.user),
        };
        Ok(())
    }
}
