//! How the app was started: which profile, and what to do first.

use crate::deeplink::{self, DeepLink};
use clap::Parser;
use directories::ProjectDirs;
use std::{
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf, absolute},
};

/// The profile that is used when none is named.
pub const DEFAULT_PROFILE: &str = "default";
/// Longer names gain nobody anything and break paths.
const PROFILE_CHARS_MAX: usize = 48;

/// Messages that are yours, online or not.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "hearth", version, about)]
pub struct Cli {
    /// Whose profile to open; each has its own account, replica and keychain entries
    #[arg(long, value_name = "NAME", value_parser = profile_name)]
    pub profile: Option<String>,
    /// Where the profile lies, instead of its usual folder
    #[arg(long, value_name = "DIR")]
    pub profile_dir: Option<PathBuf>,
    /// Start without a window; the tray opens it
    #[arg(long)]
    pub hidden: bool,
    /// Draw without the graphics card, when the window stays empty or flickers
    #[arg(long)]
    pub safe_graphics: bool,
    /// Start a server inside the app (this computer only) when the profile knows none yet
    #[arg(long)]
    pub start_server: bool,
    /// Sign up as NAME with a password that nobody knows: for trying things out
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "NAME")]
    pub auto_sign_up: Option<String>,
    /// Sign in as NAME with the password in HEARTH_AUTO_PASSWORD: for looking at samples
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "NAME")]
    pub auto_sign_in: Option<String>,
    /// Once signed in, open a direct conversation with NAME: for trying things out
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "NAME")]
    pub auto_direct: Option<String>,
    /// Connect to the server of LINK without asking: for trying things out
    #[cfg(debug_assertions)]
    #[arg(long, value_name = "LINK")]
    pub connect: Option<String>,
    /// A hearth:// link to open
    pub link: Option<String>,
}

impl Cli {
    /// The link to open, if it is one of ours. Others are refused in the log and otherwise ignored: the app still starts.
    pub fn deep_link(&self) -> Option<DeepLink> {
        let link = self.link.as_deref()?;
        deeplink::parse(link).inspect_err(|refused| tracing::warn!(%refused, "link ignored")).ok()
    }

    pub fn profile(&self) -> io::Result<ProfileChoice> {
        ProfileChoice::resolve(self.profile.as_deref(), self.profile_dir.as_deref())
    }
}

/// What a second start said to the first one; nonsense counts as nothing said.
pub fn from_second_start(arguments: Vec<String>) -> Cli {
    Cli::try_parse_from(arguments.into_iter().map(OsString::from)).unwrap_or_default()
}

/// Which profile this process has open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChoice {
    /// Names the keychain's entries; the same each time for the same folder.
    pub name: String,
    pub folder: PathBuf,
    /// Neither a name nor a folder was given.
    pub is_default: bool,
}

impl ProfileChoice {
    fn resolve(name: Option<&str>, folder: Option<&Path>) -> io::Result<Self> {
        let is_default = folder.is_none() && name.is_none_or(|name| name == DEFAULT_PROFILE);
        let folder = match folder {
            Some(folder) => absolute(folder)?,
            None => usual_folder()?.join(name.unwrap_or(DEFAULT_PROFILE)),
        };
        let name = match name {
            Some(name) => name.to_owned(),
            None if is_default => DEFAULT_PROFILE.to_owned(),
            // Two folders must not share their keychain entries, so the folder is in the name.
            None => folder_name(&folder),
        };
        Ok(Self { name, folder, is_default })
    }

    /// What opens it again, on a command line.
    pub fn arguments(&self) -> Vec<OsString> {
        if self.is_default {
            return vec![];
        }
        let folder = ["--profile-dir".into(), self.folder.clone().into_os_string()];
        if self.name == folder_name(&self.folder) {
            return folder.to_vec();
        }
        ["--profile".into(), self.name.clone().into()].into_iter().chain(folder).collect()
    }

    /// Tells processes of one profile from those of another: letters and digits only.
    pub fn instance(&self) -> String {
        format!("p{:016x}", fingerprint(&self.folder))
    }

    /// As the page and the title show it: nothing for the default one, the folder's own name for one that was given by its folder.
    pub fn shown(&self) -> &str {
        match self.folder.file_name().and_then(OsStr::to_str) {
            _ if self.is_default => "",
            Some(folder) => folder,
            None => &self.name,
        }
    }
}

/// What a profile is called that was given by its folder alone.
fn folder_name(folder: &Path) -> String {
    format!("folder-{:016x}", fingerprint(folder))
}

fn usual_folder() -> io::Result<PathBuf> {
    ProjectDirs::from("chat", "Hearth", "Hearth")
        .map(|places| places.data_dir().join("profiles"))
        .ok_or_else(|| io::Error::other("This account has no home folder. Start Hearth with --profile-dir."))
}

/// FNV-1a, 64 bits: stable over versions of the app and of Rust, which std's hasher is not.
fn fingerprint(path: &Path) -> u64 {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

fn profile_name(text: &str) -> Result<String, String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.is_empty() || text.len() > PROFILE_CHARS_MAX || text.starts_with('.') || !text.chars().all(legal) {
        return Err(format!("a profile's name has 1 to {PROFILE_CHARS_MAX} letters, digits, dots, dashes or underscores"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
        Cli::try_parse_from([&["hearth"], arguments].concat())
    }

    #[test]
    fn profiles_have_folders_names_and_instances_of_their_own() {
        let of = |arguments: &[&str]| parse(arguments).unwrap().profile().unwrap();
        let (plain, named, elsewhere) = (of(&[]), of(&["--profile", "bob"]), of(&["--profile-dir", "/somewhere/bob"]));
        assert_eq!((plain.name.as_str(), plain.shown(), plain.is_default), ("default", "", true));
        assert_eq!((named.name.as_str(), named.shown(), named.is_default), ("bob", "bob", false));
        assert_eq!(of(&["--profile", "default"]), plain);
        assert!(elsewhere.name.starts_with("folder-") && !elsewhere.is_default);
        assert_eq!(elsewhere.shown(), "bob");
        assert_eq!(of(&["--profile-dir", "/"]).shown(), of(&["--profile-dir", "/"]).name);
        assert_eq!(of(&["--profile-dir", "/somewhere/bob"]), elsewhere);
        assert_ne!(plain.instance(), named.instance());
        assert_ne!(named.instance(), elsewhere.instance());
        assert!(elsewhere.instance().chars().all(|c| c.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_profile_cannot_leave_its_folder() {
        for name in ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "ü", &"x".repeat(49)] {
            assert!(parse(&["--profile", name]).is_err(), "{name}");
        }
    }

    #[test]
    fn a_second_start_with_nonsense_says_nothing() {
        let cli = from_second_start(vec!["hearth".into(), "--nonsense".into(), "hearth://connect/a".into()]);
        assert!(cli.link.is_none() && !cli.hidden);
        assert!(from_second_start(vec!["hearth".into(), "javascript:alert(1)".into()]).deep_link().is_none());
    }
}
