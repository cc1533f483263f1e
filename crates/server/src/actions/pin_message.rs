use super::{Action, Context, Refusal, bad_request, look_up::look_up};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    limits,
    mutations::PinMessage,
    row::{Row, RowKey},
    rows::{PinRow, RowData, RowKind},
    stream::StreamId,
};

/// Pins a message for everybody there, or unpins it. What is as it is wanted stays: who pinned it first has pinned it.
impl Action for PinMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let found = look_up(view, context, conversation, self.message).await?;
        let channel = view.conversation(conversation).await?.is_some_and(|facts| facts.home.is_some());
        let barred = view.is_barred_in(conversation, me).await?;
        authorize(me, Act::PinMessage, Object::Board { role: Some(found.role()).filter(|_| !barred), channel })?;
        let there = pin(view, conversation, self.message).await?;
        let row = if self.on {
            if found.row.body.is_none() {
                // It was deleted meanwhile: the pin would go with it.
                return Ok(Performed::default());
            }
            if there.as_ref().is_some_and(|row| row.ended_at.is_none()) {
                None
            } else if view.pins(conversation).await?.len() >= limits::PINS_MAX {
                return Err(bad_request("50 messages are pinned here already. Unpin one of them first.").into());
            } else {
                Some(PinRow { id: self.message, pos: found.row.pos, by: me, at: context.now, ended_at: None })
            }
        } else {
            there.clone().filter(|row| row.ended_at.is_none()).map(|row| PinRow { ended_at: Some(context.now), ..row })
        };
        let stream = StreamId::Conversation(conversation);
        match row {
            Some(row) => Ok(vec![Change::new(stream, Record::Pin(row))].into()),
            None => {
                let existing = there.map(|row| (stream, key(row.id))).into_iter().collect();
                Ok(Performed { existing, ..Performed::default() })
            }
        }
    }
}

fn key(message: MessageId) -> RowKey {
    RowKey { kind: PinRow::KIND.into(), id: message.to_string() }
}

/// A message's pin, also one that has ended.
pub(super) async fn pin(view: &mut View<'_>, conversation: ConversationId, message: MessageId) -> Result<Option<PinRow>, Refusal> {
    match view.row(StreamId::Conversation(conversation), key(message)).await? {
        Some(Row { data: RowData::Pin(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}
