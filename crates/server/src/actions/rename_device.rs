use super::{Action, Context, Refusal, settle_devices::listed};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    store::rows::Record,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    mutations::RenameDevice,
    row::RowKey,
    rows::{DeviceRow, RowKind},
    stream::StreamId,
};

/// Calls one of the actor's devices something else, also one that is signed out: it may come back.
impl Action for RenameDevice {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let name = names::visible(&self.name);
        if name.is_empty() || name.chars().count() > limits::DEVICE_NAME_CHARS_MAX {
            return Err(ApiError::new(ErrorCode::InvalidName, "A device's name has 1 to 64 characters.").into());
        }
        let stream = StreamId::User(context.actor);
        let Some(row) = listed(view, context.actor, self.device).await? else { return Err(ApiError::not_found().into()) };
        if row.name == name {
            let key = RowKey { kind: DeviceRow::KIND.into(), id: row.id() };
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        Ok(vec![Change::new(stream, Record::Device(DeviceRow { name, ..row }))].into())
    }
}
