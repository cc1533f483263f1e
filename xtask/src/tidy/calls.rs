//! What must not be written where. Each rule is a word, where it is looked for, where it is right after all, and why.

use super::{Findings, Source};

struct Rule {
    word: &'static str,
    /// Paths that start so are looked at.
    within: &'static [&'static str],
    /// Of these, paths that start so are left alone.
    except: &'static [&'static str],
    /// Only files with these endings.
    endings: &'static [&'static str],
    why: &'static str,
}

const PAGE: &[&str] = &["ui/src", "ui/index.html"];
const PAGE_ENDINGS: &[&str] = &["ts", "svelte", "html", "js"];
const RUST: &[&str] = &["rs"];
const RUST_FOLDERS: &[&str] = &["crates", "src-tauri", "e2e", "xtask"];
const NO_HTML: &str = "text from people becomes text nodes, never markup";

const RULES: &[Rule] = &[
    Rule { word: "{@html", within: PAGE, except: &[], endings: PAGE_ENDINGS, why: NO_HTML },
    Rule { word: "innerHTML", within: PAGE, except: &[], endings: PAGE_ENDINGS, why: NO_HTML },
    Rule { word: "outerHTML", within: PAGE, except: &[], endings: PAGE_ENDINGS, why: NO_HTML },
    Rule { word: "insertAdjacentHTML", within: PAGE, except: &[], endings: PAGE_ENDINGS, why: NO_HTML },
    Rule { word: "document.write", within: PAGE, except: &[], endings: PAGE_ENDINGS, why: NO_HTML },
    Rule {
        word: " style=\"",
        within: PAGE,
        except: &[],
        endings: &["svelte", "html"],
        why: "the content security policy blocks style attributes: use a class or `style:name`",
    },
    Rule {
        word: "@tauri-apps",
        within: PAGE,
        except: &["ui/src/lib/backend/"],
        endings: PAGE_ENDINGS,
        why: "the page has one door to the shell: ui/src/lib/backend",
    },
    Rule {
        word: "http://",
        within: &["ui/src"],
        except: &["ui/src/lib/backend/fake"],
        endings: &["css", "svelte"],
        why: "the page loads nothing from elsewhere",
    },
    Rule { word: "todo!(", within: RUST_FOLDERS, except: &[], endings: RUST, why: "finish it, or leave it out" },
    Rule { word: "unimplemented!(", within: RUST_FOLDERS, except: &[], endings: RUST, why: "finish it, or leave it out" },
    Rule { word: "dbg!(", within: RUST_FOLDERS, except: &[], endings: RUST, why: "use tracing" },
    Rule { word: "#[ignore", within: RUST_FOLDERS, except: &[], endings: RUST, why: "a test runs, or it is not there" },
    Rule { word: "TODO", within: &[""], except: &[], endings: super::ENDINGS, why: "finish it, or write an issue" },
    Rule { word: "FIXME", within: &[""], except: &[], endings: super::ENDINGS, why: "finish it, or write an issue" },
    Rule { word: "test.skip", within: &["ui"], except: &[], endings: &["ts"], why: "a test runs, or it is not there" },
    Rule { word: "it.skip", within: &["ui"], except: &[], endings: &["ts"], why: "a test runs, or it is not there" },
    Rule { word: ".only(", within: &["ui"], except: &[], endings: &["ts"], why: "the other tests would not run" },
    Rule {
        word: "sqlx::",
        within: RUST_FOLDERS,
        // The last one measures what SQLite could do at best.
        except: &["crates/replica/", "crates/server/", "crates/bench/src/limits.rs"],
        endings: RUST,
        why: "nothing but the replica and the server's store talks SQL",
    },
    Rule {
        word: "sqlx::",
        within: &["crates/server/src/routes/"],
        except: &[],
        endings: RUST,
        why: "a route parses, calls an action and answers; SQL is the store's",
    },
    Rule {
        word: "hearth_server::",
        within: &["src-tauri/src/"],
        except: &["src-tauri/src/embedded.rs", "src-tauri/src/embedded/"],
        endings: RUST,
        why: "the shell knows the server in embedded.rs only",
    },
    Rule {
        word: "hearth_replica::",
        within: &["src-tauri/src/"],
        except: &[],
        endings: RUST,
        why: "the shell talks to the client's façade",
    },
    Rule { word: "danger_accept_invalid", within: RUST_FOLDERS, except: &[], endings: RUST, why: "a certificate is checked, or pinned" },
    Rule {
        word: "WEBKIT_DISABLE_DMABUF_RENDERER",
        within: &["xtask", "e2e", "crates"],
        except: &[],
        endings: RUST,
        why: "a third of the frames: it belongs to the safe-graphics switch",
    },
];

pub fn check(sources: &[Source], found: &mut Findings) {
    // The rules' own words are in this file.
    for source in sources.iter().filter(|source| source.path != "xtask/src/tidy/calls.rs") {
        if source.path.ends_with("/mod.rs") {
            found.fault(format!("{}: write foo.rs beside foo/, not foo/mod.rs", source.path));
        }
        for rule in RULES.iter().filter(|rule| rule.applies_to(source)) {
            for (number, _) in source.text.lines().enumerate().filter(|(_, line)| line.contains(rule.word)) {
                found.fault(format!("{}:{}: `{}`: {}", source.path, number + 1, rule.word.trim(), rule.why));
            }
        }
    }
}

impl Rule {
    fn applies_to(&self, source: &Source) -> bool {
        let starts = |list: &[&str]| list.iter().any(|start| source.path.starts_with(start));
        self.endings.contains(&source.ending()) && starts(self.within) && !starts(self.except)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        let mut found = Findings::default();
        check(&[Source { path: path.into(), text: text.into() }], &mut found);
        found.faults
    }

    #[test]
    fn markup_from_text_is_found_with_its_line() {
        let found = faults("ui/src/features/timeline/Message.svelte", "<p>\n{@html text}\n</p>");
        assert_eq!(found, ["ui/src/features/timeline/Message.svelte:2: `{@html`: text from people becomes text nodes, never markup"]);
    }

    #[test]
    fn the_one_door_is_open_and_the_wall_is_not() {
        assert!(faults("ui/src/lib/backend/tauri.ts", "import { invoke } from '@tauri-apps/api/core';").is_empty());
        assert_eq!(faults("ui/src/features/home/Home.svelte", "import { invoke } from '@tauri-apps/api/core';").len(), 1);
    }

    #[test]
    fn sql_stays_in_its_crates() {
        assert!(faults("crates/replica/src/open.rs", "sqlx::query").is_empty());
        assert!(faults("crates/server/src/store/user.rs", "sqlx::query").is_empty());
        assert_eq!(faults("crates/server/src/routes/session.rs", "sqlx::query").len(), 1);
        assert_eq!(faults("crates/client/src/session.rs", "sqlx::query").len(), 1);
    }

    #[test]
    fn mod_rs_and_unfinished_work_are_found() {
        assert_eq!(faults("crates/client/src/engine/mod.rs", "").len(), 1);
        assert_eq!(faults("crates/client/src/engine.rs", "fn a() { todo!() }").len(), 1);
        assert!(faults("crates/client/src/engine.rs", "fn a() {}").is_empty());
    }
}
