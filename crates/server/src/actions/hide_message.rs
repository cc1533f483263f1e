use super::{Action, Context, Refusal, bad_request, look_up::look_up};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    limits,
    mutations::HideMessage,
    row::{Row, RowKey},
    rows::{HiddenRow, RowData, RowKind},
    stream::StreamId,
};

/// Hides a message that I can see. Showing it again asks for nothing: it is my own row.
impl Action for HideMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let key = RowKey { kind: HiddenRow::KIND.into(), id: self.message.to_string() };
        let there = match view.row(stream, key.clone()).await? {
            Some(Row { data: RowData::Hidden(row), .. }) => Some(row),
            _ => None,
        };
        let row = if self.on {
            let found = look_up(view, context, self.conversation, self.message).await?;
            authorize(context.actor, Act::HideMessage, found.object())?;
            if found.row.body.is_none() {
                // It was deleted meanwhile: there are no words to hide any more.
                return Ok(Performed::default());
            }
            if there.as_ref().is_some_and(|row| row.ended_at.is_none()) {
                None
            } else if view.count_hidden(context.actor).await? >= limits::HIDDEN_MAX {
                return Err(bad_request("You have hidden 10,000 messages, and no more can be.").into());
            } else {
                let (id, conversation, pos) = (self.message, self.conversation, found.row.pos);
                Some(HiddenRow { id, conversation, pos, at: context.now, ended_at: None })
            }
        } else {
            there.clone().filter(|row| row.ended_at.is_none()).map(|row| HiddenRow { ended_at: Some(context.now), ..row })
        };
        match row {
            Some(row) => Ok(vec![Change::new(stream, Record::Hidden(row))].into()),
            None => Ok(Performed { existing: there.map(|_| (stream, key)).into_iter().collect(), ..Performed::default() }),
        }
    }
}
