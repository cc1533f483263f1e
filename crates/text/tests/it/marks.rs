//! What marks make of words, and what stays as it was typed.

use crate::{as_typed, formatted, show, words};
use hearth_text::{SPOILER, parse, plain};

#[test]
fn each_mark() {
    assert_eq!(show("**bold** and bold**er**"), "<b>bold</b> and bold<b>er</b>");
    assert_eq!(show("*one* and _two words_"), "<i>one</i> and <i>two words</i>");
    assert_eq!(show("~~gone~~ ||the butler|| `a * b`"), "<s>gone</s> <x>the butler</x> <c>a * b</c>");
    assert_eq!(show("***both*** ***a* b** ***a** b*"), "<i><b>both</b></i> <b><i>a</i> b</b> <i><b>a</b> b</i>");
    assert_eq!(show("**a *b ~~c ||d|| c~~ b* a**"), "<b>a <i>b <s>c <x>d</x> c</s> b</i> a</b>");
    assert_eq!(show("*a **b* c** ~~d *e~~ f*"), "<i>a <i><i>b</i> c</i></i> <s>d *e</s> f*");
    assert_eq!(show("(*so*), \"**that**\""), "(<i>so</i>), \"<b>that</b>\"");
    assert_eq!(show("one *line\ntwo* lines"), "one <i>line\ntwo</i> lines");
}

#[test]
fn code_is_as_it_stands() {
    assert_eq!(show("`**x**` ``a`b`` `` ` `` `<b>&amp;`"), "<c>**x**</c> <c>a`b</c> <c>`</c> <c><b>&amp;</c>");
    assert_eq!(show("```rust\nfn main() {\n    // **x**\n\n}\n```\nafter"), "<pre rust>fn main() {\n    // **x**\n\n}</pre> / after");
    assert_eq!(show("before\n```\na\n```"), "before / <pre ->a</pre>");
    assert_eq!(show("```two words\na\n```"), "<pre ->two words\na</pre>");
    assert_eq!(show("```c++\nx```"), "<pre c++>x</pre>");
    assert_eq!(show("````\n```\n````"), "<pre ->```</pre>");
    assert_eq!(show("```\nnever closed\n\n**x**"), "<pre ->never closed\n\n**x**</pre>");
    assert_eq!(show("one ` here\nand ` there"), "one ` here\nand ` there");
}

#[test]
fn quotes_end_with_their_lines() {
    assert_eq!(show("> **a**\n> b\nanswer"), "<q><b>a</b>\nb</q> / answer");
    assert_eq!(show("> a\n>> b\n> \n> c"), "<q>a / <q>b</q> / c</q>");
    for face in [">:(", ">_<", "a > b", "->", ">", ">>>", "> \n>"] {
        as_typed(face);
    }
}

#[test]
fn lists_keep_their_numbers() {
    assert_eq!(show("Take:\n- milk\n- *eggs*\n  six\nand go"), "Take: / <ul><li>milk</li><li><i>eggs</i>\nsix</li></ul> / and go");
    assert_eq!(show("- a\n  - b\n    - c\n- d"), "<ul><li>a / <ul><li>b / <ul><li>c</li></ul></li></ul></li><li>d</li></ul>");
    assert_eq!(show("3. a\n4) b\n\n5. c"), "<ol 3><li>a</li><li>b</li><li>c</li></ol>");
    assert_eq!(show("1. a\n1. b\n7. c"), "<ol 1><li>a</li></ol> / <ol 1><li>b</li></ol> / <ol 7><li>c</li></ol>");
    assert_eq!(show("* a\n\n  ```\n  x\n    y\n  ```\n* b"), "<ul><li>a / <pre ->x\n  y</pre></li><li>b</li></ul>");
    for typed in ["-", "1.", "01. January", "1234567890. x", "3.5 apples", "-5 °C", "- - -", "* * *", "It was\n1984. Then", "a - b\n1.5"] {
        as_typed(typed);
    }
}

