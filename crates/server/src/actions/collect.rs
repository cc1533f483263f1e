use super::{
    Action, Context, Refusal, bad_request, collections,
    own_mark::{Mine, place},
};
use crate::{
    authority::Act,
    commit::{View, change::Performed},
};
use hearth_protocol::{
    limits,
    mutations::Collect,
    rows::{CollectedKind, CollectedRow},
};

/// Puts a message that I can see into a collection of mine. Taking it out asks for nothing: it is my own row.
impl Action for Collect {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let mine = Mine::<CollectedRow>::find(view, context, CollectedRow::id_of(self.collection, self.message)).await?;
        if !self.on {
            return Ok(mine.end(context));
        }
        collections::present(view, context, self.collection).await?;
        let Some(pos) = place(view, context, Act::Collect, self.conversation, self.message).await? else {
            return Ok(Performed::default());
        };
        if mine.is_set() {
            return Ok(mine.left());
        }
        if view.count_inside(context.actor, self.collection).await? >= limits::COLLECTED_MAX {
            return Err(bad_request("There are 1,000 messages in this collection. Take one out, or make another collection.").into());
        }
        let Self { collection, conversation, message: item, .. } = *self;
        let kind = CollectedKind::Message;
        Ok(mine.set(CollectedRow { collection, item, kind, conversation, pos, at: context.now, ended_at: None }))
    }
}
