//! On Linux: a file of the Desktop Application Autostart Specification, in the person's own folder of settings.

use super::Entry;
use anyhow::Context as _;
use directories::BaseDirs;
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

pub fn is_on(entry: &Entry) -> anyhow::Result<bool> {
    is_on_in(&folder()?, entry)
}

pub fn put(entry: &Entry) -> anyhow::Result<()> {
    put_in(&folder()?, entry)
}

pub fn remove(entry: &Entry) -> anyhow::Result<()> {
    remove_in(&folder()?, entry)
}

fn folder() -> anyhow::Result<PathBuf> {
    Ok(BaseDirs::new().context("this account has no home folder")?.config_dir().join("autostart"))
}

fn file(folder: &Path, entry: &Entry) -> PathBuf {
    folder.join(format!("{}.desktop", entry.name))
}

/// Desktops turn it off by a line in it, and leave the file.
fn is_on_in(folder: &Path, entry: &Entry) -> anyhow::Result<bool> {
    match fs::read_to_string(file(folder, entry)) {
        Ok(text) => Ok(!text.lines().any(|line| OFF.contains(&line.trim()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

const OFF: [&str; 2] = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];

fn put_in(folder: &Path, entry: &Entry) -> anyhow::Result<()> {
    let text = text(entry)?;
    fs::create_dir_all(folder)?;
    Ok(fs::write(file(folder, entry), text)?)
}

fn remove_in(folder: &Path, entry: &Entry) -> anyhow::Result<()> {
    match fs::remove_file(file(folder, entry)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn text(entry: &Entry) -> anyhow::Result<String> {
    let words = std::iter::once(entry.program.as_os_str()).chain(entry.arguments.iter().map(|argument| argument.as_os_str()));
    let words = words.map(quoted).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(format!(
        "[Desktop Entry]\nType=Application\nName={}\nExec={}\nIcon=hearth\nTerminal=false\nStartupNotify=false\n",
        value(&entry.title),
        value(&words.join(" "))
    ))
}

/// One word of a command: in quotes, with what means something between them escaped, and no code of a field.
fn quoted(word: &OsStr) -> anyhow::Result<String> {
    let word = word.to_str().context("a path that is no text cannot be started with the session")?;
    let mut quoted = String::from('"');
    for c in word.chars() {
        match c {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', c]),
            '%' => quoted.push_str("%%"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    Ok(quoted)
}

/// A value of such a file: on one line.
fn value(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entry(program: &str, arguments: &[&str]) -> Entry {
        let arguments = arguments.iter().map(Into::into).collect();
        Entry { name: "Hearth".into(), title: "Hearth".into(), program: program.into(), arguments }
    }

    fn exec(program: &str, arguments: &[&str]) -> String {
        let text = text(&entry(program, arguments)).unwrap();
        text.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap().to_owned()
    }

    #[test]
    fn what_is_in_a_path_starts_nothing_else() {
        assert_eq!(exec("/usr/bin/hearth", &["--hidden"]), r#""/usr/bin/hearth" "--hidden""#);
        assert_eq!(exec("/my apps/100% $HOME", &[]), r#""/my apps/100%% \\$HOME""#);
        assert_eq!(exec("/a\"; rm -r `b`", &[]), r#""/a\\"; rm -r \\`b\\`""#);
        assert_eq!(exec("/back\\slash", &["two\nlines"]), r#""/back\\\\slash" "two\nlines""#);
    }

    #[test]
    fn it_is_on_until_it_is_taken_off_here_or_by_the_desktop() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("autostart");
        let entry = entry("/usr/bin/hearth", &[]);
        assert!(!is_on_in(&folder, &entry).unwrap());
        remove_in(&folder, &entry).unwrap();
        put_in(&folder, &entry).unwrap();
        assert!(is_on_in(&folder, &entry).unwrap());
        for off in OFF {
            fs::write(file(&folder, &entry), format!("{}{off}\n", text(&entry).unwrap())).unwrap();
            assert!(!is_on_in(&folder, &entry).unwrap(), "{off}");
        }
        put_in(&folder, &entry).unwrap();
        assert!(is_on_in(&folder, &entry).unwrap(), "on is on again");
        remove_in(&folder, &entry).unwrap();
        assert!(!is_on_in(&folder, &entry).unwrap());
    }
}
