//! What axe finds in a real window, where everything has its place, its size and its colours; and the looks that a system may ask for.

use crate::{Window, until};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// What a system may ask a page for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    MoreContrast,
    NoMotion,
}

impl Sense {
    const fn feature(self) -> &'static str {
        match self {
            Self::MoreContrast => "(prefers-contrast: more)",
            Self::NoMotion => "(prefers-reduced-motion: reduce)",
        }
    }
}

impl Window {
    /// Checks that axe finds nothing on the page as it is, by all its rules but these. The parts of the page are its own landmarks, and
    /// initials stand for a picture: no label says them.
    pub async fn is_accessible(&self, without: &[&str]) -> Result<()> {
        if !self.run::<bool>("return typeof window.axe === 'object';").await? {
            let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js"))
                .context("the page's packages are not installed")?;
            ensure!(self.run::<bool>(&format!("{axe}; return typeof window.axe === 'object';")).await?, "axe is not there");
        }
        let without: Vec<&str> = ["region", "label-content-name-mismatch"].iter().chain(without).copied().collect();
        let look = format!(
            "window.axeFound = undefined;
            const rules = Object.fromEntries({}.map((rule) => [rule, {{ enabled: false }}]));
            const said = (node) => [node.html.slice(0, 200), ...node.any.map(({{ message }}) => message)].join(' - ');
            window.axe.run(document, {{ rules }}).then(
                ({{ violations }}) => (window.axeFound = violations.map(({{ id, nodes }}) => [id, ...nodes.map(said)].join(' | '))),
                (error) => (window.axeFound = [String(error)]),
            );
            return true;",
            serde_json::to_string(&without)?
        );
        self.run::<bool>(&look).await?;
        let found: Vec<String> =
            until("axe to have looked", || async { self.run::<Option<Vec<String>>>("return window.axeFound ?? null;").await }).await?;
        ensure!(found.is_empty(), "axe: {found:#?}");
        Ok(())
    }

    /// Has the page look as if the system asked for this, or no longer. No desktop of a test says so to WebKit: the conditions in the style
    /// sheets are met instead.
    pub async fn asks_for(&self, sense: Sense, on: bool) -> Result<()> {
        let feature = sense.feature();
        let script = format!(
            "const wanted = {feature:?};
            let met = 0;
            const meet = (rules) => {{
                for (const rule of rules) {{
                    if (rule instanceof CSSMediaRule && rule.media.mediaText.endsWith(wanted)) {{
                        rule.media.mediaText = {on} ? `all, ${{wanted}}` : wanted;
                        met += 1;
                    }}
                    if (rule.cssRules) meet(rule.cssRules);
                }}
            }};
            for (const sheet of document.styleSheets) meet(sheet.cssRules);
            return met;"
        );
        ensure!(self.run::<u32>(&script).await? > 0, "no style sheet knows {feature}");
        Ok(())
    }
}
