use super::{Action, Context, Refusal, group_seat::GroupSeat, invitations::close_all};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{group::Group, invitation::Pending, rows::Record},
};
use hearth_protocol::{
    Millis,
    error::ApiError,
    ids::{GroupId, NotificationId, UserId},
    mutations::DeleteGroup,
    row::RowKey,
    rows::{GroupRow, InvitationStatus, NotificationKind, NotificationRow, RowData, RowKind},
    stream::StreamId,
};

/// Takes everybody out of a group at once, and tells them. That closes its stream and all of its channels, as leaving does; what was said there is removed
/// afterwards, by the hourly job.
impl Action for DeleteGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (group, me) = (self.group, context.actor);
        let role = view.group_member(group, me).await?.map(|member| member.role);
        authorize(me, Act::DeleteGroup, Object::Place { role })?;
        let (stream, key) = (StreamId::Group(group), RowKey { kind: GroupRow::KIND.into(), id: String::new() });
        let Some(RowData::Group(row)) = view.row(stream, key).await?.map(|row| row.data) else {
            return Err(ApiError::not_found().into());
        };
        let name = row.name.clone();
        let row = GroupRow { name: String::new(), about: String::new(), picture: None, ..row };
        let tombstone = Group { row, created_by: me, deleted_at: Some(context.now) };
        let mut changes = vec![Change::new(stream, Record::Group(tombstone))];
        let present: Vec<UserId> =
            view.group(group).await?.map(|facts| facts.present().map(|(user, _)| user).collect()).unwrap_or_default();
        for user in present {
            changes.extend(GroupSeat::of(view, group, user).await?.left(context.now, Some(&name)));
            changes.extend((user != me).then(|| told(user, group, context.now)));
        }
        changes.extend(close_all(view, context.now, Pending::Into(group), InvitationStatus::Withdrawn).await?);
        Ok(changes.into())
    }
}

/// That it is gone, to somebody who was in it.
fn told(user: UserId, group: GroupId, now: Millis) -> Change {
    let row = NotificationRow::new(NotificationId(group.0), NotificationKind::GroupDeleted, now);
    Change::new(StreamId::User(user), Record::Notification(row))
}
