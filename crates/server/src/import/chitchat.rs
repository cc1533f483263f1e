//! The chitchat corpus: real conversations of strangers, as JSON or gzipped JSON.
//!
//! A pair's first conversation becomes their direct one; every further one, and every one with fewer or more than two people,
//! becomes a group named after the question that it began with.

use super::{
    ImportError, ImportedPerson, Options, Progress, Report,
    feed::Feed,
    people::{self, Name},
};
use crate::{
    actions::{Admission, Command, CreateAccount, ImportConversation},
    installation::Installation,
    names, passwords,
    store::account::NewAccount,
};
use flate2::read::GzDecoder;
use hearth_protocol::{
    Millis,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, UserId},
    limits,
    mutation::Part,
    mutations::{CreateDirect, Intent, MarkRead, SendMessage},
    role::Role,
    rows::{AccountRow, RowData},
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fs,
    io::Read as _,
    path::Path,
};
use uuid::Uuid;

/// The UUIDv5 namespace of everything that comes from this corpus.
const NAMESPACE: Uuid = Uuid::from_u128(0x9d3c_41c5_0e5b_4f0a_8a5e_3c1f_77b2_60c4);
/// Characters of a group's name.
const NAME_CHARS: usize = 60;
/// Everybody's newest conversations stay unread after their own last word; the rest is read.
const UNREAD_NEWEST: usize = 3;
/// A corpus unpacks to some 40 MB; this much more is none.
const CORPUS_BYTES_MAX: u64 = 1024 * 1024 * 1024;

#[derive(Deserialize)]
struct RawConversation {
    messages: Vec<Vec<RawMessage>>,
    #[serde(default)]
    prompt: Option<String>,
}

#[derive(Deserialize)]
struct RawMessage {
    text: String,
    timestamp: jiff::Timestamp,
    sender: Uuid,
}

/// A conversation of the corpus, ready to be performed.
struct Plan {
    key: String,
    id: ConversationId,
    direct: bool,
    people: BTreeSet<UserId>,
    /// Who wrote first: the owner of a group.
    founder: UserId,
    name: String,
    topic: String,
    began_at: Millis,
    ended_at: Millis,
    messages: Vec<(UserId, Body, Millis)>,
}

/// Brings a corpus into an installation. `progress` is called after each conversation.
///
/// # Errors
/// See [`ImportError`]; running it again goes on where it ended.
pub async fn chitchat(
    installation: &Installation,
    path: &Path,
    options: &Options,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<Report, ImportError> {
    passwords::check(&options.password, limits::PASSWORD_CHARS_MIN, &[]).map_err(|error| ImportError::Password(error.message))?;
    let owned = path.to_owned();
    let unreadable = |source: std::io::Error| ImportError::Read { path: path.to_owned(), source };
    let (senders, plans, skipped) =
        tokio::task::spawn_blocking(move || read(&owned)).await.map_err(|error| unreadable(std::io::Error::other(error)))??;
    let mut report = Report { skipped, conversations: plans.len(), ..Report::default() };
    let mut done = Progress {
        conversations_all: plans.len(),
        messages_all: plans.iter().map(|plan| plan.messages.len()).sum(),
        ..Progress::default()
    };
    let mut feed = Feed::new(installation, options.cancel.clone());
    report.people = import_people(installation, &mut feed, &senders, &plans, &options.password).await?;
    for plan in &plans {
        import_conversation(&mut feed, plan).await?;
        done.conversations += 1;
        done.messages += plan.messages.len();
        progress(done);
    }
    import_markers(&mut feed, &plans).await?;
    feed.finish().await?;
    report.messages = done.messages;
    Ok(report)
}

/// Reads the whole corpus and plans its conversations, oldest first.
fn read(path: &Path) -> Result<(BTreeSet<Uuid>, Vec<Plan>, usize), ImportError> {
    let unreadable = |source| ImportError::Read { path: path.to_owned(), source };
    let mut bytes = fs::read(path).map_err(unreadable)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        GzDecoder::new(bytes.as_slice()).take(CORPUS_BYTES_MAX).read_to_end(&mut unpacked).map_err(unreadable)?;
        bytes = unpacked;
    }
    let corpus: BTreeMap<String, RawConversation> =
        serde_json::from_slice(&bytes).map_err(|error| ImportError::Format { path: path.to_owned(), detail: error.to_string() })?;
    let mut skipped = 0;
    let mut senders = BTreeSet::new();
    let mut plans: Vec<Plan> = corpus.into_iter().filter_map(|(key, raw)| plan(key, raw, &mut senders, &mut skipped)).collect();
    plans.sort_by(|a, b| (a.began_at, &a.key).cmp(&(b.began_at, &b.key)));
    let mut pairs = HashSet::new();
    for plan in &mut plans {
        let people: Vec<UserId> = plan.people.iter().copied().collect();
        if let [a, b] = people.as_slice()
            && pairs.insert((*a, *b))
        {
            plan.direct = true;
            plan.id = ConversationId::direct(*a, *b);
        }
    }
    Ok((senders, plans, skipped))
}

