//! Groups, their channels, and conversations of several people: each of these can be made offline.

use super::{Client, people::person_view};
use crate::view::{GroupView, PersonView, Problem};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    limits,
    mutations::{AddGroupMembers, CreateChannel, CreateConversation, CreateGroup, RemoveGroupMember},
};

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
            manages: group.role.manages(),
        };
        Ok(groups.into_iter().map(view).collect())
    }

    /// Who else is in a group, by name.
    pub async fn list_group_members(&self, group: GroupId) -> Result<Vec<PersonView>, Problem> {
        let session = self.session()?;
        let members = session.checked(session.replica.group_members(group).await)?;
        let present = members.iter().filter(|member| member.left_at.is_none() && member.person.user != session.me.user);
        let mut people: Vec<PersonView> = present.map(|member| person_view(&member.person)).collect();
        people.sort_by_key(|person| person.name.to_lowercase());
        Ok(people)
    }

    /// Makes a conversation of several people.
    ///
    /// # Errors
    /// `invalid_name` when the name is empty or too long: then nothing changed. The same for the other things with names.
    pub async fn create_conversation(&self, name: &str, members: Vec<UserId>) -> Result<ConversationId, Problem> {
        let (conversation, name) = (ConversationId::new(), checked(name, "")?);
        let intent = CreateConversation { conversation, name, members: members.into_iter().collect(), shared_history: true };
        self.enqueue(intent.into()).await?;
        Ok(conversation)
    }

    pub async fn create_group(&self, name: &str, about: &str) -> Result<GroupId, Problem> {
        let (group, name) = (GroupId::new(), checked(name, about)?);
        self.enqueue(CreateGroup { group, name, about: about.trim().to_owned() }.into()).await?;
        Ok(group)
    }

    pub async fn create_channel(&self, channel: NewChannel) -> Result<ConversationId, Problem> {
        let NewChannel { group, name, topic, private, members } = channel;
        let (conversation, name) = (ConversationId::new(), checked(&name, &topic)?);
        let members = if private { members.into_iter().collect() } else { [].into() };
        let topic = topic.trim().to_owned();
        self.enqueue(CreateChannel { group, conversation, name, topic, private, members }.into()).await?;
        Ok(conversation)
    }

    pub async fn add_group_members(&self, group: GroupId, people: Vec<UserId>) -> Result<(), Problem> {
        self.enqueue(AddGroupMembers { group, people: people.into_iter().collect() }.into()).await.map(|_| ())
    }

    /// Leaves a group and all its channels, as soon as the server hears of it.
    pub async fn leave_group(&self, group: GroupId) -> Result<(), Problem> {
        let person = self.session()?.me.user;
        self.enqueue(RemoveGroupMember { group, person }.into()).await.map(|_| ())
    }
}

/// The name without spaces around it, by the server's rule.
fn checked(name: &str, about: &str) -> Result<String, Problem> {
    let name = name.trim();
    let named = !name.is_empty() && name.chars().count() <= limits::CONVERSATION_NAME_CHARS_MAX && !name.contains('\0');
    if !named || about.chars().count() > limits::TOPIC_CHARS_MAX || about.contains('\0') {
        let message = "Give it a name of at most 128 characters, and a description of at most 512.";
        return Err(Problem::new("invalid_name", message));
    }
    Ok(name.to_owned())
}
