use super::{Action, Context, Refusal, bad_request, collections, look_up::look_up};
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
    mutations::Collect,
    row::{Row, RowKey},
    rows::{CollectedKind, CollectedRow, RowData, RowKind},
    stream::StreamId,
};

/// Puts a message that I can see into a collection of mine. Taking it out asks for nothing: it is my own row.
impl Action for Collect {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let key = RowKey { kind: CollectedRow::KIND.into(), id: CollectedRow::id_of(self.collection, self.message) };
        let there = match view.row(stream, key.clone()).await? {
            Some(Row { data: RowData::Collected(row), .. }) => Some(row),
            _ => None,
        };
        let row = if self.on {
            collections::present(view, context, self.collection).await?;
            let found = look_up(view, context, self.conversation, self.message).await?;
            authorize(context.actor, Act::Collect, found.object())?;
            if found.row.body.is_none() {
                // It was deleted meanwhile: it would go from there with its words.
                return Ok(Performed::default());
            }
            if there.as_ref().is_some_and(|row| row.ended_at.is_none()) {
                None
            } else if view.count_inside(context.actor, self.collection).await? >= limits::COLLECTED_MAX {
                return Err(bad_request("There are 1,000 messages in this collection. Take one out, or make another collection.").into());
            } else {
                let Self { collection, conversation, message: item, .. } = *self;
                let (kind, pos) = (CollectedKind::Message, found.row.pos);
                Some(CollectedRow { collection, item, kind, conversation, pos, at: context.now, ended_at: None })
            }
        } else {
            there.clone().filter(|row| row.ended_at.is_none()).map(|row| CollectedRow { ended_at: Some(context.now), ..row })
        };
        match row {
            Some(row) => Ok(vec![Change::new(stream, Record::Collected(row))].into()),
            None => Ok(Performed { existing: there.map(|_| (stream, key)).into_iter().collect(), ..Performed::default() }),
        }
    }
}
