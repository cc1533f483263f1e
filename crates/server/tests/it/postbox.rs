//! A mail server in a process of its own, and the letters that it got.

use hearth_server::{MailLogin, MailServer};
use serde::Deserialize;
use std::{path::PathBuf, process::Stdio, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// Debian's, which has the package that is installed; the name alone may be another one.
const PYTHON: &str = "/usr/bin/python3";
const USER: &str = "hearth";
const PASSWORD: &str = "for the postman";
/// How long a letter may take before a test says that it never came.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Postbox {
    lines: Lines<BufReader<ChildStdout>>,
    server: MailServer,
    // The process ends with it.
    _process: Child,
    _folder: TempDir,
}

/// A letter as the mail server got it.
#[derive(Debug, Deserialize)]
pub struct Letter {
    pub from: String,
    pub to: Vec<String>,
    pub encrypted: bool,
    /// Headers and text, as they went.
    pub text: String,
    pub subject: String,
    /// As it is read.
    pub plain: String,
    /// The same for programs that show pages.
    pub page: Option<String>,
}

impl Letter {
    /// The eight digits in the text.
    pub fn code(&self) -> String {
        // Words that run from right to left keep their hands off it by marks.
        let mut lines = self.plain.lines().map(|line| line.trim().trim_matches(['\u{2066}', '\u{2069}']));
        let line = lines.find(|line| {
            let digits = line.replace(' ', "");
            digits.len() == 8 && digits.chars().all(|c| c.is_ascii_digit())
        });
        line.unwrap_or_else(|| panic!("no code: {self:?}")).to_owned()
    }
}

impl Postbox {
    /// In the clear, on this computer.
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::start(folder, &[], |port| {
            MailServer::parse(&format!("smtp+plain://127.0.0.1:{port}"), "Hearth <hearth@example.org>").unwrap()
        })
        .await
    }

    /// With STARTTLS under a certificate of its own, for who knows the password.
    pub async fn open_encrypted() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        };
        let (certificate, key) = (write("certificate.pem", made.cert.pem()), write("key.pem", made.signing_key.serialize_pem()));
        let path = |path: &PathBuf| path.to_str().expect("a path").to_owned();
        let arguments = [path(&certificate), path(&key), USER.into(), PASSWORD.into()];
        Self::start(folder, &arguments, |port| {
            let mut server = MailServer::parse(&format!("smtp://localhost:{port}"), "hearth@example.org").unwrap();
            server.login = Some(MailLogin { user: USER.into(), password: PASSWORD.into() });
            server.certificate = Some(certificate);
            server
        })
        .await
    }

    async fn start(folder: TempDir, arguments: &[String], server: impl FnOnce(u16) -> MailServer) -> Self {
        let mut process = Command::new(PYTHON)
            .args(["-c", include_str!("postbox.py")])
            .args(arguments)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Debian's Python, with python3-aiosmtpd");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let port = lines.next_line().await.expect("its output").expect("its port, if python3-aiosmtpd is installed");
        Self { lines, server: server(port.parse().expect("a port")), _process: process, _folder: folder }
    }

    /// How it is reached.
    pub fn server(&self) -> MailServer {
        self.server.clone()
    }

    /// The next letter.
    pub async fn letter(&mut self) -> Letter {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await.expect("a letter comes");
        serde_json::from_str(&line.expect("its output").expect("it runs")).expect("a letter")
    }

    /// The next letter, which is to somebody.
    pub async fn letter_to(&mut self, address: &str) -> Letter {
        let letter = self.letter().await;
        assert_eq!(letter.to, [address], "{letter:?}");
        letter
    }
}
