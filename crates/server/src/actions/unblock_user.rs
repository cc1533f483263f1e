use super::{
    Action, Context, Refusal,
    circle::{approach, as_it_is, block},
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
    mutations::UnblockUser,
    row::RowKey,
    rows::{BlockRow, RowKind},
    stream::StreamId,
};

/// Takes a block back. What was refused meanwhile stays refused, and they may ask again.
impl Action for UnblockUser {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, them) = (context.actor, self.user);
        approach(view, context, Act::UnblockUser, them).await?;
        match block(view, me, them).await? {
            None => Ok(Performed::default()),
            Some(row) if row.ended_at.is_some() => Ok(as_it_is(context, RowKey { kind: BlockRow::KIND.into(), id: row.id() })),
            Some(row) => {
                let row = BlockRow { ended_at: Some(context.now), ..row };
                Ok(vec![Change::new(StreamId::User(me), Record::Block(row))].into())
            }
        }
    }
}
