//! Search in every script, with any input.

use crate::support::{Local, Server, mutation, parts, ready};
use hearth_protocol::mutations::BlockUser;
use hearth_replica::Apply;

async fn with(texts: &[&str]) -> (Local, Server) {
    let (replica, mut server) = ready().await;
    let frames = texts.iter().map(|text| server.direct.say(server.bob.user, text)).collect();
    replica.apply(parts(frames)).await.unwrap();
    (replica, server)
}

async fn found(replica: &Local, query: &str) -> Vec<String> {
    let page = replica.search(query, None, 50).await.unwrap();
    page.hits.into_iter().map(|hit| hit.snippet.into_iter().map(|part| part.text).collect()).collect()
}

#[tokio::test]
async fn words_prefixes_phrases_and_accents() {
    let (replica, server) = with(&["The quick brown fox", "A brown quick dog", "Crème brûlée tonight?", "quickly now"]).await;
    assert_eq!(found(&replica, "quick ").await, ["A brown quick dog", "The quick brown fox"]);
    assert_eq!(found(&replica, "qui").await.len(), 3);
    assert_eq!(found(&replica, "\"quick brown\"").await, ["The quick brown fox"]);
    assert_eq!(found(&replica, "brown dog").await, ["A brown quick dog"]);
    assert_eq!(found(&replica, "CREME brulee").await, ["Crème brûlée tonight?"]);
    assert_eq!(found(&replica, "crème").await.len(), 1);
    assert!(found(&replica, "uick").await.is_empty());
    let page = replica.search("fox", None, 10).await.unwrap();
    let hit = &page.hits[0];
    assert_eq!((hit.message, hit.conversation), (server.direct.message(1).id, server.conversation()));
    assert_eq!((hit.peer.as_ref().unwrap().first_name.as_str(), hit.sender_person.as_ref().unwrap().first_name.as_str()), ("Bob", "Bob"));
    assert!(hit.snippet.iter().any(|part| part.hit && part.text == "fox"));
    assert_eq!((page.searched, page.incomplete), (4, 0));
}

#[tokio::test]
async fn every_script() {
    let (replica, _) = with(&[
        "我明天去东京出差",
        "今日は東京タワーに行きました",
        "내일 서울에서 만나요",
        "مرحباً يا مُحَمَّد",
        "שָׁלוֹם לכולם",
        "Привет, как дела?",
        "नमस्ते दुनिया",
        "สวัสดีครับ",
        "fire 🔥🔥 and 👍🏽 ok",
    ])
    .await;
    for (query, times) in [
        ("东京", 1),
        ("明天", 1),
        ("京", 2),
        ("東京タワー", 1),
        ("タワ", 1),
        ("서울", 1),
        ("만나", 1),
        ("مرحبا", 1),
        ("محمد", 1),
        ("שלום", 1),
        ("לכול", 1),
        ("привет", 1),
        ("नमस्ते", 1),
        ("दुनि", 1),
        ("สวัส", 1),
        ("ครับ", 1),
        ("🔥", 1),
        ("👍", 1),
        ("\"🔥🔥 and\"", 1),
        ("差东", 0),
        ("💧", 0),
    ] {
        assert_eq!(found(&replica, query).await.len(), times, "{query}");
    }
}

#[tokio::test]
async fn no_input_is_an_error() {
    let (replica, _) = with(&["or and not near text", "a*b", "NEAR(x y)"]).await;
    let long = "x".repeat(5_000);
    for query in [
        "",
        "\"",
        "\"\"",
        "\"\"\"",
        "*",
        "\" OR *",
        "a AND",
        "AND",
        "NOT",
        "a NOT b",
        "NEAR(a b)",
        "words:text",
        "^a",
        "a + b",
        "-a",
        "(",
        ")",
        "'; DROP TABLE message; --",
        "\0",
        "\u{feff}",
        "a\0b",
        "💥\"💥",
        "\u{e000}",
        "{}",
        "a^2",
        "col : x",
        long.as_str(),
    ] {
        replica.search(query, None, 10).await.unwrap();
        replica.search(query, Some("nonsense"), 10).await.unwrap();
        replica.people(query, 10).await.unwrap();
        replica.find_conversations(query, 10).await.unwrap();
        replica.find_topics(query, 10).await.unwrap();
        for caret in 0..query.len().min(20) {
            replica.suggest(query, caret).await.unwrap();
        }
    }
    assert_eq!(found(&replica, "\" OR *").await, ["or and not near text"]);
    assert_eq!(found(&replica, "near text").await, ["or and not near text"]);
}

#[tokio::test]
async fn pages_go_on_where_they_ended_newest_first() {
    let texts: Vec<String> = (1..=25).map(|at| format!("needle {at}")).collect();
    let (replica, _) = with(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut seen = vec![];
    let mut after: Option<String> = None;
    loop {
        let page = replica.search("needle", after.as_deref(), 7).await.unwrap();
        seen.extend(page.hits.iter().map(|hit| hit.at));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 25);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
}

#[tokio::test]
async fn messages_of_one_moment_are_all_found() {
    let (replica, mut server) = ready().await;
    let mut frames = server.bob_says(300);
    for frame in &mut frames {
        if let hearth_protocol::rows::RowData::Message(row) = &mut frame.rows[0].data {
            row.created_at = 77;
            // The tie-break of all of them is the same.
            row.id = hearth_protocol::ids::MessageId::from_slice(&[&row.id.as_bytes()[..13], &[1, 2, 3]].concat()).unwrap();
        }
    }
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(replica.search("message", None, 200).await.unwrap().hits.len(), 200);
    assert_eq!(replica.backfill_progress().await.unwrap().messages, 300);
}

#[tokio::test]
async fn edits_and_history_keep_the_index_true() {
    let (replica, mut server) = ready().await;
    server.bob_says(10);
    server.direct.edit(2, "ancient words");
    replica.apply(Apply { tails: vec![server.direct.tail(3)], ..Apply::default() }).await.unwrap();
    assert!(found(&replica, "ancient").await.is_empty());
    let page = replica.search("message", None, 50).await.unwrap();
    assert_eq!((page.hits.len(), page.searched, page.incomplete), (3, 3, 1));
    replica.apply(Apply { history: vec![server.direct.history(8, 50)], ..Apply::default() }).await.unwrap();
    assert_eq!(found(&replica, "ancient").await.len(), 1);
    let edit = server.direct.edit(2, "modern words");
    replica.apply(parts(vec![edit])).await.unwrap();
    assert!(found(&replica, "ancient").await.is_empty());
    assert_eq!(found(&replica, "modern words").await.len(), 1);
}

#[tokio::test]
async fn what_the_blocked_wrote_is_not_found_on_any_page() {
    let (replica, mut server) = ready().await;
    let bob = server.bob.clone();
    let mine = server.direct.say(server.alice.user, "needle of mine");
    replica.apply(parts(vec![mine])).await.unwrap();
    replica.apply(parts(server.bob_says(30))).await.unwrap();
    assert_eq!(found(&replica, "message").await.len(), 30);
    replica.enqueue(&mutation(BlockUser { user: bob.user }.into()), 1).await.unwrap();
    assert!(found(&replica, "message").await.is_empty(), "it waits, and counts already");
    let page = replica.search("needle", None, 1).await.unwrap();
    assert_eq!((page.hits.len(), page.next), (1, None), "my own is found, though theirs are newer");
}
