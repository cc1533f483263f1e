//! What the server's owner decides, and what tests break on purpose.

mod faults;
mod mail;
mod providers;

pub use faults::Faults;
pub use mail::{MailLogin, MailSecurity, MailServer};
pub use providers::ProviderConfig;
pub(crate) use providers::is_safe;

pub use hearth_protocol::admin::Rate;

use hearth_protocol::{
    Millis,
    account::EmailPolicy,
    admin::{LimitName, SettingName, SignUpPolicy},
    limits,
    link::DEFAULT_PORT,
};
use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the database, the certificate and the epoch's witness live; made if missing.
    pub data_dir: PathBuf,
    /// A PostgreSQL database instead of `hearth.db` in the data folder.
    pub database_url: Option<String>,
    /// Port 0 takes any free port.
    pub listen: SocketAddr,
    /// The name or address by which others reach the server, for the connect link; otherwise it is found out.
    pub public_host: Option<String>,
    /// What the owner calls the server.
    pub name: String,
    pub tls: Tls,
    /// True: until there is an admin, signing up takes the code that the server printed. False for an embedded server: whoever
    /// started it is its admin.
    pub require_set_up_code: bool,
    /// Who may sign up once there is an admin.
    pub sign_up: SignUpPolicy,
    /// Whether people give their addresses.
    pub email: EmailPolicy,
    /// Where codes go out; `None`: the server prints them.
    pub mail: Option<MailServer>,
    /// By which people can sign in besides.
    pub providers: Vec<ProviderConfig>,
    /// Characters that a new password has at least; never less than `limits::PASSWORD_CHARS_FLOOR`.
    pub password_chars_min: usize,
    pub limits: Limits,
    /// What of this nobody may change in the app.
    pub fixed: BTreeSet<SettingName>,
    /// For tests only.
    pub faults: Faults,
}

/// How connections are secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Nothing on loopback, a self-made certificate everywhere else.
    Auto,
    /// A self-made certificate even on loopback.
    SelfMade,
    /// Nothing; refused anywhere but on loopback.
    Off,
}

/// Bounds that an owner or a test may want otherwise; the rest is in `hearth_protocol::limits`.
#[derive(Clone, Debug)]
pub struct Limits {
    pub commit_queue_max: usize,
    pub heartbeat_ms: u64,
    /// How often the change log is read for what others committed.
    pub tail_ms: u64,
    /// Frames that wait for one slow socket before it gets hints instead.
    pub socket_frames_max: usize,
    pub sign_in_per_account: Rate,
    pub sign_in_per_address: Rate,
    /// Signing in and trying codes, by one device.
    pub sign_in_per_device: Rate,
    pub sign_up_per_address: Rate,
    /// Codes asked for, and letters sent to one person.
    pub codes_per_account: Rate,
    pub codes_per_address: Rate,
    pub codes_per_device: Rate,
    /// How long a code is good.
    pub code_ms: Millis,
    /// What makes reading the whole list of people through the search slow.
    pub people_search: Rate,
    /// Links into groups that one person makes, looks at or tries.
    pub invite_links: Rate,
    /// Pictures that one person uploads.
    pub pictures: Rate,
    /// Tickets, and with them sockets opened.
    pub tickets: Rate,
    /// What one person's requests may cost together, in tenths of a millisecond of the server's work.
    pub costs: Rate,
    /// Messages are kept for so many days; `None`: for ever.
    pub retention_days: Option<u32>,
}

impl Limits {
    /// One of those that people decide who manage the server.
    pub(crate) fn rate_mut(&mut self, name: LimitName) -> &mut Rate {
        match name {
            LimitName::SignInPerAccount => &mut self.sign_in_per_account,
            LimitName::SignInPerAddress => &mut self.sign_in_per_address,
            LimitName::SignInPerDevice => &mut self.sign_in_per_device,
            LimitName::SignUpPerAddress => &mut self.sign_up_per_address,
            LimitName::CodesPerAccount => &mut self.codes_per_account,
            LimitName::PeopleSearch => &mut self.people_search,
            LimitName::InviteLinks => &mut self.invite_links,
            LimitName::Pictures => &mut self.pictures,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            commit_queue_max: limits::COMMIT_QUEUE_MAX,
            heartbeat_ms: limits::HEARTBEAT_MS,
            tail_ms: 1_000,
            socket_frames_max: limits::SOCKET_FRAMES_MAX,
            // A person mistypes a few times; a guesser gets 8,640 tries a day.
            sign_in_per_account: Rate::new(10, 6),
            // An office behind one address signs in within a minute.
            sign_in_per_address: Rate::new(60, 30),
            sign_in_per_device: Rate::new(20, 12),
            sign_up_per_address: Rate::new(20, 5),
            // A letter that does not come is asked for again; a mailbox is not to be filled.
            codes_per_account: Rate::new(4, 1),
            codes_per_address: Rate::new(30, 10),
            codes_per_device: Rate::new(8, 2),
            code_ms: limits::CODE_MS,
            // Typing a name is ten searches.
            people_search: Rate::new(60, 120),
            // A link is tried once; its secret is not to be guessed either way.
            invite_links: Rate::new(20, 10),
            // Somebody tries some until one looks right; each takes a core for a moment.
            pictures: Rate::new(10, 5),
            tickets: Rate::new(30, 60),
            // At once seventy seconds of a core, which is more than a new device takes for 2,000 conversations with five million messages; then a
            // fifth of one, which is more than a device that is filled can write down.
            costs: Rate::new(700_000, 120_000),
            retention_days: None,
        }
    }
}

impl Limits {
    /// Nobody is told to wait any more: for tests, where everybody comes from one address.
    pub fn lift_rates(&mut self) {
        for rate in [
            &mut self.sign_in_per_account,
            &mut self.sign_in_per_address,
            &mut self.sign_in_per_device,
            &mut self.sign_up_per_address,
            &mut self.codes_per_account,
            &mut self.codes_per_address,
            &mut self.codes_per_device,
            &mut self.people_search,
            &mut self.invite_links,
            &mut self.pictures,
            &mut self.tickets,
            &mut self.costs,
        ] {
            *rate = Rate::unlimited();
        }
    }
}

impl Config {
    /// A server on this computer alone, with everything in one folder.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            database_url: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)),
            public_host: None,
            name: "Hearth".into(),
            tls: Tls::Auto,
            require_set_up_code: true,
            sign_up: SignUpPolicy::Open,
            fixed: BTreeSet::new(),
            email: EmailPolicy::default(),
            mail: None,
            providers: Vec::new(),
            password_chars_min: limits::PASSWORD_CHARS_MIN,
            limits: Limits::default(),
            faults: Faults::default(),
        }
    }
}
