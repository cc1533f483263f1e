//! One window per profile: a second start raises the first and hands its link over.

use crate::{
    options::{self, ProfileChoice},
    setup, windows,
};
use tauri::{Wry, plugin::TauriPlugin};

#[cfg(target_os = "linux")]
mod last_one;

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

/// Waits for an instance that is just ending, before the plugin asks whether there is one. The bus still names a process that was
/// killed a moment ago, and the plugin would hand the arguments to nobody and give up.
///
/// # Errors
/// There is an instance that neither answers nor ends.
#[cfg(target_os = "linux")]
pub fn let_the_last_one_go(profile: &ProfileChoice, identifier: &str) -> anyhow::Result<()> {
    let name = format!("{}.SingleInstance", bus_name(profile, identifier));
    let settled = async {
        let bus = zbus::Connection::session().await?;
        last_one::settles(&bus, &name).await
    };
    match tauri::async_runtime::block_on(async { tokio::time::timeout(last_one::PATIENCE, settled).await }) {
        Ok(Ok(())) => Ok(()),
        // Without a bus nobody can be found, and the plugin does without one as well.
        Ok(Err(error)) => {
            tracing::debug!(%error, "no other instance can be looked for");
            Ok(())
        }
        Err(_) => anyhow::bail!("Hearth runs already for this profile and does not answer. End that process, then start Hearth again."),
    }
}

/// The systems without a bus have no such moment: what they hold ends with the process.
#[cfg(not(target_os = "linux"))]
pub fn let_the_last_one_go(_profile: &ProfileChoice, _identifier: &str) -> anyhow::Result<()> {
    Ok(())
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
