//! Whom I know, who asks whom, and with whom I want nothing to do: as the server has it, and as I have decided since.

use crate::{
    Replica, Result,
    outbox::table,
    tables::{account, block, contact, invitation, person},
};
use hearth_protocol::{
    Millis,
    ids::{InvitationId, UserId},
    mutations::{AnswerInvitation, BlockUser, Intent, InviteToGroup, RemoveContact, RequestFriend, UnblockUser, WithdrawInvitation},
    rows::{InvitedTo, Person},
};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// The people around me, by what they are to me.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Friends {
    /// By name; those whom I have just accepted come last.
    pub contacts: Vec<Person>,
    /// Who asks me, the newest first.
    pub incoming: Vec<Asked>,
    /// Whom I ask; those of whom the server has not heard yet come first.
    pub outgoing: Vec<Asked>,
    /// Who invites me into a group, the newest first.
    pub invited: Vec<Invited>,
    /// Whom I invite into one; those of whom the server has not heard yet come first.
    pub inviting: Vec<Invited>,
    /// By name; those whom I have just blocked come last.
    pub blocked: Vec<Person>,
}

/// A friend request without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: InvitationId,
    /// Who asks me, or whom I ask.
    pub person: Person,
    pub note: String,
    /// When; `None` while the server has not heard of it.
    pub at: Option<Millis>,
}

/// An invitation into a group without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub asked: Asked,
    /// Without its name in those of whom the server has not heard.
    pub group: InvitedTo,
}

/// What changes it.
const NAMES: [&str; 7] =
    ["request_friend", "invite_to_group", "answer_invitation", "withdraw_invitation", "remove_contact", "block_user", "unblock_user"];

impl Replica {
    /// Whether I have blocked somebody, or that waits.
    pub async fn is_blocked(&self, user: UserId) -> Result<bool> {
        Ok(blocked(&mut *self.read().await?).await?.contains(&user))
    }

    /// Everybody around me, with what of mine waits in the outbox laid over it.
    pub async fn friends(&self) -> Result<Friends> {
        let mut tx = self.read().await?;
        let me = account::my_id(&mut tx).await?;
        let mut friends =
            Friends { contacts: contact::present(&mut tx).await?, blocked: block::present(&mut tx).await?, ..Friends::default() };
        for row in invitation::pending(&mut tx).await? {
            let mine = Some(row.sender.user) == me;
            let person = if mine { row.receiver } else { row.sender };
            let asked = Asked { id: row.id, person, note: row.content, at: Some(row.created_at) };
            match (row.group, mine) {
                (Some(group), true) => friends.inviting.push(Invited { asked, group }),
                (Some(group), false) => friends.invited.push(Invited { asked, group }),
                (None, true) => friends.outgoing.push(asked),
                (None, false) => friends.incoming.push(asked),
            }
        }
        for intent in table::of_names(&mut tx, &NAMES).await? {
            friends.lay_over(&mut tx, intent).await?;
        }
        Ok(friends)
    }
}

impl Friends {
    async fn lay_over(&mut self, tx: &mut SqliteConnection, intent: Intent) -> Result<()> {
        match intent {
            Intent::RequestFriend(RequestFriend { id, to, note }) => {
                let asks_me = self.incoming.iter().position(|asked| asked.person.user == to);
                let known = self.contacts.iter().any(|person| person.user == to) || self.outgoing.iter().any(|asked| asked.id == id);
                if let Some(at) = asks_me {
                    self.contacts.push(self.incoming.remove(at).person);
                } else if let (false, Some(person)) = (known, person::find(tx, to).await?) {
                    self.outgoing.insert(0, Asked { id, person, note, at: None });
                }
            }
            Intent::InviteToGroup(InviteToGroup { id, group, to, note }) => {
                let known = self.inviting.iter().any(|invited| invited.asked.id == id);
                if let (false, Some(person)) = (known, person::find(tx, to).await?) {
                    let asked = Asked { id, person, note, at: None };
                    self.inviting.insert(0, Invited { asked, group: InvitedTo { id: group, name: String::new() } });
                }
            }
            Intent::AnswerInvitation(AnswerInvitation { id, accept }) => {
                self.invited.retain(|invited| invited.asked.id != id);
                if let Some(at) = self.incoming.iter().position(|asked| asked.id == id) {
                    let asked = self.incoming.remove(at);
                    self.contacts.extend(accept.then_some(asked.person));
                }
            }
            Intent::WithdrawInvitation(WithdrawInvitation { id, .. }) => {
                self.outgoing.retain(|asked| asked.id != id);
                self.inviting.retain(|invited| invited.asked.id != id);
            }
            Intent::RemoveContact(RemoveContact { user }) => self.contacts.retain(|person| person.user != user),
            Intent::BlockUser(BlockUser { user }) => {
                self.contacts.retain(|person| person.user != user);
                self.incoming.retain(|asked| asked.person.user != user);
                self.outgoing.retain(|asked| asked.person.user != user);
                self.invited.retain(|invited| invited.asked.person.user != user);
                self.inviting.retain(|invited| invited.asked.person.user != user);
                let known = self.blocked.iter().any(|person| person.user == user);
                self.blocked.extend(person::find(tx, user).await?.filter(|_| !known));
            }
            Intent::UnblockUser(UnblockUser { user }) => self.blocked.retain(|person| person.user != user),
            _ => {}
        }
        Ok(())
    }
}

/// Whom I have blocked, by id, with what waits in the outbox.
pub(crate) async fn blocked(tx: &mut SqliteConnection) -> Result<BTreeSet<UserId>> {
    let mut people = block::people(tx).await?;
    for intent in table::of_names(tx, &["block_user", "unblock_user"]).await? {
        match intent {
            Intent::BlockUser(BlockUser { user }) => drop(people.insert(user)),
            Intent::UnblockUser(UnblockUser { user }) => drop(people.remove(&user)),
            _ => {}
        }
    }
    Ok(people)
}
