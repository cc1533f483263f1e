//! Texts put together from marks at random, the same each time: a libFuzzer for a second.

use fastrand::Rng;

const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "~~",
    "||",
    "`",
    "``",
    "```",
    "\n```\n",
    "\n```rs\n",
    "\n",
    "\n\n",
    "\n> ",
    ">",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n2) ",
    "\n007. ",
    "[",
    "]",
    "](",
    "](https://a.example)",
    "![",
    "(",
    ")",
    "https://b.example/c_d",
    "http://",
    "mailto:e@f.example",
    "\\",
    " ",
    "  ",
    "\t",
    "a",
    "b1",
    "2",
    "é",
    "日本",
    "שלום",
    "\u{202e}",
    "\u{200b}",
    "👩‍🚀",
    "<b>",
    "&amp;",
    "# ",
    "\n+ ",
    "\n    ",
    "~~~",
    "]: ",
    "\u{feff}",
    "\u{fdd0}",
    "<!--",
    "_/",
    "| ",
    "---",
    "\r",
    "!",
    ".",
    "x",
];

#[test]
fn texts_of_marks_hold_what_the_target_promises() {
    let mut dice = Rng::with_seed(1);
    for _ in 0..5_000 {
        let text: String = (0..dice.usize(1..=24)).filter_map(|_| dice.choice(PIECES)).copied().collect();
        hearth_fuzz::text(text.as_bytes());
    }
}
