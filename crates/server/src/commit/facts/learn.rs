//! What the facts learn of a change, which is not written yet.

use super::{ConversationFacts, Outdated, Scope, View};
use crate::{
    names,
    sight::{Home, VIS_VER_FIRST},
    store::{StoreError, account::AccountRecord, membership::Membership, role::Standing},
};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    role::Role,
    rows::{AccountRow, ConversationRow, DeliveredRow, MemberRow, MembershipRow, Person, ReadMarkerRow, RetentionRow},
};

impl View<'_> {
    pub async fn learn_conversation(&mut self, row: &ConversationRow) -> Result<(), StoreError> {
        let (known, home) = (self.facts.conversations.get(&row.id).and_then(|facts| facts.home), Home::of(row));
        let new = || ConversationFacts::new(row.kind, row.shared_history, home);
        let facts = self.facts.conversations.entry(row.id).or_insert_with(new);
        (facts.shared_history, facts.home, facts.audience) = (row.shared_history, home, None);
        match home {
            Some(home) => self.learn_home(row.id, known, home).await,
            None => Ok(()),
        }
    }

    pub async fn learn_retention(&mut self, conversation: ConversationId, row: &RetentionRow) -> Result<(), StoreError> {
        self.existing(conversation).await?.retained = row.pos;
        Ok(())
    }

    pub async fn learn_member(&mut self, conversation: ConversationId, row: &MemberRow) -> Result<(), StoreError> {
        let member = self.existing(conversation).await?.entry(row.person.user);
        (member.role, member.joined_at, member.left) = (row.role, row.joined_at, row.left_at.is_some());
        Ok(())
    }

    pub async fn learn_membership(&mut self, user: UserId, membership: &Membership) -> Result<(), StoreError> {
        let MembershipRow { conversation, vis_ver, .. } = membership.row;
        let facts = self.existing(conversation).await?;
        let home = facts.home;
        let member = facts.entry(user);
        (member.vis_ver, member.windows) = (vis_ver, membership.windows.clone());
        if vis_ver > VIS_VER_FIRST {
            let in_group = match home {
                Some(home) => self.group(home.group).await?.and_then(|group| group.standing(user)).map_or(0, |member| member.vis_ver),
                None => 0,
            };
            self.facts.outdated.push(Outdated { user, scope: Scope::Conversation(conversation), vis_ver: vis_ver + in_group });
        }
        Ok(())
    }

    pub fn learn_account(&mut self, record: &AccountRecord) {
        let row = record.row();
        self.facts.sharing.insert(row.user, row.read_receipts);
        // Whoever goes, or is something else from here on, may have been the last admin.
        self.facts.admin_exists &= row.role == Role::Admin;
        let standing = Standing { role: row.role, permissions: row.permissions, deactivated: row.deactivated.is_some() };
        let AccountRow { user, username, first_name, last_name, .. } = row;
        let new = matches!(record, AccountRecord::New(_));
        // What a role allows that was made is not in a new account's record: it is looked up when somebody asks.
        if !new || row.role.built_in().is_some() {
            self.facts.people.insert(user, (Person { user, username, first_name, last_name }, standing));
        }
        let AccountRecord::New(account) = record else { return };
        self.facts.names.insert(names::look(&account.username_key));
        self.facts.names.insert(account.username_key.clone());
        self.facts.externals.extend(account.external.iter().map(|external| (external.issuer.clone(), external.subject.clone())));
        self.facts.admin_exists |= account.role == Role::Admin;
    }

    pub fn learn_marker(&mut self, user: UserId, row: &ReadMarkerRow) {
        self.facts.markers.entry((user, row.conversation)).or_default().move_to(row.pos);
    }

    pub fn learn_delivered(&mut self, conversation: ConversationId, row: &DeliveredRow) {
        self.facts.delivered.insert((row.user, conversation), row.pos);
    }
}
