//! Contacts, invitations and blocks.

use super::Exemplary;
use crate::world::World;
use fastrand::Rng;
use hearth_protocol::{
    ids::{InvitationId, NotificationId, UserId},
    mutations::{
        AnswerInvitation, BlockUser, InviteToGroup, ReadNotifications, RemoveContact, RequestFriend, UnblockUser, WithdrawInvitation,
    },
};

/// Two people who are not the same.
fn pair(world: &World, dice: &mut Rng) -> Option<(UserId, UserId)> {
    let (one, other) = (*dice.choice(&world.people)?, *dice.choice(&world.people)?);
    (one != other).then_some((one, other))
}

impl Exemplary for RequestFriend {
    /// Not of somebody whom one has blocked: that is refused in words.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (me, to) = pair(world, dice).filter(|pair| !world.blocks.contains(pair))?;
        Some((world.who(me), Self { id: InvitationId::friend(me, to), to, note: format!("it is me, {}", dice.usize(..100)) }))
    }
}

impl Exemplary for InviteToGroup {
    /// Of who may, and to whom they have not blocked.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (group, me, _) = world.group(dice)?;
        let to = *dice.choice(&world.people)?;
        if to == me || world.blocks.contains(&(me, to)) {
            return None;
        }
        let note = format!("come, {}", dice.usize(..100));
        Some((world.who(me), Self { id: InvitationId::group(group, me, to), group, to, note }))
    }
}

impl Exemplary for AnswerInvitation {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let asked: Vec<_> = world.asked.values().collect();
        let row = dice.choice(&asked)?;
        // Into a group of which they are not told any more who may invite: that is refused in words.
        let role = row.group.as_ref().map(|group| world.groups.get(&group.id)?.get(&row.sender.user));
        let good = role.is_none_or(|role| role.is_some_and(|role| role.manages()));
        Some((world.who(row.receiver.user), Self { id: row.id, accept: good && dice.usize(..3) > 0 }))
    }
}

impl Exemplary for WithdrawInvitation {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let asked: Vec<_> = world.asked.values().collect();
        let row = dice.choice(&asked)?;
        let group = row.group.as_ref().map(|group| group.id);
        Some((world.who(row.sender.user), Self { id: row.id, group }))
    }
}

impl Exemplary for ReadNotifications {
    /// What somebody asks, and what nobody ever told.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let asked: Vec<_> = world.asked.values().collect();
        let row = dice.choice(&asked)?;
        let ids = [NotificationId(row.id.0), NotificationId::new()].into();
        Some((world.who(row.receiver.user), Self { ids }))
    }
}

impl Exemplary for RemoveContact {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (me, user) = pair(world, dice)?;
        Some((world.who(me), Self { user }))
    }
}

impl Exemplary for BlockUser {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (me, user) = pair(world, dice)?;
        Some((world.who(me), Self { user }))
    }
}

impl Exemplary for UnblockUser {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let blocks: Vec<_> = world.blocks.iter().copied().collect();
        let (me, user) = *dice.choice(&blocks)?;
        Some((world.who(me), Self { user }))
    }
}
