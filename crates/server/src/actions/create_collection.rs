use super::{Action, Context, Refusal, bad_request, collections};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{limits, mutations::CreateCollection, rows::CollectionRow, stream::StreamId};

/// Makes a list of messages for the actor. An id that they have used is answered with what became of it.
impl Action for CreateCollection {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let name = collections::name(&self.name)?;
        let stream = StreamId::User(context.actor);
        if collections::find(view, context, self.collection).await?.is_some() {
            return Ok(Performed { existing: vec![(stream, collections::key(self.collection))], ..Performed::default() });
        }
        if view.count_collections(context.actor).await? >= limits::COLLECTIONS_MAX {
            return Err(bad_request("You have 100 collections. Delete one before you make another one.").into());
        }
        let row = CollectionRow { id: self.collection, name, at: context.now, ended_at: None };
        Ok(vec![Change::new(stream, Record::Collection(row))].into())
    }
}
