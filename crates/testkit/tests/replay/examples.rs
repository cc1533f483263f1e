//! One example a mutation: something that somebody could do now. The list is the protocol's: a mutation without an example does not compile.

mod groups;
mod own;
mod people;

use crate::world::World;
use fastrand::Rng;
use hearth_protocol::{
    Millis,
    body::Body,
    ids::ConversationId,
    limits,
    mutations::{
        AddMembers, ArrangeConversation, CancelScheduled, ChangeScheduled, CreateConversation, CreateDirect, DeleteConversation,
        DeleteMessage, EditConversation, EditMessage, FollowThread, HideMessage, Intent, MarkDelivered, MarkRead, MarkUnread, PinMessage,
        React, ReadThread, RemoveMember, ScheduleMessage, SendMessage, SetMemberRole, SetSharedHistory, Star, UnreadThread,
    },
    rows::{Arrangement, MemberRole, MessageRow, NotificationLevel},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// A day from now: nothing of it is sent in here.
fn later() -> Millis {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    Millis::try_from(now).unwrap() + 24 * 60 * 60 * 1_000
}

/// Who does what.
pub struct Example {
    pub who: usize,
    pub intent: Intent,
}

trait Exemplary: Sized + Into<Intent> {
    /// `None` when there is nothing of the kind to do at the moment.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)>;
}

type Make = fn(&World, &mut Rng) -> Option<Example>;

macro_rules! examples {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        pub const EXAMPLES: &[(&str, Make)] = &[$(($name, |world, dice| {
            <$mutation as Exemplary>::example(world, dice).map(|(who, mutation)| Example { who, intent: mutation.into() })
        })),+];
    };
}

hearth_protocol::each_mutation!(examples);

impl Exemplary for CreateDirect {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (who, other) = (dice.usize(..world.people.len()), dice.usize(..world.people.len()));
        let (me, peer) = (world.people[who], world.people[other]);
        (me != peer).then(|| (who, Self { conversation: ConversationId::direct(me, peer), peer }))
    }
}

impl Exemplary for CreateConversation {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let members = world.people.iter().copied().filter(|_| dice.usize(..2) == 0).collect();
        let (who, shared_history) = (dice.usize(..world.people.len()), dice.usize(..2) == 0);
        Some((who, Self { conversation: ConversationId::new(), name: format!("Group {}", dice.usize(..100)), members, shared_history }))
    }
}

impl Exemplary for AddMembers {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, owner) = world.owned(dice)?;
        let members = [*dice.choice(&world.people)?].into();
        Some((world.who(owner), Self { conversation, members }))
    }
}

impl Exemplary for SetMemberRole {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, owner) = world.owned(dice)?;
        let others: Vec<_> = world.places[&conversation].members.keys().copied().filter(|user| *user != owner).collect();
        let role = if dice.usize(..3) == 0 { MemberRole::Member } else { MemberRole::Admin };
        Some((world.who(owner), Self { conversation, member: *dice.choice(&others)?, role }))
    }
}

impl Exemplary for EditConversation {
    /// A conversation's owner edits it, a public channel's group's.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let channel = if dice.usize(..3) == 0 { world.channel(dice).map(|(id, owner, _)| (id, owner)) } else { None };
        let (conversation, owner) = channel.or_else(|| world.owned(dice))?;
        let name = (dice.usize(..2) == 0).then(|| format!("called {}", dice.usize(..100)));
        let topic = Some(format!("about {}", dice.usize(..100))).filter(|_| name.is_none() || dice.usize(..2) == 0);
        Some((world.who(owner), Self { conversation, name, topic }))
    }
}

impl Exemplary for SetSharedHistory {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, owner) = world.owned(dice)?;
        Some((world.who(owner), Self { conversation, on: dice.usize(..2) == 0 }))
    }
}

impl Exemplary for DeleteConversation {
    /// Every fourth time: the other examples want conversations to be there. The same people as those who edit it.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let channel = if dice.usize(..3) == 0 { world.channel(dice).map(|(id, owner, _)| (id, owner)) } else { None };
        let (conversation, owner) = channel.or_else(|| world.owned(dice))?;
        (dice.usize(..4) == 0).then(|| (world.who(owner), Self { conversation }))
    }
}

