//! What chance alone would seldom bring together: two that edit the same message at once, somebody who is taken out while frames wait for
//! them, somebody who comes to what was said before them, somebody who reads what was just said in a thread and marks it as unread again, a
//! fault just when somebody makes friends or falls out, or marks as unread.

use super::{Event, World};
use crate::{acts::Expect, violation::Result};
use hearth_client::engine::Input;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId, MutationId, UserId},
    mutations::{
        AddMembers, CreateConversation, EditMessage, Intent, MarkRead, MarkUnread, ReadThread, RemoveMember, SendMessage, UnblockUser,
        UnreadThread,
    },
    rows::ConversationKind,
};
use hearth_replica::Filter;
use std::collections::BTreeSet;

/// Something that follows from what happened.
pub enum Plot {
    /// The same message is edited on another device of the same person, who has perhaps not heard of the first edit.
    EditToo { device: usize, conversation: ConversationId, message: MessageId },
    /// While this device reads slowly somebody writes to its person, and takes them out.
    TakeOut { device: usize },
    /// Something is said, and then somebody is taken in, who perhaps was there before.
    TakeIn { device: usize, conversation: ConversationId, member: UserId },
    /// What somebody has done they undo, just when something happens to it.
    Undo { device: usize, intent: Box<Intent>, number: usize },
    /// Somebody who follows the thread reads what is new in it, just when something happens to it.
    ReadThread { conversation: ConversationId, root: MessageId, number: usize },
}

