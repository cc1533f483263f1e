//! People, and where they are.

use super::View;
use crate::store::{StoreError, account, group_member, member};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    rows::Person,
};
use std::collections::BTreeSet;

impl View<'_> {
    /// Somebody who has an account.
    pub async fn person(&mut self, user: UserId) -> Result<Option<Person>, StoreError> {
        Ok(self.known_person(user).await?.filter(|person| !person.is_deleted()).cloned())
    }

    /// Whether somebody had an account.
    pub async fn is_deleted(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.known_person(user).await?.is_some_and(Person::is_deleted))
    }

    async fn known_person(&mut self, user: UserId) -> Result<Option<&Person>, StoreError> {
        if !self.facts.people.contains_key(&user) {
            let Some(person) = account::person(self.connection, user).await? else { return Ok(None) };
            self.facts.people.insert(user, person);
        }
        Ok(self.facts.people.get(&user))
    }

    /// Every conversation and group that somebody is or was in, in the order of their ids.
    pub async fn places_of(&mut self, user: UserId) -> Result<(Vec<ConversationId>, Vec<GroupId>), StoreError> {
        let mut conversations: BTreeSet<_> = member::conversations_of(self.connection, user).await?.into_iter().collect();
        let mut groups: BTreeSet<_> = group_member::groups_of(self.connection, user).await?.into_iter().collect();
        // What the batch has changed and not yet written is among what is known by heart.
        let unwritten = self.facts.conversations.iter().filter(|(_, facts)| facts.standing(user).is_some());
        conversations.extend(unwritten.map(|(id, _)| *id));
        groups.extend(self.facts.groups.iter().filter(|(_, facts)| facts.standing(user).is_some()).map(|(id, _)| *id));
        Ok((conversations.into_iter().collect(), groups.into_iter().collect()))
    }

    /// Whether nobody else is an admin of the server, and somebody else is there to need one.
    pub async fn is_only_admin(&mut self, user: UserId) -> Result<bool, StoreError> {
        account::is_only_admin(self.connection, user).await
    }
}
