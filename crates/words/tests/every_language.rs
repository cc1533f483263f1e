//! Every file of words is there in every language, with the same keys and variables, and nothing in it was left in English.
#![allow(clippy::unwrap_used, clippy::panic)]

use hearth_words::LANGUAGES;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Words that are the same in each language: names, and what stands around variables.
const ALIKE: [&str; 10] = [
    "app-name",
    "window-title",
    "window-title-profile",
    "window-title-unread",
    "status-of-account",
    "notify-to",
    "provider-title",
    "notice-in-group",
    "notice-in-channel",
    "notice-with-unread",
];

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales")
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn text(tag: &str, file: &str) -> String {
    fs::read_to_string(locales().join(tag).join(file)).unwrap_or_else(|error| panic!("{tag}/{file}: {error}"))
}

/// Each key of a file with its words as they stand there; a key that is there twice is there twice.
fn entries(text: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = vec![];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('=') {
            Some((key, words)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                entries.push((key.trim().to_owned(), words.trim().to_owned()));
            }
            _ => {
                if let Some((_, words)) = entries.last_mut() {
                    words.push('\n');
                    words.push_str(line);
                }
            }
        }
    }
    entries
}

fn variables(words: &str) -> BTreeSet<String> {
    let name = |after: &str| after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    words.match_indices('$').map(|(at, _)| name(&words[at + 1..])).collect()
}

#[test]
fn every_folder_of_words_is_a_language() {
    assert_eq!(names_in(&locales()), LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect());
}

#[test]
fn every_language_has_the_files_the_keys_and_the_variables_of_english() {
    let files = names_in(&locales().join("en"));
    for tag in LANGUAGES {
        assert_eq!(names_in(&locales().join(tag)), files, "{tag}");
        for file in &files {
            let english: BTreeMap<_, _> = entries(&text("en", file)).into_iter().collect();
            let all = entries(&text(tag, file));
            let there: BTreeMap<_, _> = all.iter().cloned().collect();
            assert_eq!(all.len(), there.len(), "{tag}/{file} has a key twice");
            let missing: Vec<_> = english.keys().filter(|key| !there.contains_key(*key)).collect();
            let left_over: Vec<_> = there.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(
                missing.is_empty() && left_over.is_empty(),
                "{tag}/{file} lacks {missing:?}, and has {left_over:?} that English has not"
            );
            let differ = |(key, words): &(&String, &String)| variables(words) != variables(&english[*key]);
            let differ: Vec<_> = there.iter().filter(differ).map(|(key, _)| key).collect();
            assert!(differ.is_empty(), "{tag}/{file} uses other variables than English: {differ:?}");
        }
    }
}

/// The page's own files have a test of their own, which knows what in them is alike on purpose.
#[test]
fn nothing_outside_the_page_was_left_in_english() {
    for file in ["shell.ftl", "letters.ftl", "archive.ftl"] {
        let english: BTreeMap<_, _> = entries(&text("en", file)).into_iter().collect();
        for tag in LANGUAGES.iter().filter(|tag| **tag != "en") {
            let same: Vec<_> = entries(&text(tag, file)).into_iter().filter(|(key, words)| english.get(key) == Some(words)).collect();
            let left: Vec<_> = same.iter().map(|(key, _)| key.as_str()).filter(|key| !ALIKE.contains(key)).collect();
            assert!(left.is_empty(), "{tag}/{file} says these in English: {left:?}");
        }
    }
}
