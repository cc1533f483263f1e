//! Formatted text: whatever somebody types, its tree can be drawn and nothing of it is lost.

use crate::travels;
use hearth_text::{Block, DEPTH_MAX, Inline, NODES_MAX, depth, drawn, formatted, nodes, parse, plain, target, words};

/// What may be a mark; everything else that can be seen must be drawn.
const MARKS: &[char] = &['*', '_', '~', '|', '`', '[', ']', '(', ')', '>', '-', '.', '\\'];

/// Messages as people type them.
pub fn text(bytes: &[u8]) {
    let Ok(source) = str::from_utf8(bytes) else { return };
    let tree = parse(source);
    assert_eq!(parse(source), tree, "one text, two trees");
    assert!(depth(&tree) <= DEPTH_MAX && nodes(&tree) <= NODES_MAX, "{} levels, {} nodes", depth(&tree), nodes(&tree));
    assert_eq!(travels::<Vec<Block>>(&serde_json::to_vec(&tree).expect("a tree can be written")).as_ref(), Some(&tree));
    nothing_is_lost(source, &drawn(&tree));
    if formatted(source, &[]).is_none() {
        let seen = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(seen(&drawn(&tree)), seen(source), "what needs no tree is the text itself");
    }
    let plain = plain(&tree);
    assert_eq!(words(source, &[]), plain, "a text that was not read, and should have been");
    let strange = plain.chars().find(|c| c.is_control() && *c != '\n' && !source.contains(*c));
    assert_eq!(strange, None, "a control character that nobody typed");
    assert!(source.contains(['\n', '\r']) || !plain.contains('\n'), "a line break that nobody typed");
    assert_eq!(plain.trim().is_empty(), source.trim().is_empty(), "words without words: {source:?}");
    targets(&tree);
}

/// Every character that is no mark is drawn, in order.
fn nothing_is_lost(source: &str, drawn: &str) {
    let mut shown = drawn.chars();
    let lost = source.chars().filter(|c| !c.is_whitespace() && !MARKS.contains(c)).find(|c| !shown.any(|shown| shown == *c));
    assert_eq!(lost, None, "lost of {source:?}");
}

/// Links lead where links may.
fn targets(blocks: &[Block]) {
    fn inline(inlines: &[Inline]) {
        for one in inlines {
            match one {
                Inline::Link { url, inlines, .. } => {
                    assert!(target::shown(url).is_some(), "a link to {url}");
                    inline(inlines);
                }
                Inline::Bold { inlines } | Inline::Italic { inlines } | Inline::Strike { inlines } | Inline::Spoiler { inlines } => {
                    inline(inlines)
                }
                Inline::Text { .. } | Inline::Code { .. } | Inline::Mention { .. } => {}
                Inline::Everyone { .. } | Inline::Channel { .. } => {}
            }
        }
    }
    for block in blocks {
        match block {
            Block::Paragraph { inlines } => inline(inlines),
            Block::Code { .. } => {}
            Block::Quote { blocks } => targets(blocks),
            Block::List { items, .. } => items.iter().for_each(|item| targets(item)),
        }
    }
}
