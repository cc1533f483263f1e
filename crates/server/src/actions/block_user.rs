use super::{
    Action, Context, Refusal, bad_request,
    circle::{approach, as_it_is, block, part},
    invitations::{close, close_between},
};
use crate::{
    authority::Act,
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    ids::InvitationId,
    limits,
    mutations::BlockUser,
    row::RowKey,
    rows::{BlockRow, InvitationStatus, RowKind},
    stream::StreamId,
};

/// Blocks somebody. They are contacts no longer, and what the actor asks them is taken back; what they ask the actor is declined in the
/// actor's copy alone, so that nothing tells them.
impl Action for BlockUser {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, them, now) = (context.actor, self.user, context.now);
        if me == them {
            return Err(bad_request("Nobody can block themselves.").into());
        }
        let person = approach(view, context, Act::BlockUser, them).await?;
        if block(view, me, them).await?.is_some_and(|row| row.ended_at.is_none()) {
            return Ok(as_it_is(context, RowKey { kind: BlockRow::KIND.into(), id: them.to_string() }));
        }
        if view.blocked(me).await?.len() >= limits::BLOCKS_MAX {
            return Err(bad_request("You have blocked 5,000 people, and that is as many as there can be. Unblock one first.").into());
        }
        let mut changes = close(view, now, InvitationId::friend(me, them), InvitationStatus::Withdrawn, &[me, them]).await?;
        changes.extend(close(view, now, InvitationId::friend(them, me), InvitationStatus::Rejected, &[me]).await?);
        changes.extend(close_between(view, now, (me, them)).await?);
        changes.extend(part(view, now, [me, them]).await?);
        let row = BlockRow { person, since: now, ended_at: None };
        changes.push(Change::new(StreamId::User(me), Record::Block(row)));
        Ok(changes.into())
    }
}