impl Exemplary for RemoveMember {
    /// Often oneself; the owner others as well.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, owner) = world.owned(dice)?;
        let members: Vec<_> = world.places[&conversation].members.keys().copied().collect();
        let member = *dice.choice(&members)?;
        let who = if dice.usize(..2) == 0 { owner } else { member };
        Some((world.who(who), Self { conversation, member }))
    }
}

/// Every other text names somebody, and some name everyone: here are few of them, but in direct conversations nobody is called so.
fn says(world: &World, dice: &mut Rng, conversation: ConversationId, what: &str) -> Body {
    let place = &world.places[&conversation];
    if (place.group || place.home.is_some()) && dice.usize(..6) == 0 {
        return Body::text(format!("{what} {}, @everyone", dice.usize(..1_000_000))).calling_everyone();
    }
    let (text, named) = (format!("{what} {}", dice.usize(..1_000_000)), dice.usize(..2 * world.people.len()));
    match (world.people.get(named), world.names.get(named)) {
        (Some(user), Some(name)) => Body::naming(format!("{text} to @{name}"), [*user].into()),
        // What leads somewhere is kept as it is written, wherever that is.
        _ if dice.usize(..4) == 0 => Body::text(format!("{text} in #there")).leading_to([(conversation, "there".to_owned())].into()),
        _ => Body::text(text),
    }
}

impl Exemplary for SendMessage {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who) = world.member(dice)?;
        let body = says(world, dice, conversation, "number");
        // Deleted ones too, and such as one does not see.
        let said = |row: &&MessageRow| !row.body.as_ref().is_some_and(Body::is_system);
        let there: Vec<_> = world.places[&conversation].messages.values().filter(said).map(|row| row.id).collect();
        let reply_to = if dice.usize(..3) == 0 { dice.choice(&there).copied() } else { None };
        // What is forwarded names nobody and answers nothing.
        let plain = reply_to.is_none() && !body.names_somebody();
        let forwarded = plain && dice.usize(..3) == 0;
        // Now and then in a thread, as one who follows it does or who begins it; the conversation sees some of that.
        let said = world.places[&conversation].messages.values().filter(said).filter(|row| row.thread_root.is_none());
        let roots: Vec<_> = said.map(|row| row.id).collect();
        let thread_root = if !forwarded && dice.usize(..4) == 0 { dice.choice(&roots).copied() } else { None };
        let in_conversation = thread_root.is_some() && dice.usize(..3) == 0;
        Some((world.who(who), Self { conversation, body, reply_to, forwarded, thread_root, in_conversation }))
    }
}

impl Exemplary for ScheduleMessage {
    /// For a time that does not come here. Who has enough waiting gives some of it up first.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who) = world.member(dice)?;
        let body = says(world, dice, conversation, "later");
        let enough = world.scheduled.keys().filter(|(of, _)| *of == who).count() >= limits::SCHEDULED_MAX;
        (!enough).then(|| (world.who(who), Self { conversation, body, reply_to: None, send_at: later() }))
    }
}

impl Exemplary for ChangeScheduled {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let waiting: Vec<_> = world.scheduled.iter().collect();
        let ((who, message), row) = *dice.choice(&waiting)?;
        let (text, time) = (dice.usize(..2) == 0, dice.usize(..2) == 0);
        let body = text.then(|| says(world, dice, row.conversation, "put otherwise"));
        let send_at = time.then(|| later() + i64::try_from(dice.usize(..1_000_000)).unwrap());
        let (conversation, based_on) = (row.conversation, row.revision);
        Some((world.who(*who), Self { conversation, message: *message, based_on, body, send_at }))
    }
}

impl Exemplary for CancelScheduled {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let waiting: Vec<_> = world.scheduled.iter().collect();
        let ((who, message), row) = *dice.choice(&waiting)?;
        Some((world.who(*who), Self { conversation: row.conversation, message: *message }))
    }
}

