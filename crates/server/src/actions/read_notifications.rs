use super::{Action, Context, Refusal, bad_request};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    limits,
    mutations::ReadNotifications,
    row::RowKey,
    rows::{NotificationRow, RowData, RowKind},
    stream::StreamId,
};

/// Notes what the actor has read of what they were told. It is on their own stream alone, so whatever they name there is theirs.
impl Action for ReadNotifications {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        if self.ids.len() > limits::NOTIFICATIONS_PER_CHANGE_MAX {
            return Err(bad_request("At most 500 notifications can be read at once. Read the others afterwards.").into());
        }
        let stream = StreamId::User(context.actor);
        let mut performed = Performed::default();
        for id in &self.ids {
            let key = RowKey { kind: NotificationRow::KIND.into(), id: id.to_string() };
            match view.row(stream, key.clone()).await?.map(|row| row.data) {
                Some(RowData::Notification(row)) if row.read_at.is_none() => {
                    let row = NotificationRow { read_at: Some(context.now), ..row };
                    performed.changes.push(Change::new(stream, Record::Notification(row)));
                }
                Some(_) => performed.existing.push((stream, key)),
                None => {}
            }
        }
        Ok(performed)
    }
}
