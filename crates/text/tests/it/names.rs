//! People, everyone and channels, named in a text.

use crate::{block, formatted};
use hearth_text::{NODES_MAX, Nameable, drawn, named, plain};

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
fn plain_words_call_people_by_their_names() {
    let words = |source| hearth_text::words(source, &people());
    assert_eq!(words("ask @bob and **@BOB.B**"), "ask @Bob and @Other Bob");
    assert_eq!(words("not `@bob`, nor a@bob"), "not @bob, nor a@bob");
}

#[test]
fn a_crowd_of_names_is_shown_as_typed() {
    let crowd = "@bob ".repeat(NODES_MAX);
    assert_eq!(hearth_text::formatted(crowd.trim(), &people()), None);
    assert_eq!(hearth_text::formatted(&format!("**a** {}", crowd.trim()), &people()), formatted(&format!("**a** {}", crowd.trim())));
}
