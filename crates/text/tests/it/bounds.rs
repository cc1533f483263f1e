//! Whatever is typed, the tree stays small, and nothing of it is lost.

use crate::show;
use hearth_text::{Block, DEPTH_MAX, NODES_MAX, depth, drawn, nodes, parse};

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
