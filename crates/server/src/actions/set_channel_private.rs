use super::{
    Action, Context, Refusal, bad_request,
    create_conversation::seat_everybody,
    join::{Join, all_in_group},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    sight::Home,
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::SetChannelPrivate,
    row::RowKey,
    rows::{ChannelRow, ConversationRow, RowData, RowKind},
    stream::StreamId,
};

/// Makes a public channel private: those who stay become its members, and the group does not list it any more.
impl Action for SetChannelPrivate {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me) = (self.conversation, context.actor);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        let Some(Home { group, private }) = facts.home else {
            return Err(bad_request("Only a group's channel can become private.").into());
        };
        let role = view.group_member(group, me).await?.map(|member| member.role);
        authorize(me, Act::SetChannelPrivate, Object::Place { role })?;
        if self.members.len() > limits::MEMBERS_PER_CHANGE_MAX {
            return Err(bad_request("At most 500 people can be named at once. Add the others afterwards.").into());
        }
        let (stream, key) = (StreamId::Conversation(id), RowKey { kind: ConversationRow::KIND.into(), id: String::new() });
        if private {
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        all_in_group(view, group, &self.members).await?;
        let Some(RowData::Conversation(row)) = view.row(stream, key).await?.map(|row| row.data) else {
            return Err(ApiError::not_found().into());
        };
        let join = Join { conversation: id, kind: row.kind, group: Some(group), at: context.now };
        let row = ConversationRow { private: true, ..row };
        let gone = ChannelRow { conversation: id, name: String::new(), topic: String::new(), closed: true };
        let mut changes = vec![
            Change::new(stream, Record::Conversation(Conversation { row, created_by: me, deleted_at: None })),
            Change::new(StreamId::Group(group), Record::Channel(gone)),
        ];
        changes.extend(seat_everybody(view, context, &join, &self.members).await?);
        Ok(changes.into())
    }
}
