use super::bad_request;
use crate::{
    app::App,
    clock,
    store::{device_key, session::Session},
};
use hearth_protocol::{account::WrappedKey, error::ApiError, ids::DeviceId, limits};

/// Keeps the second copy of a replica's key for its owner.
pub(crate) async fn keep_key(app: &App, session: Session, device: DeviceId, key: &WrappedKey) -> Result<(), ApiError> {
    let base64 = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'=' | b'-' | b'_');
    if key.wrapped.is_empty() || key.wrapped.len() > limits::WRAPPED_KEY_BYTES_MAX || !key.wrapped.bytes().all(base64) {
        return Err(bad_request("A wrapped key is at most 256 bytes of base64."));
    }
    let mut transaction = app.store().write().await?;
    let known = device_key::get(&mut transaction, session.user, device).await?.is_some();
    if !known && device_key::count(&mut transaction, session.user).await? >= limits::WRAPPED_KEYS_MAX {
        return Err(bad_request("The server keeps the keys of 100 devices for one person, and has them all."));
    }
    device_key::put(&mut transaction, session.user, device, &key.wrapped, clock::now()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives the key back to its owner; the same answer for missing and for somebody else's.
pub(crate) async fn fetch_key(app: &App, session: Session, device: DeviceId) -> Result<WrappedKey, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let wrapped = device_key::get(&mut snapshot, session.user, device).await?;
    wrapped.map(|wrapped| WrappedKey { wrapped }).ok_or_else(ApiError::not_found)
}
