use super::{Action, Context, Refusal, administer::may, bad_request, create_conversation::check_words, join::JoinGroup};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    store::{group::Group, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    mutations::CreateGroup,
    role::Permission,
    rows::{GroupRow, MemberRole},
    stream::StreamId,
};

/// Makes a group. Whoever asks owns it.
impl Action for CreateGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (group, owner) = (self.group, context.actor);
        check_words(&self.name, &self.about)?;
        may(view, context, Permission::CreateGroups).await?;
        if view.group(group).await?.is_some() {
            return Err(bad_request("There is a group with this id already.").into());
        }
        let Some(person) = view.person(owner).await? else { return Err(ApiError::not_found().into()) };
        let row = GroupRow {
            id: group,
            name: names::visible(&self.name),
            about: self.about.clone(),
            picture: None,
            created_at: context.now,
            created_by: Some(owner),
        };
        let mut changes = vec![Change::new(StreamId::Group(group), Record::Group(Group { row, created_by: owner, deleted_at: None }))];
        changes.extend(JoinGroup { group, at: context.now }.changes(person, MemberRole::Owner, None));
        Ok(changes.into())
    }
}
