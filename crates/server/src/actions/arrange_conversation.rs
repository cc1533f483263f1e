use super::{Action, Context, Refusal, bad_request};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    mutations::ArrangeConversation,
    row::{Row, RowKey},
    rows::{Arrangement, ArrangementRow, NotificationLevel, RowData, RowKind},
    stream::StreamId,
};

/// Changes one thing of how somebody has a conversation. Two devices that change different things offline both have their way.
impl Action for ArrangeConversation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let role = view.seat(conversation, me).await?.map(|seat| seat.role);
        authorize(me, Act::ArrangeConversation, Object::Place { role })?;
        if self.change == Arrangement::Level(NotificationLevel::Unknown) {
            return Err(bad_request("This server does not know that setting yet. Ask its owner to update it.").into());
        }
        let stream = StreamId::User(me);
        let key = RowKey { kind: ArrangementRow::KIND.into(), id: conversation.to_string() };
        let there = match view.row(stream, key.clone()).await? {
            Some(Row { data: RowData::Arrangement(row), .. }) => Some(row),
            _ => None,
        };
        let before = there.clone().unwrap_or_else(|| ArrangementRow::new(conversation));
        let change = match self.change {
            Arrangement::Archived(Some(upto)) => {
                let last = view.conversation(conversation).await?.map_or(0, |facts| facts.last_pos);
                Arrangement::Archived(Some(upto.min(last)))
            }
            change => change,
        };
        let row = before.clone().with(change, context.now);
        if row != before {
            return Ok(vec![Change::new(stream, Record::Arrangement(row))].into());
        }
        Ok(Performed { existing: there.map(|_| (stream, key)).into_iter().collect(), ..Performed::default() })
    }
}
