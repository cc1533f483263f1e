use super::{
    Action, Context, Refusal, bad_request,
    create_conversation::{check_words, refuse_derived, seat_everybody},
    join::{Join, all_in_group},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::CreateChannel,
    rows::{ChannelRow, ConversationKind, ConversationRow},
    stream::StreamId,
};

/// Makes a channel in a group. A public one is a row of the group and nobody's in particular; a private one has members.
impl Action for CreateChannel {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, group) = (self.conversation, self.group);
        let role = view.group_member(group, context.actor).await?.map(|member| member.role);
        authorize(context.actor, Act::CreateChannel, Object::Place { role })?;
        let channels = view.group(group).await?.map_or(0, |facts| facts.channels);
        check(self, channels)?;
        if view.conversation(id).await?.is_some() {
            return Err(bad_request("There is a conversation with this id already.").into());
        }
        let name = names::visible(&self.name);
        let row = ConversationRow {
            id,
            kind: ConversationKind::Channel,
            name: name.clone(),
            topic: self.topic.clone(),
            shared_history: true,
            group: Some(group),
            private: self.private,
            picture: None,
            created_at: context.now,
            created_by: Some(context.actor),
        };
        let join = Join { conversation: id, kind: row.kind, group: row.group, at: context.now };
        let record = Record::Conversation(Conversation { row, created_by: context.actor, deleted_at: None });
        let mut changes = vec![Change::new(StreamId::Conversation(id), record)];
        if self.private {
            all_in_group(view, group, &self.members).await?;
            changes.extend(seat_everybody(view, context, &join, &self.members).await?);
        } else {
            let row = ChannelRow { conversation: id, name, topic: self.topic.clone(), closed: false };
            changes.push(Change::new(StreamId::Group(group), Record::Channel(row)));
        }
        Ok(changes.into())
    }
}

/// What can be said without looking anything up; `channels`: how many the group has.
fn check(channel: &CreateChannel, channels: usize) -> Result<(), ApiError> {
    refuse_derived(channel.conversation)?;
    check_words(&channel.name, &channel.topic)?;
    if !channel.private && !channel.members.is_empty() {
        return Err(bad_request("Everybody in the group is in a public channel. Name members only for a private one."));
    }
    if channel.members.len() > limits::MEMBERS_PER_CHANGE_MAX {
        return Err(bad_request("A channel begins with at most 500 people. Add the others afterwards."));
    }
    if channels >= limits::CHANNELS_PER_GROUP_MAX {
        return Err(bad_request("A group has at most 2,000 channels."));
    }
    Ok(())
}
