use super::{Command, Context, Refusal};
use crate::{
    commit::{
        Request, View,
        change::{Change, Performed},
    },
    installation::Installation,
    store::{device, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::{DeviceId, MutationId, UserId},
    row::{Row, RowKey},
    rows::{DeviceRow, RowData, RowKind},
    stream::StreamId,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// The rows of these devices are to say what their sessions say.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SettleDevices {
    pub devices: BTreeSet<DeviceId>,
}

/// Sessions open and end outside the streams, and count at once; this lists what came of it. Whatever came in between, the newest state of
/// the sessions is what is written, so it may run in any order and as often as anybody likes.
pub(super) async fn settle_devices(view: &mut View<'_>, context: &Context, command: &SettleDevices) -> Result<Performed, Refusal> {
    let mut changes = Vec::new();
    for id in &command.devices {
        let listed = listed(view, context.actor, *id).await?;
        let row = match (&listed, view.session_of(context.actor, *id).await?) {
            (None, None) => continue,
            (Some(row), None) => DeviceRow { ended_at: row.ended_at.or(Some(context.now)), ..row.clone() },
            (before, Some(opened)) => DeviceRow {
                id: *id,
                // What its person has called it stays when it comes back.
                name: before.as_ref().map_or(opened.name, |row| row.name.clone()),
                platform: opened.platform,
                signed_in_at: opened.at,
                ended_at: None,
            },
        };
        if listed.as_ref() != Some(&row) {
            changes.push(Change::new(StreamId::User(context.actor), Record::Device(row)));
        }
    }
    Ok(changes.into())
}

/// A device's row, earlier mutations of the batch included.
pub(super) async fn listed(view: &mut View<'_>, user: UserId, device: DeviceId) -> Result<Option<DeviceRow>, Refusal> {
    let key = RowKey { kind: DeviceRow::KIND.into(), id: device.to_string() };
    match view.row(StreamId::User(user), key).await? {
        Some(Row { data: RowData::Device(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// Lists somebody's devices as their sessions are; `also` were just changed. What it follows has happened either way: where it fails the
/// rows are as they were, and the next sign-in, sign-out or connection of this person lists them.
pub(crate) async fn settle_or_later(installation: &Installation, user: UserId, also: impl IntoIterator<Item = DeviceId>) {
    if let Err(error) = settle(installation, user, also).await {
        tracing::warn!(%error, "a person's devices are not listed as they are; it will be tried again when one connects");
    }
}

async fn settle(installation: &Installation, user: UserId, also: impl IntoIterator<Item = DeviceId>) -> Result<(), ApiError> {
    let mut devices = device::unsettled(&mut *installation.store.snapshot().await?, user).await?;
    devices.extend(also);
    if devices.is_empty() {
        return Ok(());
    }
    let command = Command::SettleDevices(SettleDevices { devices });
    let request = Request { id: MutationId::new(), actor: user, after: None, command, at: None };
    installation.committer.perform(user, request).await.map(|_| ())
}
