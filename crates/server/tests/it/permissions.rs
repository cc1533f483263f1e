//! `docs/permissions.toml` against the server: every cell is asked for, and every question that there is has its cell.

mod collections;
mod deeds;
mod frames;
mod many;
mod pictures;
mod scheduled;
mod server;
mod ties;
mod town;

use crate::{
    host::{Database, Host},
    socket::Socket,
};
use hearth_protocol::{
    body::Body,
    ephemeral::{Ephemeral, Signal},
    error::ErrorCode,
    frame::{ClientFrame, ServerFrame},
    ids::{ConversationId, MutationId},
    mutation::Mutation,
    mutations::{Intent, SendMessage},
};
use reqwest::Method;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use town::Town;

on_both_databases!(every_cell_is_as_the_table_says, every_request_is_let_in_as_the_table_says, every_frame_is_let_in_as_the_table_says,);

const TABLE: &str = include_str!("../../../../docs/permissions.toml");
const ROUTES: &str = include_str!("../../src/routes.rs");

/// "send_message direct member" and the like, and the answer.
type Cells = BTreeMap<String, String>;

fn table() -> toml::Table {
    TABLE.parse().expect("a table")
}

/// The cells of a table and of those in it, by the names that lead there.
fn flat(table: &toml::Table, at: &str, cells: &mut Cells) {
    for (name, value) in table {
        let name = format!("{at} {name}").trim_start().to_owned();
        match value {
            toml::Value::Table(inner) => flat(inner, &name, cells),
            toml::Value::String(answer) => drop(cells.insert(name, answer.clone())),
            other => panic!("{name}: {other}"),
        }
    }
}

/// Where the two differ, a line each.
fn differences(written: &Cells, answered: &Cells) -> Vec<String> {
    let said = |cells: &Cells, name: &String| cells.get(name).cloned().unwrap_or_else(|| "nothing".into());
    let names = written.keys().chain(answered.keys().filter(|name| !written.contains_key(*name)));
    let differing = names.filter(|name| written.get(*name) != answered.get(*name));
    differing.map(|name| format!("{name}: the table says {}, the server {}", said(written, name), said(answered, name))).collect()
}

async fn every_cell_is_as_the_table_says(database: Database) {
    let mut written = Cells::new();
    flat(&deeds_of(table()), "", &mut written);
    let host = Host::start(database).await;
    let answered = deeds::ask_all(&host, &Town::of(&host).await).await;
    assert_eq!(differences(&written, &answered), Vec::<String>::new());
}

/// The table without what says who is let in at all.
fn deeds_of(mut table: toml::Table) -> toml::Table {
    table.retain(|name, _| !matches!(name, "requests" | "frames"));
    table
}

