//! Words without marks, for places that draw no tree.

use crate::{
    mention::EVERYONE,
    tree::{Block, Inline},
};

/// Stands for what is hidden; always as long, so that it does not tell how much that is.
pub const SPOILER: &str = "▒▒▒▒";

/// Words without marks, one line a block. What is hidden stays hidden.
pub fn plain(blocks: &[Block]) -> String {
    let mut text = String::new();
    write(blocks, &mut text);
    text
}

fn write(blocks: &[Block], text: &mut String) {
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        match block {
            Block::Paragraph { inlines } => write_inlines(inlines, text),
            Block::Code { code, .. } => text.push_str(code),
            Block::Quote { blocks } => write(blocks, text),
            Block::List { start, items } => {
                for (at, item) in (0u32..).zip(items) {
                    if at > 0 {
                        text.push('\n');
                    }
                    match start {
                        Some(start) => text.push_str(&format!("{}. ", start.saturating_add(at))),
                        None => text.push_str("• "),
                    }
                    write(item, text);
                }
            }
        }
    }
}

fn write_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text: own } | Inline::Code { code: own } => text.push_str(own),
            Inline::Mention { name, .. } => {
                text.push('@');
                text.push_str(name);
            }
            Inline::Everyone { .. } => {
                text.push('@');
                text.push_str(EVERYONE);
            }
            Inline::Channel { name, .. } => {
                text.push('#');
                text.push_str(name);
            }
            Inline::Spoiler { .. } => text.push_str(SPOILER),
            Inline::Link { url, inlines, .. } => {
                let before = text.len();
                write_inlines(inlines, text);
                if text.get(before..).is_none_or(|words| words.trim().is_empty()) {
                    text.truncate(before);
                    text.push_str(url);
                }
            }
            _ => write_inlines(inline.inner(), text),
        }
    }
}
