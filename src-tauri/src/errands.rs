//! What the command line wants done before the person comes: a server, and in debug builds an account.

use crate::options::Cli;
use hearth_client::{
    Client, SignUpForm,
    view::{Phase, Problem},
};
use tokio::sync::broadcast::error::RecvError;
use zeroize::Zeroizing;

/// Each is done once, when the profile is at the step that it belongs to, and left alone otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errands {
    start_server: bool,
    connect: Option<String>,
    sign_up: Option<String>,
}

/// What is to be done in a phase.
#[derive(Debug, PartialEq, Eq)]
enum Errand {
    StartServer,
    Connect(String),
    SignUp(String),
    Wait,
    Done,
}

impl Errands {
    pub fn of(cli: &Cli) -> Self {
        #[cfg(debug_assertions)]
        return Self { start_server: cli.start_server, connect: cli.connect.clone(), sign_up: cli.auto_sign_up.clone() };
        #[cfg(not(debug_assertions))]
        return Self { start_server: cli.start_server, ..Self::default() };
    }

    /// Works through them until there is nothing left to do. A problem ends it; the page shows the state that it left.
    pub async fn run(mut self, client: Client) {
        let mut updates = client.updates();
        loop {
            let done = match self.next(&client.phase()) {
                Errand::Done => return,
                Errand::Wait => Ok(()),
                Errand::StartServer => client.start_server(false).await.map(drop),
                Errand::Connect(link) => client.connect(&link).await.map(drop),
                Errand::SignUp(name) => sign_up(&client, name).await,
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
            // A server is known already: what comes before the account is done.
            Phase::SignIn { returning: None, .. } => self.sign_up.take().map_or(Errand::Done, Errand::SignUp),
            Phase::SignIn { .. } | Phase::Locked { .. } | Phase::Blocked { .. } | Phase::Ready { .. } => Errand::Done,
        }
    }
}

/// Signs up with a password that is told to nobody: the session's token in the keychain is all that there is.
async fn sign_up(client: &Client, name: String) -> Result<(), Problem> {
    let mut password = [0_u8; 32];
    getrandom::fill(&mut password).map_err(Problem::internal)?;
    let password: Zeroizing<String> = Zeroizing::new(password.iter().map(|byte| format!("{byte:02x}")).collect());
    let mut letters = name.chars();
    let first_name = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let form = SignUpForm { username: name, first_name, last_name: String::new(), password, set_up_code: None };
    client.sign_up(form).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_client::view::{Me, Server};
    use hearth_protocol::ids::UserId;

    fn sign_in(returning: Option<Me>) -> Phase {
        let server = Server {
            name: "Home".into(),
            address: "a:1".into(),
            connect_link: "hearth://connect/a:1".into(),
            embedded: true,
            needs_set_up: true,
        };
        Phase::SignIn { server, returning, reason: None }
    }

    #[test]
    fn each_errand_has_its_moment_and_comes_once() {
        let mut errands = Errands { start_server: true, connect: None, sign_up: Some("alice".into()) };
        assert_eq!(errands.next(&Phase::Starting), Errand::Wait);
        assert_eq!(errands.next(&Phase::FirstRun), Errand::StartServer);
        assert_eq!(errands.next(&sign_in(None)), Errand::SignUp("alice".into()));
        assert_eq!(errands.next(&sign_in(None)), Errand::Done);
    }

    #[test]
    fn nobody_who_was_here_is_replaced() {
        let me = Me { user: UserId::new(), username: "bob".into(), name: "Bob".into() };
        let mut errands = Errands { sign_up: Some("alice".into()), ..Errands::default() };
        assert_eq!(errands.next(&sign_in(Some(me))), Errand::Done);
    }

    #[test]
    fn nothing_wanted_is_nothing_done() {
        assert_eq!(Errands::default().next(&Phase::FirstRun), Errand::Done);
    }
}
