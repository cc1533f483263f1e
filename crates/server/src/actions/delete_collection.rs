use super::{Action, Context, Refusal, collections};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::ApiError,
    mutations::DeleteCollection,
    rows::{CollectedRow, CollectionRow},
    stream::StreamId,
};

/// Deletes a collection of the actor's, with what is in it. One that is deleted already is answered as it is.
impl Action for DeleteCollection {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let stream = StreamId::User(context.actor);
        let Some(row) = collections::find(view, context, self.collection).await? else { return Err(ApiError::not_found().into()) };
        if row.ended_at.is_some() {
            return Ok(Performed { existing: vec![(stream, collections::key(self.collection))], ..Performed::default() });
        }
        let ended_at = Some(context.now);
        let mut changes = vec![Change::new(stream, Record::Collection(CollectionRow { name: String::new(), ended_at, ..row }))];
        let inside = view.inside(context.actor, self.collection).await?.into_values();
        changes.extend(inside.map(|row| Change::new(stream, Record::Collected(CollectedRow { ended_at, ..row }))));
        Ok(changes.into())
    }
}
