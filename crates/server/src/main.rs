//! `hearthd`: the server as a program.

mod cli;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use cli::{admin, say};
use hearth_protocol::{
    admin::{SettingName, SignUpPolicy},
    link::DEFAULT_PORT,
};
use hearth_server::{Config, EmailPolicy, Installation, MailLogin, MailServer, ProviderConfig, Server, Tls, connect_link, import};
use std::{
    io::{self, IsTerminal as _, Write as _},
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool},
};
use tracing_subscriber::EnvFilter;

/// Hearth's server.
#[derive(Parser)]
#[command(name = "hearthd", version)]
struct Cli {
    #[command(flatten)]
    place: Place,
    /// One JSON object per line instead of text. HEARTH_LOG chooses what is logged (info).
    #[arg(long, global = true)]
    log_json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where the server is.
#[derive(Args)]
struct Place {
    /// The data folder: database, certificate, and what guards against restored backups.
    #[arg(long, global = true, default_value = "hearth-data")]
    data: PathBuf,
    /// A PostgreSQL database instead of the one in the data folder: postgres://user:password@host/database
    #[arg(long, global = true, env = "HEARTH_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// The address to listen on. Beyond this computer the server makes its own certificate.
    #[arg(long, global = true, default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)))]
    listen: SocketAddr,
    /// The name or address by which others reach this server, for the connect link.
    #[arg(long, global = true)]
    public_host: Option<String>,
    /// Encrypt on this computer's own address too, with the certificate that is made for others.
    #[arg(long, global = true)]
    tls: bool,
    /// What people see as the server's name (Hearth). What is said here, or with the other options that the settings in the app have as well,
    /// is not changed there.
    #[arg(long, global = true)]
    name: Option<String>,
    /// No limits on signing up, signing in and connecting: for tests, where everybody comes from one address.
    #[arg(long, global = true, hide = true)]
    unlimited: bool,
    /// Keep messages for so many days only; older ones are removed for everybody. Without it they are kept for ever.
    #[arg(long, global = true, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    retention_days: Option<u32>,
    /// Who may sign up once there is an admin (open).
    #[arg(long, global = true, value_enum)]
    sign_up: Option<SignUp>,
    /// Whether people give their email addresses when they sign up (optional).
    #[arg(long, global = true, value_enum)]
    email: Option<Email>,
    /// The least characters of a new password (10).
    #[arg(long, global = true, value_parser = clap::value_parser!(u16).range(6..=128))]
    password_chars_min: Option<u16>,
    /// A TOML file with the OpenID Connect providers by which people may sign in: a [[provider]] each, with id, name, issuer, client_id,
    /// client_secret, scopes and sign_up. It has secrets in it: let the server's user alone read it.
    #[arg(long, global = true, env = "HEARTH_PROVIDERS")]
    providers: Option<PathBuf>,
    #[command(flatten)]
    mail: Mail,
}

/// How mail leaves. Without a mail server codes are printed on the standard output.
#[derive(Args)]
struct Mail {
    /// The mail server that takes letters: smtps://HOST, smtp://HOST (STARTTLS), or smtp+plain://127.0.0.1 on this computer.
    #[arg(long, global = true, env = "HEARTH_MAIL_SERVER", requires = "mail_from")]
    mail_server: Option<String>,
    /// The address that letters come from: "Hearth <hearth@example.org>".
    #[arg(long, global = true, env = "HEARTH_MAIL_FROM")]
    mail_from: Option<String>,
    /// The user that the mail server knows; the password is taken from HEARTH_MAIL_PASSWORD.
    #[arg(long, global = true, env = "HEARTH_MAIL_USER")]
    mail_user: Option<String>,
    /// A PEM file with the mail server's certificate, if the system does not trust it.
    #[arg(long, global = true, env = "HEARTH_MAIL_CERTIFICATE")]
    mail_certificate: Option<PathBuf>,
}

impl Mail {
    fn server(self) -> anyhow::Result<Option<MailServer>> {
        let (Some(place), Some(from)) = (&self.mail_server, &self.mail_from) else { return Ok(None) };
        let mut server = MailServer::parse(place, from).map_err(|reason| anyhow::anyhow!("{reason}"))?;
        server.login = match self.mail_user {
            Some(user) => {
                let password =
                    std::env::var("HEARTH_MAIL_PASSWORD").context("--mail-user needs HEARTH_MAIL_PASSWORD in the environment")?;
                Some(MailLogin { user, password })
            }
            None => None,
        };
        server.certificate = self.mail_certificate;
        Ok(Some(server))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Email {
    Optional,
    Required,
    Off,
}

#[derive(Clone, Copy, ValueEnum)]
enum SignUp {
    Open,
    /// With an invitation.
    Invited,
    Closed,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (what happens without a command).
    Serve,
    /// Bring in an archive. It may be run while the server runs, and again: nothing comes in twice.
    Import {
        #[arg(long, value_enum)]
        format: Format,
        path: PathBuf,
        /// The password of all imported people: for samples only.
        #[arg(long, env = "HEARTH_IMPORT_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Print the link that takes others to this server.
    ConnectLink,
    /// Administer the server: its people, roles, settings and invitations.
    Admin {
        #[command(subcommand)]
        command: admin::Admin,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Chitchat,
}

impl Place {
    fn config(self) -> anyhow::Result<Config> {
        let mut config = Config::new(self.data);
        config.database_url = self.database_url;
        config.listen = self.listen;
        config.public_host = self.public_host;
        config.tls = if self.tls { Tls::SelfMade } else { Tls::Auto };
        let fixed = &mut config.fixed;
        if let Some(name) = self.name {
            config.name = name;
            fixed.insert(SettingName::Name);
        }
        if self.unlimited {
            config.limits.lift_rates();
            fixed.insert(SettingName::Limits);
        }
        if let Some(days) = self.retention_days {
            config.limits.retention_days = Some(days);
            fixed.insert(SettingName::RetentionDays);
        }
        if let Some(sign_up) = self.sign_up {
            config.sign_up = match sign_up {
                SignUp::Open => SignUpPolicy::Open,
                SignUp::Invited => SignUpPolicy::Invited,
                SignUp::Closed => SignUpPolicy::Closed,
            };
            fixed.insert(SettingName::SignUp);
        }
        if let Some(email) = self.email {
            config.email = match email {
                Email::Optional => EmailPolicy::Optional,
                Email::Required => EmailPolicy::Required,
                Email::Off => EmailPolicy::Off,
            };
            fixed.insert(SettingName::Email);
        }
        if let Some(chars) = self.password_chars_min {
            config.password_chars_min = usize::from(chars);
            fixed.insert(SettingName::PasswordCharsMin);
        }
        config.mail = self.mail.server()?;
        if let Some(path) = &self.providers {
            let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            config.providers = ProviderConfig::parse_all(&text).map_err(|reason| anyhow::anyhow!("{}: {reason}", path.display()))?;
        }
        Ok(config)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("HEARTH_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if cli.log_json {
        log.json().init()
    } else if io::stderr().is_terminal() {
        // Coloured, unless NO_COLOR asks for the contrary.
        log.init()
    } else {
        log.with_ansi(false).init()
    }
    let done = async {
        let config = cli.place.config()?;
        match cli.command.unwrap_or(Command::Serve) {
            Command::Serve => serve(config).await,
            Command::Import { format: Format::Chitchat, path, password } => import_chitchat(config, path, password).await,
            Command::Admin { command } => admin::run(config, command).await,
            Command::ConnectLink => connect_link(&config).map_err(Into::into).and_then(|link| say(&link.to_string())),
        }
    };
    match done.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The standard error is all there is to complain on.
            let _ = writeln!(io::stderr(), "hearthd: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let server = Server::start(config).await?;
    say(&format!("Hearth listens on {}", server.address()))?;
    say(&format!("Connect link:   {}", server.connect_link()))?;
    if let Some(code) = server.set_up_code().filter(|_| server.is_new()) {
        say(&format!("Set-up code:    {code}   (the first account is signed up with it, and becomes the admin)"))?;
    }
    let failed = tokio::select! {
        reason = server.failed() => Some(reason),
        () = told_to_stop() => None,
    };
    server.shutdown().await;
    match failed {
        Some(reason) => Err(anyhow::anyhow!("{reason}. Check the disk, then start Hearth again: nothing that was acknowledged is lost.")),
        None => Ok(()),
    }
}

/// Ctrl-C, or the signal that service managers send.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn import_chitchat(config: Config, path: PathBuf, password: String) -> anyhow::Result<()> {
    let installation = Installation::open(&config).await?;
    let cancel = Arc::new(AtomicBool::new(false));
    let on_signal = cancel.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        on_signal.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let mut shown = 0;
    let result = import::chitchat(&installation, &path, &import::Options { password, cancel }, |progress| {
        let percent = progress.messages * 100 / progress.messages_all.max(1);
        if percent >= shown + 5 {
            shown = percent;
            tracing::info!(percent, conversations = progress.conversations, messages = progress.messages, "importing");
        }
    })
    .await;
    installation.close().await;
    let report = result?;
    say(&format!(
        "Imported {} people, {} conversations, {} messages ({} empty ones left out).",
        report.people.len(),
        report.conversations,
        report.messages,
        report.skipped
    ))?;
    for person in report.people.iter().take(5) {
        say(&format!("  {} ({} {}), {} conversations", person.username, person.first_name, person.last_name, person.conversations))?;
    }
    Ok(())
}
