//! What is drawn for what is typed, written as `<b>..</b>` for the eye of the reader of these tests only.
#![allow(clippy::unwrap_used)]
use hearth_text::{Block, DEPTH_MAX, Inline, NODES_MAX, Nameable, SPOILER, depth, drawn, named, nodes, parse, plain};

fn show(source: &str) -> String {
    parse(source).iter().map(block).collect::<Vec<_>>().join(" / ")
}

fn block(block: &Block) -> String {
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

fn words(source: &str) -> String {
    hearth_text::words(source, &[])
}

/// Of a text that names nobody.
fn formatted(source: &str) -> Option<Vec<Block>> {
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
fn as_typed(source: &str) {
    assert_eq!(show(source), source);
    assert_eq!(formatted(source), None, "{source}");
}

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
fn links_lead_to_the_web_and_to_mail() {
    assert_eq!(show("see https://example.org/a?b=c, ok"), "see <a https://example.org/a?b=c>https://example.org/a?b=c</a>, ok");
    assert_eq!(show("(https://a.example/x_(y))"), "(<a https://a.example/x_(y)>https://a.example/x_(y)</a>)");
    assert_eq!(show("**https://a.example/b_c_d**"), "<b><a https://a.example/b_c_d>https://a.example/b_c_d</a></b>");
    assert_eq!(show("https://a.example。次"), "<a https://a.example>https://a.example</a>。次");
    assert_eq!(show("mailto:a@b.example!"), "<a mailto:a@b.example>mailto:a@b.example</a>!");
    assert_eq!(show("[the **plan**](https://a.example/p)"), "<a https://a.example/p (a.example)>the <b>plan</b></a>");
    assert_eq!(show("[a](https://a.example/Inc.)."), "<a https://a.example/Inc. (a.example)>a</a>.");
    assert_eq!(
        show("[a [b](https://b.example) c](https://c.example)"),
        "[a <a https://b.example (b.example)>b</a> c](<a https://c.example>https://c.example</a>)"
    );
    assert_eq!(show("[https://a.example b](https://b.example)"), "<a https://b.example (b.example)>https://a.example b</a>");
    assert_eq!(show("[write](mailto:a@b.example)"), "<a mailto:a@b.example (a@b.example)>write</a>");
    assert_eq!(show("*[a* b](https://a.example)"), "*<a https://a.example (a.example)>a* b</a>");
    assert_eq!(show("[a `]` b](https://a.example/(x))"), "<a https://a.example/(x) (a.example)>a <c>]</c> b</a>");
}

#[test]
fn links_lead_to_messages() {
    const IDS: &str = "01890a5d-ac96-774b-bcce-b302099a8057/01890a5d-ac96-774b-bcce-b302099a8058";
    let print = format!("#sha256={}", "ab".repeat(32));
    for server in ["chat.example.org:7380", "127.0.0.1:9", "[fe80::1]:9"] {
        for link in [format!("hearth://message/{server}/{IDS}"), format!("hearth://message/{server}/{IDS}{print}")] {
            assert_eq!(show(&format!("see {link}, please")), format!("see <a {link}>{link}</a>, please"));
            assert_eq!(show(&format!("({link})")), format!("(<a {link}>{link}</a>)"));
            assert_eq!(show(&format!("[what he said]({link}).")), format!("<a {link} ({server})>what he said</a>."));
            assert!(formatted(&link).is_some(), "{link}");
        }
    }
    let link = format!("hearth://message/evil.example/{IDS}");
    assert_eq!(show(&format!("[https://a.example]({link})")), format!("<a {link} (evil.example)>https://a.example</a>"));
    for typed in [
        "hearth://message/ hearth://message/host hearth://join/host/x hearth://connect/host".to_owned(),
        format!("hearth://open/{IDS}"),
        format!("hearth://message/{IDS}"),
        format!("hearth://message/user@host/{IDS}"),
        format!("hearth://message/host/more/{IDS}"),
        format!("hearth://message/host/{IDS}/more"),
        format!("hearth://message/host/{IDS}?x=1"),
        format!("hearth://message/host/{IDS}#sha256=12"),
        format!("hearth://message/host/{}", IDS.to_uppercase()),
        format!("HEARTH://message/host/{IDS}"),
        format!("[x](hearth://join/{IDS})"),
    ] {
        as_typed(&typed);
    }
}

#[test]
fn a_link_says_where_it_leads() {
    assert_eq!(show("[https://bank.example](https://evil.example/x)"), "<a https://evil.example/x (evil.example)>https://bank.example</a>");
    assert_eq!(show("[https://a.example](https://a.example)"), "<a https://a.example>https://a.example</a>");
    // A Cyrillic а.
    assert_eq!(show("https://b\u{430}nk.example"), "<a https://b\u{430}nk.example (xn--bnk-6cd.example)>https://b\u{430}nk.example</a>");
}

#[test]
fn what_runs_or_hides_is_never_a_link() {
    for typed in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](file:///etc/passwd)",
        "[x](http://a.example)",
        "[x](//a.example)",
        "[x](a.html)",
        "[](https://)",
        "![x](http://a.example/p.png)",
        "http://a.example ftp://b.example //c.example example.org a@b.example main.rs",
        "https://user@a.example https://user:word@a.example https://",
        "[x](https://bank.example@evil.example)",
        "mailto:a@b.example?attach=/etc/passwd",
        "hearth://open/1 xhttps://a.example mailto: mailto:nobody",
    ] {
        as_typed(typed);
    }
    assert_eq!(show("![x](https://a.example/p.png)"), "![x](<a https://a.example/p.png>https://a.example/p.png</a>)");
    assert_eq!(show("[x](https://a.example \"t\")"), "[x](<a https://a.example>https://a.example</a> \"t\")");
    assert!(!show("https://a.example/\u{202e}gpj").contains("a.example/\u{202e}gpj>"));
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
fn plain_words_call_people_by_their_names() {
    let words = |source| hearth_text::words(source, &people());
    assert_eq!(words("ask @bob and **@BOB.B**"), "ask @Bob and @Other Bob");
    assert_eq!(words("not `@bob`, nor a@bob"), "not @bob, nor a@bob");
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

#[test]
fn a_tree_is_shallow_and_small_whatever_is_typed() {
    let long = |piece: &str| piece.repeat(16_000 / piece.chars().count());
    for piece in [
        ">",
        "> ",
        "- ",
        "1. ",
        "*",
        "**a ",
        "*a **b ",
        "_*",
        "~~a ||b ",
        "||a||",
        "[",
        "[a](",
        "](",
        "[a](https://a.example) ",
        "`",
        "` ``",
        "https://",
        "https://% ",
        "https://a.example ",
        "\\",
        "\\*",
        "a\n\n",
        "- a\n",
        "```\n",
        ">\n",
        "> a\n\n",
        "mailto:",
        "**a**",
        "*a*b ",
        "\u{202e}",
        "日*本*",
        " ",
        "\t- ",
        "1. a\n",
        "![](",
        ">- ",
        "_",
        "*a_ ",
        "_a*",
        "*_~~||",
        "*(*",
        "a**b",
        "[a",
        "[a](https://a.example",
        "[a](https://[",
        "``a`",
        "<",
        "<!--",
        "&",
        "#",
        "a\n    ",
        "1.\n",
        "[x]: y\n",
        "\r",
        "\u{feff}",
        "\0",
        "\u{fdd0}",
    ] {
        let tree = parse(&long(piece));
        assert!(depth(&tree) <= DEPTH_MAX, "{piece:?} is {} deep", depth(&tree));
        assert!(nodes(&tree) <= NODES_MAX, "{piece:?} has {} nodes", nodes(&tree));
        serde_json::from_str::<Vec<Block>>(&serde_json::to_string(&tree).unwrap()).unwrap();
    }
    // The deepest there is: each kind of block, each mark, a link, each mark again.
    let marks = "***a ~~b ||c ***d ~~e ||f ";
    let deep = format!("{}{marks}[{marks}g||~~***||~~***](https://a.example)||~~***||~~***", "> - ".repeat(9));
    assert!(depth(&parse(&deep)) <= DEPTH_MAX);
    let steps: String = (0..120).map(|step| format!("{}- a\n", "  ".repeat(step))).collect();
    let runs: String = (1..170).map(|n| format!("{} ", "`".repeat(n))).collect();
    for source in [steps, runs, format!("{}{}", "*a ".repeat(2_600), "b* ".repeat(2_600))] {
        let tree = parse(&source);
        assert!(depth(&tree) <= DEPTH_MAX && nodes(&tree) <= NODES_MAX, "{} deep", depth(&tree));
    }
}

#[test]
fn many_open_marks_do_not_stop_the_next() {
    assert_eq!(show(&format!("{}**b**", "*a ".repeat(9))), format!("{}<b>b</b>", "*a ".repeat(9)));
}

#[test]
fn nothing_typed_is_lost() {
    let source = "**a** 1. [b](https://c.example/d) ```e\n- f\n07. g\n```h i\nj\n```\n12. k\n> l";
    let kept: String = source.chars().filter(|c| c.is_alphanumeric()).collect();
    let shown: String = drawn(&parse(source)).chars().filter(|c| c.is_alphanumeric()).collect();
    assert_eq!(shown, kept);
}

/// The page's tests and its development start show these without asking Rust.
#[test]
fn the_samples_of_the_page_are_what_this_makes() {
    let samples = include_str!("../../../ui/src/lib/backend/fake/formatted.json");
    let samples: Vec<serde_json::Value> = serde_json::from_str(samples).unwrap();
    assert!(!samples.is_empty());
    for sample in samples {
        let text = sample["text"].as_str().unwrap();
        assert_eq!(serde_json::to_value(parse(text)).unwrap(), sample["blocks"], "{text}");
        assert_eq!(words(text), sample["plain"]);
    }
}

fn people() -> Vec<Nameable> {
    let one = |username: &str, name: &str| Nameable::Person {
        username: username.into(),
        user: username.into(),
        name: name.into(),
        me: name == "Me",
    };
    vec![one("bob", "Bob"), one("bob.b", "Other Bob"), one("Øystein", "Øystein Å"), one("王-2", "王"), one("me", "Me")]
}

#[test]
fn people_are_named_by_an_at_sign_where_words_are() {
    let shown = |source: &str| {
        let tree = hearth_text::formatted(source, &people());
        tree.map(|tree| tree.iter().map(block).collect::<Vec<_>>().join(" / "))
    };
    for (typed, seen) in [
        ("@bob", "<@Bob>"),
        ("hi @BOB, and @bob.b.", "hi <@Bob>, and <@Other Bob>."),
        ("see you, @bob.", "see you, <@Bob>."),
        ("(@øystein)…@王-2!", "(<@Øystein Å>)…<@王>!"),
        ("**@bob** and ||@me||", "<b><@Bob></b> and <x><@me:Me></x>"),
        ("> @bob\n\n- @me", "<q><@Bob></q> / <ul><li><@me:Me></li></ul>"),
    ] {
        assert_eq!(shown(typed).as_deref(), Some(seen), "{typed}");
    }
    for nobody in ["a@bob", "@bobby", "@bob-2", "@bob_", "@@bob", "@ bob", "@", "@carol", "bob"] {
        assert_eq!(shown(nobody), None, "{nobody}");
    }
    for elsewhere in ["`@bob`", "```\n@bob\n```", "https://example.org/@bob", "[@bob](https://example.org)", "mailto:a@bob"] {
        assert!(!shown(elsewhere).unwrap().contains("<@"), "{elsewhere}");
    }
    assert_eq!(plain(&hearth_text::formatted("ask @bob", &people()).unwrap()), "ask @Bob");
}

#[test]
fn whom_a_text_names_is_found_once_each() {
    assert_eq!(named("@me @bob `@王-2` @BOB.b @bob", &people()), [4, 0, 1]);
    assert_eq!(named("nobody at all", &people()), [0; 0]);
}

#[test]
fn everyone_is_named_by_one_word_where_words_are() {
    let all = [people(), vec![Nameable::Everyone { me: true }]].concat();
    let shown = |source: &str| hearth_text::formatted(source, &all).map(|tree| tree.iter().map(block).collect::<Vec<_>>().join(" / "));
    for (typed, seen) in [
        ("@everyone", "<@me:everyone>"),
        ("so, @Everyone: @bob has it", "so, <@me:everyone>: <@Bob> has it"),
        ("||@everyone||.", "<x><@me:everyone></x>."),
    ] {
        assert_eq!(shown(typed).as_deref(), Some(seen), "{typed}");
    }
    for nobody in ["everyone", "@everyone2", "@everyone-else", "all@everyone", "@alle"] {
        assert_eq!(shown(nobody), None, "{nobody}");
    }
    assert_eq!(shown("`@everyone`").as_deref(), Some("<c>@everyone</c>"));
    assert_eq!(named("`@everyone`", &all), [0; 0]);
    assert_eq!(named("@everyone, @bob", &all), [5, 0]);
    assert_eq!(hearth_text::words("**now**, @EVERYONE", &all), "now, @everyone");
    assert_eq!(drawn(&hearth_text::formatted("@everyone", &all).unwrap()), "@everyone");
}

#[test]
fn channels_are_led_to_by_a_number_sign_where_words_are() {
    let one = |written: &str, name: &str| Nameable::Channel { written: written.into(), conversation: "c".into(), name: name.into() };
    let all = [people(), vec![one("plans", "Plans of today"), one("open evenings", "evenings"), one("bob", "bobs")]].concat();
    let shown = |source: &str| hearth_text::formatted(source, &all).map(|tree| tree.iter().map(block).collect::<Vec<_>>().join(" / "));
    for (typed, seen) in [
        ("#plans", "<#c:Plans of today>"),
        ("see #Plans, #open evenings.", "see <#c:Plans of today>, <#c:evenings>."),
        ("@bob in #bob", "<@Bob> in <#c:bobs>"),
        ("**#plans**", "<b><#c:Plans of today></b>"),
    ] {
        assert_eq!(shown(typed).as_deref(), Some(seen), "{typed}");
    }
    for none in ["a#plans", "#plans2", "##plans", "# plans", "#other", "#open", "@plans"] {
        assert_eq!(shown(none), None, "{none}");
    }
    assert_eq!(shown("`#plans`").as_deref(), Some("<c>#plans</c>"));
    assert_eq!(hearth_text::words("in #PLANS", &all), "in #Plans of today");
}

#[test]
fn a_crowd_of_names_is_shown_as_typed() {
    let crowd = "@bob ".repeat(NODES_MAX);
    assert_eq!(hearth_text::formatted(crowd.trim(), &people()), None);
    assert_eq!(hearth_text::formatted(&format!("**a** {}", crowd.trim()), &people()), formatted(&format!("**a** {}", crowd.trim())));
}

#[test]
fn a_text_has_a_link_where_one_is_drawn() {
    for source in [
        "see https://example.org",
        "> - [there](https://example.org)",
        "**mailto:a@example.org**",
        "[a](https:example.org)",
        "HTTPS://example.org/x",
    ] {
        let drawn = show(source);
        assert_eq!(hearth_text::has_link(source), drawn.contains("<a"), "{source:?} {drawn}");
    }
    assert!(hearth_text::has_link("see https://example.org"));
    for source in ["", "no link", "`https://example.org`", "```\nhttps://example.org\n```", "[a](javascript:x)", "12:30"] {
        assert!(!hearth_text::has_link(source), "{source:?}");
    }
}
