//! What chance alone would seldom bring together with the end of somebody's account, or of its sessions: a word of theirs on its way, what
//! they have read on another's screen, and somebody's new device, to which what was so before comes after what is so now.

use super::{Asking, Deed, Event, Wish, World, strike::DEVICES_MAX};
use crate::{acts::Expect, violation::Result};
use hearth_client::engine::Input;
use hearth_protocol::{
    body::Body,
    ids::{MutationId, UserId},
    mutations::{Intent, SendMessage, SetAbout},
    rows::ConversationKind,
};
use hearth_replica::Filter;

/// Conversations that a person's screen lists.
const LISTED: u32 = 100;
/// So often somebody says something that waits for its commit as the end comes.
const HASTY_PERCENT: u64 = 40;
/// Long enough for a word to come to everybody, and for what they have read of it to come back.
const GOODBYE_MS: (u64, u64) = (400, 1_600);
/// Frames of the end have come by then.
const HOLEY_MS: u64 = 300;

impl World<'_> {
    /// `at`: when it comes if nobody does anything meanwhile.
    pub(super) async fn plot_end(&mut self, wish: Wish, user: UserId, at: u64) -> Result<()> {
        let mut wish = wish;
        let mut at = at;
        if self.fate.percent(HASTY_PERCENT) {
            wish.hasty = self.say_last(user).await?;
            at = self.now + self.fate.between(60, 200);
        } else if wish.deed == Deed::Delete {
            self.talk_to(user).await?;
            at = self.now + self.fate.between(GOODBYE_MS.0, GOODBYE_MS.1);
            self.set_up_beside(user, at + HOLEY_MS)?;
        }
        self.at(at, Event::Deed(wish));
        Ok(())
    }

    /// Something of somebody has come and waits for its commit: where that was planned, what is to be done to their account comes first.
    pub(super) fn hurry_deed(&mut self, user: UserId) {
        let hasty = |wish: &Wish| wish.hasty && wish.deed.ends(wish.by.map_or(user, |by| by.session.user)) == Some(user);
        let mut due = self.events.iter().filter(|(_, event)| matches!(event, Event::Deed(wish) if hasty(wish)));
        let Some(key) = due.next().map(|(key, _)| *key) else { return };
        if let Some(deed) = self.events.remove(&key) {
            self.at(self.now, deed);
        }
    }

    /// What nobody can refuse who has an account in use. False if there is nowhere to say it.
    async fn say_last(&mut self, user: UserId) -> Result<bool> {
        let theirs: Vec<Asking> = self.on().into_iter().filter(|asking| asking.session.user == user).collect();
        let Some(Asking { device, .. }) = self.fate.pick(&theirs).copied() else { return Ok(false) };
        let id = MutationId(self.fate.uuid());
        let about = SetAbout { text: format!("the last word of {user}, at {}", self.now) };
        self.say(device, about.into(), id, Expect::Applied).await
    }

    /// Somebody who has a conversation with them says something there, and looks at it.
    async fn talk_to(&mut self, user: UserId) -> Result<()> {
        let mut able = vec![];
        for Asking { device, .. } in self.on().into_iter().filter(|asking| asking.session.user != user) {
            let Some(app) = self.app(device) else { continue };
            let items = app.replica.clone().conversations(Filter::All, LISTED).await?;
            // Among the many of a public channel nobody is told what others have read.
            let with = items.into_iter().filter(|item| item.kind != ConversationKind::Channel && self.is_in(user, item.id));
            able.extend(with.map(|item| (device, item.id)));
        }
        let Some((device, conversation)) = self.fate.pick(&able).copied() else { return Ok(()) };
        if let Some(app) = self.app(device) {
            app.open = Some(conversation);
        }
        self.feed(device, Input::Opened(Some(conversation))).await?;
        let id = MutationId(self.fate.uuid());
        let body = Body::text(format!("to {user}, at {}", self.now));
        self.say(device, SendMessage::new(conversation, body).into(), id, Expect::Either).await?;
        Ok(())
    }

    /// Somebody else has a new device on a bad line: copies from before are on their way to it while only some of the frames come that say
    /// who is gone.
    fn set_up_beside(&mut self, user: UserId, until: u64) -> Result<()> {
        let others = self.people.iter().enumerate().filter(|(_, person)| person.user != user && !self.model.is_away(person.user));
        let others: Vec<usize> = others.map(|(n, _)| n).collect();
        let Some(person) = self.fate.pick(&others).copied().filter(|_| self.devices.len() < DEVICES_MAX) else { return Ok(()) };
        let device = self.add_device(person)?;
        self.devices[device].troubles.holey_until = until;
        self.at(self.now, Event::SignIn { device });
        Ok(())
    }

    async fn say(&mut self, device: usize, intent: Intent, id: MutationId, expect: Expect) -> Result<bool> {
        let said = self.enqueue(device, intent, id, expect).await?;
        self.feed(device, Input::Enqueued).await?;
        Ok(said)
    }
}
