use super::{By, named};
use crate::{
    actions::bad_request,
    address,
    installation::Installation,
    names,
    settings::{Settings, fields},
    store::setting,
};
use hearth_protocol::{
    account::EmailPolicy,
    admin::{AuditAct, Rate, ServerSettings, SettingChange, SettingName, SettingsSeen},
    error::{ApiError, ErrorCode},
    limits,
    role::{Permission, Role},
};

/// What holds now, and what the command line says.
pub(crate) async fn read_settings(installation: &Installation, settings: &Settings, by: By) -> Result<SettingsSeen, ApiError> {
    by.allowed(&mut *installation.store.snapshot().await?, Permission::ManageSettings).await?;
    settings.reload(&installation.store).await?;
    Ok(settings.seen())
}

/// Makes these the settings, those that are others than before.
///
/// # Errors
/// `setting_fixed`; `bad_request` with words that say which one does not do; `not_allowed` for a role of new people that allows more than
/// one's own.
pub(crate) async fn change_settings(
    installation: &Installation,
    settings: &Settings,
    by: By,
    wanted: ServerSettings,
) -> Result<SettingsSeen, ApiError> {
    // Before the transaction: two connections at once would be one too many for a small pool.
    settings.reload(&installation.store).await?;
    let mut transaction = installation.store.write().await?;
    let mine = by.allowed(&mut transaction, Permission::ManageSettings).await?;
    let (before, wanted) = (settings.now(), checked(wanted)?);
    let (_, given) = named(&mut transaction, wanted.default_role).await?;
    if before.default_role != wanted.default_role {
        by.hands_out(mine, given)?;
    }
    let (old, mut changes) = (fields(&before), Vec::new());
    for (name, value) in fields(&wanted) {
        let from = old.get(&name).map(ToString::to_string).unwrap_or_default();
        let to = value.to_string();
        if from == to {
            continue;
        }
        let known: SettingName =
            serde_json::from_value(name.as_str().into()).map_err(|_| ApiError::new(ErrorCode::Internal, "a setting has no name"))?;
        if settings.is_fixed(known) {
            let message = format!("\"{name}\" is set on the server's command line. Change it there.");
            return Err(ApiError::new(ErrorCode::SettingFixed, message));
        }
        setting::put(&mut transaction, &name, &to).await?;
        changes.push(SettingChange { setting: known, from, to });
    }
    if !changes.is_empty() {
        by.note(&mut transaction, None, AuditAct::ChangeSettings { changes }).await?;
    }
    transaction.commit().await?;
    settings.reload(&installation.store).await?;
    Ok(settings.seen())
}

fn checked(wanted: ServerSettings) -> Result<ServerSettings, ApiError> {
    let name = names::visible(&wanted.name);
    if name.is_empty() || name.chars().count() > limits::NAME_CHARS_MAX {
        return Err(bad_request("The server's name has 1 to 64 characters."));
    }
    let mut mail_domains = Vec::new();
    for domain in &wanted.mail_domains {
        let domain = address::domain(domain)?;
        if !mail_domains.contains(&domain) {
            mail_domains.push(domain);
        }
    }
    if mail_domains.len() > limits::MAIL_DOMAINS_MAX {
        return Err(bad_request("At most 100 domains can be listed."));
    }
    if !mail_domains.is_empty() && wanted.email == EmailPolicy::Off {
        return Err(bad_request(
            "A server that takes people by their addresses has to ask for them. Ask for addresses, or list no domains.",
        ));
    }
    let chars = limits::PASSWORD_CHARS_FLOOR..=128;
    if !chars.contains(&(wanted.password_chars_min as usize)) {
        return Err(bad_request("A new password has at least 6 to 128 characters."));
    }
    if wanted.default_role == Role::Admin {
        return Err(bad_request("New people cannot all be admins. Choose another role for them."));
    }
    if wanted.retention_days.is_some_and(|days| !(1..=36_500).contains(&days)) {
        return Err(bad_request("Messages are kept for 1 to 36,500 days, or for ever."));
    }
    let fits = |rate: &Rate| (1..=Rate::MAX.burst).contains(&rate.burst) && (1..=Rate::MAX.per_minute).contains(&rate.per_minute);
    if !wanted.limits.values().all(fits) {
        return Err(bad_request("A limit is 1 or more, both at once and a minute."));
    }
    Ok(ServerSettings { name, mail_domains, ..wanted })
}