#[test]
fn what_chat_does_not_have_is_shown_as_typed() {
    for typed in [
        "# heading\n## another",
        "title\n=====\nmore\n-----",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "---",
        "***",
        "&lt;b&gt; &copy; &#x41; &",
        "[ref]: https-less\n[ref]",
        "text[^1]\n[^1]: note",
        "    indented\n\tby a tab\n  poem",
        "<div>\nmarkup\n</div> <!-- note -->",
        ":smile: $x^2$ ==mark== H~2~O ++x++ @all #general",
        "snake_case_name __init__.py 2*3*4 2**3**4 a||b||c a || b || c x*y + z*w",
        "5 * 3 * 2, ** not **, ~one~ *",
        "foo(*args, **kwargs) *.rs and *.ts",
        r"¯\_(ツ)_/¯ \\server\share C:\dir\_x",
        "**** |||| ~~~~ ____ **a ~~b ||c",
        "a\n\n\nb\r\nc\rd",
    ] {
        assert_eq!(plain(&parse(typed)).split_whitespace().collect::<String>(), typed.split_whitespace().collect::<String>());
        assert_eq!(formatted(typed), None, "{typed}");
    }
    // Nor within what it has, nor in code.
    assert_eq!(show("> # a\n> ---\n> &lt;<b>"), "<q># a\n---\n&lt;<b></q>");
    assert_eq!(show("- # a\n- + b\n- ~~~"), "<ul><li># a</li><li>+ b</li><li>~~~</li></ul>");
    assert_eq!(show("  **\"a\"**\n\t*b*"), "  <b>\"a\"</b>\n\t<i>b</i>");
    assert_eq!(show("`&amp; <https://a.example> \\_` c"), "<c>&amp; <https://a.example> \\_</c> c");
    assert_eq!(
        show("```\n&amp;\n> a\n\thttps://a.example [b](https://b.example)\n~~~\n```"),
        "<pre ->&amp;\n> a\n\thttps://a.example [b](https://b.example)\n~~~</pre>"
    );
    assert_eq!(show("**a**\u{fdd0}"), "**a**\u{fdd0}");
}

#[test]
fn a_backslash_makes_words_of_marks() {
    assert_eq!(
        show(r"\*a\* \**b* \~~c~~ \`d\` \[e](https://a.example)"),
        "*a* *<i>b</i> ~~c~~ `d` [e](<a https://a.example>https://a.example</a>)"
    );
    assert_eq!(show(r"\||a|| \> b"), "||a|| > b");
    assert_eq!(show(r"\_a_ b"), r"\_a_ b");
}

#[test]
fn any_script() {
    assert_eq!(show("**日本。**語と*東京*です"), "<b>日本。</b>語と<i>東京</i>です");
    assert_eq!(show("**שלום** *עולם* ~~مرحبا~~"), "<b>שלום</b> <i>עולם</i> <s>مرحبا</s>");
    assert_eq!(show("**a\u{202e}b\u{200b}** c"), "<b>a\u{202e}b\u{200b}</b> c");
    assert_eq!(show("*👩‍👩‍👧* **e\u{301}**"), "<i>👩‍👩‍👧</i> <b>e\u{301}</b>");
    as_typed("👩‍🚀 \u{2066}x\u{2069} \u{200f}");
}

#[test]
fn plain_words_have_no_marks_and_keep_secrets() {
    assert_eq!(words("**a** [b](https://c.example) `d` ~~e~~"), "a b d e");
    assert_eq!(words("It was ||the gardener||, ||x||."), format!("It was {SPOILER}, {SPOILER}."));
    assert_eq!(words("> asked\nanswered\n- one\n- two\n\n3. three\n```rs\ncode\n```"), "asked\nanswered\n• one\n• two\n3. three\ncode");
    assert_eq!(words("**||a||** [||b||](https://c.example)"), format!("{SPOILER} {SPOILER}"));
    assert_eq!(words("just words"), "just words");
}

#[test]
fn a_link_without_words_is_named_by_its_address() {
    assert_eq!(words("[\n](https://a.example)"), "https://a.example");
}

#[test]
fn what_need_not_be_read_is_what_reading_leaves_alone() {
    for bare in ["Lunch at noon?", "#1 (really) $5 & <b> 50%", "Ünïcödé 漢字 👩‍🚀!", "", "a - b + c > d 1. e"] {
        assert_eq!((formatted(bare), words(bare)), (None, plain(&parse(bare))), "{bare:?}");
    }
}

/// The page's tests and its development start show these without asking Rust.
#[test]
fn the_samples_of_the_page_are_what_this_makes() {
    let samples = include_str!("../../../../ui/src/lib/backend/fake/formatted.json");
    let samples: Vec<serde_json::Value> = serde_json::from_str(samples).unwrap();
    assert!(!samples.is_empty());
    for sample in samples {
        let text = sample["text"].as_str().unwrap();
        assert_eq!(serde_json::to_value(parse(text)).unwrap(), sample["blocks"], "{text}");
        assert_eq!(words(text), sample["plain"]);
    }
}
