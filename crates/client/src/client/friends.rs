//! Contacts, friend requests and blocks. All of it goes out by itself, so it works without a network as well.

use super::{Client, people::person_view};
use crate::view::{AskedView, FriendsView, InvitedView, Problem, Update};
use hearth_protocol::{
    ids::{ConversationId, GroupId, InvitationId, UserId},
    limits,
    mutations::{AnswerInvitation, BlockUser, Intent, InviteToGroup, RemoveContact, RequestFriend, UnblockUser, WithdrawInvitation},
};

impl Client {
    /// Everybody around me, offline as well.
    pub async fn list_friends(&self) -> Result<FriendsView, Problem> {
        let session = self.session()?;
        let friends = session.checked(session.replica.friends().await)?;
        let asked =
            |asked: hearth_replica::Asked| AskedView { id: asked.id, person: person_view(&asked.person), note: asked.note, at: asked.at };
        let invited =
            |one: hearth_replica::Invited| InvitedView { asked: asked(one.asked), group: one.group.id, group_name: one.group.name };
        Ok(FriendsView {
            contacts: friends.contacts.iter().map(person_view).collect(),
            incoming: friends.incoming.into_iter().map(asked).collect(),
            outgoing: friends.outgoing.into_iter().map(asked).collect(),
            invited: friends.invited.into_iter().map(invited).collect(),
            inviting: friends.inviting.into_iter().map(invited).collect(),
            blocked: friends.blocked.iter().map(person_view).collect(),
        })
    }

    /// Asks somebody to become my contact, with a few words. Who asks me already is accepted by that.
    ///
    /// # Errors
    /// `bad_request` for a note that is longer than the server takes: then nothing changed.
    pub async fn request_friend(&self, to: UserId, note: &str) -> Result<(), Problem> {
        let note = checked_note(note)?;
        let id = InvitationId::friend(self.session()?.user, to);
        self.befriend(RequestFriend { id, to, note }.into()).await
    }

    /// Asks people into a group, with a few words.
    ///
    /// # Errors
    /// As [`Client::request_friend`].
    pub async fn invite_to_group(&self, group: GroupId, people: &[UserId], note: &str) -> Result<(), Problem> {
        let (note, me) = (checked_note(note)?, self.session()?.user);
        for to in people.iter().copied() {
            let id = InvitationId::group(group, me, to);
            self.befriend(InviteToGroup { id, group, to, note: note.clone() }.into()).await?;
        }
        Ok(())
    }

    /// Accepts or declines what somebody asks me.
    pub async fn answer_invitation(&self, id: InvitationId, accept: bool) -> Result<(), Problem> {
        self.befriend(AnswerInvitation { id, accept }.into()).await
    }

    /// Takes back what I ask somebody; `group`: into which, if it is into one.
    pub async fn withdraw_invitation(&self, id: InvitationId, group: Option<GroupId>) -> Result<(), Problem> {
        self.befriend(WithdrawInvitation { id, group }.into()).await
    }

    /// We are contacts no longer, for both of us.
    pub async fn remove_contact(&self, user: UserId) -> Result<(), Problem> {
        self.befriend(RemoveContact { user }.into()).await
    }

    /// Nothing passes between somebody and me any more, and they are not told.
    pub async fn block_user(&self, user: UserId) -> Result<(), Problem> {
        self.befriend(BlockUser { user }.into()).await?;
        self.repaint(user).await
    }

    pub async fn unblock_user(&self, user: UserId) -> Result<(), Problem> {
        self.befriend(UnblockUser { user }.into()).await?;
        self.repaint(user).await
    }

    async fn befriend(&self, intent: Intent) -> Result<(), Problem> {
        self.enqueue(intent).await?;
        self.tell(Update::Friends);
        Ok(())
    }

    /// What somebody wrote is shown in another way from here on: in our conversation, and wherever the page is.
    async fn repaint(&self, user: UserId) -> Result<(), Problem> {
        let session = self.session()?;
        let open = crate::client::lock(&self.0.focus).conversation;
        let ours = ConversationId::direct(session.user, user);
        for conversation in open.into_iter().chain([ours]) {
            self.tell(Update::Timeline { conversation });
        }
        self.tell(Update::Conversations);
        Ok(())
    }
}

/// A note as it goes out.
fn checked_note(note: &str) -> Result<String, Problem> {
    let note = note.trim();
    if note.chars().count() > limits::NOTE_CHARS_MAX || note.chars().any(|c| c.is_control() && c != '\n') {
        let message = format!("A note has at most {} characters, and no control characters.", limits::NOTE_CHARS_MAX);
        return Err(Problem::new("bad_request", message));
    }
    Ok(note.to_owned())
}
