//! The shell's words, from the same Fluent files as the page's. The page says in which language: it knows what the system prefers.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};
use unic_langid::LanguageIdentifier;

/// The tag and the words of each language. What one lacks is said in the first one.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../../locales/en/shell.ftl")),
    ("ar", include_str!("../../locales/ar/shell.ftl")),
    ("ja", include_str!("../../locales/ja/shell.ftl")),
];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(tag, text)| bundle(tag, text)).collect());

/// Which of the languages is spoken.
static SPOKEN: AtomicUsize = AtomicUsize::new(0);

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, errors)| {
        tracing::error!(tag, ?errors, "shell.ftl does not parse");
        partial
    });
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Menus and titles show the isolating marks as boxes on some desktops; every argument here is a number or our own.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Speaks this language from now on, where there are words of it. Returns whether it is another one than before.
pub fn speak(tag: &str) -> bool {
    let Some(language) = LANGUAGES.iter().position(|(there, _)| *there == tag) else {
        tracing::warn!(tag, "there are no words of this language");
        return false;
    };
    SPOKEN.swap(language, Ordering::AcqRel) != language
}

/// The text of `key`.
pub fn t(key: &str) -> String {
    say(SPOKEN.load(Ordering::Acquire), key, None)
}

/// The text of `key` with its arguments.
pub fn t_with(key: &str, values: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>) -> String {
    let arguments: FluentArgs = values.into_iter().collect();
    say(SPOKEN.load(Ordering::Acquire), key, Some(&arguments))
}

fn say(language: usize, key: &str, arguments: Option<&FluentArgs>) -> String {
    let has_words = |bundle: &&FluentBundle<FluentResource>| bundle.get_message(key).is_some_and(|message| message.value().is_some());
    let bundle = BUNDLES.get(language).filter(has_words).or_else(|| BUNDLES.first());
    let Some((bundle, pattern)) = bundle.and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?))) else {
        tracing::error!(key, "no words for this key");
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "words do not fit");
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    };

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

    /// Each key of a file with the variables that its words use; a key that is there twice is there twice.
    fn keys(text: &str) -> Vec<(String, BTreeSet<String>)> {
        let mut keys: Vec<(String, BTreeSet<String>)> = vec![];
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                keys.push((line.split([' ', '=']).next().unwrap().to_owned(), BTreeSet::new()));
            }
            for (at, _) in line.match_indices('$') {
                let name = line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                keys.last_mut().unwrap().1.insert(name);
            }
        }
        keys
    }

    #[test]
    fn every_key_is_used_and_every_used_key_is_there() {
        let mut code = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src"), &mut code);
        let used: BTreeSet<String> = ["t(\"", "t_with(\""].into_iter().flat_map(|call| calls(&code, call)).collect();
        let there: BTreeSet<String> = keys(LANGUAGES[0].1).into_iter().map(|(key, _)| key).collect();
        assert_eq!(used, there);
    }

    #[test]
    fn every_folder_of_words_is_a_language_here() {
        let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")).unwrap();
        let folders: BTreeSet<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let there: BTreeSet<String> = LANGUAGES.iter().map(|(tag, _)| (*tag).to_owned()).collect();
        assert_eq!(folders, there);
        assert!(LANGUAGES.iter().all(|(tag, _)| tag.parse::<LanguageIdentifier>().is_ok()));
    }

    #[test]
    fn every_language_has_the_keys_and_the_variables_of_english() {
        let english: BTreeMap<_, _> = keys(LANGUAGES[0].1).into_iter().collect();
        for (tag, text) in LANGUAGES {
            assert!(FluentResource::try_new((*text).to_owned()).is_ok(), "{tag}/shell.ftl does not parse");
            let all = keys(text);
            let there: BTreeMap<_, _> = all.iter().cloned().collect();
            assert_eq!(all.len(), there.len(), "{tag} has a key twice");
            let missing: Vec<_> = english.keys().filter(|key| !there.contains_key(*key)).collect();
            let left_over: Vec<_> = there.keys().filter(|key| !english.contains_key(*key)).collect();
            let differ: Vec<_> = there.iter().filter(|(key, used)| english.get(*key).is_some_and(|wanted| wanted != *used)).collect();
            assert!(missing.is_empty() && left_over.is_empty(), "{tag} lacks {missing:?}, and has {left_over:?} that English has not");
            assert!(differ.is_empty(), "{tag} uses other variables than English: {differ:?}");
        }
    }

    #[test]
    fn numbers_choose_their_words() {
        let unread = |count: u32| t_with("tray-unread", [("count", count.into()), ("shown", count.to_string().into())]);
        assert_eq!([unread(0), unread(1), unread(5)], ["Nothing unread", "1 unread message", "5 unread messages"]);
    }

    #[test]
    fn what_nobody_has_words_of_changes_nothing_and_what_a_language_lacks_is_english() {
        assert!(!speak("tlh"));
        assert_eq!(SPOKEN.load(Ordering::Acquire), 0);
        assert_eq!(say(LANGUAGES.len(), "status-live", None), "Connected");
    }
}
