use super::{
    Action, Context, Refusal, bad_request,
    look_up::look_up,
    threads::{key, last_pos, thread},
};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{mutations::FollowThread, rows::ThreadRow, stream::StreamId};

/// Follows a thread under a message that I can see, also under one that was deleted. Leaving one that I follow asks for nothing: it is my
/// own row.
impl Action for FollowThread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let there = thread(view, context.actor, self.root).await?;
        if self.on || there.is_none() {
            let found = look_up(view, context, self.conversation, self.root).await?;
            authorize(context.actor, Act::FollowThread, found.object())?;
            if found.row.thread_root.is_some() {
                return Err(bad_request("This is said in a thread itself. Follow that one.").into());
            }
        }
        if there.as_ref().is_some_and(|row| row.following == self.on) {
            return Ok(Performed { existing: vec![(stream, key(self.root))], ..Performed::default() });
        }
        let last_pos = last_pos(view, self.conversation).await?;
        let row = match there {
            Some(row) if self.on => ThreadRow { following: true, read: row.read.max(last_pos), at: context.now, ..row },
            Some(row) => ThreadRow { following: false, at: context.now, ..row },
            None => ThreadRow { id: self.root, conversation: self.conversation, read: last_pos, following: self.on, at: context.now },
        };
        Ok(vec![Change::new(stream, Record::Thread(row))].into())
    }
}
