use super::{Action, Context, Refusal, bad_request, happened::happened};
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
    mutations::SetSharedHistory,
    row::RowKey,
    rows::{ConversationKind, ConversationRow, RowData, RowKind},
    stream::StreamId,
    system::SystemEvent,
};

/// Changes what those see who come from here on, and tells so in the conversation. The windows of everybody else stay.
impl Action for SetSharedHistory {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me) = (self.conversation, context.actor);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        let (kind, home) = (facts.kind, facts.home);
        match (kind, home) {
            (ConversationKind::Direct, _) => return Err(bad_request("Nobody comes into a direct conversation.").into()),
            (_, Some(Home { private: false, .. })) => {
                return Err(bad_request("Everybody in the group sees all of a public channel. Make it private first.").into());
            }
            _ => {}
        }
        let role = match home {
            Some(Home { group, .. }) => view.group_member(group, me).await?.map(|member| member.role),
            None => view.seat(id, me).await?.map(|seat| seat.role),
        };
        authorize(me, Act::EditConversation, Object::Place { role })?;
        let (stream, key) = (StreamId::Conversation(id), RowKey { kind: ConversationRow::KIND.into(), id: String::new() });
        let Some(RowData::Conversation(row)) = view.row(stream, key.clone()).await?.map(|row| row.data) else {
            return Err(ApiError::not_found().into());
        };
        if row.shared_history == self.on {
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        let row = ConversationRow { shared_history: self.on, ..row };
        let record = Record::Conversation(Conversation { row, created_by: me, deleted_at: None });
        Ok(vec![Change::new(stream, record), happened(context, id, SystemEvent::HistorySet { shared: self.on })].into())
    }
}
