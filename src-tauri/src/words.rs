//! The shell's words, from the same Fluent files as the page's.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::langid;

const ENGLISH: &str = include_str!("../../locales/en/shell.ftl");

static BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(partial, errors)| {
        tracing::error!(?errors, "shell.ftl does not parse");
        partial
    });
    let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
    // Menus and titles show the isolating marks as boxes on some desktops; every argument here is a number or our own.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
});

/// The text of `key`.
pub fn t(key: &str) -> String {
    say(key, None)
}

/// The text of `key` with its arguments.
pub fn t_with(key: &str, values: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>) -> String {
    let arguments: FluentArgs = values.into_iter().collect();
    say(key, Some(&arguments))
}

fn say(key: &str, arguments: Option<&FluentArgs>) -> String {
    let Some(pattern) = BUNDLE.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, "no words for this key");
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let text = BUNDLE.format_pattern(pattern, arguments, &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "words do not fit");
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
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
        let there: BTreeSet<String> = ENGLISH
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split(" =").next())
            .map(str::to_owned)
            .collect();
        assert_eq!(used, there);
    }

    #[test]
    fn numbers_choose_their_words() {
        let unread = |count: u32| t_with("tray-unread", [("count", count.into()), ("shown", count.to_string().into())]);
        assert_eq!([unread(0), unread(1), unread(5)], ["Nothing unread", "1 unread message", "5 unread messages"]);
    }
}
