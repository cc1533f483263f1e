use super::{Action, Context, Refusal};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::ApiError,
    mutations::MarkRead,
    row::RowKey,
    rows::{ReadMarkerRow, RowKind},
    stream::StreamId,
};

/// Moves my read marker forward, at most to the newest message; it never goes back.
impl Action for MarkRead {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, conversation) = (context.actor, self.conversation);
        let Some(facts) = view.conversation_of(conversation, me).await? else {
            return Err(ApiError::not_found().into());
        };
        let pos = self.pos.min(facts.last_pos);
        let marker = view.marker(me, conversation).await?;
        if pos > marker {
            let row = ReadMarkerRow { conversation, pos, at: context.now };
            return Ok(vec![Change::new(StreamId::User(me), Record::ReadMarker(row))].into());
        }
        let key = RowKey { kind: ReadMarkerRow::KIND.into(), id: conversation.to_string() };
        let existing = if marker > 0 { vec![(StreamId::User(me), key)] } else { Vec::new() };
        Ok(Performed { changes: Vec::new(), existing })
    }
}
