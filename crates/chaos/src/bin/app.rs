//! A headless Hearth: the client with a profile's folder, driven by lines of JSON, so that `kill -9` hits a real process.

use anyhow::{Context as _, Result};
use hearth_chaos::{
    keychain::FileKeychain,
    talk::{Answer, Ask, Line, State, known_place, named_connection, named_phase},
};
use hearth_client::{
    Client, NoHost, Options, SignUpForm,
    view::{At, Content, Edge, Problem, Update},
};
use hearth_protocol::ids::ConversationId;
use std::{
    env,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use zeroize::Zeroizing;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).context("The first argument is the profile's folder.")?);
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let options = Options {
        keychain: Arc::new(FileKeychain::new(folder.with_extension("keychain"))),
        profile_dir: folder,
        device_name: format!("{name}'s process"),
        profile_name: name,
        platform: "linux".into(),
    };
    let client = Client::open(options, Arc::new(NoHost))?;
    let warning = Arc::new(Mutex::new(None));
    tokio::spawn(listen(client.clone(), warning.clone()));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut out = tokio::io::stdout();
    while let Some(line) = lines.next_line().await? {
        let ask: Ask = serde_json::from_str(&line)?;
        let quits = matches!(ask, Ask::Quit);
        let answer = match answer(&client, &warning, ask).await {
            Ok(answer) => answer,
            Err(Problem { code, message }) => Answer::Problem { code, message },
        };
        let mut text = serde_json::to_vec(&answer)?;
        text.push(b'\n');
        out.write_all(&text).await?;
        out.flush().await?;
        if quits {
            break;
        }
    }
    Ok(())
}

type Warned = Mutex<Option<(String, String)>>;

/// Remembers the last warning, as a page would show it.
async fn listen(client: Client, warned: Arc<Warned>) {
    let mut updates = client.updates();
    loop {
        match updates.recv().await {
            Ok(Update::Warning { problem }) => {
                *warned.lock().unwrap_or_else(PoisonError::into_inner) = Some((problem.code, problem.message));
            }
            Ok(_) | Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}

async fn answer(client: &Client, warned: &Warned, ask: Ask) -> Result<Answer, Problem> {
    Ok(match ask {
        Ask::Connect { link } => client.connect(&link).await.map(|_| Answer::Done)?,
        Ask::SignUp { name, password, set_up_code } => {
            let form = SignUpForm {
                username: name.to_lowercase(),
                first_name: name,
                last_name: String::new(),
                password: Zeroizing::new(password),
                email: None,
                set_up_code,
                invite: None,
            };
            Answer::Me { user: client.sign_up(form).await?.user }
        }
        Ask::SignIn { name, password } => Answer::Me { user: client.sign_in(&name.to_lowercase(), Zeroizing::new(password)).await?.user },
        Ask::Direct { with } => Answer::Conversation { id: client.start_direct(with).await? },
        Ask::Send { conversation, text } => Answer::Message { id: client.send_message(conversation, &text).await? },
        Ask::Read { conversation } => Answer::Lines(read(client, conversation).await?),
        Ask::State => Answer::State(Box::new(state(client, warned).await)),
        Ask::SyncNow => {
            client.sync_now().await?;
            Answer::Done
        }
        Ask::Quit => {
            client.shutdown().await;
            Answer::Done
        }
    })
}

async fn read(client: &Client, conversation: ConversationId) -> Result<Vec<Line>, Problem> {
    let mut page = client.open_timeline(conversation, At::End).await?;
    let mut messages = std::mem::take(&mut page.messages);
    // Beyond a gap as well: what is here is here.
    while page.before != Edge::End {
        let Some(pos) = messages.iter().find_map(|message| message.pos) else { break };
        page = client.open_timeline(conversation, At::Before { pos }).await?;
        let mut earlier = std::mem::take(&mut page.messages);
        if earlier.is_empty() {
            break;
        }
        earlier.append(&mut messages);
        messages = earlier;
    }
    Ok(messages
        .into_iter()
        .map(|message| Line {
            id: message.id,
            pos: known_place(message.pos, message.state.as_ref()),
            at: message.at,
            text: match message.content {
                Content::Text { text, .. } => text,
                other => format!("({other:?})"),
            },
        })
        .collect())
}

async fn state(client: &Client, warned: &Warned) -> State {
    let boot = client.boot().await;
    let (phase, reason) = named_phase(&boot.phase);
    let (connection, problem) = named_connection(&boot.status.connection);
    let told = |problem: Problem| (problem.code, problem.message);
    State {
        phase,
        reason,
        connection,
        problem,
        outbox: boot.status.outbox,
        outbox_failed: boot.status.outbox_failed,
        complete: boot.status.backfill.complete == boot.status.backfill.conversations,
        warning: warned.lock().unwrap_or_else(PoisonError::into_inner).clone().or(boot.warning.map(told)),
    }
}
