//! Groups, and what of channels follows from them.

use super::{Audience, Member, Outdated, Scope, View, Viewer};
use crate::{
    sight::{Home, VIS_VER_FIRST, Windows},
    store::{StoreError, group, group_member},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, UserId},
    rows::{GroupMemberRow, GroupMembershipRow, MemberRole},
};
use std::{collections::BTreeMap, sync::Arc};

/// Somebody who is or was in a group.
#[derive(Clone, Debug)]
pub(crate) struct GroupMember {
    pub role: MemberRole,
    pub joined_at: Millis,
    /// They are not in it any more.
    pub left: bool,
    pub vis_ver: u64,
}

/// A group as actions need it.
#[derive(Default)]
pub(crate) struct GroupFacts {
    /// Its channels, private ones included.
    pub channels: usize,
    pub(super) everybody: BTreeMap<UserId, GroupMember>,
    audience: Option<Audience>,
    /// Counts changes of who is in it: what was derived from an earlier state is derived again.
    pub(super) changes: u64,
}

impl GroupFacts {
    /// Somebody who is in the group now.
    pub fn member(&self, user: UserId) -> Option<&GroupMember> {
        self.everybody.get(&user).filter(|member| !member.left)
    }

    /// Somebody who is or was in it.
    pub fn standing(&self, user: UserId) -> Option<&GroupMember> {
        self.everybody.get(&user)
    }

    /// Everybody who is in it now.
    pub fn present(&self) -> impl Iterator<Item = (UserId, &GroupMember)> {
        self.everybody.iter().filter(|(_, member)| !member.left).map(|(user, member)| (*user, member))
    }

    fn entry(&mut self, user: UserId) -> &mut GroupMember {
        self.audience = None;
        self.changes += 1;
        let new = || GroupMember { role: MemberRole::Member, joined_at: 0, left: false, vis_ver: VIS_VER_FIRST };
        self.everybody.entry(user).or_insert_with(new)
    }

    /// Who sees the group's stream and its public channels: for all of them the same list.
    pub(super) fn audience(&mut self, id: GroupId) -> Audience {
        if let Some(audience) = &self.audience {
            return audience.clone();
        }
        let viewer = |(user, member): (UserId, &GroupMember)| Viewer {
            user,
            vis_ver: member.vis_ver,
            group_ver: member.vis_ver,
            windows: Windows::all(),
        };
        let audience = Audience { group: Some(id), viewers: self.present().map(viewer).collect::<Arc<[_]>>() };
        self.audience.insert(audience).clone()
    }
}

