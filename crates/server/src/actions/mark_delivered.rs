use super::{Action, Context, Refusal};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::ApiError,
    mutations::MarkDelivered,
    row::RowKey,
    rows::{DeliveredRow, RowKind},
    stream::StreamId,
};

/// Raises the mark of what has reached me, at most to the newest message; nothing where others are not told.
impl Action for MarkDelivered {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (user, conversation) = (context.actor, self.conversation);
        let role = view.seat(conversation, user).await?.map(|seat| seat.role);
        authorize(user, Act::MarkDelivered, Object::Place { role })?;
        let Some(facts) = view.conversation(conversation).await? else { return Err(ApiError::not_found().into()) };
        let (pos, told) = (self.pos.min(facts.last_pos), facts.tells_receipts());
        if !told || !view.shares_receipts(user).await? || view.is_barred_in(conversation, user).await? {
            return Ok(Performed::default());
        }
        let stream = StreamId::Receipts(conversation);
        let mark = view.delivered(user, conversation).await?;
        if pos > mark {
            return Ok(vec![Change::new(stream, Record::Delivered(DeliveredRow { user, pos, at: context.now }))].into());
        }
        let key = RowKey { kind: DeliveredRow::KIND.into(), id: user.to_string() };
        let existing = if mark > 0 { vec![(stream, key)] } else { Vec::new() };
        Ok(Performed { existing, ..Performed::default() })
    }
}
