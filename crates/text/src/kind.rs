//! What a message is, by what its text says: the one place that decides it.

use crate::{
    parse,
    tree::{Block, Inline},
};
use serde::Serialize;
use ts_rs::TS;

/// More emoji than this are read as a text.
const EMOJI_MAX: usize = 3;
/// The longest emoji that Unicode lists: two people of two colours who kiss.
const EMOJI_CHARS_MAX: usize = 10;
/// No three emoji, with room around them, are longer: a longer text need not be read for them.
const BYTES_MAX: usize = 256;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum MessageKind {
    Text,
    /// One to three emoji, and nothing else.
    Emoji,
    /// One link, and nothing else.
    Link,
    /// Nobody wrote it: it tells what happened to the conversation.
    System,
}

impl MessageKind {
    /// What somebody wrote.
    pub fn of(source: &str) -> Self {
        // Every link has a colon in it, also one to an address. Most messages neither have one nor begin with an emoji.
        let (emoji, link) = (source.len() <= BYTES_MAX && emoji_end(source.trim_start()).is_some(), source.contains(':'));
        if !emoji && !link {
            return Self::Text;
        }
        let tree = parse(source);
        let [Block::Paragraph { inlines }] = tree.as_slice() else { return Self::Text };
        let mut inlines = inlines.iter().filter(|one| !matches!(one, Inline::Text { text } if text.trim().is_empty()));
        match (inlines.next(), inlines.next()) {
            (Some(Inline::Link { .. }), None) => Self::Link,
            (Some(Inline::Text { text }), None) if emoji && is_emoji_only(text) => Self::Emoji,
            _ => Self::Text,
        }
    }
}

fn is_emoji_only(text: &str) -> bool {
    let (mut rest, mut count) = (text.trim(), 0);
    while !rest.is_empty() {
        let Some(end) = emoji_end(rest) else { return false };
        count += 1;
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    (1..=EMOJI_MAX).contains(&count)
}

/// Where the emoji ends with which a text begins: the longest one, as several joined are one.
fn emoji_end(text: &str) -> Option<usize> {
    let ends: Vec<usize> = text.char_indices().take(EMOJI_CHARS_MAX).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find(|end| text.get(..*end).is_some_and(is_emoji))
}

/// In its fullest form: `❤` alone is a letter that some fonts draw so.
fn is_emoji(text: &str) -> bool {
    emojis::get(text).is_some_and(|found| found.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::MessageKind::{self, Emoji, Link, Text};

    #[test]
    fn a_few_emoji_alone_are_emoji() {
        for text in ["🔭", "🔭🔥", "🔭 🔥 ❤️", " 🔭\n🔥 ", "👩‍🚀 🏳️‍🌈", "🇯🇵🇳🇴", "👍🏽", "👩🏻‍❤️‍💋‍👨🏿"]
        {
            assert_eq!(MessageKind::of(text), Emoji, "{text:?}");
        }
        for text in ["🔭🔥🔭🔥", "a🔭", "🔭.", "12", "", " ", "❤", "™", "> 🔭", "**🔥**", "||🔥||", "`🔥`", "- 🔥", "é"]
        {
            assert_eq!(MessageKind::of(text), Text, "{text:?}");
        }
    }

    #[test]
    fn one_link_alone_is_a_link() {
        for text in ["https://example.org/a?b=c", " https://example.org ", "[the way](https://example.org)", "mailto:ada@example.org"] {
            assert_eq!(MessageKind::of(text), Link, "{text:?}");
        }
        for text in [
            "see https://example.org",
            "https://example.org https://example.com",
            "https://example.org.",
            "> https://example.org",
            "`https://example.org`",
            "http://example.org",
            "noon: at the well",
            "🔭 https://example.org",
        ] {
            assert_eq!(MessageKind::of(text), Text, "{text:?}");
        }
    }
}
