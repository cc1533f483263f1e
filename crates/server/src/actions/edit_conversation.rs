use super::{Action, Context, Refusal, bad_request, create_conversation::check_words, happened::happened};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    sight::Home,
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::ConversationId,
    mutations::EditConversation,
    row::RowKey,
    rows::{ChannelRow, ConversationKind, ConversationRow, RowData, RowKind},
    stream::StreamId,
    system::SystemEvent,
};

/// Gives a conversation another name, or says otherwise what it is about, and tells so in it.
impl Action for EditConversation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let unnamed = "A direct conversation is named after its two people.";
        change_conversation(view, context, (self.conversation, unnamed), |before| {
            let name = self.name.as_ref().map_or_else(|| before.name.clone(), |name| names::visible(name));
            let topic = self.topic.as_ref().unwrap_or(&before.topic).clone();
            check_words(&name, &topic)?;
            let event = SystemEvent::Edited { name: name != before.name, topic: topic != before.topic };
            Ok((ConversationRow { name, topic, ..before }, event))
        })
        .await
    }
}

/// Changes something of a conversation's own facts, if the actor may, and tells in it what: `direct` says why one of two people has nothing
/// of the kind. One that is so already is answered as it is.
pub(super) async fn change_conversation(
    view: &mut View<'_>,
    context: &Context,
    (id, direct): (ConversationId, &str),
    change: impl FnOnce(ConversationRow) -> Result<(ConversationRow, SystemEvent), Refusal>,
) -> Result<Performed, Refusal> {
    let me = context.actor;
    let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
    let (kind, home) = (facts.kind, facts.home);
    if kind == ConversationKind::Direct {
        return Err(bad_request(direct).into());
    }
    // Whoever makes a group's channels says what they are called and what they look like.
    let role = match home {
        Some(Home { group, .. }) => view.group_member(group, me).await?.map(|member| member.role),
        None => view.seat(id, me).await?.map(|seat| seat.role),
    };
    authorize(me, Act::EditConversation, Object::Place { role })?;
    let (stream, key) = (StreamId::Conversation(id), RowKey { kind: ConversationRow::KIND.into(), id: String::new() });
    let Some(RowData::Conversation(before)) = view.row(stream, key.clone()).await?.map(|row| row.data) else {
        return Err(ApiError::not_found().into());
    };
    let (row, event) = change(before.clone())?;
    if row == before {
        return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
    }
    let mut changes = Vec::with_capacity(3);
    if let Some(Home { group, private: false }) = home
        && (&row.name, &row.topic) != (&before.name, &before.topic)
    {
        // The group lists it as well.
        let row = ChannelRow { conversation: id, name: row.name.clone(), topic: row.topic.clone(), closed: false };
        changes.push(Change::new(StreamId::Group(group), Record::Channel(row)));
    }
    changes.push(Change::new(stream, Record::Conversation(Conversation { row, created_by: me, deleted_at: None })));
    changes.push(happened(context, id, event));
    Ok(changes.into())
}
