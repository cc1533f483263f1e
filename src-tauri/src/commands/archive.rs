//! Everything of mine as a file. The page never names a place on the disk: the person does, in the system's own dialog.

use crate::{commands::Account, words::t};
use hearth_client::view::{ArchiveMade, Phase, Problem};
use std::path::PathBuf;
use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

/// Asks where to put it and makes it, which may take minutes; `None` when nobody chose a place.
#[tauri::command(rename_all = "snake_case")]
pub async fn make_archive(window: WebviewWindow, account: Account) -> Result<Option<ArchiveMade>, Problem> {
    let Phase::Ready { me, .. } = account.phase() else { return Err(Problem::new("not_signed_in", "Sign in first.")) };
    let Some(place) = ask(&window, &format!("hearth-{}.zip", me.username)).await? else { return Ok(None) };
    account.make_archive(&place).await.map(Some)
}

/// What waits in `make_archive` ends with `archive_cancelled`.
#[tauri::command(rename_all = "snake_case")]
pub async fn cancel_archive(account: Account) -> Result<(), Problem> {
    account.cancel_archive();
    Ok(())
}

async fn ask(window: &WebviewWindow, name: &str) -> Result<Option<PathBuf>, Problem> {
    let (chosen, choice) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(window).set_title(t("archive-place")).set_file_name(name);
    dialog.add_filter(t("archive-kind"), &["zip"]).save_file(move |place| {
        // Nobody waits any more when the app is on its way out.
        let _ = chosen.send(place);
    });
    let place = choice.await.map_err(Problem::internal)?;
    place.map(|place| place.into_path().map_err(Problem::internal)).transpose()
}