fn plan(key: String, raw: RawConversation, senders: &mut BTreeSet<Uuid>, skipped: &mut usize) -> Option<Plan> {
    let mut messages = Vec::new();
    let mut people = BTreeSet::new();
    for message in raw.messages.into_iter().flatten() {
        senders.insert(message.sender);
        let sender = user(message.sender);
        people.insert(sender);
        let body = Body::text(message.text);
        if body.check().is_err() {
            *skipped += 1;
            continue;
        }
        messages.push((sender, body, message.timestamp.as_millisecond()));
    }
    let (founder, first, began_at) = messages.first().map(|(sender, body, at)| (*sender, body.clone(), *at))?;
    let ended_at = messages.last().map_or(began_at, |(_, _, at)| *at);
    let prompt = raw.prompt.unwrap_or_default();
    let topic: String = names::visible(&prompt).chars().take(limits::TOPIC_CHARS_MAX).collect();
    let name = shorten(if topic.is_empty() { first.searchable().unwrap_or_default() } else { &topic });
    let id = ConversationId(derive("conversation", &key));
    Some(Plan { key, id, direct: false, people, founder, name, topic, began_at, ended_at, messages })
}

/// A name of one line, cut at a word.
fn shorten(text: &str) -> String {
    let line = names::visible(&text.replace(char::is_whitespace, " "));
    if line.chars().count() <= NAME_CHARS {
        return if line.is_empty() { "Conversation".into() } else { line };
    }
    let cut: String = line.chars().take(NAME_CHARS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', '.', ' ']))
}

fn derive(what: &str, of: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{what}:{of}").as_bytes())
}

fn user(sender: Uuid) -> UserId {
    UserId(derive("person", &sender.to_string()))
}

async fn import_people(
    installation: &Installation,
    feed: &mut Feed<'_>,
    senders: &BTreeSet<Uuid>,
    plans: &[Plan],
    password: &str,
) -> Result<Vec<ImportedPerson>, ImportError> {
    // Once for all: see the option's comment.
    let hash = installation.passwords.hash(password.to_owned()).await.map_err(ImportError::Refused)?;
    let mut since: HashMap<UserId, (Millis, usize)> = HashMap::new();
    for plan in plans {
        for person in &plan.people {
            let (began_at, conversations) = since.entry(*person).or_insert((plan.began_at, 0));
            *began_at = plan.began_at.min(*began_at);
            *conversations += 1;
        }
    }
    let mut people = Vec::with_capacity(senders.len());
    for (sender, name) in people::names(senders) {
        let id = user(sender);
        let Some((created_at, conversations)) = since.get(&id).copied() else { continue };
        let AccountRow { username, first_name, last_name, .. } = import_person(feed, id, sender, name, &hash, created_at).await?;
        people.push(ImportedPerson { username, first_name, last_name, conversations });
    }
    people.sort_by(|a, b| (b.conversations, &a.username).cmp(&(a.conversations, &b.username)));
    Ok(people)
}

/// Makes one account, under another username if somebody has this one.
async fn import_person(
    feed: &mut Feed<'_>,
    id: UserId,
    sender: Uuid,
    name: Name,
    password_hash: &str,
    created_at: Millis,
) -> Result<AccountRow, ImportError> {
    let tag: String = sender.simple().to_string().chars().take(6).collect();
    let mut refused = ApiError::not_found();
    for username in [name.username.clone(), format!("{}-{tag}", name.username)] {
        let account = NewAccount {
            id,
            username_key: names::fold(&username),
            search_key: names::search_key(&username, &name.first_name, &name.last_name),
            username,
            first_name: name.first_name.clone(),
            last_name: name.last_name.clone(),
            password_hash: Some(password_hash.to_owned()),
            role: Role::Member,
            role_waits: None,
            email: None,
            external: None,
            created_at,
        };
        let command = Command::CreateAccount(Box::new(CreateAccount { account, admission: Admission::Import }));
        match feed.ask(derive("create_account", &sender.to_string()), id, created_at, command).await? {
            Ok(parts) => return account_row(parts).ok_or(ImportError::Refused(ApiError::not_found())),
            Err(error) if error.code == ErrorCode::UsernameTaken => refused = error,
            Err(error) => return Err(ImportError::Refused(error)),
        }
    }
    Err(ImportError::Refused(refused))
}

fn account_row(parts: Vec<Part>) -> Option<AccountRow> {
    parts.into_iter().flat_map(|part| part.rows).find_map(|row| match row.data {
        RowData::Account(account) => Some(account),
        _ => None,
    })
}

async fn import_conversation(feed: &mut Feed<'_>, plan: &Plan) -> Result<(), ImportError> {
    let create = derive("create", &plan.key);
    let peer = plan.people.iter().find(|person| **person != plan.founder).copied();
    match peer {
        Some(peer) if plan.direct => {
            let intent = CreateDirect { conversation: plan.id, peer };
            feed.send(create, plan.founder, plan.began_at, || Command::Intent(Intent::CreateDirect(intent.clone()))).await?;
        }
        _ => {
            let command = ImportConversation {
                conversation: plan.id,
                name: plan.name.clone(),
                topic: plan.topic.clone(),
                members: plan.people.clone(),
            };
            feed.send(create, plan.founder, plan.began_at, || Command::ImportConversation(command.clone())).await?;
        }
    }
    for (number, (sender, body, at)) in plan.messages.iter().enumerate() {
        let id = derive("message", &format!("{}:{number}", plan.key));
        let send = || Command::Intent(Intent::SendMessage(SendMessage::new(plan.id, body.clone())));
        feed.send(id, *sender, *at, send).await?;
    }
    Ok(())
}

/// Everybody has read everything but what came after their own last word in their newest conversations.
async fn import_markers(feed: &mut Feed<'_>, plans: &[Plan]) -> Result<(), ImportError> {
    let mut newest_first: Vec<&Plan> = plans.iter().collect();
    newest_first.sort_by(|a, b| (b.ended_at, &b.key).cmp(&(a.ended_at, &a.key)));
    let mut seen: HashMap<UserId, usize> = HashMap::new();
    for plan in newest_first {
        for person in &plan.people {
            let newer = seen.entry(*person).or_default();
            let read = if *newer < UNREAD_NEWEST {
                plan.messages.iter().rposition(|(sender, ..)| sender == person).map_or(0, |index| index + 1)
            } else {
                plan.messages.len()
            };
            *newer += 1;
            if read == 0 {
                continue;
            }
            let id = derive("mark_read", &format!("{}:{person}", plan.key));
            let intent = MarkRead { conversation: plan.id, pos: read as u64 };
            feed.send(id, *person, plan.ended_at, || Command::Intent(Intent::MarkRead(intent.clone()))).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_and_cut_at_a_word() {
        assert_eq!(shorten("What superpower do you wish you had?"), "What superpower do you wish you had?");
        assert_eq!(
            shorten("If you were in power for a day, how would you try\nto improve the country?"),
            "If you were in power for a day, how would you try to…"
        );
        assert_eq!(shorten(" \u{202e} "), "Conversation");
    }
}
