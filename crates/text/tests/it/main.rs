//! What is drawn for what is typed, written as `<b>..</b>` for the eye of the reader of these tests only.
#![allow(clippy::unwrap_used)]

mod bounds;
mod links;
mod marks;
mod names;

use hearth_text::{Block, Inline, parse};

pub fn show(source: &str) -> String {
    parse(source).iter().map(block).collect::<Vec<_>>().join(" / ")
}

pub fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { inlines } => line(inlines),
        Block::Code { language, code } => format!("<pre {}>{code}</pre>", language.as_deref().unwrap_or("-")),
        Block::Quote { blocks } => format!("<q>{}</q>", all(blocks)),
        Block::List { start, items } => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", all(item))).collect();
            start.map_or_else(|| format!("<ul>{items}</ul>"), |start| format!("<ol {start}>{items}</ol>"))
        }
    }
}

pub fn words(source: &str) -> String {
    hearth_text::words(source, &[])
}

/// Of a text that names nobody.
pub fn formatted(source: &str) -> Option<Vec<Block>> {
    hearth_text::formatted(source, &[])
}

fn all(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" / ")
}

fn line(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text { text } => text.clone(),
        Inline::Bold { inlines } => format!("<b>{}</b>", line(inlines)),
        Inline::Italic { inlines } => format!("<i>{}</i>", line(inlines)),
        Inline::Strike { inlines } => format!("<s>{}</s>", line(inlines)),
        Inline::Spoiler { inlines } => format!("<x>{}</x>", line(inlines)),
        Inline::Code { code } => format!("<c>{code}</c>"),
        Inline::Mention { name, me, .. } => format!("<@{}{name}>", if *me { "me:" } else { "" }),
        Inline::Channel { conversation, name } => format!("<#{conversation}:{name}>"),
        Inline::Everyone { me } => format!("<@{}everyone>", if *me { "me:" } else { "" }),
        Inline::Link { url, host, inlines } => match host {
            Some(host) => format!("<a {url} ({host})>{}</a>", line(inlines)),
            None => format!("<a {url}>{}</a>", line(inlines)),
        },
    };
    inlines.iter().map(one).collect()
}

/// Shown exactly as typed, and without a tree.
pub fn as_typed(source: &str) {
    assert_eq!(show(source), source);
    assert_eq!(formatted(source), None, "{source}");
}
