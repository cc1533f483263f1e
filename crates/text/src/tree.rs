//! What a text is drawn from.

use crate::mention::EVERYONE;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of a message that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Block {
    Paragraph {
        inlines: Vec<Inline>,
    },
    Code {
        /// As it was typed: nobody has checked that it exists.
        language: Option<String>,
        code: String,
    },
    Quote {
        blocks: Vec<Block>,
    },
    List {
        /// The first item's number; each of the next has one more. `None` for a list of dots.
        start: Option<u32>,
        items: Vec<Vec<Block>>,
    },
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Inline {
    /// Words; `\n` breaks the line.
    Text {
        text: String,
    },
    Bold {
        inlines: Vec<Inline>,
    },
    Italic {
        inlines: Vec<Inline>,
    },
    Strike {
        inlines: Vec<Inline>,
    },
    /// Hidden until the reader asks for it.
    Spoiler {
        inlines: Vec<Inline>,
    },
    Code {
        code: String,
    },
    Link {
        /// https, mailto, or a link to a message; who opens it checks it again.
        url: String,
        /// Where it leads, when its words do not say so: a host as the network knows it, the server of a message, or an address.
        host: Option<String>,
        inlines: Vec<Inline>,
    },
    /// Somebody who is named.
    Mention {
        user: String,
        username: String,
        /// What is shown.
        name: String,
        /// It is who reads.
        me: bool,
    },
    /// A channel that who reads can open.
    Channel {
        conversation: String,
        /// What it is called today.
        name: String,
    },
    /// Everyone who is there; the page has the word.
    Everyone {
        /// Who reads is among them: somebody else wrote it.
        me: bool,
    },
}

impl Block {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Paragraph { inlines: vec![Inline::text(text)] }
    }
}

impl Inline {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub(crate) fn inner(&self) -> &[Inline] {
        match self {
            Self::Text { .. } | Self::Code { .. } | Self::Mention { .. } | Self::Everyone { .. } | Self::Channel { .. } => &[],
            Self::Bold { inlines } | Self::Italic { inlines } | Self::Strike { inlines } => inlines,
            Self::Spoiler { inlines } | Self::Link { inlines, .. } => inlines,
        }
    }
}

/// Levels of the deepest branch: 0 for nothing, 2 for a paragraph of words.
pub fn depth(blocks: &[Block]) -> usize {
    fn inline(inlines: &[Inline]) -> usize {
        inlines.iter().map(|one| 1 + inline(one.inner())).max().unwrap_or(0)
    }
    let one = |block: &Block| match block {
        Block::Paragraph { inlines } => inline(inlines),
        Block::Code { .. } => 0,
        Block::Quote { blocks } => depth(blocks),
        Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
    };
    blocks.iter().map(|block| 1 + one(block)).max().unwrap_or(0)
}

/// Blocks, list items and inlines, all together.
pub fn nodes(blocks: &[Block]) -> usize {
    fn inline(inlines: &[Inline]) -> usize {
        inlines.iter().map(|one| 1 + inline(one.inner())).sum()
    }
    let one = |block: &Block| match block {
        Block::Paragraph { inlines } => inline(inlines),
        Block::Code { .. } => 0,
        Block::Quote { blocks } => nodes(blocks),
        Block::List { items, .. } => items.iter().map(|item| 1 + nodes(item)).sum(),
    };
    blocks.iter().map(|block| 1 + one(block)).sum()
}

/// Whether there is a link in it.
pub(crate) fn has_link(blocks: &[Block]) -> bool {
    fn inline(inlines: &[Inline]) -> bool {
        inlines.iter().any(|one| matches!(one, Inline::Link { .. }) || inline(one.inner()))
    }
    blocks.iter().any(|block| match block {
        Block::Paragraph { inlines } => inline(inlines),
        Block::Code { .. } => false,
        Block::Quote { blocks } => has_link(blocks),
        Block::List { items, .. } => items.iter().any(|item| has_link(item)),
    })
}

/// Everything that a page shows of a tree, in order: words, code and its language, numbers, and where links lead.
pub fn drawn(blocks: &[Block]) -> String {
    let mut text = String::new();
    draw(blocks, &mut text);
    text
}

fn draw(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph { inlines } => draw_inlines(inlines, text),
            Block::Code { language, code } => {
                text.push_str(language.as_deref().unwrap_or_default());
                text.push_str(code);
            }
            Block::Quote { blocks } => draw(blocks, text),
            Block::List { start, items } => {
                for (item, number) in items.iter().zip(start.unwrap_or(0)..) {
                    if start.is_some() {
                        text.push_str(&number.to_string());
                    }
                    draw(item, text);
                }
            }
        }
    }
}

fn draw_inlines(inlines: &[Inline], text: &mut String) {
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
            Inline::Link { url, inlines, .. } => {
                draw_inlines(inlines, text);
                text.push_str(url);
            }
            _ => draw_inlines(inline.inner(), text),
        }
    }
}
