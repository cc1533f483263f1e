//! What people do: one file for each mutation there is. A mutation without an act does not compile, and one that nobody ever wants
//! fails the run's coverage.

mod add_group_members;
mod add_members;
mod answer_invitation;
mod arrange_conversation;
mod block_user;
mod cancel_scheduled;
mod change_scheduled;
mod collect;
mod create_channel;
mod create_collection;
mod create_conversation;
mod create_direct;
mod create_group;
mod delete_collection;
mod delete_conversation;
mod delete_group;
mod delete_message;
mod edit_conversation;
mod edit_group;
mod edit_message;
mod follow_thread;
mod hand_over_group;
mod hide_message;
mod invite_to_group;
mod mark_delivered;
mod mark_read;
mod mark_unread;
mod pin_message;
mod react;
mod read_notifications;
mod read_thread;
mod remove_contact;
mod remove_group_member;
mod remove_member;
mod rename_collection;
mod rename_device;
mod request_friend;
mod schedule_message;
mod send_message;
mod set_about;
mod set_channel_private;
mod set_group_role;
mod set_member_role;
mod set_name;
mod set_privacy;
mod set_read_receipts;
mod set_shared_history;
mod set_status;
mod star;
mod unblock_user;
mod unread_thread;
mod withdraw_invitation;

use crate::{dice::Dice, model::Model};
use hearth_protocol::{
    body::Body,
    ids::{CollectionId, ConversationId, GroupId, MutationId, UserId},
    mutations::Intent,
    rows::{ConversationKind, DeviceRow, MessageRow},
};
use hearth_replica::{Collection, ConversationItem, Friends, GroupItem, Scheduled, Told};
use std::collections::{BTreeMap, BTreeSet};

/// What the server must say to an intent, whenever it gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    Applied,
    /// It asks for what is not theirs, or not there.
    Refused,
    /// Something else decides: what it builds on may be refused or lost.
    Either,
}

/// What somebody sees when they decide what to do.
pub struct Scene<'a> {
    pub me: UserId,
    pub people: &'a [UserId],
    /// What they are called, in the same order.
    pub usernames: &'a [&'a str],
    /// The list on their screen.
    pub conversations: &'a [ConversationItem],
    /// The groups that they are in.
    pub groups: &'a [GroupItem],
    /// Their devices that are signed in.
    pub devices: &'a [DeviceRow],
    /// The people around them.
    pub friends: &'a Friends,
    /// What they are told of.
    pub told: &'a [Told],
    /// What they can see in them.
    pub messages: &'a [(ConversationId, MessageRow)],
    /// What of theirs waits for its time.
    pub scheduled: &'a [Scheduled],
    /// Their collections.
    pub collections: &'a [Collection],
    /// The roots of the threads that they follow, and how far each is read.
    pub threads: &'a BTreeMap<MutationId, u64>,
    pub dice: &'a mut Dice,
    /// Makes every text another one.
    pub number: usize,
}

/// A mutation as people use it.
pub trait Act {
    /// Something that this person could want now, and what must come of it; `None` if there is nothing.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)>
    where
        Self: Sized;

    /// The server has applied it: the model follows.
    fn applied(&self, model: &mut Model, id: MutationId, by: UserId);

    /// Whether it changes who may see what.
    fn moves_members(&self) -> bool {
        false
    }
}

macro_rules! acts {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        /// The ways to want something, one for each mutation.
        pub const PROPOSALS: &[(&str, fn(&mut Scene) -> Option<(Intent, Expect)>)] = &[$(($name, <$mutation as Act>::propose)),+];

        /// The act behind an intent: generated from the protocol's list, so that a new mutation is missed here first.
        pub fn act(intent: &Intent) -> &dyn Act {
            match intent {
                $(Intent::$variant(intent) => intent,)+
            }
        }
    };
}

hearth_protocol::each_mutation!(acts);

/// A conversation of the list.
fn some_conversation<'a>(scene: &mut Scene<'a>) -> Option<&'a ConversationItem> {
    scene.dice.pick(scene.conversations)
}

