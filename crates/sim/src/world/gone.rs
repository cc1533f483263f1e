//! People whose account is deleted or waits: at quiescence nothing is left of the ones, and of the others everything.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{
    ids::{DeviceId, UserId},
    rows::{InvitationStatus, MessageRow, Person},
};
use hearth_replica::{Replica, ToldOf};
use std::collections::BTreeSet;

/// What the inbox shows.
const LISTED: u32 = 100;

impl World<'_> {
    /// Nobody is signed in to an account that is deleted or waits, and nobody can be but who may turn it on again.
    pub(super) async fn check_away(&mut self, person: usize) -> Result<()> {
        let account = self.people[person].clone();
        let (user, password) = (account.user, self.model.password(account.user));
        let wrong = |what: &str| Err(Violation::new("away", format!("{user}, whose account is gone or waits, {what}")));
        if self.devices.iter().any(|device| device.person == person && device.app.is_some()) {
            return wrong("is connected");
        }
        let by_oneself = self.model.waits(user) == Some(true);
        let id = DeviceId(self.fate.uuid());
        let Some(inside) = self.host.up() else { return Ok(()) };
        if inside.look_in(user, id).await.is_ok() {
            return wrong("has a new session");
        }
        if !by_oneself && inside.sign_in(&account.username, &password, id).await.is_ok() {
            return wrong("has signed in");
        }
        if !self.model.is_deleted(user) {
            return Ok(());
        }
        let [contacts, blocks] = inside.circles().await?;
        let in_some = |people: &BTreeSet<UserId>| people.contains(&user);
        if self.model.members.values().any(in_some) || self.model.groups.values().any(in_some) {
            return wrong("has a seat");
        }
        if contacts.iter().chain(&blocks).any(|(one, other)| *one == user || *other == user) {
            return wrong("is somebody's contact, or blocked");
        }
        Ok(())
    }

    /// No device says any more what those have read who are gone, nor what had reached them, whichever conversation is on its screen.
    pub(super) fn check_receipts(&self, device: usize, dump: &str) -> Result<()> {
        let deleted = self.model.accounts.values().filter(|account| account.deleted);
        let gone: BTreeSet<String> = deleted.map(|account| account.user.0.simple().to_string()).collect();
        let theirs = |line: &&str| {
            let mut words = line.split(' ');
            matches!(words.next(), Some("read_receipt" | "delivered")) && words.nth(1).is_some_and(|user| gone.contains(user))
        };
        match dump.lines().find(theirs) {
            Some(line) => Err(Violation::new("gone", format!("device {device} has {line}, of somebody whose account is deleted"))),
            None => Ok(()),
        }
    }

    /// What somebody sees of those who are gone: no name, no word, nothing that they ask.
    pub(super) async fn check_gone(&self, viewer: UserId, fresh: &Replica) -> Result<()> {
        let wrong = |what: String| Err(Violation::new("gone", format!("{viewer} sees {what}")));
        let gone = |user: UserId| self.model.is_deleted(user);
        let named = |person: &Person| gone(person.user) && !person.is_deleted();
        for account in self.model.accounts.values().filter(|account| account.deleted) {
            if !account.erased {
                return wrong(format!("what {} has written, as it was never erased", account.user));
            }
            if let Some(person) = fresh.person(account.user).await?.filter(named) {
                return wrong(format!("the name of {person:?}, whose account is deleted"));
            }
        }
        let said = |row: &MessageRow| row.body.as_ref().is_some_and(|body| !body.is_system());
        if let Some((_, row)) = fresh.messages().await?.iter().find(|(_, row)| gone(row.sender) && said(row)) {
            return wrong(format!("what somebody had written whose account is deleted: {row:?}"));
        }
        if let Some(row) = fresh.reaction_rows().await?.iter().find(|row| gone(row.user)) {
            return wrong(format!("what somebody had put on a message whose account is deleted: {row:?}"));
        }
        let friends = fresh.friends().await?;
        let mut around = friends.contacts.iter().chain(&friends.blocked);
        let asked = friends.incoming.iter().chain(&friends.outgoing);
        let invited = friends.invited.iter().chain(&friends.inviting).map(|invited| &invited.asked);
        let asked = asked.chain(invited).map(|asked| &asked.person);
        if let Some(person) = around.by_ref().chain(asked).find(|person| gone(person.user)) {
            return wrong(format!("{person:?} among their people, whose account is deleted"));
        }
        for told in fresh.inbox(LISTED).await? {
            let bad = match &told.what {
                ToldOf::Asked(row) | ToldOf::Accepted(row) => {
                    let pending = row.status == InvitationStatus::Pending && (gone(row.sender.user) || gone(row.receiver.user));
                    pending || named(&row.sender) || named(&row.receiver) || (gone(row.sender.user) && !row.content.is_empty())
                }
                ToldOf::Mention { sender, body, .. } | ToldOf::Reply { sender, body, .. } => {
                    sender.as_ref().is_some_and(|sender| named(sender) || (gone(sender.user) && body.is_some()))
                }
                ToldOf::ConversationDeleted { by, .. } => by.as_ref().is_some_and(&named),
                ToldOf::GroupDeleted { .. } | ToldOf::MissedCall(_) => false,
            };
            if bad {
                return wrong(format!("in the inbox {told:?}, of somebody whose account is deleted"));
            }
        }
        let waits = |user: UserId| self.model.waits(user).is_some();
        let profiles = fresh.all_profiles().await?;
        if let Some(profile) = profiles.iter().find(|profile| gone(profile.user) || profile.deactivated != waits(profile.user)) {
            return wrong(format!("{profile:?}, and the account stands otherwise"));
        }
        Ok(())
    }
}
