//! Which crate may depend on which: `protocol <- replica <- client <- desktop`, `protocol <- server`,
//! `text <- replica`, `text <- server`, `words <- client`, `words <- server`.

use super::Findings;
use serde_json::Value;

/// A crate, what it may use of ours, and what its tests may use besides.
struct Arrow {
    package: &'static str,
    uses: &'static [&'static str],
    tests_use: &'static [&'static str],
}

const ARROWS: &[Arrow] = &[
    Arrow { package: "hearth-protocol", uses: &[], tests_use: &[] },
    Arrow { package: "hearth-text", uses: &[], tests_use: &[] },
    Arrow { package: "hearth-words", uses: &[], tests_use: &[] },
    Arrow { package: "hearth-replica", uses: &["hearth-protocol", "hearth-text"], tests_use: &[] },
    Arrow {
        package: "hearth-client",
        uses: &["hearth-protocol", "hearth-replica", "hearth-text", "hearth-words"],
        tests_use: &["hearth-testkit", "hearth-server"],
    },
    Arrow { package: "hearth-server", uses: &["hearth-protocol", "hearth-text", "hearth-words"], tests_use: &["hearth-testkit"] },
    Arrow { package: "hearth-testkit", uses: &["hearth-protocol", "hearth-replica", "hearth-client", "hearth-server"], tests_use: &[] },
    Arrow { package: "hearth-sim", uses: &["hearth-protocol", "hearth-replica", "hearth-client", "hearth-server"], tests_use: &[] },
    Arrow {
        package: "hearth-bench",
        uses: &["hearth-protocol", "hearth-replica", "hearth-client", "hearth-server", "hearth-e2e"],
        tests_use: &[],
    },
    Arrow { package: "hearth-chaos", uses: &["hearth-protocol", "hearth-client"], tests_use: &[] },
    Arrow {
        package: "hearth",
        uses: &["hearth-protocol", "hearth-client", "hearth-server", "hearth-text", "hearth-words"],
        tests_use: &["hearth-testkit"],
    },
    Arrow { package: "hearth-e2e", uses: &["hearth-protocol"], tests_use: &["hearth-replica", "hearth-testkit"] },
    Arrow { package: "hearth-fuzz", uses: &["hearth-protocol", "hearth-replica", "hearth-text"], tests_use: &[] },
    Arrow { package: "xtask", uses: &[], tests_use: &[] },
];

/// What the plain-data crate must not know: anything that reads, writes or waits.
const PROTOCOL_NEVER: &[&str] = &["tokio", "sqlx", "reqwest", "axum", "futures", "tokio-tungstenite"];

pub fn check(metadata: &Value, found: &mut Findings) {
    for package in ours(metadata) {
        let name = text(package, "name");
        let Some(arrow) = ARROWS.iter().find(|arrow| arrow.package == name) else {
            found.fault(format!("{name}: a crate without a place; say in xtask/src/tidy/arrows.rs what it may use"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let used = text(dependency, "name");
            let in_tests = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            let allowed = arrow.uses.contains(&used) || (in_tests && arrow.tests_use.contains(&used));
            if is_ours(used) && !allowed {
                let whose = if in_tests { "'s tests" } else { "" };
                found.fault(format!("{name}{whose} must not depend on {used} (the arrows are in ARCHITECTURE.md)"));
            }
            if name == "hearth-protocol" && PROTOCOL_NEVER.contains(&used) {
                found.fault(format!("{name} must not depend on {used}: it is plain data, without I/O"));
            }
        }
    }
}

fn is_ours(name: &str) -> bool {
    ARROWS.iter().any(|arrow| arrow.package == name)
}

/// The packages of the workspace: those that come from no registry.
pub fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    list(metadata, "packages").filter(|package| package.get("source").is_none_or(Value::is_null))
}

pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(name: &str, uses: &str, kind: Option<&str>) -> Vec<String> {
        let metadata = json!({"packages": [{"name": name, "source": null, "dependencies": [{"name": uses, "kind": kind}]}]});
        let mut found = Findings::default();
        check(&metadata, &mut found);
        found.faults
    }

    #[test]
    fn the_arrows_point_one_way() {
        assert!(faults("hearth-client", "hearth-replica", None).is_empty());
        assert_eq!(
            faults("hearth-client", "hearth-server", None),
            ["hearth-client must not depend on hearth-server (the arrows are in ARCHITECTURE.md)"]
        );
        assert_eq!(faults("hearth-replica", "hearth-client", None).len(), 1);
        assert_eq!(faults("hearth-server", "hearth-replica", None).len(), 1);
    }

    #[test]
    fn the_testkit_is_for_tests() {
        assert!(faults("hearth-client", "hearth-testkit", Some("dev")).is_empty());
        assert_eq!(faults("hearth-client", "hearth-testkit", None).len(), 1);
    }

    #[test]
    fn the_protocol_does_no_io_and_newcomers_are_asked() {
        assert_eq!(faults("hearth-protocol", "tokio", None).len(), 1);
        assert!(faults("hearth-protocol", "serde", None).is_empty());
        assert_eq!(faults("hearth-newcomer", "serde", None).len(), 1);
    }
}
