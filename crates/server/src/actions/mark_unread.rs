use super::{Action, Context, Refusal};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{mutations::MarkUnread, rows::ReadMarkerRow, stream::StreamId};

/// Moves my read marker back; nobody else hears of it.
impl Action for MarkUnread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let role = view.seat(conversation, me).await?.map(|seat| seat.role);
        authorize(me, Act::MarkUnread, Object::Place { role })?;
        let (marker, pos) = (view.marker(me, conversation).await?, self.from.saturating_sub(1));
        if pos >= marker.pos {
            return Ok(marker.stays(me, conversation));
        }
        let row = ReadMarkerRow { conversation, pos, at: context.now };
        Ok(vec![Change::new(StreamId::User(me), Record::ReadMarker(row))].into())
    }
}
