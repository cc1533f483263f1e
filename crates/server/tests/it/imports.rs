//! Imports: once and twice are the same.

use crate::host::{Database, Host, PASSWORD};
use hearth_protocol::{rows::RowData, stream::StreamId};
use hearth_server::import::{self, Options, Progress, Report};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

on_both_databases!(an_import_twice_is_one);

const ANNA: &str = "00000000-0000-4000-8000-00000000000a";
const BEN: &str = "00000000-0000-4000-8000-00000000000b";
const CARLA: &str = "00000000-0000-4000-8000-00000000000c";

/// A pair that talks twice, three people, and one who talks alone.
fn corpus() -> Value {
    let said = |sender: &str, minute: u32, text: &str| json!({ "text": text, "timestamp": format!("2018-05-12T05:{minute:02}:00Z"), "sender": sender });
    let conversation =
        |prompt: &str, messages: Vec<Value>| json!({ "prompt": prompt, "start": "2018-05-12T05:00:00Z", "messages": [messages] });
    json!({
        "c1": conversation("What did you eat?", vec![said(ANNA, 1, "Soup."), said(BEN, 2, "Bread 🍞"), said(ANNA, 3, " ")]),
        "c2": conversation("Where would you live?", vec![said(BEN, 11, "By the sea.")  , said(ANNA, 12, "In a tower.")]),
        "c3": conversation("Who is there?", vec![said(ANNA, 21, "Me."), said(BEN, 22, "Me too."), said(CARLA, 23, "Hello.")]),
        "c4": conversation("Anybody?", vec![said(CARLA, 31, "Hello?")]),
    })
}

async fn load(host: &Host, path: &Path) -> (Report, Progress) {
    let mut last = Progress::default();
    let options = Options { password: PASSWORD.into(), cancel: Default::default() };
    let report = import::chitchat(host.server().installation(), path, &options, |progress| last = progress).await.expect("it loads");
    (report, last)
}

async fn an_import_twice_is_one(database: Database) {
    let mut host = Host::start(database).await;
    let path = host.folder.path().join("corpus.json");
    std::fs::write(&path, corpus().to_string()).unwrap();
    let (first, progress) = load(&host, &path).await;
    assert_eq!((first.conversations, first.messages, first.skipped, first.people.len()), (4, 8, 1, 3));
    assert_eq!((progress.conversations, progress.messages), (progress.conversations_all, progress.messages_all));
    let name = first.people[0].username.clone();
    let person = host.returning(&name).await;
    let heads = person.heads(None).await;
    assert_eq!(heads.heads.len(), first.people[0].conversations + 1);
    // In the middle of a run, and after a restart.
    for again in 0..2 {
        let (report, _) = load(&host, &path).await;
        assert_eq!((report.conversations, report.messages, &report.people), (4, 8, &first.people));
        let person = person.at(&host);
        assert_eq!(person.heads(None).await, heads, "import {again} changed something");
        host.restart().await;
    }
    let person = person.at(&host);
    let mut names = Vec::new();
    for head in heads.heads.iter().filter(|head| matches!(head.stream, StreamId::Conversation(_))) {
        let rows = person.changes(head.stream, 0, 1_000).await.0.rows;
        names.extend(rows.iter().find_map(|row| match &row.data {
            RowData::Conversation(conversation) => Some(conversation.name.clone()),
            _ => None,
        }));
        let dates = rows.iter().filter_map(|row| match &row.data {
            RowData::Message(message) => Some(message.created_at),
            _ => None,
        });
        let year_2018 = 1_514_764_800_000..1_546_300_800_000_i64;
        assert!(dates.clone().count() > 0 && dates.into_iter().all(|at| year_2018.contains(&at)), "messages keep their times");
    }
    assert!(names.iter().any(|name| name == "Who is there?"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_excerpt_loads() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/chitchat-300.json.gz");
    let host = Host::start(Database::Sqlite).await;
    let (first, _) = load(&host, &path).await;
    assert_eq!(first.conversations, 300);
    let talkative = &first.people[0];
    assert!(talkative.conversations >= 100, "{talkative:?}");
    let person = host.returning(&talkative.username).await;
    let heads = person.heads(None).await;
    assert_eq!(heads.heads.len(), talkative.conversations + 1);
    load(&host, &path).await;
    assert_eq!(person.heads(None).await, heads);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_corpus_is_refused_and_a_cancelled_import_goes_on_later() {
    let host = Host::start(Database::Sqlite).await;
    let path = host.folder.path().join("corpus.json");
    let options = Options { password: PASSWORD.into(), cancel: Default::default() };
    let installation = host.server().installation();
    let missing = import::chitchat(installation, &path, &options, |_| {}).await;
    assert!(matches!(missing, Err(import::ImportError::Read { .. })));
    std::fs::write(&path, "[1, 2]").unwrap();
    let format = import::chitchat(installation, &path, &options, |_| {}).await;
    assert!(matches!(format, Err(import::ImportError::Format { .. })));
    std::fs::write(&path, corpus().to_string()).unwrap();
    let cancel = options.cancel.clone();
    let stopped = import::chitchat(installation, &path, &options, |_| cancel.store(true, std::sync::atomic::Ordering::SeqCst)).await;
    assert!(matches!(stopped, Err(import::ImportError::Cancelled)), "{stopped:?}");
    assert_eq!(load(&host, &path).await.0.messages, 8);
}
