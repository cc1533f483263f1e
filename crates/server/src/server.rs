//! A running server: start, where it is, stop.

use crate::{
    actions,
    app::App,
    challenges::Challenges,
    commit::Committed,
    config::Config,
    fanout::{End, Fanout},
    installation::Installation,
    jobs,
    pictures::Pictures,
    post::{self, Carrier, Post},
    providers::Providers,
    routes, seal, secret,
    seen::Seen,
    settings::Settings,
    short_lived::ShortLived,
    store::{OpenError, StoreError, account},
    tickets::Tickets,
    tls,
};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use hearth_protocol::{Millis, error::ApiError, link::ConnectLink};
use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Notify, mpsc, watch},
    task::JoinHandle,
};

/// Requests that are still running get so long to finish when the server stops.
const SHUTDOWN_MAX: Duration = Duration::from_secs(5);
/// When clients come back after the server said goodbye.
pub(crate) const COME_BACK_MS: u64 = 1_000;

/// Why a server did not start: sentences for its owner.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("The data folder {} cannot be written ({source}). Give another folder, or make it writable for the user that runs Hearth.", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("The file \"epoch\" in {} cannot be used ({source}). It guards against restored backups: if it is damaged, delete it, and everybody will sign in again.", path.display())]
    Witness { path: PathBuf, source: io::Error },
    #[error("The file \"{}\" in {} cannot be used ({source}). It is the key to the secrets in the database: put it back from a backup. Without it people whose authenticator app knows such a secret need a recovery code; if it is lost, delete it.", seal::FILE, path.display())]
    Seal { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("The database failed: {0}")]
    Store(#[from] StoreError),
    #[error("{0} is in use by another program. Stop it, or listen on another port with --listen.")]
    PortInUse(SocketAddr),
    #[error("The server cannot listen on {address} ({source}). Check the address.")]
    Listen { address: SocketAddr, source: io::Error },
    #[error(
        "Without encryption a server may listen on this computer alone, not on {0}. Leave the certificate to Hearth, or listen on 127.0.0.1."
    )]
    Plaintext(SocketAddr),
    #[error(
        "The server's certificate cannot be used ({0}). Delete certificate.der and certificate.key in the data folder for a new one; connect links change with it."
    )]
    Certificate(String),
    #[error("No mail can be sent as it is set up ({0}). Check the settings that begin with --mail.")]
    Mail(String),
    #[error("{0}")]
    Other(String),
}

