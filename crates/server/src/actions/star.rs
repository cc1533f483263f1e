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
    mutations::Star,
    row::{Row, RowKey},
    rows::{RowData, RowKind, StarRow},
    stream::StreamId,
};

/// Stars a message that I can see. Taking a star off asks for nothing: it is my own row.
impl Action for Star {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let key = RowKey { kind: StarRow::KIND.into(), id: self.message.to_string() };
        let there = match view.row(stream, key.clone()).await? {
            Some(Row { data: RowData::Star(row), .. }) => Some(row),
            _ => None,
        };
        let row = if self.on {
            let found = look_up(view, context, self.conversation, self.message).await?;
            authorize(context.actor, Act::Star, found.object())?;
            if found.row.body.is_none() {
                // It was deleted meanwhile: the star would go with it.
                return Ok(Performed::default());
            }
            if there.as_ref().is_some_and(|row| row.ended_at.is_none()) {
                None
            } else if view.count_stars(context.actor).await? >= limits::STARS_MAX {
                return Err(bad_request("You have starred 10,000 messages. Take a star off before you star another one.").into());
            } else {
                let (id, conversation, pos) = (self.message, self.conversation, found.row.pos);
                Some(StarRow { id, conversation, pos, at: context.now, ended_at: None })
            }
        } else {
            there.clone().filter(|row| row.ended_at.is_none()).map(|row| StarRow { ended_at: Some(context.now), ..row })
        };
        match row {
            Some(row) => Ok(vec![Change::new(stream, Record::Star(row))].into()),
            None => Ok(Performed { existing: there.map(|_| (stream, key)).into_iter().collect(), ..Performed::default() }),
        }
    }
}
