use super::{
    Action, Context, Refusal, bad_request,
    own_mark::{Mine, place},
};
use crate::{
    authority::Act,
    commit::{View, change::Performed},
};
use hearth_protocol::{limits, mutations::Star, rows::StarRow};

/// Stars a message that I can see. Taking a star off asks for nothing: it is my own row.
impl Action for Star {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let mine = Mine::<StarRow>::find(view, context, self.message.to_string()).await?;
        if !self.on {
            return Ok(mine.end(context));
        }
        let Some(pos) = place(view, context, Act::Star, self.conversation, self.message).await? else {
            return Ok(Performed::default());
        };
        if mine.is_set() {
            return Ok(mine.left());
        }
        if view.count_marks::<StarRow>(context.actor).await? >= limits::STARS_MAX {
            return Err(bad_request("You have starred 10,000 messages. Take a star off before you star another one.").into());
        }
        Ok(mine.set(StarRow { id: self.message, conversation: self.conversation, pos, at: context.now, ended_at: None }))
    }
}
