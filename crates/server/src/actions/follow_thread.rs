use super::{
    Action, Context, Refusal, bad_request,
    look_up::look_up,
    threads::{ever, key, last_pos},
};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{error::ApiError, mutations::FollowThread, rows::ThreadRow, stream::StreamId};

/// Follows a thread under a message that I can see, also under one that was deleted. Leaving one that I follow asks for nothing but that it
/// is the one of that conversation: it is my own row. It tells nobody how far a conversation is whom it is not told to.
impl Action for FollowThread {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let ever = ever(view, context.actor, self.root).await?;
        if ever.as_ref().is_some_and(|row| row.conversation != self.conversation) {
            return Err(ApiError::not_found().into());
        }
        let was = ever.is_some();
        let there = ever.filter(|row| row.ended_at.is_none());
        if was && there.is_none() && !self.on {
            // What is over is left.
            return Ok(Performed { existing: vec![(stream, key(self.root))], ..Performed::default() });
        }
        let mut pos = there.as_ref().map_or(0, |row| row.pos);
        if self.on || there.is_none() {
            let found = look_up(view, context, self.conversation, self.root).await?;
            pos = found.row.pos;
            authorize(context.actor, Act::FollowThread, found.object())?;
            if found.row.thread_root.is_some() {
                return Err(bad_request("This is said in a thread itself. Follow that one.").into());
            }
        }
        if there.as_ref().is_some_and(|row| row.following == self.on) {
            return Ok(Performed { existing: vec![(stream, key(self.root))], ..Performed::default() });
        }
        let sees = view.seat(self.conversation, context.actor).await?.is_some();
        let last_pos = if sees { last_pos(view, self.conversation).await? } else { 0 };
        // What one leaves counts as read, as does what was there before one followed.
        let (following, at) = (self.on, context.now);
        let row = match there {
            Some(row) => ThreadRow { following, read: row.read.max(last_pos), at, ..row },
            None => ThreadRow { id: self.root, conversation: self.conversation, pos, read: last_pos, following, at, ended_at: None },
        };
        Ok(vec![Change::new(stream, Record::Thread(row))].into())
    }
}
