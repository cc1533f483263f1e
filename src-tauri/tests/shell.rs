//! What the page may do, held against a golden file: whoever widens it changes that file too, and is seen doing so.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

/// Every capability file, whatever it is called: one that was added must show.
fn capabilities() -> Vec<Value> {
    let mut paths: Vec<_> = fs::read_dir(root().join("src-tauri/capabilities")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn words(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// The parts of an object in the order of their names: which one it keeps depends on who else is built with it.
fn by_name(object: &Value) -> BTreeMap<&String, &Value> {
    object.as_object().unwrap().iter().collect()
}

#[test]
fn the_access_control_list_is_the_golden_one() {
    let security = &json("tauri.conf.json")["app"]["security"];
    let mut list = String::new();
    for capability in capabilities() {
        writeln!(list, "capability {}", capability["identifier"].as_str().unwrap()).unwrap();
        for (key, value) in by_name(&capability) {
            match key.as_str() {
                "identifier" | "description" => {}
                "permissions" => words(value).iter().for_each(|word| writeln!(list, "  permission {word}").unwrap()),
                "windows" => words(value).iter().for_each(|word| writeln!(list, "  window {word}").unwrap()),
                _ => writeln!(list, "  {key} {value}").unwrap(),
            }
        }
    }
    writeln!(list, "security").unwrap();
    for (key, value) in by_name(security) {
        match value.as_object() {
            Some(_) => {
                by_name(value).iter().for_each(|(name, value)| writeln!(list, "  {key} {name} {}", value.as_str().unwrap()).unwrap())
            }
            None => writeln!(list, "  {key} {value}").unwrap(),
        }
    }
    let golden = root().join("src-tauri/tests/acl.golden");
    if std::env::var_os("HEARTH_BLESS").is_some() {
        fs::write(&golden, &list).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        list, expected,
        "the page may do something else than before; if that is meant, run the test with HEARTH_BLESS=1 and commit the file"
    );
}

#[test]
fn the_page_is_allowed_exactly_the_commands_that_there_are() {
    let allowed: BTreeSet<String> = capabilities().iter().flat_map(|capability| words(&capability["permissions"])).collect();
    let named: BTreeSet<String> = hearth_desktop::commands::NAMES.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(allowed, named);
    assert_eq!(named.len(), hearth_desktop::commands::NAMES.len(), "a name is there twice");

    let source = fs::read_to_string(root().join("src-tauri/src/commands.rs")).unwrap();
    let list = source.split("generate_handler![").nth(1).unwrap().split(']').next().unwrap();
    let registered: BTreeSet<String> = list.split(',').filter_map(|path| path.trim().split("::").nth(1)).map(str::to_owned).collect();
    assert_eq!(registered, hearth_desktop::commands::NAMES.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn the_policy_lets_no_code_in_from_anywhere() {
    let csp = &json("tauri.conf.json")["app"]["security"]["csp"];
    assert_eq!(csp["default-src"], "'none'");
    for (directive, sources) in csp.as_object().unwrap() {
        let sources = sources.as_str().unwrap();
        for forbidden in ["unsafe", "*", "https:", "wasm", "blob:", "data:"] {
            let harmless = directive == "img-src" && ["blob:", "data:"].contains(&forbidden);
            assert!(harmless || !sources.contains(forbidden), "{directive} {sources}");
        }
    }
}
