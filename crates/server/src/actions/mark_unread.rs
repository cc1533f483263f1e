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
    mutations::MarkUnread,
    row::RowKey,
    rows::{ReadMarkerRow, RowKind},
    stream::StreamId,
};

/// Moves my read marker back; nobody else hears of it.
impl Action for MarkUnread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let role = view.seat(conversation, me).await?.map(|seat| seat.role);
        authorize(me, Act::MarkUnread, Object::Place { role })?;
        let marker = view.marker(me, conversation).await?.pos;
        let (stream, pos) = (StreamId::User(me), self.from.saturating_sub(1));
        if pos < marker {
            return Ok(vec![Change::new(stream, Record::ReadMarker(ReadMarkerRow { conversation, pos, at: context.now }))].into());
        }
        let key = RowKey { kind: ReadMarkerRow::KIND.into(), id: conversation.to_string() };
        let existing = if marker > 0 { vec![(stream, key)] } else { Vec::new() };
        Ok(Performed { existing, ..Performed::default() })
    }
}
