use super::{Action, Context, Refusal, create_conversation::check_words};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    store::{group::Group, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::GroupId,
    mutations::EditGroup,
    row::RowKey,
    rows::{GroupRow, RowData, RowKind},
    stream::StreamId,
};

/// Gives a group another name, or says otherwise what it is about.
impl Action for EditGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        change_group(view, context, self.group, |row| {
            let name = self.name.as_ref().unwrap_or(&row.name);
            let about = self.about.as_ref().unwrap_or(&row.about).clone();
            check_words(name, &about)?;
            Ok(GroupRow { name: names::visible(name), about, ..row })
        })
        .await
    }
}

/// Changes something of a group's own facts, if the actor may; one that is so already is answered as it is.
pub(super) async fn change_group(
    view: &mut View<'_>,
    context: &Context,
    group: GroupId,
    change: impl FnOnce(GroupRow) -> Result<GroupRow, Refusal>,
) -> Result<Performed, Refusal> {
    let role = view.group_member(group, context.actor).await?.map(|member| member.role);
    authorize(context.actor, Act::EditGroup, Object::Place { role })?;
    let (stream, key) = (StreamId::Group(group), RowKey { kind: GroupRow::KIND.into(), id: String::new() });
    let Some(RowData::Group(row)) = view.row(stream, key.clone()).await?.map(|row| row.data) else {
        return Err(ApiError::not_found().into());
    };
    let changed = change(row.clone())?;
    if changed == row {
        return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
    }
    let group = Group { row: changed, created_by: context.actor, deleted_at: None };
    Ok(vec![Change::new(stream, Record::Group(group))].into())
}
