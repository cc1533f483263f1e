use super::{
    Action, Context, Refusal,
    threads::{key, thread},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{mutations::UnreadThread, rows::ThreadRow, stream::StreamId};

/// Moves my marker of a thread back; nobody else hears of it. A thread that I do not follow counts nothing, so there is nothing to move: what
/// one has left stays read.
impl Action for UnreadThread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let role = view.seat(self.conversation, context.actor).await?.map(|seat| seat.role);
        authorize(context.actor, Act::MarkUnread, Object::Place { role })?;
        let Some(row) = thread(view, context.actor, self.root).await?.filter(|row| row.conversation == self.conversation) else {
            return Ok(Performed::default());
        };
        let stream = StreamId::User(context.actor);
        let read = self.from.saturating_sub(1);
        if !row.following || read >= row.read {
            return Ok(Performed { existing: vec![(stream, key(self.root))], ..Performed::default() });
        }
        Ok(vec![Change::new(stream, Record::Thread(ThreadRow { read, at: context.now, ..row }))].into())
    }
}
