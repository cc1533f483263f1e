//! An OpenID Connect provider in a process of its own (npm's oidc-provider), and a browser in which somebody signs in there.
//!
//! The server's tests, which know nothing of this crate, have this file as a module of theirs.

use reqwest::{Client, Response, Url, redirect::Policy};
use serde_json::Value;
use std::{path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// As the provider's program has them.
pub const CLIENT_ID: &str = "hearth";
pub const CLIENT_SECRET: &str = "only for tests, and long enough for anybody";

/// A provider that runs until this is dropped.
pub struct Provider {
    pub issuer: String,
    http: Client,
    // The process ends with it.
    _process: Child,
}

impl Provider {
    pub async fn start() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder =
            here.ancestors().map(|folder| folder.join("crates/testkit/provider")).find(|folder| folder.is_dir()).expect("the checkout");
        assert!(folder.join("node_modules").is_dir(), "`cargo xtask test --only setup` installs oidc-provider");
        let mut process = Command::new("node")
            .arg("provider.js")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node runs");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let issuer = lines.next_line().await.expect("its output").expect("its issuer");
        Self { issuer, http: client(false), _process: process }
    }

    /// The provider as an owner writes it down.
    pub fn toml(&self, more: &str) -> String {
        format!(
            "[[provider]]\nid = \"example\"\nname = \"Example\"\nissuer = \"{}\"\nclient_id = \"{CLIENT_ID}\"\nclient_secret = \"{CLIENT_SECRET}\"\n{more}\n",
            self.issuer
        )
    }

    /// What its ID tokens say from now on instead of the truth.
    pub async fn lies(&self, claims: Value) {
        self.tell("claims", claims).await;
    }

    /// People who have no account there any more.
    pub async fn forgets(&self, people: &[&str]) {
        self.tell("gone", people.into()).await;
    }

    async fn tell(&self, what: &str, body: Value) {
        self.http.put(format!("{}/test/{what}", self.issuer)).body(body.to_string()).send().await.expect("the provider");
    }
}

/// Somebody's browser, with its cookies.
pub struct Browser {
    pub http: Client,
}

impl Default for Browser {
    fn default() -> Self {
        Self { http: client(true) }
    }
}

impl Browser {
    /// Opens an address, signs in as `name` and agrees, as often as the provider asks. Returns where it is sent in the end; it has not been
    /// there yet.
    pub async fn signs_in(&self, url: &str, name: &str) -> Url {
        self.walk(url, Some(name)).await
    }

    /// Opens an address and wants nothing to do with it.
    pub async fn cancels(&self, url: &str) -> Url {
        self.walk(url, None).await
    }

    async fn walk(&self, url: &str, name: Option<&str>) -> Url {
        let first: Url = url.parse().expect("an address");
        let mut page = self.http.get(first.clone()).send().await.expect("the provider answers");
        for _ in 0..20 {
            if let Some(next) = next(&page) {
                if next.origin() != first.origin() {
                    return next;
                }
                page = self.http.get(next).send().await.expect("the provider answers");
                continue;
            }
            let (status, at) = (page.status(), page.url().clone());
            let text = page.text().await.expect("its text");
            let prompt = ["login", "consent"].into_iter().find(|prompt| text.contains(&format!("name=\"prompt\" value=\"{prompt}\"")));
            let prompt = prompt.unwrap_or_else(|| panic!("{status}: {text}"));
            let asked = match name {
                Some(name) => self.http.post(at).form(&[("prompt", prompt), ("login", name), ("password", "any")]),
                None => self.http.get(format!("{at}/abort")),
            };
            page = asked.send().await.expect("the provider answers");
        }
        panic!("the provider asks for ever")
    }
}

fn next(page: &Response) -> Option<Url> {
    let location = page.headers().get("location").filter(|_| page.status().is_redirection())?;
    page.url().join(location.to_str().ok()?).ok()
}

fn client(cookies: bool) -> Client {
    // The HTTP client wants a provider even where nothing is encrypted; a second installation changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().redirect(Policy::none()).cookie_store(cookies).build().expect("a client")
}
