//! What the command line wants done before the person comes: a server, and in debug builds an account and a conversation.

use crate::{options::Cli, shell::Shell};
use hearth_client::{
    Client, SignUpForm,
    view::{Phase, Problem, Update},
};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use zeroize::Zeroizing;

/// Where `--auto-sign-in` finds its password: arguments can be read by every process.
const PASSWORD: &str = "HEARTH_AUTO_PASSWORD";
/// The other person may sign up in the same moment.
const PEER_LOOKS: u32 = 60;
const PEER_AGAIN: Duration = Duration::from_secs(1);

/// Each is done once, when the profile is at the step that it belongs to, and left alone otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errands {
    start_server: bool,
    connect: Option<String>,
    sign_up: Option<String>,
    sign_in: Option<String>,
    direct: Option<String>,
}

/// What is to be done in a phase.
#[derive(Debug, PartialEq, Eq)]
enum Errand {
    StartServer,
    Connect(String),
    SignUp(String),
    SignIn(String),
    Direct(String),
    Wait,
    Done,
}

impl Errands {
    #[cfg(debug_assertions)]
    pub fn of(cli: &Cli) -> Self {
        Self {
            start_server: cli.start_server,
            // Whoever signs up by a command line has no hand to click on Connect with.
            connect: cli.connect.clone().or_else(|| cli.link.clone().filter(|_| cli.auto_sign_up.is_some())),
            sign_up: cli.auto_sign_up.clone(),
            sign_in: cli.auto_sign_in.clone(),
            direct: cli.auto_direct.clone(),
        }
    }

    /// People's own builds know one errand only: none that makes accounts, signs in, or connects without asking.
    #[cfg(not(debug_assertions))]
    pub fn of(cli: &Cli) -> Self {
        Self { start_server: cli.start_server, ..Self::default() }
    }

    /// Works through them until there is nothing left to do. A problem ends it; the page shows the state that it left.
    pub async fn run(mut self, app: AppHandle, client: Client) {
        let mut updates = client.updates();
        loop {
            let done = match self.next(&client.phase()) {
                Errand::Done => return,
                Errand::Wait => Ok(()),
                Errand::StartServer => client.start_server(false).await.map(drop),
                Errand::Connect(link) => client.connect(&link).await.map(drop),
                Errand::SignUp(name) => sign_up(&client, name).await,
                Errand::SignIn(name) => sign_in(&client, &name).await,
                Errand::Direct(name) => open_direct(&app, &client, &name).await,
            };
            if let Err(problem) = done {
                tracing::error!(code = problem.code, "{problem}");
                return;
            }
            if matches!(updates.recv().await, Err(RecvError::Closed)) {
                return;
            }
        }
    }

    fn next(&mut self, phase: &Phase) -> Errand {
        match phase {
            _ if *self == Self::default() => Errand::Done,
            Phase::Starting => Errand::Wait,
            Phase::FirstRun => {
                if let Some(link) = self.connect.take() {
                    self.start_server = false;
                    Errand::Connect(link)
                } else if std::mem::take(&mut self.start_server) {
                    Errand::StartServer
                } else {
                    Errand::Done
                }
            }
            Phase::SignIn { returning, .. } => {
                if let Some(name) = self.sign_in.take() {
                    Errand::SignIn(name)
                } else if let Some(name) = self.sign_up.take().filter(|_| returning.is_none()) {
                    Errand::SignUp(name)
                } else if returning.is_none() && self.direct.is_some() {
                    // Somebody is still to sign in by hand.
                    Errand::Wait
                } else {
                    Errand::Done
                }
            }
            Phase::Ready { .. } => self.direct.take().map_or(Errand::Done, Errand::Direct),
            Phase::Locked { .. } | Phase::Blocked { .. } => Errand::Done,
        }
    }
}

