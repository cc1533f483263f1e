//! Groups and their channels.

use super::Exemplary;
use crate::world::World;
use fastrand::Rng;
use hearth_protocol::{
    ids::{ConversationId, GroupId},
    mutations::{
        AddGroupMembers, CreateChannel, CreateGroup, DeleteGroup, EditGroup, HandOverGroup, RemoveGroupMember, SetChannelPrivate,
        SetGroupRole,
    },
    rows::MemberRole,
};

impl Exemplary for CreateGroup {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let name = format!("Team {}", dice.usize(..100));
        Some((dice.usize(..world.people.len()), Self { group: GroupId::new(), name, about: String::new() }))
    }
}

impl Exemplary for AddGroupMembers {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, _) = world.group(dice)?;
        let people = world.people.iter().copied().filter(|_| dice.usize(..3) > 0).collect();
        Some((world.who(owner), Self { group, people }))
    }
}

impl Exemplary for RemoveGroupMember {
    /// Anybody but the owner, who may do it for them.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, members) = world.group(dice)?;
        let others: Vec<_> = members.into_iter().filter(|member| *member != owner).collect();
        let person = *dice.choice(&others)?;
        let who = if dice.usize(..2) == 0 { owner } else { person };
        Some((world.who(who), Self { group, person }))
    }
}

impl Exemplary for EditGroup {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, _) = world.group(dice)?;
        let words = format!("edited {}", dice.usize(..1_000_000));
        let (name, about) = if dice.usize(..2) == 0 { (Some(words), None) } else { (None, Some(words)) };
        Some((world.who(owner), Self { group, name, about }))
    }
}

impl Exemplary for SetGroupRole {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, members) = world.group(dice)?;
        let person = *dice.choice(&members)?;
        let role = if dice.usize(..3) == 0 { MemberRole::Member } else { MemberRole::Admin };
        (person != owner).then(|| (world.who(owner), Self { group, person, role }))
    }
}

impl Exemplary for HandOverGroup {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, members) = world.group(dice)?;
        Some((world.who(owner), Self { group, to: *dice.choice(&members)? }))
    }
}

impl Exemplary for DeleteGroup {
    /// Every other time: the other examples want groups to be there.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, _) = world.group(dice)?;
        (dice.usize(..2) == 0).then(|| (world.who(owner), Self { group }))
    }
}

impl Exemplary for CreateChannel {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, owner, members) = world.group(dice)?;
        let private = dice.usize(..3) == 0;
        let members = members.into_iter().filter(|_| private && dice.usize(..2) == 0).collect();
        let (name, topic) = (format!("channel-{}", dice.usize(..100)), String::new());
        Some((world.who(owner), Self { group, conversation: ConversationId::new(), name, topic, private, members }))
    }
}

impl Exemplary for SetChannelPrivate {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, owner, members) = world.channel(dice)?;
        let members = members.into_iter().filter(|_| dice.usize(..2) == 0).collect();
        Some((world.who(owner), Self { conversation, members }))
    }
}
