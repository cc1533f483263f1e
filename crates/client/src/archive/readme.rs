//! What an archive says to its owner of what is in it: a page for any browser, in the language of the app, which a text file could not put to
//! the right.

use hearth_words::{FluentValue, Spoken, Words};
use std::sync::LazyLock;

pub(super) const NAME: &str = "README.html";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let texts = [
        include_str!("../../../../locales/en/archive.ftl"),
        include_str!("../../../../locales/ar/archive.ftl"),
        include_str!("../../../../locales/ja/archive.ftl"),
    ];
    Words::new("archive.ftl", texts, true)
});

/// Files, and the words for what is in them.
const FILES: [(&[&str], &str); 22] = [
    (&["manifest.json"], "readme-manifest"),
    (&["account.json"], "readme-account"),
    (&["picture.jpg"], "readme-picture"),
    (&["external_accounts.json"], "readme-external"),
    (&["devices.json", "devices_seen.json"], "readme-devices"),
    (&["contacts.json", "blocks.json"], "readme-people-known"),
    (&["invitations.json", "notifications.json"], "readme-inbox"),
    (&["memberships.json", "group_memberships.json"], "readme-memberships"),
    (&["read_markers.json"], "readme-read"),
    (&["arrangements.json"], "readme-arrangements"),
    (&["hidden.json"], "readme-hidden"),
    (&["threads.json"], "readme-threads"),
    (&["stars.json"], "readme-stars"),
    (&["collections.json", "collected.json"], "readme-collections"),
    (&["scheduled.json"], "readme-scheduled"),
    (&["people.json"], "readme-people"),
    (&["groups/ID/"], "readme-group"),
    (&["conversations/ID/"], "readme-conversation"),
    (&["drafts.json", "outbox.json"], "readme-unsent"),
    (&["versions.json"], "readme-versions"),
    (&["settings.json"], "readme-settings"),
    (&["unknown.json"], "readme-unknown"),
];

const STYLE: &str = "body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em } \
    table { border-collapse: collapse } td, th { text-align: start; vertical-align: top; padding: .3em .8em; border: 1px solid #999 } \
    code { unicode-bidi: isolate; direction: ltr }";

/// The page, in a language.
pub(super) fn page(spoken: Spoken) -> String {
    // A year has no thousands: it is no number to Fluent.
    let epoch = FluentValue::from(spoken.digits().write("1970"));
    let say = |key: &str| marked(&WORDS.say_with(spoken, key, [("epoch", epoch.clone())]));
    let paragraph = |key: &str| format!("<p>{}</p>\n", say(key));
    let row = |(files, key): &(&[&str], &str)| {
        let files: Vec<String> = files.iter().map(|file| format!("<code>{file}</code>")).collect();
        format!("<tr><td>{}</td><td>{}</td></tr>\n", files.join("<br>"), say(key))
    };
    let rows: String = FILES.iter().map(row).collect();
    let (title, before) = (say("readme-title"), ["readme-what", "readme-care"].map(paragraph).concat());
    let after = ["readme-message", "readme-left", "readme-from-here"].map(paragraph).concat();
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n{before}<table>\n<tr><th>{}</th><th>{}</th></tr>\n{rows}</table>\n{after}</body>\n</html>\n",
        spoken.language(),
        spoken.dir(),
        say("readme-file"),
        say("readme-holds"),
    )
}

/// As HTML, with what stands between backticks as it is typed.
fn marked(words: &str) -> String {
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let part = |(at, part): (usize, &str)| if at % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() };
    escaped.split('`').enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn in_language(tag: &str) -> String {
        page(Spoken::of(tag).unwrap())
    }

    /// The words alone: no marks, and nothing that is typed as it is.
    fn words(page: &str) -> String {
        let body = page.split_once("<body>").unwrap().1;
        let typed = body.split("<code>").map(|part| part.split_once("</code>").map_or(part, |(_, after)| after));
        let words: String = typed.collect();
        words.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect()
    }

    #[test]
    fn it_is_written_as_its_reader_reads() {
        let english = in_language("en");
        assert!(
            english.contains("<html lang=\"en\" dir=\"ltr\">") && english.contains("<h1>Everything of yours in Hearth</h1>"),
            "{english}"
        );
        assert!(english.contains("since the beginning of 1970 UTC"), "{english}");
        assert!(
            english.contains("<tr><td><code>contacts.json</code><br><code>blocks.json</code></td><td>People whom you know"),
            "{english}"
        );
        let arabic = in_language("ar-u-nu-arab");
        assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.contains("١٩٧٠") && !arabic.contains("1970"), "{arabic}");
        assert!(in_language("ar").contains("1970"));
        assert!(in_language("ja").contains("<html lang=\"ja\" dir=\"ltr\">"));
    }

    #[test]
    fn no_english_is_left_in_another_language() {
        for tag in ["ar", "ja"] {
            let words = words(&in_language(tag)).replace("Hearth", "");
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{tag}: {words}");
        }
        assert!(words(&in_language("en")).contains("Nobody else could look"));
    }

    /// Backticks come in pairs in every language, and around the same names.
    #[test]
    fn what_is_typed_as_it_is_is_the_same_in_every_language() {
        let typed = |tag: &str, key: &str| -> Vec<String> {
            let words = WORDS.say(Spoken::of(tag).unwrap(), key);
            assert_eq!(words.matches('`').count() % 2, 0, "{tag}: {key}");
            let mut typed: Vec<String> = words.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            typed.sort();
            typed
        };
        for (_, key) in FILES {
            // "SHA-256" is a word of English, and typed as it is elsewhere.
            let names = |tag| typed(tag, key).into_iter().filter(|name| name != "SHA-256").collect::<Vec<_>>();
            assert_eq!([names("ar"), names("ja")], [names("en"), names("en")], "{key}");
        }
    }

    #[test]
    fn every_word_of_the_file_is_on_the_page() {
        let file = include_str!("../../../../locales/en/archive.ftl");
        let source = include_str!("readme.rs");
        let keys = file.lines().filter(|line| line.starts_with("readme-")).filter_map(|line| line.split(' ').next());
        let left_over: Vec<&str> = keys.filter(|key| !source.contains(&format!("\"{key}\""))).collect();
        assert!(left_over.is_empty(), "{left_over:?}");
    }
}