/// A server that answers until [`Server::shutdown`].
pub struct Server {
    app: Arc<App>,
    address: SocketAddr,
    link: ConnectLink,
    is_new: bool,
    handle: Handle<SocketAddr>,
    stop: watch::Sender<bool>,
    listening: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Opens the installation, making what is missing, and listens. The first start makes data folder, database and certificate.
    ///
    /// # Errors
    /// See [`StartError`]; nothing is left running then.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let encrypted = tls::is_wanted(&config)?;
        let (listener, address) = listen(config.listen)?;
        let (installation, published) = Installation::open_published(&config).await?;
        match Self::start_on(&config, encrypted, (listener, address), installation.clone(), published).await {
            Ok(server) => Ok(server),
            Err(error) => {
                installation.close().await;
                Err(error)
            }
        }
    }

    async fn start_on(
        config: &Config,
        encrypted: bool,
        (listener, address): (TcpListener, SocketAddr),
        installation: Installation,
        published: mpsc::Receiver<Committed>,
    ) -> Result<Self, StartError> {
        let identity = if encrypted { Some(tls::identity(config)?) } else { None };
        let link = tls::link(config, address, identity.as_ref());
        let set_up_code = set_up_code(config)?;
        let is_new = !account::admin_exists(&mut *installation.store.snapshot().await?).await?;
        let carrier = Carrier::new(config.mail.as_ref())?;
        let (post, errands) = Post::open();
        let newest = installation.newest().await?;
        let settings = Settings::new(config);
        settings.reload(&installation.store).await?;
        let app = Arc::new(App {
            fanout: Fanout::new(installation.epoch(), newest, config.limits.socket_frames_max, config.faults.clone()),
            tickets: Tickets::default(),
            challenges: Challenges::default(),
            set_ups: ShortLived::default(),
            providers: Providers::new(&config.providers)?,
            settings,
            pictures: Pictures::default(),
            people_seen: Seen::default(),
            sessions_seen: Seen::default(),
            limits: config.limits.clone(),
            set_up_code,
            mail: carrier.is_mail(),
            post,
            erasure: Notify::new(),
            origins: origins(&link, address),
            installation,
        });
        let (stop, stopped) = watch::channel(false);
        let tasks = vec![
            tokio::spawn(jobs::tail(app.clone(), stopped.clone())),
            tokio::spawn(jobs::beat(app.clone(), stopped.clone())),
            tokio::spawn(jobs::tidy(app.clone(), stopped.clone())),
            tokio::spawn(jobs::renew(app.clone(), stopped.clone())),
            tokio::spawn(jobs::erase::erase(app.clone(), stopped.clone())),
            tokio::spawn(jobs::schedule::send(app.clone(), stopped.clone())),
            tokio::spawn(post::deliver(app.clone(), carrier, errands, stopped)),
            tokio::spawn(jobs::publish(app.clone(), published)),
        ];
        let handle = Handle::new();
        let listening = serve(&app, listener, identity.as_ref(), handle.clone())?;
        tracing::info!(%address, encrypted, "listening");
        Ok(Self { app, address, link, is_new, handle, stop, listening, tasks })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to give to others so that they find this server, and know that it is this one.
    pub fn connect_link(&self) -> ConnectLink {
        self.link.clone()
    }

    /// Whether there was no admin when it started.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What the first admin types at sign-up, and nobody else needs; `None` where none is asked for.
    pub fn set_up_code(&self) -> Option<&str> {
        self.app.set_up_code.as_deref()
    }

    /// For imports into a running server.
    pub fn installation(&self) -> &Installation {
        &self.app.installation
    }

    /// Purges what is left of everything deleted so far, as the hourly job does after 90 days. For tests.
    ///
    /// # Errors
    /// The database failed.
    pub async fn purge_tombstones_now(&self) -> Result<(), StoreError> {
        jobs::purge_tombstones(&self.app, Millis::MAX).await
    }

    /// Gives up messages written before `before`, as the hourly job does by the owner's policy. For tests.
    ///
    /// # Errors
    /// The database failed.
    pub async fn retain_now(&self, before: Millis) -> Result<(), StoreError> {
        jobs::retain(&self.app, before).await
    }

    /// Sends what people have scheduled up to `now`, as the job does every second. For tests.
    ///
    /// # Errors
    /// The database failed.
    pub async fn send_scheduled_now(&self, now: Millis) -> Result<(), StoreError> {
        jobs::schedule::send_due(&self.app, now).await.map(|_| ())
    }

    /// Removes what was said in deleted groups, as the hourly job does. For tests.
    ///
    /// # Errors
    /// The database failed.
    pub async fn purge_groups_now(&self) -> Result<(), StoreError> {
        jobs::purge_groups(&self.app).await
    }

    /// Removes what was uploaded and nobody has, as the hourly job does when it is an hour old. For tests.
    ///
    /// # Errors
    /// The database or the folder failed.
    pub async fn sweep_media_now(&self) -> anyhow::Result<()> {
        Ok(jobs::media::sweep(&self.app, Duration::ZERO).await?)
    }

    /// Renews what ends before `now`, as the job does every few minutes. For tests.
    ///
    /// # Errors
    /// The database failed.
    pub async fn renew_external_now(&self, now: Millis) -> Result<(), ApiError> {
        actions::renew_external(&self.app, now).await
    }

    /// Sockets that are open now.
    pub fn sockets(&self) -> usize {
        self.app.fanout.sockets()
    }

    /// Resolves with the reason if the storage fails: nothing is acknowledged any more, and the process should end.
    pub async fn failed(&self) -> String {
        tokio::select! {
            reason = self.app.installation.committer.failed() => reason,
            reason = self.app.store().failed() => reason,
        }
    }

    /// Says goodbye on every socket, finishes requests and commits, and closes the database.
    pub async fn shutdown(self) {
        let Self { app, handle, stop, tasks, listening, .. } = self;
        stop.send_replace(true);
        app.fanout.close(End::Bye { retry_ms: COME_BACK_MS });
        // Sockets end by themselves now; a client that does not read is not waited for.
        let _ = tokio::time::timeout(SHUTDOWN_MAX, app.fanout.empty()).await;
        jobs::note_seen(&app).await;
        handle.graceful_shutdown(Some(SHUTDOWN_MAX));
        let _ = tokio::time::timeout(SHUTDOWN_MAX * 2, listening).await;
        app.installation.close().await;
        for task in tasks {
            let _ = tokio::time::timeout(SHUTDOWN_MAX * 2, task).await;
        }
        tracing::info!("stopped");
    }
}

fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(wanted),
        _ => StartError::Listen { address: wanted, source },
    };
    let listener = TcpListener::bind(wanted).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Made anew at each start, also while there is an admin: where the last one is gone, a stranger must not be the next. It is stored nowhere.
fn set_up_code(config: &Config) -> Result<Option<String>, StartError> {
    let code = config.require_set_up_code.then(secret::set_up_code).transpose();
    code.map_err(|error| StartError::Other(error.message))
}

/// The app's own pages, and the server's own address.
fn origins(link: &ConnectLink, address: SocketAddr) -> Vec<String> {
    let mut origins = vec!["tauri://localhost".to_owned(), "http://tauri.localhost".to_owned(), link.base_url()];
    if address.ip().is_loopback() {
        let scheme = if link.base_url().starts_with("https") { "https" } else { "http" };
        origins.push(format!("{scheme}://localhost:{}", address.port()));
    }
    origins
}

fn serve(
    app: &Arc<App>,
    listener: TcpListener,
    identity: Option<&tls::Identity>,
    handle: Handle<SocketAddr>,
) -> Result<JoinHandle<()>, StartError> {
    let service = routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let address = listener.local_addr().ok();
    let failed = move |source: io::Error| StartError::Other(format!("The server cannot listen on {address:?} ({source})."));
    let ended = |result: io::Result<()>| {
        if let Err(error) = result {
            tracing::error!(%error, "no longer listening");
        }
    };
    let plain = axum_server::from_tcp(listener).map_err(failed)?.handle(handle);
    let task = match identity {
        None => {
            let server = plain.acceptor(axum_server::accept::NoDelayAcceptor::new());
            tokio::spawn(async move { ended(server.serve(service).await) })
        }
        Some(identity) => {
            let rustls = RustlsConfig::from_config(identity.server_config()?);
            let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(rustls).acceptor(axum_server::accept::NoDelayAcceptor::new());
            let server = plain.acceptor(acceptor);
            tokio::spawn(async move { ended(server.serve(service).await) })
        }
    };
    Ok(task)
}
