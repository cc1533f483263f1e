//! What is in force of what the people who manage the server decide: the command line's, and over it what they changed since.

use crate::{
    config::{Config, Limits},
    rates::Rates,
    store::{Store, StoreError, setting},
};
use hearth_protocol::{
    admin::{LimitName, Rate, ServerSettings, SettingName, SettingsSeen},
    limits,
    role::Role,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

/// Cheap to clone; all clones see the same.
#[derive(Clone)]
pub(crate) struct Settings {
    /// As the command line has it.
    given: Arc<ServerSettings>,
    /// What nobody changes in the app, because the command line says it.
    fixed: Arc<BTreeSet<SettingName>>,
    limits: Arc<Limits>,
    in_force: Arc<RwLock<InForce>>,
}

#[derive(Clone)]
struct InForce {
    settings: Arc<ServerSettings>,
    rates: Arc<Rates>,
}

impl Settings {
    pub fn new(config: &Config) -> Self {
        let given = Arc::new(given(config));
        let in_force = InForce { settings: given.clone(), rates: Arc::new(Rates::new(&config.limits)) };
        Self {
            given,
            fixed: Arc::new(config.fixed.clone()),
            limits: Arc::new(config.limits.clone()),
            in_force: Arc::new(RwLock::new(in_force)),
        }
    }

    /// What holds now.
    pub fn now(&self) -> Arc<ServerSettings> {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).settings.clone()
    }

    pub fn rates(&self) -> Arc<Rates> {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).rates.clone()
    }

    pub fn seen(&self) -> SettingsSeen {
        SettingsSeen { settings: (*self.now()).clone(), fixed: self.fixed.iter().copied().collect() }
    }

    pub fn is_fixed(&self, name: SettingName) -> bool {
        self.fixed.contains(&name)
    }

    /// Reads what was decided, here or by another process. What was counted of somebody's requests starts anew where the limits are others.
    pub async fn reload(&self, store: &Store) -> Result<(), StoreError> {
        let stored = setting::all(&mut *store.snapshot().await?).await?;
        let settings = self.overlaid(&stored);
        let mut in_force = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
        if *in_force.settings == settings {
            return Ok(());
        }
        if in_force.settings.limits != settings.limits {
            let mut limits = (*self.limits).clone();
            for (name, rate) in &settings.limits {
                *limits.rate_mut(*name) = *rate;
            }
            in_force.rates = Arc::new(Rates::new(&limits));
        }
        in_force.settings = Arc::new(settings);
        Ok(())
    }

    fn overlaid(&self, stored: &[(String, String)]) -> ServerSettings {
        let mut settings = (*self.given).clone();
        for (name, value) in stored {
            match overlay(&settings, name, value) {
                Some((known, changed)) if !self.is_fixed(known) => settings = changed,
                Some(_) => {}
                None => tracing::warn!(name, "a setting in the database is left out: it is of another version of Hearth"),
            }
        }
        // A limit that is newer than what was decided is as it comes.
        for (name, rate) in &self.given.limits {
            settings.limits.entry(*name).or_insert(*rate);
        }
        settings
    }
}

/// The settings with one field of another value; `None` where they have no such field, or it takes no such value.
fn overlay(settings: &ServerSettings, name: &str, value: &str) -> Option<(SettingName, ServerSettings)> {
    let known = serde_json::from_value(Value::String(name.to_owned())).ok()?;
    let mut fields = fields(settings);
    fields.insert(name.to_owned(), serde_json::from_str(value).ok()?);
    Some((known, serde_json::from_value(Value::Object(fields.into_iter().collect())).ok()?))
}

/// The settings by their names.
pub(crate) fn fields(settings: &ServerSettings) -> BTreeMap<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields.into_iter().collect(),
        _ => BTreeMap::new(),
    }
}

fn given(config: &Config) -> ServerSettings {
    let mut limits = config.limits.clone();
    ServerSettings {
        name: config.name.clone(),
        sign_up: config.sign_up,
        mail_domains: Vec::new(),
        email: config.email,
        password_chars_min: u32::try_from(config.password_chars_min.max(limits::PASSWORD_CHARS_FLOOR)).unwrap_or(u32::MAX),
        default_role: Role::Member,
        retention_days: config.limits.retention_days,
        limits: LimitName::EVERY.iter().map(|name| (*name, *limits.rate_mut(*name))).collect::<BTreeMap<LimitName, Rate>>(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn what_was_decided_lies_over_the_command_line_except_where_that_says_so() {
        let mut config = Config::new(PathBuf::new());
        config.fixed.insert(SettingName::Name);
        let settings = Settings::new(&config);
        let stored: Vec<(String, String)> = [
            ("name", r#""Elsewhere""#),
            ("retention_days", "30"),
            ("sign_up", r#""invited""#),
            ("limits", r#"{"pictures":{"burst":1,"per_minute":2}}"#),
            ("password_chars_min", r#""many""#),
            ("colour", r#""red""#),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .to_vec();
        let overlaid = settings.overlaid(&stored);
        assert_eq!((overlaid.name.as_str(), overlaid.retention_days), ("Hearth", Some(30)));
        assert_eq!(overlaid.password_chars_min, settings.given.password_chars_min, "what cannot be read changes nothing");
        assert_eq!(overlaid.limits[&LimitName::Pictures], Rate::new(1, 2));
        assert_eq!(overlaid.limits.len(), LimitName::EVERY.len(), "limits that nobody has decided are as they come");
    }

    #[test]
    fn every_setting_has_its_name() {
        let given = given(&Config::new(PathBuf::new()));
        for name in fields(&given).keys() {
            assert!(serde_json::from_value::<SettingName>(Value::String(name.clone())).is_ok(), "{name}");
        }
    }
}
