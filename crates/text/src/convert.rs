//! comrak's tree to the one that is drawn. What is not expected there is shown as it was typed.

use crate::{
    guard::typed,
    target,
    tree::{Block, Inline},
};
use comrak::nodes::{Node, NodeCodeBlock, NodeValue};

/// A longer word is no language.
const LANGUAGE_CHARS_MAX: usize = 32;

/// What comrak has read, and the lines that it read it from.
pub(crate) struct Reading<'s> {
    pub lines: Vec<&'s str>,
}

impl Reading<'_> {
    /// The blocks in a node; `None` where they are more than `levels` deep.
    pub fn blocks<'a>(&self, node: Node<'a>, levels: usize) -> Option<Vec<Block>> {
        let inside = levels.checked_sub(1)?;
        let mut blocks = Vec::new();
        for child in node.children() {
            let block = match &child.data().value {
                NodeValue::Paragraph => Block::Paragraph { inlines: inlines(child, inside, true)? },
                NodeValue::CodeBlock(code) => self.code(child, code),
                // Nothing is in it: >>>
                NodeValue::BlockQuote if child.descendants().all(|one| matches!(one.data().value, NodeValue::BlockQuote)) => {
                    self.as_typed(child)
                }
                NodeValue::BlockQuote => Block::Quote { blocks: self.blocks(child, inside)? },
                NodeValue::List(_) => {
                    for item in child.children() {
                        push_item(&mut blocks, number(item), self.blocks(item, inside)?);
                    }
                    continue;
                }
                _ => self.as_typed(child),
            };
            blocks.push(block);
        }
        Some(blocks)
    }

    fn code(&self, node: Node<'_>, block: &NodeCodeBlock) -> Block {
        let (info, literal) = (typed(&block.info), typed(block.literal.strip_suffix('\n').unwrap_or(&block.literal)));
        let (language, code) = match (is_language(&info), literal.is_empty()) {
            (true, _) => (Some(info), literal),
            // Words in the place of a language are the first line.
            (false, true) => (None, info),
            (false, false) if info.is_empty() => (None, literal),
            (false, false) => (None, format!("{info}\n{literal}")),
        };
        if code.trim().is_empty() { self.as_typed(node) } else { Block::Code { language, code } }
    }

    /// The lines of a block.
    fn as_typed(&self, node: Node<'_>) -> Block {
        let at = node.data().sourcepos;
        let mut lines = self.lines.get(at.start.line.saturating_sub(1)..at.end.line).unwrap_or_default().iter();
        let first = lines.next().and_then(|line| line.get(at.start.column.saturating_sub(1)..)).unwrap_or_default();
        let lines: Vec<&str> = std::iter::once(first).chain(lines.copied()).collect();
        Block::text(typed(&lines.join("\n")))
    }
}

fn is_language(info: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_');
    !info.is_empty() && info.len() <= LANGUAGE_CHARS_MAX && info.chars().all(fits)
}

/// As it was typed; `None` for a dot.
fn number(item: Node<'_>) -> Option<u32> {
    match &item.data().value {
        NodeValue::Item(list) if list.list_type == comrak::nodes::ListType::Ordered => u32::try_from(list.start).ok(),
        _ => None,
    }
}

/// Numbers go up by one: another number begins another list, so that each is shown as it was typed.
fn push_item(blocks: &mut Vec<Block>, number: Option<u32>, item: Vec<Block>) {
    if let Some(Block::List { start, items }) = blocks.last_mut() {
        let next = start.and_then(|start| start.checked_add(u32::try_from(items.len()).ok()?));
        if next == number && start.is_some() == number.is_some() {
            return items.push(item);
        }
    }
    blocks.push(Block::List { start: number, items: vec![item] });
}

fn inlines(node: Node<'_>, levels: usize, links: bool) -> Option<Vec<Inline>> {
    let inside = levels.checked_sub(1)?;
    let mut found = Vec::new();
    for child in node.children() {
        let within = || inlines(child, inside, links);
        let inline = match &child.data().value {
            NodeValue::Text(text) => Inline::text(typed(text)),
            NodeValue::SoftBreak | NodeValue::LineBreak => Inline::text("\n"),
            NodeValue::Code(code) => Inline::Code { code: typed(&code.literal) },
            NodeValue::Strong => Inline::Bold { inlines: within()? },
            NodeValue::Emph => Inline::Italic { inlines: within()? },
            NodeValue::Strikethrough => Inline::Strike { inlines: within()? },
            NodeValue::SpoileredText => Inline::Spoiler { inlines: within()? },
            NodeValue::Link(link) if links => {
                let (url, inlines) = (typed(&link.url), inlines(child, inside, false)?);
                // The guard lets no other through.
                let host = target::host_beside(words(&inlines), &target::shown(&url)?);
                Inline::Link { url, host, inlines }
            }
            NodeValue::HtmlInline(text) | NodeValue::Raw(text) => Inline::text(typed(text)),
            // An address within a link's words is words.
            _ => {
                within()?.into_iter().for_each(|one| push(&mut found, one));
                continue;
            }
        };
        push(&mut found, inline);
    }
    Some(found)
}

/// What a link's words say, when they can be seen as they are.
fn words(inlines: &[Inline]) -> &str {
    match inlines {
        [Inline::Text { text }] => text,
        _ => "",
    }
}

fn push(into: &mut Vec<Inline>, inline: Inline) {
    match (into.last_mut(), inline) {
        (Some(Inline::Text { text: last }), Inline::Text { text }) => last.push_str(&text),
        (_, inline) => into.push(inline),
    }
}
