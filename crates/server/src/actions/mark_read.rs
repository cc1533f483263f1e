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
    mutations::MarkRead,
    rows::{ReadMarkerRow, ReadReceiptRow},
    stream::StreamId,
};

/// Moves my read marker forward, at most to the newest message. Others are told of what I see of it, once.
impl Action for MarkRead {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let role = view.seat(conversation, me).await?.map(|seat| seat.role);
        authorize(me, Act::MarkRead, Object::Place { role })?;
        let Some(facts) = view.conversation(conversation).await? else { return Err(ApiError::not_found().into()) };
        let (pos, told) = (self.pos.min(facts.last_pos), facts.tells_receipts());
        let windows = facts.member(me).map(|member| member.windows.clone());
        let marker = view.marker(me, conversation).await?;
        if pos > marker.pos {
            let (user, at) = (me, context.now);
            let mut changes = vec![Change::new(StreamId::User(me), Record::ReadMarker(ReadMarkerRow { conversation, pos, at }))];
            if told && pos > marker.furthest && view.shares_receipts(me).await? && !view.is_barred_in(conversation, me).await? {
                let ranges = windows.map(|windows| windows.between(marker.furthest, pos)).unwrap_or_default();
                let receipt = |(from, to)| Record::ReadReceipt(ReadReceiptRow { user, from, to, at });
                changes.extend(ranges.into_iter().map(|range| Change::new(StreamId::Receipts(conversation), receipt(range))));
            }
            return Ok(changes.into());
        }
        Ok(marker.stays(me, conversation))
    }
}
