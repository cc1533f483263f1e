//! People, and where they are.

use super::View;
use crate::store::{
    StoreError, account, group_member, member,
    role::{self, Standing},
    server_invite,
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, ServerInviteId, UserId},
    role::{Permissions, Role},
    rows::Person,
};
use std::collections::BTreeSet;

impl View<'_> {
    /// Somebody who has an account.
    pub async fn person(&mut self, user: UserId) -> Result<Option<Person>, StoreError> {
        Ok(self.known_person(user).await?.map(|(person, _)| person).filter(|person| !person.is_deleted()).cloned())
    }

    /// Whether somebody had an account.
    pub async fn is_deleted(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.known_person(user).await?.is_some_and(|(person, _)| person.is_deleted()))
    }

    /// How somebody stands to the server; nobody may do anything.
    pub async fn server_standing(&mut self, user: UserId) -> Result<Standing, StoreError> {
        let nobody = Standing { role: Role::Guest, permissions: Permissions::NONE, deactivated: false };
        Ok(self.known_person(user).await?.map_or(nobody, |(_, standing)| *standing))
    }

    /// What a role is called and allows; `None` for one that is gone.
    pub async fn role(&mut self, role: Role) -> Result<Option<(String, Permissions)>, StoreError> {
        role::described(self.connection, role).await
    }

    /// Who has a role or waits for it, as far as it is written.
    pub async fn holders(&mut self, role: Role) -> Result<Vec<UserId>, StoreError> {
        role::holders(self.connection, role).await
    }

    /// Counts somebody who signs up by an invitation, in the batch's transaction; see [`server_invite::take_use`].
    pub async fn use_server_invite(&mut self, id: ServerInviteId, now: Millis) -> Result<bool, StoreError> {
        server_invite::take_use(self.connection, id, now).await
    }

    async fn known_person(&mut self, user: UserId) -> Result<Option<&(Person, Standing)>, StoreError> {
        if !self.facts.people.contains_key(&user) {
            let Some(known) = account::known(self.connection, user).await? else { return Ok(None) };
            self.facts.people.insert(user, known);
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

    /// Whether nobody else is an admin of the server who can sign in, and somebody else is there to need one.
    pub async fn is_only_admin(&mut self, user: UserId) -> Result<bool, StoreError> {
        let (others, admins) = self.others(user).await?;
        Ok(others && admins.is_empty())
    }

    /// Whether somebody else has an account, and who of them are admins who can sign in.
    pub async fn others(&mut self, user: UserId) -> Result<(bool, BTreeSet<UserId>), StoreError> {
        let (mut others, mut admins) = account::others(self.connection, user).await?;
        for (of, row) in self.unwritten.into_iter().flat_map(|ledger| ledger.accounts()).filter(|(of, _)| *of != user) {
            others = true;
            if row.role == Role::Admin && row.deactivated.is_none() {
                admins.insert(of);
            } else {
                admins.remove(&of);
            }
        }
        Ok((others, admins))
    }
}
