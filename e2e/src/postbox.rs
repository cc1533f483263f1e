//! A mail server on this desktop, and the codes in the letters that it got.

use crate::{Desktop, Process};
use anyhow::Result;
use serde::Deserialize;

/// The one that the server's tests use.
const PROGRAM: &str = include_str!("../../crates/server/tests/it/postbox.py");
/// Debian's, which has the package that is installed; the name alone may be another one.
const PYTHON: &str = "/usr/bin/python3";

#[derive(Debug)]
pub struct Postbox {
    process: Process,
    port: u16,
}

#[derive(Deserialize)]
struct Letter {
    to: Vec<String>,
    subject: String,
    /// As it is read.
    plain: String,
}

impl Postbox {
    pub async fn open(desktop: &Desktop) -> Result<Self> {
        let mut command = desktop.command(PYTHON);
        command.args(["-c", PROGRAM]);
        let mut process = Process::start("postbox", command, desktop.logs(), None).await?;
        let port = process.says("its port", |line| line.parse().ok()).await?;
        Ok(Self { process, port })
    }

    /// How a server is told of it.
    pub(crate) fn place(&self) -> String {
        format!("smtp+plain://127.0.0.1:{}", self.port)
    }

    /// The code in the first letter to somebody whose subject has these words.
    pub async fn code(&mut self, address: &str, subject: &str) -> Result<String> {
        let wanted = |line: &str| {
            let letter: Letter = serde_json::from_str(line).ok()?;
            (letter.to == [address] && letter.subject.contains(subject)).then(|| code_in(&letter.plain)).flatten()
        };
        self.process.says(&format!("that a letter {subject:?} came to {address}"), wanted).await
    }
}

/// Eight digits, in two groups, on a line of their own; between words that run from right to left with marks around them.
fn code_in(text: &str) -> Option<String> {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).count();
    let is_code = |line: &str| line.chars().all(|c| c.is_ascii_digit() || c == ' ') && digits(line) == 8;
    text.lines().map(|line| line.trim().trim_matches(['\u{2066}', '\u{2069}'])).find(|line| is_code(line)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_among_other_numbers() {
        let letter =
            "Subject: Your code for Hearth\r\n\r\nType this code in Hearth:\r\n\r\n    1234 5678\r\n\r\nIt is good for 15 minutes.\r\n";
        assert_eq!(code_in(letter).as_deref(), Some("1234 5678"));
        assert_eq!(code_in("اكتب هذا الرمز:\n\n    \u{2066}1234 5678\u{2069}\n\n").as_deref(), Some("1234 5678"));
        assert_eq!(code_in("nothing, on 12 lines"), None);
    }
}
