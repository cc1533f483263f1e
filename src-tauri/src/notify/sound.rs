//! The sound of a notification, where the notification service plays none: the desktop's own, by whichever of its players is there.

use directories::BaseDirs;
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::Command;

/// What the sound is called, in every theme.
pub const NAME: &str = "message-new-instant";
/// Where the theme that all others fall back to has it.
const FILE: &str = "sounds/freedesktop/stereo/message-new-instant.oga";
/// Knows the theme that the person has chosen; the others are given the file.
const BY_NAME: &str = "canberra-gtk-play";
const BY_FILE: [&str; 2] = ["pw-play", "paplay"];
/// It lasts a second; a player that hangs on its sound server must not stay.
const PATIENCE: Duration = Duration::from_secs(5);

/// Plays it once, and waits for nothing. Where nothing can play it, it is not heard.
pub fn play() {
    tokio::spawn(play_by(players()));
}

/// By the first of these that can.
async fn play_by(players: Vec<Player>) {
    for Player { program, arguments } in players {
        let mut command = Command::new(&program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        match tokio::time::timeout(PATIENCE, command.status()).await {
            Ok(Ok(status)) if status.success() => return,
            // It may have been heard for so long.
            Err(_) => return,
            Ok(failed) => tracing::debug!(program = %program.display(), ?failed, "the sound was not played"),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Player {
    program: PathBuf,
    arguments: Vec<OsString>,
}

fn players() -> Vec<Player> {
    let folders = |name: &str| env::var_os(name).map(|list| env::split_paths(&list).collect::<Vec<_>>()).unwrap_or_default();
    let own = BaseDirs::new().map(|places| places.data_dir().to_owned());
    let mut data: Vec<PathBuf> = own.into_iter().chain(folders("XDG_DATA_DIRS")).collect();
    data.extend(["/usr/local/share", "/usr/share"].map(PathBuf::from));
    players_in(&folders("PATH"), &data)
}

/// The players among these programs, with what each is told; none by a file that is nowhere.
fn players_in(programs: &[PathBuf], data: &[PathBuf]) -> Vec<Player> {
    let program = |name: &str| programs.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    let file = data.iter().map(|folder: &PathBuf| folder.join(Path::new(FILE))).find(|path| path.is_file());
    let by_name = program(BY_NAME).map(|program| Player { program, arguments: ["--id", NAME].map(OsString::from).to_vec() });
    let by_file = file.into_iter().flat_map(|file| {
        let given = move |program| Player { program, arguments: vec![file.clone().into_os_string()] };
        BY_FILE.into_iter().filter_map(program).map(given)
    });
    by_name.into_iter().chain(by_file).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use std::fs;

    #[test]
    fn the_theme_of_the_person_comes_before_the_file_that_everybody_has() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        let (programs, data) = ([home.join("nowhere"), home.to_owned()], [home.join("nothing"), home.join("share")]);
        let put = |name: &str| {
            fs::create_dir_all(home.join(name).parent().unwrap()).unwrap();
            fs::write(home.join(name), "").unwrap();
            home.join(name)
        };
        let paplay = put("paplay");
        assert_eq!(players_in(&programs, &data), [], "there is nothing to play");
        let file = put(&format!("share/{FILE}"));
        let by_file = Player { program: paplay, arguments: vec![file.into()] };
        assert_eq!(players_in(&programs, &data), [by_file]);
        let by_name = Player { program: put(BY_NAME), arguments: vec!["--id".into(), NAME.into()] };
        assert_eq!(players_in(&programs, &data).first(), Some(&by_name));
        assert_eq!(players_in(&programs[..1], &data), [], "no player, no sound");
    }

    #[tokio::test]
    async fn the_first_that_can_plays_it() {
        let home = tempfile::tempdir().unwrap();
        let heard = home.path().join("heard");
        let player = |says: &str, ends: u8| {
            let does = format!("echo {says} >> \"$0\"; exit {ends}");
            Player { program: "sh".into(), arguments: vec!["-c".into(), does.into(), heard.clone().into()] }
        };
        let nowhere = Player { program: home.path().join("nowhere"), arguments: vec![] };
        play_by(vec![nowhere, player("cannot", 1), player("can", 0), player("could", 0)]).await;
        assert_eq!(fs::read_to_string(&heard).unwrap(), "cannot\ncan\n");
    }
}
