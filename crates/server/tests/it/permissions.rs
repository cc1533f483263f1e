//! `docs/permissions.toml` against the server: every cell is asked for, and every question that there is has its cell.

mod deeds;
mod pictures;
mod server;
mod ties;
mod town;

use crate::host::{Database, Host};
use reqwest::Method;
use std::collections::BTreeMap;
use town::Town;

on_both_databases!(every_cell_is_as_the_table_says, every_request_is_let_in_as_the_table_says);

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
    let mut table = table();
    table.remove("requests");
    flat(&table, "", &mut written);
    let host = Host::start(database).await;
    let answered = deeds::ask_all(&Town::of(&host).await).await;
    assert_eq!(differences(&written, &answered), Vec::<String>::new());
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
    assert_eq!(differences(&written, &answered), Vec::<String>::new());
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