/// A conversation of several people, or a channel.
fn some_group_conversation<'a>(scene: &mut Scene<'a>) -> Option<&'a ConversationItem> {
    let groups: Vec<&ConversationItem> = scene.conversations.iter().filter(|item| item.kind != ConversationKind::Direct).collect();
    scene.dice.pick(&groups).copied()
}

/// A group that they are in; now and then one that is not there.
fn some_group(scene: &mut Scene) -> Option<GroupId> {
    if scene.dice.percent(3) {
        return Some(GroupId(scene.dice.uuid()));
    }
    scene.dice.pick(scene.groups).map(|group| group.id)
}

/// A collection of theirs; now and then one that is not there.
fn some_collection(scene: &mut Scene) -> Option<CollectionId> {
    if scene.dice.percent(5) {
        return Some(CollectionId(scene.dice.uuid()));
    }
    scene.dice.pick(scene.collections).map(|collection| collection.id)
}

/// A message on their screen.
fn some_message(scene: &mut Scene) -> Option<(ConversationId, MessageRow)> {
    scene.dice.pick(scene.messages).cloned()
}

/// A text, which now and then names somebody or everyone. The dice are left alone: what is said changes nothing else.
fn says(scene: &Scene, what: &str) -> Body {
    let text = format!("{what} {} of {}", scene.number, scene.me);
    let at = scene.number % (2 * scene.people.len().max(1));
    if scene.number % 11 == 4 {
        return Body::text(format!("{text}, @everyone")).calling_everyone();
    }
    match (scene.people.get(at), scene.usernames.get(at)) {
        (Some(user), Some(username)) => Body::naming(format!("{text} to @{username}"), [*user].into()),
        // Now and then it leads somewhere, where its readers may not be.
        _ if scene.number % 7 == 2 => leading(scene, text),
        _ => Body::text(text),
    }
}

fn leading(scene: &Scene, text: String) -> Body {
    let channels = scene.conversations.iter().filter(|item| item.kind == ConversationKind::Channel);
    let channels: BTreeMap<ConversationId, String> = channels.take(2).map(|item| (item.id, "there".to_owned())).collect();
    Body::text(format!("{text} in #there")).leading_to(channels)
}

/// Something that they answer, with where it stands: every third time, and now and then in another conversation. The dice are left alone
/// here too.
fn some_original(scene: &Scene, conversation: ConversationId) -> Option<(ConversationId, MutationId)> {
    let elsewhere = scene.number % 30 == 3;
    let there = scene.messages.iter().filter(|(id, _)| (*id == conversation) != elsewhere);
    let there: Vec<_> = there.map(|(id, row)| (*id, row.id)).collect();
    if !scene.number.is_multiple_of(3) || there.is_empty() {
        return None;
    }
    there.get(scene.number / 3 % there.len()).copied()
}

/// A message there in whose thread they say something, every fifth time; whether that is of a thread itself, which nothing is said under.
/// The dice are left alone.
fn some_root(scene: &Scene, conversation: ConversationId) -> Option<(MutationId, bool)> {
    let there: Vec<&MessageRow> = scene.messages.iter().filter(|(id, _)| *id == conversation).map(|(_, row)| row).collect();
    if scene.number % 5 != 1 || there.is_empty() {
        return None;
    }
    let row = there.get(scene.number / 5 % there.len())?;
    match row.thread_root {
        // Mostly they go on in the thread that they see it in.
        Some(root) if !scene.number.is_multiple_of(4) => Some((root, false)),
        of => Some((row.id, of.is_some())),
    }
}

/// Some of everybody.
fn some_people(scene: &mut Scene) -> BTreeSet<UserId> {
    scene.people.iter().copied().filter(|_| scene.dice.percent(60)).collect()
}

/// Somebody else.
fn some_other(scene: &mut Scene) -> Option<UserId> {
    let others: Vec<UserId> = scene.people.iter().copied().filter(|other| *other != scene.me).collect();
    scene.dice.pick(&others).copied()
}

/// Whether a conversation must be there by the time the server hears of something in it. Out of a group one may be taken at any time.
fn expect_in(scene: &Scene, item: &ConversationItem) -> Expect {
    let mine = scene.people.iter().any(|other| ConversationId::direct(scene.me, *other) == item.id);
    if mine && item.kind == ConversationKind::Direct { Expect::Applied } else { Expect::Either }
}
