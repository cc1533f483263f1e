//! A server under test, on either database.

use crate::{person::Person, postgres};
use hearth_protocol::{
    account::{Device, SignIn, SignUp, SignedIn},
    error::ApiError,
    ids::DeviceId,
};
use hearth_server::{Config, Faults, Server};
use reqwest::{Client, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, Connection as _, any::install_default_drivers};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tempfile::TempDir;

/// Every test person's password.
pub const PASSWORD: &str = "correct horse battery";

/// Where the server under test keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// A server with a data folder of its own; it can be stopped and started again.
pub struct Host {
    pub folder: TempDir,
    pub config: Config,
    pub http: Client,
    server: Option<Server>,
}

impl Host {
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, |_| {}).await
    }

    /// Starts a server whose configuration a test has changed.
    pub async fn start_with(database: Database, change: impl FnOnce(&mut Config)) -> Self {
        // The HTTP client wants a provider even where nothing is encrypted; a second installation changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = config(&folder);
        if database == Database::Postgres {
            config.database_url = Some(postgres::new_database().await);
        }
        change(&mut config);
        let mut host = Self { folder, config, http: Client::builder().no_proxy().build().expect("a client"), server: None };
        host.run().await;
        host
    }

    /// Starts the server again after [`Host::stop`].
    pub async fn run(&mut self) {
        self.server = Some(Server::start(self.config.clone()).await.expect("the server starts"));
    }

    pub async fn stop(&mut self) {
        self.server.take().expect("a running server").shutdown().await;
    }

    pub async fn restart(&mut self) {
        self.stop().await;
        self.run().await;
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("a running server")
    }

    pub fn faults(&self) -> &Faults {
        &self.config.faults
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server().address())
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        answer(self.http.get(self.url(path))).await
    }

    pub async fn sign_up(&self, request: &SignUp) -> Result<SignedIn, ApiError> {
        answer(self.http.post(self.url("/v1/sign-up")).json(request)).await
    }

    /// Asks for something without being signed in.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        answer(self.http.post(self.url(path)).json(body)).await
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Result<SignedIn, ApiError> {
        let request = SignIn { username: username.into(), password: password.into(), device: device() };
        answer(self.http.post(self.url("/v1/sign-in")).json(&request)).await
    }

    /// Somebody new, signed up.
    pub async fn resident(&self, username: &str) -> Person {
        let request = sign_up(username);
        let signed_in = self.sign_up(&request).await.expect("signs up");
        Person::new(self, signed_in, request.device.id)
    }

    /// Somebody known, signed in on another device.
    pub async fn returning(&self, username: &str) -> Person {
        let request = SignIn { username: username.into(), password: PASSWORD.into(), device: device() };
        let signed_in = answer(self.http.post(self.url("/v1/sign-in")).json(&request)).await.expect("signs in");
        Person::new(self, signed_in, request.device.id)
    }
}

/// Quick heartbeats, no limits on signing in, and whoever comes first is the admin.
fn config(folder: &TempDir) -> Config {
    let mut config = Config::new(folder.path().join("data"));
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.require_set_up_code = false;
    config.limits.heartbeat_ms = 200;
    config.limits.tail_ms = 100;
    config.limits.lift_rates();
    config
}

pub fn device() -> Device {
    Device { id: DeviceId::new(), name: "a test's device".into(), platform: "linux".into() }
}

/// A request that is accepted on an open server.
pub fn sign_up(username: &str) -> SignUp {
    SignUp {
        username: username.into(),
        first_name: username.into(),
        last_name: "Tester".into(),
        password: PASSWORD.into(),
        email: None,
        set_up_code: None,
        invite: None,
        device: device(),
    }
}

/// Sends a request. A refusal is an [`ApiError`] under its code's own status, whatever the route.
pub async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ApiError> {
    let response = request.send().await.expect("the server answers");
    let status = response.status().as_u16();
    if status == 200 {
        return Ok(response.json().await.expect("an answer that parses"));
    }
    let error: ApiError = response.json().await.expect("an error that parses");
    assert_eq!(status, error.code.status(), "{error:?}");
    Err(error)
}

/// The database, from beside the server.
pub async fn database_of(host: &Host) -> AnyConnection {
    install_default_drivers();
    let file = format!("sqlite://{}", host.config.data_dir.join("hearth.db").display());
    AnyConnection::connect(host.config.database_url.as_deref().unwrap_or(&file)).await.unwrap()
}

/// Looks again until it holds.
pub async fn wait(mut holds: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.expect("it never was so");
}
