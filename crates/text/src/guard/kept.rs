//! Characters that stand for others while comrak reads: it takes them for letters.

/// What is kept from comrak where it would mean something that chat does not have, or what comrak would change.
const KEPT: &str = "\\`*_~|[]()<>&#!+-. \t\u{feff}\0";
/// Stand for them, in this order: no text has these, Unicode reserves them for use within programs.
const FIRST: char = '\u{fdd0}';
const LAST: char = '\u{fdef}';
/// The end of an address that stands between `<` and `>`; none of the three was typed.
const END: char = LAST;
/// A sign that was not typed either, and no letter.
pub const BREAK: char = '<';

/// Whether the text itself has one of them.
pub fn foreign(text: &str) -> bool {
    text.contains(|c| (FIRST..=LAST).contains(&c))
}

/// A character as it can be shown to comrak.
pub fn keep(c: char) -> char {
    KEPT.chars().zip(FIRST..).find_map(|(kept, stand_in)| (kept == c).then_some(stand_in)).unwrap_or(c)
}

/// A text in which comrak sees nothing at all.
pub fn kept(text: &str) -> String {
    text.chars().map(keep).collect()
}

/// An address as comrak takes it.
pub fn linked(address: &str) -> String {
    match address.split_once(':') {
        Some((scheme, rest)) => format!("{BREAK}{scheme}:{}{END}>", kept(rest)),
        None => kept(address),
    }
}

/// What was typed.
pub fn typed(text: &str) -> String {
    let back = |c: char| KEPT.chars().zip(FIRST..).find_map(|(kept, stand_in)| (stand_in == c).then_some(kept)).unwrap_or(c);
    text.replace(BREAK, "").replace(&format!("{END}>"), "").replace(END, "").chars().map(back).collect()
}
