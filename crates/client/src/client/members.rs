//! A conversation of several people: what it is called, who is in it, and what they may do there.

use super::{
    Client,
    groups::{checked_about, checked_name, made_view, member_views},
};
use crate::view::{MembersView, Problem};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    mutations::{AddMembers, DeleteConversation, EditConversation, RemoveMember, SetMemberRole, SetSharedHistory},
    rows::{ConversationKind, MemberRole},
};

impl Client {
    /// Who is in a conversation, with what of mine waits, and what I may do about it; nobody and nothing where it is none of mine any more.
    pub async fn list_members(&self, conversation: ConversationId) -> Result<MembersView, Problem> {
        let session = self.session()?;
        let Some(line) = session.checked(session.replica.conversation(conversation).await)? else { return Ok(MembersView::default()) };
        let group = line.group.map(|(id, _)| id);
        let people = session.checked(session.replica.people_in(conversation, group).await)?;
        let own = people.iter().find(|member| member.person.user == session.user).map(|member| member.role);
        let in_group = match group {
            Some(group) => {
                let groups = session.checked(session.replica.groups().await)?;
                groups.into_iter().find(|known| known.id == group).map(|known| known.role)
            }
            None => None,
        };
        let manages = |role: Option<MemberRole>| role.is_some_and(MemberRole::manages);
        let members = member_views(people);
        let own_members = line.kind == ConversationKind::Group || (line.kind == ConversationKind::Channel && line.private);
        let told = if own_members { session.checked(session.replica.shares_history(conversation).await)? } else { None };
        let made = session.checked(session.replica.made(conversation).await)?.as_ref().map(made_view);
        Ok(match line.kind {
            ConversationKind::Direct => MembersView { made, members, ..MembersView::default() },
            ConversationKind::Group => MembersView {
                role: own,
                edits: manages(own),
                deletes: own == Some(MemberRole::Owner),
                shared_history: told,
                own_members,
                made,
                members,
            },
            // Who manages the group manages those of its private channels that they are in.
            ConversationKind::Channel => {
                let role = if line.private { own.map(|own| in_group.map_or(own, |role| own.min(role))) } else { in_group };
                MembersView { role, edits: manages(in_group), deletes: manages(in_group), shared_history: told, own_members, made, members }
            }
        })
    }

    /// Gives a conversation another name, or says otherwise what it is about; what is `None` stays.
    ///
    /// # Errors
    /// `invalid_name` when the name is empty or too long, `bad_request` when the topic is: then nothing changed.
    pub async fn edit_conversation(&self, conversation: ConversationId, name: Option<&str>, topic: Option<&str>) -> Result<(), Problem> {
        let (name, topic) = (name.map(checked_name).transpose()?, topic.map(checked_about).transpose()?);
        self.enqueue(EditConversation { conversation, name, topic }.into()).await.map(drop)
    }

    pub async fn add_members(&self, conversation: ConversationId, people: Vec<UserId>) -> Result<(), Problem> {
        self.enqueue(AddMembers { conversation, members: people.into_iter().collect() }.into()).await.map(drop)
    }

    /// Says whether who comes into a conversation from here on sees what was said before.
    pub async fn set_shared_history(&self, conversation: ConversationId, on: bool) -> Result<(), Problem> {
        self.enqueue(SetSharedHistory { conversation, on }.into()).await.map(drop)
    }

    /// Deletes a conversation for everybody and for good, as soon as the server hears of it.
    pub async fn delete_conversation(&self, conversation: ConversationId) -> Result<(), Problem> {
        self.enqueue(DeleteConversation { conversation }.into()).await.map(drop)
    }

    /// Takes somebody out of a conversation, as soon as the server hears of it. Oneself: leaving.
    pub async fn remove_member(&self, conversation: ConversationId, member: UserId) -> Result<(), Problem> {
        self.enqueue(RemoveMember { conversation, member }.into()).await.map(drop)
    }

    /// Makes somebody an admin of a conversation, or a member again.
    pub async fn set_member_role(&self, conversation: ConversationId, member: UserId, role: MemberRole) -> Result<(), Problem> {
        self.enqueue(SetMemberRole { conversation, member, role }.into()).await.map(drop)
    }
}