impl World<'_> {
    pub(super) async fn play(&mut self, plot: Plot) -> Result<()> {
        match plot {
            Plot::EditToo { device, conversation, message } => self.edit_too(device, conversation, message).await,
            Plot::TakeOut { device } => self.take_out(device).await,
            Plot::TakeIn { device, conversation, member } => {
                let members = BTreeSet::from([member]);
                self.say_and(device, conversation, member, AddMembers { conversation, members }.into()).await
            }
            Plot::Undo { device, intent, number } => {
                let id = MutationId(self.chance.uuid());
                self.enqueue(device, *intent, id, Expect::Either).await?;
                self.plot_strike(device, number);
                self.feed(device, Input::Enqueued).await
            }
            Plot::ReadThread { conversation, root, number } => self.read_thread(conversation, root, number).await,
        }
    }

    /// Now and then an edit is made twice.
    pub(super) fn plot_edit(&mut self, device: usize, edit: &EditMessage) {
        let person = self.devices[device].person;
        let others: Vec<usize> =
            (0..self.devices.len()).filter(|other| *other != device && self.devices[*other].person == person).collect();
        if let Some(other) = self.chance.pick(&others).copied()
            && self.chance.percent(60)
        {
            let at = self.now + self.chance.between(1, 400);
            let plot = Plot::EditToo { device: other, conversation: edit.conversation, message: edit.message };
            self.at(at, Event::Plot(plot));
        }
    }

    /// Now and then two make up.
    pub(super) fn plot_block(&mut self, device: usize, number: usize, user: UserId) {
        if user != self.user(device) && self.chance.percent(60) {
            let at = self.now + self.chance.between(200, 4_000);
            let intent = Box::new(UnblockUser { user }.into());
            self.at(at, Event::Plot(Plot::Undo { device, intent, number }));
        }
    }

    /// Now and then what was read is unread again.
    pub(super) fn plot_read(&mut self, device: usize, number: usize, read: &MarkRead) {
        if self.chance.percent(20) {
            let at = self.now + self.chance.between(1, 2_000);
            let intent = Box::new(MarkUnread { conversation: read.conversation, from: read.pos }.into());
            self.at(at, Event::Plot(Plot::Undo { device, intent, number }));
        }
    }

    /// What was said in a thread is read.
    pub(super) fn plot_thread(&mut self, number: usize, said: &SendMessage) {
        if let Some(root) = said.thread_root {
            let at = self.now + self.chance.between(200, 4_000);
            self.at(at, Event::Plot(Plot::ReadThread { conversation: said.conversation, root, number }));
        }
    }

    /// Mostly somebody comes later to what was just begun.
    pub(super) fn plot_conversation(&mut self, device: usize, begun: &CreateConversation) {
        let others = self.people.iter().map(|person| person.user).filter(|user| !begun.members.contains(user));
        let others: Vec<UserId> = others.filter(|user| *user != self.user(device)).collect();
        if let Some(member) = self.chance.pick(&others).copied()
            && self.chance.percent(60)
        {
            self.plot_take_in(device, begun.conversation, member);
        }
    }

    fn plot_take_in(&mut self, device: usize, conversation: ConversationId, member: UserId) {
        let at = self.now + self.chance.between(1, 3_000);
        self.at(at, Event::Plot(Plot::TakeIn { device, conversation, member }));
    }

    /// Mostly what was just wanted on a device meets one of the seed's faults before it has an answer.
    pub(super) fn plot_strike(&mut self, device: usize, number: usize) {
        let kinds = self.kinds();
        if let Some(fault) = self.chance.pick(&kinds).copied()
            && self.chance.percent(90)
            && !self.script.without.contains(&fault)
        {
            let at = self.now + self.chance.below(15);
            self.busy += 1;
            self.at(at, Event::Strike { fault, number, victim: Some(device) });
        }
    }

    async fn edit_too(&mut self, device: usize, conversation: ConversationId, message: MessageId) -> Result<()> {
        let Some(app) = self.app(device) else { return Ok(()) };
        let Some(row) = app.replica.clone().message_row(conversation, message).await? else { return Ok(()) };
        if row.body.is_none() {
            return Ok(());
        }
        let id = MutationId(self.chance.uuid());
        let body = Body::text(format!("edit by another device of {}, {id}", self.user(device)));
        let edit = EditMessage { conversation, message, based_on: row.revision, body };
        self.enqueue(device, edit.into(), id, Expect::Either).await?;
        self.feed(device, Input::Enqueued).await
    }

    async fn read_thread(&mut self, conversation: ConversationId, root: MessageId, number: usize) -> Result<()> {
        for device in 0..self.devices.len() {
            let Some(app) = self.app(device) else { continue };
            let replica = app.replica.clone();
            let Some(read) = replica.followed().await?.get(&root).copied() else { continue };
            let messages = replica.messages().await?;
            let newest = messages.iter().filter(|(_, row)| row.thread_root == Some(root)).map(|(_, row)| row.pos).max();
            let Some(pos) = newest.filter(|newest| *newest > read) else { continue };
            let id = MutationId(self.chance.uuid());
            self.enqueue(device, ReadThread { conversation, root, pos }.into(), id, Expect::Either).await?;
            self.plot_strike(device, number);
            if self.chance.percent(80) {
                let at = self.now + self.chance.between(1, 2_000);
                let intent = Box::new(UnreadThread { conversation, root, from: pos }.into());
                self.at(at, Event::Plot(Plot::Undo { device, intent, number }));
            }
            return self.feed(device, Input::Enqueued).await;
        }
        Ok(())
    }

    async fn take_out(&mut self, victim: usize) -> Result<()> {
        let member = self.user(victim);
        let mut able = vec![];
        for device in 0..self.devices.len() {
            if self.user(device) == member {
                continue;
            }
            let Some(app) = self.app(device) else { continue };
            let groups = app.replica.clone().conversations(Filter::All, 100).await?;
            let groups = groups.into_iter().filter(|item| item.kind == ConversationKind::Group && self.is_in(member, item.id));
            able.extend(groups.map(|item| (self.has_made(self.user(device), item.id), device, item.id)));
        }
        // Whoever made the group may.
        let best: Vec<_> = able.iter().filter(|(may, ..)| *may).collect();
        let Some((_, device, conversation)) = self.chance.pick(&best).copied().or(able.first()).copied() else { return Ok(()) };
        if self.chance.percent(50) {
            self.plot_take_in(device, conversation, member);
        }
        self.say_and(device, conversation, member, RemoveMember { conversation, member }.into()).await
    }

    /// Says something about somebody, and does something right after it.
    async fn say_and(&mut self, device: usize, conversation: ConversationId, of: UserId, then: Intent) -> Result<()> {
        let body = Body::text(format!("before {} of {of}, at {}", then.name(), self.now));
        for intent in [SendMessage::new(conversation, body).into(), then] {
            let id = MutationId(self.chance.uuid());
            self.enqueue(device, intent, id, Expect::Either).await?;
            self.feed(device, Input::Enqueued).await?;
        }
        Ok(())
    }

    pub(super) fn is_in(&self, user: UserId, conversation: ConversationId) -> bool {
        self.model.members.get(&conversation).is_some_and(|members| members.contains(&user))
    }

    fn has_made(&self, user: UserId, conversation: ConversationId) -> bool {
        self.model
            .made
            .values()
            .any(|made| made.by == user && matches!(&made.intent, Intent::CreateConversation(made) if made.conversation == conversation))
    }
}
