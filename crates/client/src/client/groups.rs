//! Groups, their channels, and conversations of several people: each of these can be made offline.

use super::{Client, people::person_view};
use crate::view::{GroupMemberView, GroupView, MadeView, Problem};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    limits,
    mutations::{
        AddGroupMembers, CreateChannel, CreateConversation, CreateGroup, DeleteGroup, EditGroup, HandOverGroup, RemoveGroupMember,
        SetGroupRole,
    },
    name::visible,
    rows::MemberRole,
};
use hearth_replica::{GroupPerson, Made};

/// A channel that somebody wants.
#[derive(Clone, Debug)]
pub struct NewChannel {
    pub group: GroupId,
    pub name: String,
    /// May be empty.
    pub topic: String,
    /// For its members alone.
    pub private: bool,
    /// Of a private one, besides me; each of them in the group.
    pub members: Vec<UserId>,
}

impl Client {
    /// My groups, by name.
    pub async fn list_groups(&self) -> Result<Vec<GroupView>, Problem> {
        let session = self.session()?;
        let groups = session.checked(session.replica.groups().await)?;
        let view = |group: hearth_replica::GroupItem| GroupView {
            id: group.id,
            name: group.name,
            about: group.about,
            picture: group.picture,
            role: group.role,
            made: group.made.as_ref().map(made_view),
            manages: group.role.manages() && !group.leaving && !group.deleting,
            leaving: group.leaving,
            deleting: group.deleting,
        };
        Ok(groups.into_iter().map(view).collect())
    }

    /// Who is in a group, and who will be once the server hears of it: those who may do more first, then by name.
    pub async fn list_group_members(&self, group: GroupId) -> Result<Vec<GroupMemberView>, Problem> {
        let session = self.session()?;
        Ok(member_views(session.checked(session.replica.people_in_group(group).await)?))
    }

    /// Makes a conversation of several people.
    ///
    /// # Errors
    /// `invalid_name` when the name is empty or too long, `bad_request` when a description is: then nothing changed. The same for the
    /// other things with names.
    pub async fn create_conversation(&self, name: &str, members: Vec<UserId>) -> Result<ConversationId, Problem> {
        let (conversation, name) = (ConversationId::new(), checked_name(name)?);
        let intent = CreateConversation { conversation, name, members: members.into_iter().collect(), shared_history: true };
        self.enqueue(intent.into()).await?;
        Ok(conversation)
    }

    pub async fn create_group(&self, name: &str, about: &str) -> Result<GroupId, Problem> {
        let (group, name, about) = (GroupId::new(), checked_name(name)?, checked_about(about)?);
        self.enqueue(CreateGroup { group, name, about }.into()).await?;
        Ok(group)
    }

    pub async fn create_channel(&self, channel: NewChannel) -> Result<ConversationId, Problem> {
        let NewChannel { group, name, topic, private, members } = channel;
        let (conversation, name, topic) = (ConversationId::new(), checked_name(&name)?, checked_about(&topic)?);
        let members = if private { members.into_iter().collect() } else { [].into() };
        self.enqueue(CreateChannel { group, conversation, name, topic, private, members }.into()).await?;
        Ok(conversation)
    }

    pub async fn add_group_members(&self, group: GroupId, people: Vec<UserId>) -> Result<(), Problem> {
        self.enqueue(AddGroupMembers { group, people: people.into_iter().collect() }.into()).await.map(|_| ())
    }

    /// Leaves a group and all its channels, as soon as the server hears of it.
    pub async fn leave_group(&self, group: GroupId) -> Result<(), Problem> {
        let person = self.session()?.user;
        self.enqueue(RemoveGroupMember { group, person }.into()).await.map(|_| ())
    }
}

/// What becomes of a group. Each of these goes out by itself, and may be refused by then: then it waits for the person.
impl Client {
    /// Gives a group another name, or says otherwise what it is about; what is `None` stays.
    ///
    /// # Errors
    /// As when one is made.
    pub async fn edit_group(&self, group: GroupId, name: Option<&str>, about: Option<&str>) -> Result<(), Problem> {
        let (name, about) = (name.map(checked_name).transpose()?, about.map(checked_about).transpose()?);
        self.enqueue(EditGroup { group, name, about }.into()).await.map(|_| ())
    }

    /// Makes somebody an admin, or a member again.
    pub async fn set_group_role(&self, group: GroupId, person: UserId, role: MemberRole) -> Result<(), Problem> {
        self.enqueue(SetGroupRole { group, person, role }.into()).await.map(|_| ())
    }

    /// Makes somebody else the owner; I am an admin from then on.
    pub async fn hand_over_group(&self, group: GroupId, to: UserId) -> Result<(), Problem> {
        self.enqueue(HandOverGroup { group, to }.into()).await.map(|_| ())
    }

    /// Takes somebody out of a group and all its channels.
    pub async fn remove_group_member(&self, group: GroupId, person: UserId) -> Result<(), Problem> {
        self.enqueue(RemoveGroupMember { group, person }.into()).await.map(|_| ())
    }

    /// Deletes a group with all its channels, for everybody.
    pub async fn delete_group(&self, group: GroupId) -> Result<(), Problem> {
        self.enqueue(DeleteGroup { group }.into()).await.map(|_| ())
    }
}

/// Those who may do more first, then by name.
pub(super) fn member_views(people: Vec<GroupPerson>) -> Vec<GroupMemberView> {
    let view = |GroupPerson { person, role, joined_at, waiting }: GroupPerson| GroupMemberView {
        person: person_view(&person),
        role,
        joined_at,
        waiting,
    };
    let mut members: Vec<GroupMemberView> = people.into_iter().map(view).collect();
    members.sort_by_key(|member| (member.role, member.person.name.to_lowercase()));
    members
}

pub(super) fn made_view(made: &Made) -> MadeView {
    MadeView { at: made.at, by: made.by.as_ref().map(person_view) }
}

/// The name as it will be shown, by the server's rule.
pub(super) fn checked_name(name: &str) -> Result<String, Problem> {
    let name = visible(name);
    if name.is_empty() || name.chars().count() > limits::CONVERSATION_NAME_CHARS_MAX {
        let message = format!("Give it a name of at most {} characters.", limits::CONVERSATION_NAME_CHARS_MAX);
        return Err(Problem::new("invalid_name", message));
    }
    Ok(name)
}

/// What it is about, by the server's rule; may be empty.
pub(super) fn checked_about(about: &str) -> Result<String, Problem> {
    let about = about.trim();
    if about.chars().count() > limits::TOPIC_CHARS_MAX || about.contains('\0') {
        let message = format!("Say what it is about in at most {} characters.", limits::TOPIC_CHARS_MAX);
        return Err(Problem::new("bad_request", message));
    }
    Ok(about.to_owned())
}
