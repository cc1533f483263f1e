use super::{Action, Context, Refusal, collections};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{mutations::RenameCollection, rows::CollectionRow, stream::StreamId};

/// Calls a collection of the actor's something else.
impl Action for RenameCollection {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let name = collections::name(&self.name)?;
        let stream = StreamId::User(context.actor);
        let row = collections::present(view, context, self.collection).await?;
        if row.name == name {
            return Ok(Performed { existing: vec![(stream, collections::key(self.collection))], ..Performed::default() });
        }
        Ok(vec![Change::new(stream, Record::Collection(CollectionRow { name, ..row }))].into())
    }
}
