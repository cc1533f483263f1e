//! The licences, names and sources of everything that we build from, against the lists in deny.toml.

use super::{
    Findings,
    arrows::{list, text},
    spdx,
};
use serde_json::Value;

/// Where Rust packages may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Of the page's packages only: fonts, which are served as they are.
const FONT_LICENCE: &str = "OFL-1.1";

pub fn check(metadata: &Value, rules: &str, found: &mut Findings) {
    let (allow, banned) = (allowed(rules), banned(rules));
    if allow.is_empty() {
        found.fault("deny.toml: no list of allowed licences");
    }
    for package in list(metadata, "packages") {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let licence = text(package, "license");
        if !spdx::suffices(licence, &allow) {
            found.fault(format!("{name} {version}: its licence is {licence:?}, which deny.toml does not allow"));
        }
        if banned.iter().any(|banned| banned == name) {
            found.fault(format!("{name} {version}: deny.toml says why it must not come in"));
        }
        if let Some(source) = package.get("source").and_then(Value::as_str)
            && source != REGISTRY
        {
            found.fault(format!("{name} {version}: comes from {source}; packages come from the registry"));
        }
    }
}

/// The page's packages, from its lock file. Those that only build it may have any licence, for nothing of them is shipped.
pub fn check_page(lock: &Value, rules: &str, found: &mut Findings) {
    let mut allow = allowed(rules);
    allow.push(FONT_LICENCE.into());
    let packages = lock.get("packages").and_then(Value::as_object).into_iter().flatten();
    for (path, package) in packages.filter(|(path, _)| !path.is_empty()) {
        let only_builds = package.get("dev").and_then(Value::as_bool) == Some(true);
        let licence = text(package, "license");
        if !only_builds && !spdx::suffices(licence, &allow) {
            found.fault(format!("ui/{path}: its licence is {licence:?}, which deny.toml does not allow"));
        }
        if package.get("resolved").is_some() {
            found.fault(format!("ui/package-lock.json: {path} names its registry; npm's omit-lockfile-registry-resolved leaves that out"));
        }
    }
}

fn allowed(rules: &str) -> Vec<String> {
    block(rules, "allow = [").flat_map(quoted).map(str::to_owned).collect()
}

fn banned(rules: &str) -> Vec<String> {
    // The first quoted word of a line is the name, the second one the reason.
    block(rules, "deny = [").filter_map(|line| quoted(line).next()).map(str::to_owned).collect()
}

/// The lines between one that is `start` and the bracket that closes it: as much of TOML as deny.toml uses.
fn block<'a>(rules: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    rules.lines().skip_while(move |line| line.trim() != start).skip(1).take_while(|line| line.trim() != "]")
}

fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const RULES: &str =
        "[licenses]\nallow = [\n    \"MIT\",\n    \"ISC\",\n]\n[bans]\ndeny = [\n    { name = \"bad\", reason = \"it is\" },\n]\n";

    fn faults(package: Value) -> Vec<String> {
        let mut found = Findings::default();
        check(&json!({ "packages": [package] }), RULES, &mut found);
        found.faults
    }

    #[test]
    fn the_lists_are_read() {
        assert_eq!(allowed(RULES), ["MIT", "ISC"]);
        assert_eq!(banned(RULES), ["bad"]);
    }

    #[test]
    fn licence_name_and_source_are_looked_at() {
        assert!(faults(json!({"name": "good", "version": "1.0.0", "license": "MIT", "source": REGISTRY})).is_empty());
        assert_eq!(faults(json!({"name": "other", "version": "1.0.0", "license": "GPL-3.0", "source": REGISTRY})).len(), 1);
        assert_eq!(faults(json!({"name": "none", "version": "1.0.0", "license": null, "source": REGISTRY})).len(), 1);
        assert_eq!(faults(json!({"name": "bad", "version": "1.0.0", "license": "MIT", "source": REGISTRY})).len(), 1);
        assert_eq!(faults(json!({"name": "far", "version": "1.0.0", "license": "MIT", "source": "git+https://example.org/far"})).len(), 1);
    }

    #[test]
    fn of_the_page_only_what_is_shipped_counts() {
        let lock = json!({"packages": {
            "": {"license": "MIT"},
            "node_modules/font": {"license": "OFL-1.1"},
            "node_modules/shipped": {"license": "GPL-3.0"},
            "node_modules/builds": {"license": "MPL-2.0", "dev": true},
            "node_modules/named": {"license": "MIT", "resolved": "https://example.org/named.tgz"},
        }});
        let mut found = Findings::default();
        check_page(&lock, RULES, &mut found);
        assert_eq!(found.faults.len(), 2, "{:?}", found.faults);
    }
}
