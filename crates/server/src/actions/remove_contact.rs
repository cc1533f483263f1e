use super::{
    Action, Context, Refusal,
    circle::{approach, as_it_is, contact, contact_key, part},
};
use crate::{
    authority::Act,
    commit::{View, change::Performed},
};
use hearth_protocol::mutations::RemoveContact;

/// Ends that two people are contacts, for both: who is left behind could not ask again otherwise.
impl Action for RemoveContact {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, them) = (context.actor, self.user);
        approach(view, context, Act::RemoveContact, them).await?;
        match contact(view, me, them).await? {
            None => Ok(Performed::default()),
            Some(row) if row.ended_at.is_some() => Ok(as_it_is(context, contact_key(them))),
            Some(_) => Ok(part(view, context.now, [me, them]).await?.into()),
        }
    }
}
