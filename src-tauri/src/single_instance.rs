//! One window per profile: a second start raises the first and hands its link over.

use crate::{
    options::{self, ProfileChoice},
    setup, windows,
};
use tauri::{Wry, plugin::TauriPlugin};

/// The plugin, where it can tell profiles apart.
///
/// Linux has a bus name for each profile. Elsewhere the plugin knows one app only, so it serves the default profile; for
/// the others the profile folder's lock answers, with a page that says so.
pub fn plugin(profile: &ProfileChoice, identifier: &str) -> Option<TauriPlugin<Wry>> {
    if !(cfg!(target_os = "linux") || profile.is_default) {
        return None;
    }
    let builder = tauri_plugin_single_instance::Builder::new().callback(|app, arguments, _folder| {
        let cli = options::from_second_start(arguments);
        if let Some(link) = cli.deep_link() {
            setup::follow(app, &link);
        }
        if !cli.hidden {
            windows::raise(app, None);
        }
    });
    Some(builder.dbus_id(bus_name(profile, identifier)).build())
}

fn bus_name(profile: &ProfileChoice, identifier: &str) -> String {
    if profile.is_default { identifier.to_owned() } else { format!("{identifier}.{}", profile.instance()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_do_not_answer_for_each_other() {
        let profile = |folder: &str, is_default| ProfileChoice { name: "x".into(), folder: folder.into(), is_default };
        let names =
            [profile("/a", true), profile("/b", false), profile("/c", false)].map(|profile| bus_name(&profile, "chat.hearth.desktop"));
        assert_eq!(names[0], "chat.hearth.desktop");
        assert!(names[1] != names[2] && names[1].starts_with("chat.hearth.desktop.p"));
        // The bus takes no element that starts with a digit.
        assert!(names.iter().all(|name| name.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))));
    }
}
