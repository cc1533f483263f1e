//! What leads somewhere, and what never does.

use crate::{as_typed, formatted, show};

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
