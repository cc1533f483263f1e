use super::{
    Action, Context, Refusal,
    threads::{key, last_pos, thread},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{mutations::ReadThread, rows::ThreadRow, stream::StreamId};

/// Moves my marker of a thread forward, at most to the newest message of the conversation. A thread that I have never followed counts
/// nothing, so there is no marker to move.
impl Action for ReadThread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let role = view.seat(self.conversation, context.actor).await?.map(|seat| seat.role);
        authorize(context.actor, Act::MarkRead, Object::Place { role })?;
        let Some(row) = thread(view, context.actor, self.root).await?.filter(|row| row.conversation == self.conversation) else {
            return Ok(Performed::default());
        };
        let stream = StreamId::User(context.actor);
        let read = self.pos.min(last_pos(view, self.conversation).await?);
        if read <= row.read {
            return Ok(Performed { existing: vec![(stream, key(self.root))], ..Performed::default() });
        }
        Ok(vec![Change::new(stream, Record::Thread(ThreadRow { read, at: context.now, ..row }))].into())
    }
}