impl Exemplary for EditMessage {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, message, based_on) = world.message(dice)?;
        // What was forwarded stays as it was said.
        let own = world.places[&conversation].messages.values().any(|row| row.id == message && !row.forwarded);
        own.then(|| (world.who(who), Self { conversation, message, based_on, body: says(world, dice, conversation, "edited") }))
    }
}

impl Exemplary for DeleteMessage {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, message, _) = world.message(dice)?;
        Some((world.who(who), Self { conversation, message }))
    }
}

impl Exemplary for React {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, _, message, _) = world.message(dice)?;
        let emoji = ["👍", "❤️", "🎉"][dice.usize(..3)].to_owned();
        Some((dice.usize(..world.people.len()), Self { conversation, message, emoji, on: dice.usize(..3) > 0 }))
    }
}

impl Exemplary for MarkRead {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who) = world.member(dice)?;
        let pos = 1 + dice.usize(..world.places[&conversation].messages.len().max(1)) as u64;
        Some((world.who(who), Self { conversation, pos }))
    }
}

impl Exemplary for Star {
    /// What one wrote oneself is there whatever one sees.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, message, _) = world.message(dice)?;
        Some((world.who(who), Self { conversation, message, on: dice.usize(..3) > 0 }))
    }
}

impl Exemplary for HideMessage {
    /// The same.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, message, _) = world.message(dice)?;
        Some((world.who(who), Self { conversation, message, on: dice.usize(..3) > 0 }))
    }
}

impl Exemplary for FollowThread {
    /// Under what one wrote oneself, if it is of no thread itself.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who, root, _) = world.message(dice)?;
        let row = world.places[&conversation].messages.values().find(|row| row.id == root)?;
        row.thread_root.is_none().then(|| (world.who(who), Self { conversation, root, on: dice.usize(..3) > 0 }))
    }
}

impl Exemplary for ReadThread {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, who) = world.member(dice)?;
        let messages = &world.places[&conversation].messages;
        let roots: Vec<_> = messages.values().filter_map(|row| row.thread_root).collect();
        let root = *dice.choice(&roots)?;
        Some((world.who(who), Self { conversation, root, pos: 1 + dice.usize(..messages.len()) as u64 }))
    }
}

impl Exemplary for UnreadThread {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (who, ReadThread { conversation, root, pos: from }) = ReadThread::example(world, dice)?;
        Some((who, Self { conversation, root, from }))
    }
}

impl Exemplary for PinMessage {
    /// The same; in a channel the group's owner does it.
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (conversation, sender, message, _) = world.message(dice)?;
        let on = dice.usize(..3) > 0;
        let Some(home) = world.places[&conversation].home else { return Some((world.who(sender), Self { conversation, message, on })) };
        let owner = world.groups.get(&home)?.iter().find(|(_, role)| **role == MemberRole::Owner).map(|(user, _)| *user)?;
        world.present(&world.places[&conversation]).contains(&owner).then(|| (world.who(owner), Self { conversation, message, on }))
    }
}

impl Exemplary for MarkUnread {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let (who, MarkRead { conversation, pos: from }) = MarkRead::example(world, dice)?;
        Some((who, Self { conversation, from }))
    }
}

impl Exemplary for ArrangeConversation {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let MarkRead { conversation, pos } = MarkRead::example(world, dice).map(|(_, mark)| mark)?;
        let members = world.present(&world.places[&conversation]);
        let change = match dice.usize(..4) {
            0 => Arrangement::Pinned(dice.usize(..2) == 0),
            1 => Arrangement::Archived((dice.usize(..3) > 0).then_some(pos)),
            2 => Arrangement::Muted((dice.usize(..2) == 0).then_some(limits::FOR_EVER)),
            _ => Arrangement::Level(NotificationLevel::Mentions),
        };
        Some((world.who(*dice.choice(&members)?), Self { conversation, change }))
    }
}

impl Exemplary for MarkDelivered {
    fn example(world: &World, dice: &mut Rng) -> Option<(usize, Self)> {
        let MarkRead { conversation, pos } = MarkRead::example(world, dice).map(|(_, mark)| mark)?;
        let members = world.present(&world.places[&conversation]);
        Some((world.who(*dice.choice(&members)?), Self { conversation, pos }))
    }
}
