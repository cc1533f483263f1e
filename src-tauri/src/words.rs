//! The shell's words, from the same Fluent files as the page's. The page says in which language, and how that writes numbers and the time: it
//! knows what the system prefers.

use hearth_words::{FluentValue, Spoken, Words};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let texts = [
        include_str!("../../locales/en/shell.ftl"),
        include_str!("../../locales/ar/shell.ftl"),
        include_str!("../../locales/ja/shell.ftl"),
    ];
    // Menus and titles show the isolating marks as boxes on some desktops; every argument here is a number or our own.
    Words::new("shell.ftl", texts, false)
});

/// How the shell speaks.
static SPEECH: LazyLock<Mutex<Speech>> = LazyLock::new(Mutex::default);

/// A language, and how its clock is written.
#[derive(Default)]
struct Speech {
    spoken: Spoken,
    /// How the page writes each hour of the day, with [`MINUTE`] for its minutes; empty until it has said so.
    hours: Vec<String>,
}

/// What stands for the two digits of the minutes.
const MINUTE: &str = "{minute}";
const HOURS: usize = 24;

impl Speech {
    /// A time of the day as the page would write it.
    fn time(&self, hour: i8, minute: i8) -> String {
        let digits = |text: String| self.spoken.digits().write(&text);
        let minutes = digits(format!("{minute:02}"));
        match usize::try_from(hour).ok().and_then(|hour| self.hours.get(hour)) {
            Some(written) => written.replace(MINUTE, &minutes),
            None => format!("{}:{minutes}", digits(format!("{hour:02}"))),
        }
    }
}

fn speech() -> MutexGuard<'static, Speech> {
    SPEECH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Speaks this language from now on, where there are words of it; `hours` are how the page writes each hour of the day, or none.
pub fn speak(tag: &str, hours: Vec<String>) -> Option<Spoken> {
    let Some(spoken) = Spoken::of(tag) else {
        tracing::warn!(tag, "there are no words of this language");
        return None;
    };
    let whole = hours.len() == HOURS && hours.iter().all(|hour| hour.contains(MINUTE));
    *speech() = Speech { spoken, hours: if whole { hours } else { Vec::new() } };
    Some(spoken)
}

/// The text of `key`.
pub fn t(key: &str) -> String {
    WORDS.say(spoken(), key)
}

/// The text of `key` with its arguments.
pub fn t_with(key: &str, values: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>) -> String {
    WORDS.say_with(spoken(), key, values)
}

/// A number that stands alone.
pub fn number(number: u32) -> String {
    spoken().digits().number(number.into())
}

/// A time of the day.
pub fn time(hour: i8, minute: i8) -> String {
    speech().time(hour, minute)
}

/// The language, for what shows the words in a place of its own.
pub fn spoken() -> Spoken {
    speech().spoken
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn sources(folder: &Path, into: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|end| end == "rs") {
                into.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    /// The keys that a function of this name is called with.
    fn calls(code: &str, call: &str) -> Vec<String> {
        let starts_a_name = |at: usize| !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let key = |at: usize| code[at + call.len()..].split('"').next().unwrap().to_owned();
        code.match_indices(call).filter(|(at, _)| starts_a_name(*at)).map(|(at, _)| key(at)).collect()
    }

    #[test]
    fn every_key_is_used_and_every_used_key_is_there() {
        let mut code = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src"), &mut code);
        let used: BTreeSet<String> = ["t(\"", "t_with(\""].into_iter().flat_map(|call| calls(&code, call)).collect();
        let file = include_str!("../../locales/en/shell.ftl");
        let starts = file.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let there: BTreeSet<String> = starts.map(|line| line.split([' ', '=']).next().unwrap().to_owned()).collect();
        assert_eq!(used, there);
    }

    #[test]
    fn numbers_choose_their_words() {
        let unread = |count: u32| t_with("tray-unread", [("count", count.into()), ("shown", number(count).into())]);
        assert_eq!([unread(0), unread(1), unread(5)], ["Nothing unread", "1 unread message", "5 unread messages"]);
        let arabic = |tag| WORDS.say_with(Spoken::of(tag).unwrap(), "status-failed", [("failed", 5.into())]);
        assert_eq!([arabic("ar"), arabic("ar-u-nu-arab")], ["رُفضت 5 تغييرات", "رُفضت ٥ تغييرات"]);
    }

    #[test]
    fn what_nobody_has_words_of_changes_nothing() {
        assert_eq!(speak("tlh", vec![]), None);
        assert_eq!(spoken(), Spoken::default());
    }

    #[test]
    fn a_time_is_written_as_the_page_writes_it() {
        let spoken = |tag| Spoken::of(tag).unwrap();
        let hours = |half: fn(usize) -> String| (0..HOURS).map(half).collect::<Vec<_>>();
        let british = Speech { spoken: spoken("en"), hours: hours(|hour| format!("{hour:02}:{MINUTE}")) };
        assert_eq!([british.time(0, 5), british.time(17, 30)], ["00:05", "17:30"]);
        let american = hours(|hour| format!("{:02}:{MINUTE} {}", (hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" }));
        let american = Speech { spoken: spoken("en"), hours: american };
        assert_eq!([american.time(0, 5), american.time(17, 30)], ["12:05 AM", "05:30 PM"]);
        // The hour is there as it is to be shown, the minutes follow the digits.
        let egyptian = Speech { spoken: spoken("ar-u-nu-arab"), hours: hours(|hour| format!("س{hour}:{MINUTE}")) };
        assert_eq!(egyptian.time(5, 30), "س5:٣٠");
        // Before the page has said anything.
        let early = Speech { spoken: spoken("ar-u-nu-arab"), hours: vec![] };
        assert_eq!([early.time(5, 7), Speech::default().time(5, 7)], ["٠٥:٠٧", "05:07"]);
    }
}