impl View<'_> {
    /// The group, whoever asks; `None` if there is none.
    pub async fn group(&mut self, id: GroupId) -> Result<Option<&mut GroupFacts>, StoreError> {
        if !self.facts.groups.contains_key(&id) {
            let Some(channels) = group::channels(self.connection, id).await? else { return Ok(None) };
            let mut facts = GroupFacts { channels, ..GroupFacts::default() };
            for found in group_member::everybody(self.connection, id).await? {
                let group_member::Belonging { user, role, joined_at, left, vis_ver } = found;
                facts.everybody.insert(user, GroupMember { role, joined_at, left, vis_ver });
            }
            self.facts.groups.insert(id, facts);
        }
        Ok(self.facts.groups.get_mut(&id))
    }

    /// The group, if the person is in it; `None` both if they are not and if there is none.
    pub async fn group_of(&mut self, id: GroupId, user: UserId) -> Result<Option<&mut GroupFacts>, StoreError> {
        Ok(self.group(id).await?.filter(|facts| facts.member(user).is_some()))
    }

    /// Somebody who is in a group now.
    pub async fn group_member(&mut self, id: GroupId, user: UserId) -> Result<Option<GroupMember>, StoreError> {
        Ok(self.group(id).await?.and_then(|facts| facts.member(user)).cloned())
    }

    /// Somebody's place in a conversation that they are in now: their own, or of a channel what follows from being in its group.
    pub async fn seat(&mut self, id: ConversationId, user: UserId) -> Result<Option<Member>, StoreError> {
        let Some(facts) = self.conversation(id).await? else { return Ok(None) };
        let (home, own) = (facts.home, facts.member(user).cloned());
        let Some(Home { group, private }) = home else { return Ok(own) };
        let Some(GroupMember { role, joined_at, vis_ver, .. }) = self.group_member(group, user).await? else { return Ok(None) };
        if !private {
            return Ok(Some(Member { role, joined_at, left: false, vis_ver, windows: Windows::all() }));
        }
        // Who manages the group manages those of its private channels that they are in.
        Ok(own.map(|own| Member { role: own.role.min(role), vis_ver: own.vis_ver + vis_ver, ..own }))
    }

    /// Who is or was in a conversation, or of a public channel in its group: whether they are there now, `seat` says.
    pub async fn everybody(&mut self, id: ConversationId) -> Result<Vec<UserId>, StoreError> {
        let Some(facts) = self.conversation(id).await? else { return Ok(vec![]) };
        match facts.home {
            Some(Home { group, private: false }) => {
                Ok(self.group(group).await?.map(|facts| facts.everybody.keys().copied().collect()).unwrap_or_default())
            }
            _ => Ok(facts.everybody.keys().copied().collect()),
        }
    }

    pub fn learn_group(&mut self, id: GroupId) {
        self.facts.groups.entry(id).or_default();
    }

    pub async fn learn_group_member(&mut self, group: GroupId, row: &GroupMemberRow) -> Result<(), StoreError> {
        let member = self.existing_group(group).await?.entry(row.person.user);
        (member.role, member.joined_at, member.left) = (row.role, row.joined_at, row.left_at.is_some());
        Ok(())
    }

    pub async fn learn_group_membership(&mut self, user: UserId, row: &GroupMembershipRow) -> Result<(), StoreError> {
        self.existing_group(row.group).await?.entry(user).vis_ver = row.vis_ver;
        if row.vis_ver > VIS_VER_FIRST {
            self.facts.outdated.push(Outdated { user, scope: Scope::Group(row.group), vis_ver: row.vis_ver });
        }
        Ok(())
    }

    /// A channel was made, or is not public any more: then what waits for anybody under the old version may not be told.
    pub(super) async fn learn_home(&mut self, id: ConversationId, before: Option<Home>, now: Home) -> Result<(), StoreError> {
        let facts = self.existing_group(now.group).await?;
        match before {
            None => facts.channels += 1,
            Some(before) if !before.private && now.private => {
                let scope = Scope::Conversation(id);
                let outdated = facts.present().map(|(user, member)| Outdated { user, scope, vis_ver: member.vis_ver + 1 });
                let outdated: Vec<Outdated> = outdated.collect();
                self.facts.outdated.extend(outdated);
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// A channel was deleted, which happens once.
    pub async fn learn_channel_gone(&mut self, group: GroupId) -> Result<(), StoreError> {
        let facts = self.existing_group(group).await?;
        facts.channels = facts.channels.saturating_sub(1);
        Ok(())
    }

    /// Who may see a channel.
    pub(super) async fn channel_audience(&mut self, id: ConversationId, home: Home) -> Result<Audience, StoreError> {
        self.existing_group(home.group).await?;
        let (conversations, groups) = (&mut self.facts.conversations, &mut self.facts.groups);
        let (Some(channel), Some(group)) = (conversations.get_mut(&id), groups.get_mut(&home.group)) else {
            return Err(StoreError::Unreadable("channel of a change"));
        };
        Ok(if home.private { channel.private_audience(home.group, group) } else { group.audience(home.group) })
    }

    /// A group that a change stands on.
    async fn existing_group(&mut self, id: GroupId) -> Result<&mut GroupFacts, StoreError> {
        self.group(id).await?.ok_or(StoreError::Unreadable("group of a change"))
    }
}
