//! Texts put together from marks at random, the same each time: a libFuzzer for a second.

use std::num::Wrapping;

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
    let mut seed = Wrapping(0x9e37_79b9_7f4a_7c15_u64);
    let mut roll = |sides: usize| {
        seed = seed * Wrapping(6_364_136_223_846_793_005) + Wrapping(1_442_695_040_888_963_407);
        usize::try_from(seed.0 >> 33).unwrap_or(0) % sides
    };
    for _ in 0..5_000 {
        let text: String = (0..1 + roll(24)).map(|_| PIECES[roll(PIECES.len())]).collect();
        hearth_fuzz::text(text.as_bytes());
    }
}