/// The words for which a type has a variant, as its reader names them.
fn words_of<T: DeserializeOwned>() -> Vec<String> {
    let told = serde_json::from_str::<T>(r#""confetti""#).map(drop).expect_err("no such variant").to_string();
    told.split('`').skip(3).step_by(2).map(Into::into).collect()
}

/// What names a thing is also asked of one that is not there, of who has nothing to do with it, and so on: by its deed.
#[test]
fn every_request_that_names_something_and_every_frame_has_its_deeds() {
    let table = table();
    let deeds = deeds_of(table.clone());
    for name in ["requests", "frames"] {
        for (asked, says) in table[name].as_table().expect("a table") {
            let deed = says.as_str().expect("a word").split_once(", ").map(|(_, deed)| deed);
            assert!(deed.is_some() || !asked.contains("{id}"), "{asked} names something: say by which deed it is asked for");
            if let Some(deed) = deed {
                let mut cells = Cells::new();
                flat(deeds.get(deed).and_then(toml::Value::as_table).expect("a deed of the table"), "", &mut cells);
                assert!(cells.keys().any(|cell| cell.contains("nowhere")), "{asked}: {deed} is not asked of what is not there");
            }
        }
    }
    assert_eq!(words_of::<Signal>(), frames::SIGNALS);
}

async fn every_frame_is_let_in_as_the_table_says(database: Database) {
    let mut written = Cells::new();
    flat(table()["frames"].as_table().expect("frames"), "", &mut written);
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let conversation = ConversationId::new();
    let ticket = ada.ticket().await;
    Socket::connect(&ada.base, None).await.expect("a socket").hello(&ada, ticket.clone()).await;
    let mut answered = Cells::new();
    for word in words_of::<ClientFrame>() {
        let frame = match word.as_str() {
            "mutate" => {
                let body = Body::text("hello");
                ClientFrame::Mutate(vec![Mutation::new(MutationId::new(), Intent::SendMessage(SendMessage::new(conversation, body)))])
            }
            "cancel" => ClientFrame::Cancel(vec![MutationId::new()]),
            "ephemeral" => ClientFrame::Ephemeral(Ephemeral { conversation, signal: Signal::Typing }),
            "idle" => ClientFrame::Idle(true),
            "watch" => ClientFrame::Watch(vec![ada.user]),
            "hello" => continue,
            other => panic!("what is {other:?}? Say it here without a hello before it"),
        };
        let mut socket = Socket::connect(&ada.base, None).await.expect("a socket");
        socket.say(&frame).await;
        let first = socket.next().await;
        let refused = matches!(&first, Some(ServerFrame::Bye { error: Some(error), .. }) if error.code == ErrorCode::BadRequest);
        answered.insert(word, if refused && socket.next().await.is_none() { "session" } else { "open" }.into());
    }
    // A ticket that nobody has, and one that was used.
    for strange in ["nobody's ticket".into(), ticket] {
        let mut socket = Socket::connect(&ada.base, None).await.expect("a socket");
        socket.hello(&ada, strange).await;
        let first = socket.next().await;
        let refused = matches!(&first, Some(ServerFrame::Bye { error: Some(error), .. }) if error.code == ErrorCode::Unauthorized);
        answered.insert("hello".into(), if refused { "ticket" } else { "open" }.into());
        assert!(refused, "{first:?}");
    }
    assert_eq!(differences(&without_deeds(written), &answered), Vec::<String>::new());
}

/// Who is let in, without the deed by which it is asked for.
fn without_deeds(cells: Cells) -> Cells {
    let word = |says: String| says.split(", ").next().unwrap_or_default().to_owned();
    cells.into_iter().map(|(name, says)| (name, word(says))).collect()
}

async fn every_request_is_let_in_as_the_table_says(database: Database) {
    let mut written = Cells::new();
    flat(table()["requests"].as_table().expect("requests"), "", &mut written);
    let host = Host::start(database).await;
    let ada = host.resident("ada").await;
    let ended = host.returning("ada").await;
    ended.sign_out().await;
    let mut answered = Cells::new();
    for (method, path) in routes() {
        let url = host.url(&path.replace("{id}", &ada.device.to_string()));
        let ask = |token: Option<&str>| {
            let request = host.http.request(method.parse::<Method>().expect("a method"), &url).json(&serde_json::json!({}));
            let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
            async { request.send().await.expect("an answer").status().as_u16() }
        };
        let strangers = [ask(None).await, ask(Some("nobody's token")).await, ask(Some(&ended.token)).await];
        let word = match strangers {
            [401, 401, 401] => "session",
            _ if strangers.contains(&401) => "half open",
            _ => "open",
        };
        answered.insert(format!("{method} {path}"), word.into());
    }
    assert_eq!(differences(&without_deeds(written), &answered), Vec::<String>::new());
}

/// Every method and path of the router, as its source has them.
fn routes() -> Vec<(&'static str, &'static str)> {
    let lines = ROUTES.lines().filter_map(|line| line.trim().strip_prefix(".route(\""));
    let routes = lines.flat_map(|line| {
        let (path, how) = line.split_once('"').expect("a path");
        let methods = [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE"), ("patch(", "PATCH")];
        methods.into_iter().filter(|(call, _)| how.contains(*call)).map(move |(_, method)| (method, path))
    });
    let routes: Vec<_> = routes.collect();
    assert!(routes.len() > 10, "the source is read as it is written: {routes:?}");
    routes
}
