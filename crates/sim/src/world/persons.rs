//! What people do: write, read, open conversations, want things.

use super::{Event, World};
use crate::{
    acts::{Expect, PROPOSALS, Scene},
    dice::Dice,
    model::Made,
    violation::{Result, Violation},
};
use hearth_client::engine::Input;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MutationId, UserId},
    mutation::Mutation,
    mutations::{BlockUser, Intent, SendMessage},
    stream::StreamId,
    sync::{From, PullRequest, Want},
};
use hearth_replica::{Filter, OutboxState, Shows, shows};
use std::collections::BTreeSet;

/// Conversations that a person's screen lists.
const LISTED: u32 = 100;
/// Things that somebody thinks of until they find one that they can do.
const IDEAS_MAX: usize = 3;
/// What people do most: one town in five has people who make friends and fall out all the time, one those who keep what they read, one those
/// who plan ahead and answer beside the conversation.
const TOWNS: [&[&str]; 5] = [WRITING, KEEPING, WRITING, MEETING, PLANNING];
const WRITING: &[&str] = &["send_message", "send_message", "mark_read"];
const MEETING: &[&str] = &[
    "request_friend",
    "invite_to_group",
    "answer_invitation",
    "answer_invitation",
    "withdraw_invitation",
    "withdraw_invitation",
    "block_user",
    "unblock_user",
    "unblock_user",
    "read_notifications",
];
const KEEPING: &[&str] = &[
    "send_message",
    "send_message",
    "star",
    "react",
    "create_collection",
    "collect",
    "collect",
    "collect",
    "rename_collection",
    "delete_collection",
];
const PLANNING: &[&str] = &[
    "send_message",
    "send_message",
    "schedule_message",
    "schedule_message",
    "change_scheduled",
    "change_scheduled",
    "cancel_scheduled",
    "cancel_scheduled",
    "follow_thread",
    "read_thread",
    "read_thread",
    "unread_thread",
    "create_group",
    "delete_group",
];

/// What people seldom can do at all: each time counts.
const SELDOM: &[&str] = &[
    "arrange_conversation",
    "delete_conversation",
    "delete_group",
    "delete_message",
    "edit_conversation",
    "edit_group",
    "set_member_role",
    "set_shared_history",
    "set_read_receipts",
    "read_notifications",
    "star",
    "hide_message",
    "create_collection",
    "rename_collection",
    "delete_collection",
    "collect",
    "follow_thread",
    "read_thread",
    "unread_thread",
    "pin_message",
    "schedule_message",
    "change_scheduled",
    "cancel_scheduled",
];

