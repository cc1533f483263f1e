//! Conversations, and who sees what of them.

use super::{Audience, GroupFacts, Viewer};
use crate::sight::{Home, VIS_VER_FIRST, Windows};
use hearth_protocol::{
    Millis, Pos,
    ids::{GroupId, UserId},
    limits,
    rows::{ConversationKind, MemberRole},
};
use std::collections::BTreeMap;

/// Somebody who is or was in a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub role: MemberRole,
    pub joined_at: Millis,
    /// They are not in it any more; the rest is what they come back to.
    pub left: bool,
    pub vis_ver: u64,
    pub windows: Windows,
}

/// A conversation as actions need it.
pub(crate) struct ConversationFacts {
    pub kind: ConversationKind,
    pub shared_history: bool,
    pub last_pos: Pos,
    /// The first place that is kept; 0 where all is.
    pub retained: Pos,
    /// Of a channel: who sees it follows from the group.
    pub home: Option<Home>,
    pub(super) everybody: BTreeMap<UserId, Member>,
    /// With the state of the group from which it was derived; 0 where there is none.
    pub(super) audience: Option<(u64, Audience)>,
}

impl ConversationFacts {
    pub fn new(kind: ConversationKind, shared_history: bool, home: Option<Home>) -> Self {
        Self { kind, shared_history, last_pos: 0, retained: 0, home, everybody: BTreeMap::new(), audience: None }
    }

    /// Somebody who is in the conversation now.
    pub fn member(&self, user: UserId) -> Option<&Member> {
        self.everybody.get(&user).filter(|member| !member.left)
    }

    /// Somebody who is or was in it.
    pub fn standing(&self, user: UserId) -> Option<&Member> {
        self.everybody.get(&user)
    }

    /// Everybody who is in it now.
    pub fn present(&self) -> impl Iterator<Item = (UserId, &Member)> {
        self.everybody.iter().filter(|(_, member)| !member.left).map(|(user, member)| (*user, member))
    }

    /// Whether its people are told what has reached the others and what they have read: not in a public channel, nor among many.
    pub fn tells_receipts(&self) -> bool {
        self.home.is_none_or(|home| home.private)
            && self.present().take(limits::RECEIPTS_MEMBERS_MAX + 1).count() <= limits::RECEIPTS_MEMBERS_MAX
    }

    /// The member as they are known, to be changed.
    pub(super) fn entry(&mut self, user: UserId) -> &mut Member {
        self.audience = None;
        self.everybody.entry(user).or_insert_with(|| Member {
            role: MemberRole::Member,
            joined_at: 0,
            left: false,
            vis_ver: VIS_VER_FIRST,
            windows: Windows::all(),
        })
    }

    pub(super) fn audience(&mut self) -> Audience {
        if let Some((_, audience)) = &self.audience {
            return audience.clone();
        }
        let viewer =
            |(user, member): (UserId, &Member)| Viewer { user, vis_ver: member.vis_ver, group_ver: 0, windows: member.windows.clone() };
        let audience = Audience { group: None, viewers: self.present().map(viewer).collect() };
        self.audience.insert((0, audience)).1.clone()
    }

    /// Its members, as far as they are in the group.
    pub(super) fn private_audience(&mut self, id: GroupId, group: &GroupFacts) -> Audience {
        if let Some((changes, audience)) = &self.audience
            && *changes == group.changes
        {
            return audience.clone();
        }
        let viewers = self.present().filter_map(|(user, member)| {
            let group_ver = group.member(user)?.vis_ver;
            Some(Viewer { user, vis_ver: member.vis_ver + group_ver, group_ver, windows: member.windows.clone() })
        });
        let audience = Audience { group: Some(id), viewers: viewers.collect() };
        self.audience.insert((group.changes, audience)).1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_stop_above_a_hundred_people() {
        let mut facts = ConversationFacts::new(ConversationKind::Group, true, None);
        let people: Vec<UserId> = (0..=limits::RECEIPTS_MEMBERS_MAX).map(|_| UserId::new()).collect();
        people.iter().for_each(|user| facts.entry(*user).left = false);
        assert!(!facts.tells_receipts());
        facts.entry(people[0]).left = true;
        assert!(facts.tells_receipts(), "who has left does not count");
    }
}
