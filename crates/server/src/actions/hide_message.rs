use super::{
    Action, Context, Refusal, bad_request,
    own_mark::{Mine, place},
};
use crate::{
    authority::Act,
    commit::{View, change::Performed},
};
use hearth_protocol::{limits, mutations::HideMessage, rows::HiddenRow};

/// Hides a message that I can see. Showing it again asks for nothing: it is my own row.
impl Action for HideMessage {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let mine = Mine::<HiddenRow>::find(view, context, self.message.to_string()).await?;
        if !self.on {
            return Ok(mine.end(context));
        }
        let Some(pos) = place(view, context, Act::HideMessage, self.conversation, self.message).await? else {
            return Ok(Performed::default());
        };
        if mine.is_set() {
            return Ok(mine.left());
        }
        if view.count_hidden(context.actor).await? >= limits::HIDDEN_MAX {
            return Err(bad_request("You have hidden 10,000 messages, and no more can be.").into());
        }
        Ok(mine.set(HiddenRow { id: self.message, conversation: self.conversation, pos, at: context.now, ended_at: None }))
    }
}
