//! Without a display: the app under Xvfb, with a bus, a keychain and notifications of its own, driven by a script.

use super::sample::{PASSWORD, Sample};
use crate::{call::Call, project, setup};
use anyhow::Result;
use std::{fs, path::PathBuf};

/// Two people meet and talk.
pub fn people(names: &[String]) -> Result<()> {
    let names = match names {
        [] => "alice,bob".to_owned(),
        [one] => format!("{one},guest"),
        names => names.join(","),
    };
    play(stage().arg("people").arg(names))
}

/// One person of a sample signs in as a new device.
pub fn sample(sample: &Sample) -> Result<()> {
    let person = sample.person()?;
    play(stage().arg("sample").arg(person).arg(sample.folder()).env("HEARTH_AUTO_PASSWORD", PASSWORD))
}

fn stage() -> Call {
    Call::new(project::program("hearth-stage"), [""; 0])
        .env("HEARTH_E2E_APP", project::program("hearth"))
        .env("HEARTH_E2E_SERVER", project::program("hearthd"))
        .env("HEARTH_E2E_DRIVER", setup::driver())
        .env("HEARTH_E2E_SCREENS", screens())
}

fn screens() -> PathBuf {
    super::folder().join("screens")
}

fn play(stage: Call) -> Result<()> {
    match fs::remove_dir_all(screens()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(screens())?,
    }
    let played = stage.run();
    println!("      Screenshots:");
    for screen in project::files_under(&screens(), &[])? {
        println!("        {}", screen.display());
    }
    played
}
