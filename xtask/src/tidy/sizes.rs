//! How long files are. 80 to 250 lines is what we like, 400 wants a reason, 600 is the stop.

use super::{Findings, Source};

const LINES_REMARKED: usize = 400;
const LINES_MAX: usize = 600;

pub fn check(sources: &[Source], found: &mut Findings) {
    let written = sources.iter().filter(|source| !source.is_test() && !source.is_generated() && source.ending() != "ftl");
    for source in written {
        let lines = lines(source);
        if lines > LINES_MAX {
            found.fault(format!("{}: {lines} lines, the most is {LINES_MAX}; split it by noun or verb", source.path));
        } else if lines > LINES_REMARKED {
            found.remark(format!("{}: {lines} lines; more than {LINES_REMARKED} want a reason", source.path));
        }
    }
}

/// Without the unit tests that end a Rust file.
fn lines(source: &Source) -> usize {
    let lines = source.text.lines();
    if source.ending() == "rs" { lines.take_while(|line| *line != "#[cfg(test)]").count() } else { lines.count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: String) -> Findings {
        let mut found = Findings::default();
        check(&[Source { path: path.into(), text }], &mut found);
        found
    }

    #[test]
    fn long_is_remarked_too_long_fails() {
        assert_eq!(found("crates/a/src/b.rs", "x\n".repeat(401)).remarks.len(), 1);
        assert_eq!(found("crates/a/src/b.rs", "x\n".repeat(601)).faults.len(), 1);
        assert!(found("crates/a/src/b.rs", "x\n".repeat(400)).remarks.is_empty());
    }

    #[test]
    fn tests_may_be_long() {
        assert!(found("crates/a/src/b.rs", format!("{}#[cfg(test)]\n{}", "x\n".repeat(300), "y\n".repeat(600))).faults.is_empty());
        assert!(found("crates/a/tests/it/b.rs", "x\n".repeat(900)).faults.is_empty());
        assert!(found("ui/src/lib/backend/generated/A.ts", "x\n".repeat(900)).faults.is_empty());
    }
}
