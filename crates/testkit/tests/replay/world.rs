//! What the people of the test know: enough to do something that makes sense.

use fastrand::Rng;
use hearth_protocol::{
    Millis, Pos,
    ids::{CollectionId, ConversationId, DeviceId, GroupId, InvitationId, MessageId, UserId},
    mutation::Part,
    rows::{ConversationKind, InvitationRow, MemberRole, MessageRow, RowData, ScheduledRow},
    stream::StreamId,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Place {
    /// A conversation of several people outside groups.
    pub group: bool,
    /// The group whose channel it is.
    pub home: Option<GroupId>,
    pub private: bool,
    /// Who is in it now; of a public channel nobody, and of a private one also those who are out of the group.
    pub members: BTreeMap<UserId, MemberRole>,
    pub messages: BTreeMap<Pos, MessageRow>,
}

pub struct World {
    pub people: Vec<UserId>,
    /// What they are called.
    pub names: Vec<&'static str>,
    /// The one device of each.
    pub devices: Vec<DeviceId>,
    pub places: BTreeMap<ConversationId, Place>,
    /// Who is in which group now.
    pub groups: BTreeMap<GroupId, BTreeMap<UserId, MemberRole>>,
    /// Who has asked whom, whatever became of it.
    pub asked: BTreeMap<InvitationId, InvitationRow>,
    /// Who has blocked whom.
    pub blocks: BTreeSet<(UserId, UserId)>,
    /// What of whose waits for its time.
    pub scheduled: BTreeMap<(UserId, MessageId), ScheduledRow>,
    /// Whose collections there are.
    pub collections: BTreeSet<(UserId, CollectionId)>,
}

impl World {
    pub fn new(people: Vec<UserId>, names: Vec<&'static str>, devices: Vec<DeviceId>) -> Self {
        Self {
            people,
            names,
            devices,
            places: BTreeMap::new(),
            groups: BTreeMap::new(),
            asked: BTreeMap::new(),
            blocks: BTreeSet::new(),
            scheduled: BTreeMap::new(),
            collections: BTreeSet::new(),
        }
    }

    pub fn who(&self, user: UserId) -> usize {
        self.people.iter().position(|other| *other == user).unwrap()
    }

    /// Learns from an answer.
    pub fn learn(&mut self, parts: &[Part]) {
        for part in parts {
            for row in &part.rows {
                self.learn_row(part, &row.data);
            }
        }
    }

    fn learn_row(&mut self, part: &Part, data: &RowData) {
        if let RowData::Membership(row) = data {
            // Who leaves is told so on their own stream alone.
            if let (Some(_), StreamId::User(user)) = (row.left_at, part.stream) {
                self.leave(row.conversation, user);
            }
            if row.gone
                && let Some(place) = self.places.get_mut(&row.conversation)
            {
                // Nobody is in it, also if it was public.
                place.members.clear();
                place.private = true;
            }
            return;
        }
        if let (RowData::Scheduled(row), StreamId::User(user)) = (data, part.stream) {
            if row.state.is_open() {
                self.scheduled.insert((user, row.id), row.clone());
            } else {
                self.scheduled.remove(&(user, row.id));
            }
        }
        if let (RowData::Collection(row), StreamId::User(user)) = (data, part.stream) {
            if row.ended_at.is_none() {
                self.collections.insert((user, row.id));
            } else {
                self.collections.remove(&(user, row.id));
            }
        }
        if let RowData::Invitation(row) = data {
            self.asked.insert(row.id, row.clone());
        }
        if let (RowData::Block(row), StreamId::User(user)) = (data, part.stream) {
            let pair = (user, row.person.user);
            if row.ended_at.is_none() {
                self.blocks.insert(pair)
            } else {
                self.blocks.remove(&pair)
            };
        }
        if let (RowData::GroupMembership(row), StreamId::User(user)) = (data, part.stream)
            && row.left_at.is_some()
        {
            self.groups.entry(row.group).or_default().remove(&user);
            if row.gone {
                self.groups.remove(&row.group);
            }
        }
        if let (RowData::GroupMember(row), StreamId::Group(group)) = (data, part.stream) {
            let members = self.groups.entry(group).or_default();
            match row.left_at {
                Some(_) => members.remove(&row.person.user),
                None => members.insert(row.person.user, row.role),
            };
        }
        let Some(conversation) = part.stream.conversation() else { return };
        let place = self.places.entry(conversation).or_default();
        match data {
            RowData::Conversation(row) => {
                (place.group, place.home, place.private) = (row.kind == ConversationKind::Group, row.group, row.private);
            }
            RowData::Message(row) => {
                place.messages.insert(row.pos, row.clone());
            }
            RowData::Member(row) if row.left_at.is_none() => {
                place.members.insert(row.person.user, row.role);
            }
            RowData::Member(row) => {
                place.members.remove(&row.person.user);
            }
            _ => {}
        }
    }

    /// The heir of an owner who left is not told to them: whoever asks next finds out.
    fn leave(&mut self, conversation: ConversationId, user: UserId) {
        if let Some(place) = self.places.get_mut(&conversation) {
            place.members.remove(&user);
        }
    }

    /// Who is in a conversation now, as far as its group lets them.
    pub fn present(&self, place: &Place) -> Vec<UserId> {
        let group = place.home.map(|home| self.groups.get(&home).cloned().unwrap_or_default());
        match group {
            Some(group) if place.private => place.members.keys().copied().filter(|user| group.contains_key(user)).collect(),
            Some(group) => group.keys().copied().collect(),
            None => place.members.keys().copied().collect(),
        }
    }

    /// Somebody who is in a conversation.
    pub fn member(&self, dice: &mut Rng) -> Option<(ConversationId, UserId)> {
        let places: Vec<_> = self.places.iter().filter(|(_, place)| !self.present(place).is_empty()).collect();
        let (conversation, place) = dice.choice(&places)?;
        Some((**conversation, *dice.choice(&self.present(place))?))
    }

    /// A group with its owner and everybody in it.
    pub fn group(&self, dice: &mut Rng) -> Option<(GroupId, UserId, Vec<UserId>)> {
        let groups: Vec<GroupId> = self.groups.keys().copied().collect();
        let group = *dice.choice(&groups)?;
        let members = self.groups.get(&group)?;
        let owner = members.iter().find(|(_, role)| **role == MemberRole::Owner).map(|(user, _)| *user)?;
        Some((group, owner, members.keys().copied().collect()))
    }

    /// A public channel with its group's owner and everybody in it.
    pub fn channel(&self, dice: &mut Rng) -> Option<(ConversationId, UserId, Vec<UserId>)> {
        let public: Vec<_> = self.places.iter().filter_map(|(id, place)| Some((*id, place.home.filter(|_| !place.private)?))).collect();
        let (conversation, group) = dice.choice(&public).copied()?;
        let members = self.groups.get(&group)?;
        let owner = members.iter().find(|(_, role)| **role == MemberRole::Owner).map(|(user, _)| *user)?;
        Some((conversation, owner, members.keys().copied().collect()))
    }

    /// When about half of the messages had been written.
    pub fn middle(&self) -> Millis {
        let mut times: Vec<Millis> = self.places.values().flat_map(|place| place.messages.values()).map(|row| row.created_at).collect();
        times.sort_unstable();
        times[times.len() / 2]
    }

    /// A group and its owner.
    pub fn owned(&self, dice: &mut Rng) -> Option<(ConversationId, UserId)> {
        let owner = |place: &Place| place.members.iter().find(|(_, role)| **role == MemberRole::Owner).map(|(user, _)| *user);
        let groups: Vec<_> = self.places.iter().filter_map(|(id, place)| Some((*id, owner(place).filter(|_| place.group)?))).collect();
        dice.choice(&groups).copied()
    }

    /// Something said that is there, of somebody who is still in its conversation.
    pub fn message(&self, dice: &mut Rng) -> Option<(ConversationId, UserId, MessageId, u32)> {
        let mut found = Vec::new();
        for (conversation, place) in &self.places {
            let present = self.present(place);
            let said = |row: &&MessageRow| row.body.as_ref().is_some_and(|body| !body.is_system());
            let alive = place.messages.values().filter(said).filter(|row| present.contains(&row.sender));
            found.extend(alive.map(|row| (*conversation, row.sender, row.id, row.revision)));
        }
        dice.choice(&found).copied()
    }
}
