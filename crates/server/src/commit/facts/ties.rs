//! Whom somebody knows, asks and wants nothing to do with.

use super::View;
use crate::{
    commit::ledger::Ledger,
    store::{
        StoreError, block, contact,
        invitation::{self, Pending},
        tie,
    },
};
use hearth_protocol::{
    ids::{ConversationId, InvitationId, UserId},
    row::RowKey,
    rows::{BlockRow, ContactRow, ConversationKind, InvitationKind, InvitationRow, InvitationStatus},
};
use std::collections::BTreeSet;

impl View<'_> {
    /// Somebody's contacts.
    pub async fn contacts(&mut self, user: UserId) -> Result<&mut BTreeSet<UserId>, StoreError> {
        if !self.facts.contacts.contains_key(&user) {
            let people = contact::people(self.connection, user).await?;
            self.facts.contacts.insert(user, people);
        }
        self.facts.contacts.get_mut(&user).ok_or(StoreError::Unreadable("contacts of somebody"))
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

    /// What somebody asks of this kind and nobody has answered.
    pub async fn asked(&mut self, user: UserId, kind: InvitationKind) -> Result<BTreeSet<InvitationId>, StoreError> {
        let mut asked = invitation::asked(self.connection, user, kind).await?;
        let unwritten = self.unwritten.into_iter().flat_map(Ledger::invitations);
        for (_, row) in unwritten.filter(|(of, row)| *of == user && row.sender.user == user && row.kind == kind) {
            match row.status {
                InvitationStatus::Pending => asked.insert(row.id),
                _ => asked.remove(&row.id),
            };
        }
        Ok(asked)
    }

    /// Invitations into groups without an answer, each copy at its newest.
    pub async fn pending_invitations(&mut self, which: Pending) -> Result<Vec<(UserId, InvitationRow)>, StoreError> {
        let mut copies = invitation::pending(self.connection, which).await?;
        for (of, row) in self.unwritten.into_iter().flat_map(Ledger::invitations) {
            copies.insert((of, row.id), row.clone());
        }
        which.sift(&mut copies);
        Ok(copies.into_iter().map(|((of, _), row)| (of, row)).collect())
    }

    /// The rows of user streams that are about somebody: what others have of them, and their own copies of invitations.
    pub async fn ties_of(&mut self, user: UserId) -> Result<BTreeSet<(UserId, RowKey)>, StoreError> {
        let mut ties: BTreeSet<_> = tie::of(self.connection, user).await?.into_iter().collect();
        ties.extend(self.unwritten.into_iter().flat_map(|ledger| ledger.ties_of(user)));
        Ok(ties)
    }

    pub async fn learn_contact(&mut self, user: UserId, row: &ContactRow) -> Result<(), StoreError> {
        let contacts = self.contacts(user).await?;
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
}
