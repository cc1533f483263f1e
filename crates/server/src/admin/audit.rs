use super::By;
use crate::{installation::Installation, store::audit};
use hearth_protocol::{admin::AuditPage, error::ApiError, limits::ADMIN_PAGE, role::Permission};

/// What was done before entry `before`, the newest first.
pub(crate) async fn read_audit_log(installation: &Installation, by: By, before: Option<u64>) -> Result<AuditPage, ApiError> {
    let mut snapshot = installation.store.snapshot().await?;
    by.allowed(&mut snapshot, Permission::ReadAuditLog).await?;
    let mut entries = audit::page(&mut snapshot, before, ADMIN_PAGE + 1).await?;
    let more = entries.len() > ADMIN_PAGE;
    entries.truncate(ADMIN_PAGE);
    let next = entries.last().filter(|_| more).map(|entry| entry.n);
    Ok(AuditPage { entries, next })
}
