//! People and channels in a text: a sign and a name, wherever words are. In code and in the words of a link it is what it looks like.

use crate::tree::{Block, Inline};

/// What a name stands behind.
const SIGNS: [char; 2] = ['@', '#'];

/// Whether anything may be named in a text.
pub(crate) fn has_sign(text: &str) -> bool {
    text.contains(SIGNS)
}

/// What stands behind the at sign where everyone is named, in every language. Nobody can have it as a username.
pub const EVERYONE: &str = "everyone";

/// Whom a text may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nameable {
    Person {
        /// What stands behind the at sign; capitals do not count.
        username: String,
        /// The person's id, as it goes into the tree.
        user: String,
        /// What is shown.
        name: String,
        /// It is who reads.
        me: bool,
    },
    /// Everyone who is there.
    Everyone {
        /// Who reads is among them: somebody else wrote it.
        me: bool,
    },
    /// A channel that who reads can see.
    Channel {
        /// What stands behind the number sign; capitals do not count.
        written: String,
        /// Its id, as it goes into the tree.
        conversation: String,
        /// What it is called today.
        name: String,
    },
}

impl Nameable {
    /// What stands in the text behind the sign.
    fn key(&self) -> &str {
        match self {
            Self::Person { username, .. } => username,
            Self::Everyone { .. } => EVERYONE,
            Self::Channel { written, .. } => written,
        }
    }

    fn sign(&self) -> &'static str {
        if matches!(self, Self::Channel { .. }) { "#" } else { "@" }
    }

    fn drawn(&self) -> Inline {
        match self {
            Self::Person { username, user, name, me } => {
                Inline::Mention { user: user.clone(), username: username.clone(), name: name.clone(), me: *me }
            }
            Self::Everyone { me } => Inline::Everyone { me: *me },
            Self::Channel { conversation, name, .. } => Inline::Channel { conversation: conversation.clone(), name: name.clone() },
        }
    }
}

/// Which of these people a tree of words names: their places in `people`, each once, in the order of the text.
pub(crate) fn named(blocks: &[Block], people: &[Nameable]) -> Vec<usize> {
    let mut found = Vec::new();
    each_text(blocks, &mut |text| {
        for (_, at, _) in mentions(text, people) {
            if !found.contains(&at) {
                found.push(at);
            }
        }
    });
    found
}

/// The tree with those people in the place of their usernames.
pub(crate) fn with_names(blocks: Vec<Block>, people: &[Nameable]) -> Vec<Block> {
    let one = |block| match block {
        Block::Paragraph { inlines } => Block::Paragraph { inlines: within(inlines, people) },
        Block::Quote { blocks } => Block::Quote { blocks: with_names(blocks, people) },
        Block::List { start, items } => Block::List { start, items: items.into_iter().map(|item| with_names(item, people)).collect() },
        code @ Block::Code { .. } => code,
    };
    blocks.into_iter().map(one).collect()
}

fn within(inlines: Vec<Inline>, people: &[Nameable]) -> Vec<Inline> {
    let one = |inline| match inline {
        Inline::Text { text } => split(&text, people),
        Inline::Bold { inlines } => vec![Inline::Bold { inlines: within(inlines, people) }],
        Inline::Italic { inlines } => vec![Inline::Italic { inlines: within(inlines, people) }],
        Inline::Strike { inlines } => vec![Inline::Strike { inlines: within(inlines, people) }],
        Inline::Spoiler { inlines } => vec![Inline::Spoiler { inlines: within(inlines, people) }],
        other => vec![other],
    };
    inlines.into_iter().flat_map(one).collect()
}

fn each_text(blocks: &[Block], visit: &mut impl FnMut(&str)) {
    fn inside(inlines: &[Inline], visit: &mut impl FnMut(&str)) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => visit(text),
                Inline::Link { .. } => {}
                other => inside(other.inner(), visit),
            }
        }
    }
    for block in blocks {
        match block {
            Block::Paragraph { inlines } => inside(inlines, visit),
            Block::Quote { blocks } => each_text(blocks, visit),
            Block::List { items, .. } => items.iter().for_each(|item| each_text(item, visit)),
            Block::Code { .. } => {}
        }
    }
}

fn split(text: &str, people: &[Nameable]) -> Vec<Inline> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    let words = |range: std::ops::Range<usize>, pieces: &mut Vec<Inline>| {
        if let Some(words) = text.get(range).filter(|words| !words.is_empty()) {
            pieces.push(Inline::text(words));
        }
    };
    for (start, at, end) in mentions(text, people) {
        words(from..start, &mut pieces);
        pieces.extend(people.get(at).map(Nameable::drawn));
        from = end;
    }
    words(from..text.len(), &mut pieces);
    pieces
}

/// Where people and channels are named: from the sign to behind the name, with their place in `people`. A sign within a word is that of an
/// address, and the longest name counts.
fn mentions(text: &str, people: &[Nameable]) -> Vec<(usize, usize, usize)> {
    let (mut found, mut behind) = (Vec::new(), 0);
    for (start, sign) in text.match_indices(SIGNS) {
        let (before, rest) = (text.get(..start).unwrap_or_default(), text.get(start + 1..).unwrap_or_default());
        if start < behind || before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '#' | '_' | '/')) {
            continue;
        }
        let ends =
            people.iter().enumerate().filter(|(_, one)| one.sign() == sign).filter_map(|(at, one)| Some((name_end(rest, one.key())?, at)));
        if let Some((length, at)) = ends.max_by_key(|(length, _)| *length) {
            behind = start + 1 + length;
            found.push((start, at, behind));
        }
    }
    found
}

/// How long the username is with which a text begins, in bytes of the text; `None` where it goes on to be another word.
fn name_end(text: &str, username: &str) -> Option<usize> {
    let mut wanted = username.chars().flat_map(char::to_lowercase).peekable();
    wanted.peek()?;
    let mut chars = text.char_indices();
    let mut end = 0;
    while wanted.peek().is_some() {
        let (at, c) = chars.next()?;
        if !c.to_lowercase().all(|c| wanted.next() == Some(c)) {
            return None;
        }
        end = at + c.len_utf8();
    }
    let mut rest = text.get(end..)?.chars();
    let goes_on = match rest.next() {
        Some('_' | '-') => true,
        // A dot ends a sentence, or goes on with the name.
        Some('.') => rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!goes_on).then_some(end)
}