impl World<'_> {
    /// Somebody does something on a device that is on.
    pub(super) async fn act(&mut self, number: usize) -> Result<()> {
        let mut dice = Dice::new(self.script.seed, 2_000 + number as u64);
        let on: Vec<usize> = (0..self.devices.len()).filter(|device| self.devices[*device].app.is_some()).collect();
        let Some(device) = dice.pick(&on).copied() else { return Ok(()) };
        match dice.below(100) {
            0..=6 => self.open_some(device, &mut dice).await,
            7..=9 => self.feed(device, Input::Wake).await,
            10..=11 => self.add_group().await,
            12 => self.add_team().await,
            13..=17 => self.snoop(device, &mut dice).await,
            18..=24 => self.change_mind(device, &mut dice).await,
            _ => self.want(device, number, &mut dice).await,
        }
    }

    async fn open_some(&mut self, device: usize, dice: &mut Dice) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let items = app.replica.clone().conversations(Filter::All, LISTED).await?;
        let open = dice.pick(&items).map(|item| item.id);
        app.open = open;
        self.feed(device, Input::Opened(open)).await
    }

    /// Wants something, and puts it into the outbox.
    async fn want(&mut self, device: usize, number: usize, dice: &mut Dice) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let replica = app.replica.clone();
        let conversations = replica.conversations(Filter::All, LISTED).await?;
        let everybody = self.people.iter().chain(&self.guests);
        let (people, usernames): (Vec<UserId>, Vec<&str>) = everybody.map(|person| (person.user, person.username.as_str())).unzip();
        let me = self.user(device);
        let (groups, devices, friends) = (replica.groups().await?, replica.devices().await?, replica.friends().await?);
        // Of everything else there must be enough to meet each fault.
        let usual = TOWNS[(self.script.seed % TOWNS.len() as u64) as usize];
        let most = match dice.below(100) {
            0..42 => dice.pick(usual),
            42..48 => Some(&"add_members"),
            _ => None,
        };
        let proposals: Vec<_> = PROPOSALS.iter().filter(|(name, _)| most.is_none_or(|most| most == name)).collect();
        let messages = replica.messages().await?;
        let told = replica.inbox(LISTED).await?;
        let scheduled = replica.scheduled(None).await?;
        let collections = replica.collections().await?;
        let threads = replica.followed().await?;
        let (conversations, groups, devices, told) = (&conversations[..], &groups[..], &devices[..], &told[..]);
        let mut scene = Scene {
            me,
            people: &people,
            usernames: &usernames,
            conversations,
            groups,
            devices,
            friends: &friends,
            told,
            messages: &messages,
            scheduled: &scheduled,
            collections: &collections,
            threads: &threads,
            dice,
            number,
        };
        // Not everything can be wanted now.
        let wanted = (0..IDEAS_MAX).find_map(|_| {
            let (_, propose) = scene.dice.pick(&proposals)?;
            propose(&mut scene)
        });
        let Some((intent, expect)) = wanted else { return Ok(()) };
        let id = MutationId(scene.dice.uuid());
        let held = self.holds(device, &intent).is_some();
        if !self.enqueue(device, intent.clone(), id, expect).await? {
            return Ok(());
        }
        match &intent {
            Intent::EditMessage(edit) => self.plot_edit(device, edit),
            Intent::CreateConversation(begun) => self.plot_conversation(device, begun),
            Intent::MarkRead(read) => self.plot_read(device, number, read),
            Intent::SendMessage(said) => self.plot_thread(number, said),
            Intent::BlockUser(block) => self.plot_block(device, number, block.user),
            _ => {}
        }
        let own = usual.contains(&intent.name()) && !WRITING.contains(&intent.name());
        if own || SELDOM.contains(&intent.name()) {
            self.plot_strike(device, number);
        }
        let again = intent.name() == "send_message" && dice.percent(40);
        if held && number.is_multiple_of(2) {
            self.reword(device, id).await?;
        }
        self.feed(device, Input::Enqueued).await?;
        if again {
            // People write in bursts: the next is there before the first has an answer.
            let at = self.now + dice.between(1, 120);
            self.at(at, Event::More { device, life: self.devices[device].life, intent: Box::new(intent) });
        }
        Ok(())
    }

    /// Puts something into the outbox; false if the disk is full.
    pub(super) async fn enqueue(&mut self, device: usize, intent: Intent, id: MutationId, expect: Expect) -> Result<bool> {
        let Some(app) = self.app(device) else { return Ok(false) };
        let replica = app.replica.clone();
        let not_before = self.holds(device, &intent);
        match replica.enqueue_later(&Mutation::new(id, intent.clone()), self.wall(device), not_before).await {
            Ok(()) => {}
            Err(hearth_replica::Error::DiskFull) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        self.trace.line(self.now, format_args!("device {device} wants {} {id}", intent.name()));
        if not_before.is_some() {
            self.coverage.outbox("made", "held");
        }
        let n = self.devices[device].made;
        self.devices[device].made += 1;
        // It builds on what may never have been.
        let open = self.devices[device].outbox.iter().any(|(id, state)| {
            *state == OutboxState::Canceling && self.model.made.get(id).is_some_and(|other| other.intent.lane() == intent.lane())
        });
        let expect = if open && expect == Expect::Applied { Expect::Either } else { expect };
        let by = self.user(device);
        if let Intent::BlockUser(BlockUser { user }) = &intent {
            self.model.parted.insert(ConversationId::direct(by, *user));
        }
        self.model.made.insert(
            id,
            Made {
                device,
                by,
                n,
                intent,
                expect: self.expected(expect),
                touched: false,
                dropped: false,
                heard: false,
                late: false,
                refused: false,
            },
        );
        self.note_forced(device)?;
        self.note_replaced(device, id).await?;
        self.devices[device].glance = replica.glance().await?;
        Ok(true)
    }

    /// One more message where the last one went.
    pub(super) async fn more(&mut self, device: usize, life: u64, intent: Intent) -> Result<()> {
        let Intent::SendMessage(SendMessage { conversation, .. }) = intent else { return Ok(()) };
        if self.devices[device].life != life {
            return Ok(());
        }
        let me = self.user(device);
        let body = Body::text(format!("one more of {me}, {}", self.devices[device].made));
        let id = MutationId(self.chance.uuid());
        self.enqueue(device, SendMessage::new(conversation, body).into(), id, Expect::Either).await?;
        self.feed(device, Input::Enqueued).await
    }

    /// After a restored backup a conversation may be gone of which this device has not heard.
    fn expected(&self, expect: Expect) -> Expect {
        if self.model.restored && expect == Expect::Applied { Expect::Either } else { expect }
    }

    /// A further mark replaces an earlier one, and reading what was read makes none.
    async fn note_replaced(&mut self, device: usize, new: MutationId) -> Result<()> {
        self.drop_replaced(device, Some(new)).await
    }

    pub(super) async fn drop_replaced(&mut self, device: usize, new: Option<MutationId>) -> Result<()> {
        let before: BTreeSet<MutationId> = self.devices[device].outbox.keys().copied().chain(new).collect();
        self.read_outbox(device).await?;
        let gone: Vec<MutationId> = before.into_iter().filter(|id| !self.devices[device].outbox.contains_key(id)).collect();
        for gone in gone {
            let reworded = self.is_reworded(device, gone).await? || self.is_rescheduled(device, gone, new).await?;
            let Some(made) = self.model.made.get_mut(&gone) else { continue };
            // What is decided anew about the same emoji, or about hiding the same message, replaces what has not gone out.
            let shown = shows(&made.intent);
            if !shown.is_mark() && !matches!(shown, Shows::Reaction { .. } | Shows::Hiding { .. } | Shows::Following { .. }) && !reworded {
                return Err(Violation::new("kept", format!("{:?} left the outbox when another was made", made.intent)));
            }
            made.dropped = true;
        }
        Ok(())
    }

    /// The client has put into its outbox what no person wanted: that messages have come.
    pub(super) async fn note_told(&mut self, device: usize, mutations: &[Mutation]) -> Result<()> {
        if mutations.iter().all(|mutation| self.model.made.contains_key(&mutation.id)) {
            return Ok(());
        }
        let by = self.user(device);
        let Some(app) = self.app(device) else { return Ok(()) };
        for entry in app.replica.clone().outbox().await? {
            if !self.model.made.contains_key(&entry.id) {
                let n = self.devices[device].made;
                self.devices[device].made += 1;
                let (intent, expect) = (entry.intent, Expect::Either);
                let made =
                    Made { device, by, n, intent, expect, touched: false, dropped: false, heard: false, late: false, refused: false };
                self.model.made.insert(entry.id, made);
            }
        }
        self.drop_replaced(device, None).await
    }

    /// Asks the server for what is somebody else's.
    async fn snoop(&mut self, device: usize, dice: &mut Dice) -> Result<()> {
        let user = self.user(device);
        let Some(session) = self.devices[device].session.filter(|session| !self.model.ended.contains(&session.id)) else { return Ok(()) };
        let foreign: Vec<ConversationId> =
            self.model.members.iter().filter(|(_, members)| !members.contains(&user)).map(|(id, _)| *id).collect();
        let Some(target) = dice.pick(&foreign).copied() else { return Ok(()) };
        let Some(inside) = self.host.up() else { return Ok(()) };
        let group = self.model.groups.iter().find(|(_, members)| !members.contains(&user)).map(|(id, _)| StreamId::Group(*id));
        let wants = [StreamId::Conversation(target), StreamId::Members(target), StreamId::Receipts(target)].into_iter().chain(group);
        let wants = wants.map(|stream| Want { stream, from: From::Tail { messages: 10 } }).collect();
        let pulled = inside.pull(session, &PullRequest { epoch: inside.epoch(), wants, limit: 100 }).await;
        let history = inside.history(session, target, 1_000, 100).await;
        if let Ok(pulled) = pulled {
            self.watch_pages(session, &pulled)?;
        }
        if history.is_ok() {
            return Err(Violation::new("window", format!("{user} was given history of {target} and may not see it")));
        }
        Ok(())
    }

    /// A group, as an import makes it.
    pub(super) async fn add_group(&mut self) -> Result<()> {
        let mut members: BTreeSet<UserId> = BTreeSet::new();
        // Guests are taken in later, several at once.
        for (person, chance) in self.people.iter().map(|person| (person, 70)).chain(self.guests.iter().map(|guest| (guest, 15))) {
            if self.chance.percent(chance) {
                members.insert(person.user);
            }
        }
        let Some(owner) = self.chance.pick(&self.people).map(|person| person.user) else { return Ok(()) };
        members.insert(owner);
        members.retain(|member| !self.model.is_deleted(*member));
        if !members.contains(&owner) {
            return Ok(());
        }
        let Some(inside) = self.host.up() else { return Ok(()) };
        // A full disk refuses it: then there is no group.
        let Ok(group) = inside.add_group(owner, "a group", members.clone()).await else { return Ok(()) };
        self.model.members.insert(group, members);
        self.host.moved = true;
        self.changes += 1;
        self.publish().await?;
        self.pump().await
    }

    /// A group with a channel, as others have made it.
    pub(super) async fn add_team(&mut self) -> Result<()> {
        let people: BTreeSet<UserId> = self.people.iter().map(|person| person.user).filter(|_| self.chance.percent(70)).collect();
        let Some(owner) = self.chance.pick(&self.people).map(|person| person.user) else { return Ok(()) };
        let Some(inside) = self.host.up() else { return Ok(()) };
        // A full disk refuses some of it: what there is then, the server says.
        let _ = inside.add_team(owner, people).await;
        let (sights, groups) = (inside.sights().await?, inside.groups().await?);
        self.model.set_sights(sights);
        self.model.set_groups(groups);
        self.host.moved = true;
        self.changes += 1;
        self.publish().await?;
        self.pump().await
    }
}