/// Signs up with a password that is told to nobody: the session's token in the keychain is all that there is.
async fn sign_up(client: &Client, name: String) -> Result<(), Problem> {
    let mut random = Zeroizing::new([0_u8; 32]);
    getrandom::fill(random.as_mut()).map_err(Problem::internal)?;
    let password = Zeroizing::new(random.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let mut letters = name.chars();
    let first_name = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let form = SignUpForm { username: name, first_name, last_name: String::new(), password, email: None, set_up_code: None, invite: None };
    client.sign_up(form).await.map(drop)
}

async fn sign_in(client: &Client, name: &str) -> Result<(), Problem> {
    let password = std::env::var(PASSWORD).map_err(|_| Problem::new("no_password", format!("Put the password into {PASSWORD}.")))?;
    client.sign_in(name, Zeroizing::new(password)).await.map(drop)
}

/// Looks for somebody until they are there, and opens the conversation with them.
async fn open_direct(app: &AppHandle, client: &Client, name: &str) -> Result<(), Problem> {
    for _ in 0..PEER_LOOKS {
        let found = client.search_people(name).await?;
        if let Some(person) = found.iter().find(|person| person.username == name) {
            let conversation = client.start_direct(person.user).await?;
            app.state::<Shell>().show_in(client.account(), Update::Open { conversation, message: None });
            return Ok(());
        }
        tokio::time::sleep(PEER_AGAIN).await;
    }
    Err(Problem::new("not_found", format!("Nobody here is called {name}.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_client::view::{Me, Server};
    use hearth_protocol::ids::UserId;

    fn server() -> Server {
        Server {
            name: "Home".into(),
            address: "a:1".into(),
            connect_link: "hearth://connect/a:1".into(),
            embedded: true,
            needs_set_up: true,
            accounts: Default::default(),
            invite: None,
        }
    }

    fn bob() -> Me {
        Me { user: UserId::new(), username: "bob".into(), name: "Bob".into() }
    }

    fn sign_in_page(returning: Option<Me>) -> Phase {
        Phase::SignIn { server: server(), returning, reason: None }
    }

    #[test]
    fn each_errand_has_its_moment_and_comes_once() {
        let mut errands = Errands { start_server: true, sign_up: Some("alice".into()), direct: Some("bob".into()), ..Errands::default() };
        assert_eq!(errands.next(&Phase::Starting), Errand::Wait);
        assert_eq!(errands.next(&Phase::FirstRun), Errand::StartServer);
        assert_eq!(errands.next(&sign_in_page(None)), Errand::SignUp("alice".into()));
        let ready = Phase::Ready { me: bob(), server: server(), last: None };
        assert_eq!(errands.next(&ready), Errand::Direct("bob".into()));
        assert_eq!(errands.next(&ready), Errand::Done);
    }

    #[test]
    fn nobody_who_was_here_is_replaced() {
        let mut errands = Errands { sign_up: Some("alice".into()), ..Errands::default() };
        assert_eq!(errands.next(&sign_in_page(Some(bob()))), Errand::Done);
        let mut errands = Errands { sign_in: Some("bob".into()), ..Errands::default() };
        assert_eq!(errands.next(&sign_in_page(Some(bob()))), Errand::SignIn("bob".into()));
    }

    #[test]
    fn a_link_is_connected_to_only_for_an_account_to_be_made() {
        let cli = |sign_up: Option<&str>| Cli {
            link: Some("hearth://connect/127.0.0.1:1".into()),
            #[cfg(debug_assertions)]
            auto_sign_up: sign_up.map(str::to_owned),
            ..Cli::default()
        };
        assert_eq!(Errands::of(&cli(None)), Errands::default());
        assert!(Errands::of(&cli(Some("bob"))).connect.is_some() == cfg!(debug_assertions));
    }

    #[test]
    fn nothing_wanted_is_nothing_done() {
        assert_eq!(Errands::default().next(&Phase::FirstRun), Errand::Done);
    }
}
