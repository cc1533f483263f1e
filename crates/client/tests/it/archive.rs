//! Everything of somebody as a file: what is in it, what is not, and what is left when it is not made.

use hearth_client::{
    NewChannel,
    view::{ArchiveMade, Connection, Update},
};
use hearth_protocol::{
    ids::{ConversationId, MutationId},
    mutation::{Mutation, Part},
    mutations::{AddMembers, CreateConversation, Intent},
    row::Row,
    rows::RowData,
    stream::StreamId,
};
use hearth_replica::{Apply, Tail};
use hearth_testkit::{Person, Town};
use hearth_words::Spoken;
use serde_json::{Value, json, value::RawValue};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};
use zip::ZipArchive;

/// An archive's files by their names.
struct Archive(BTreeMap<String, Vec<u8>>);

impl Archive {
    fn open(path: &Path) -> Self {
        let mut zip = ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        let mut files = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).unwrap();
            files.insert(file.name().unwrap().into_owned(), bytes);
        }
        Self(files)
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.0.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", self.0.keys()))).unwrap()
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(self.text(path)).unwrap()
    }

    fn messages(&self, conversation: ConversationId) -> Vec<Value> {
        let lines = self.text(&format!("conversations/{conversation}/messages.jsonl")).lines();
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn says(&self, conversation: ConversationId) -> Vec<(String, String)> {
        let word = |value: &Value| value.as_str().unwrap_or("(nothing)").to_owned();
        self.messages(conversation).iter().map(|line| (word(&line["from"]), word(&line["body"]["text"]))).collect()
    }

    /// The manifest agrees with the files, and with what the messages count to.
    fn is_sound(&self) {
        let manifest = self.json("manifest.json");
        let files = manifest["files"].as_array().unwrap();
        let named: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
        assert_eq!(named.len() + 1, self.0.len(), "{named:?}");
        for file in files {
            let bytes = &self.0[file["path"].as_str().unwrap()];
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((file["bytes"].as_u64().unwrap(), file["sha256"].as_str().unwrap()), (bytes.len() as u64, hash.as_str()));
        }
        let conversations = manifest["conversations"].as_array().unwrap();
        let mut all = 0;
        for listed in conversations {
            let id = listed["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
            let messages = self.messages(ConversationId(id));
            let mine = messages.iter().filter(|line| line["mine"] == true).count();
            assert_eq!((listed["messages"].as_u64().unwrap(), listed["mine"].as_u64().unwrap()), (messages.len() as u64, mine as u64));
            let places: Vec<u64> = messages.iter().map(|line| line["pos"].as_u64().unwrap()).collect();
            assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
            all += messages.len() as u64;
        }
        assert_eq!(manifest["counts"]["messages"].as_u64(), Some(all));
        assert_eq!(manifest["counts"]["conversations"].as_u64(), Some(conversations.len() as u64));
    }

    /// All but what a clock changes: what has reached others is told some seconds later.
    fn lasting(&self) -> BTreeMap<&String, &Vec<u8>> {
        let timed = |path: &str| ["manifest.json", "devices_seen.json"].contains(&path) || path.ends_with("/delivered.json");
        self.0.iter().filter(|(path, _)| !timed(path)).collect()
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn listed_in(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

async fn archive(person: &Person, path: &Path) -> (ArchiveMade, Archive) {
    let made = person.client.make_archive(path).await.unwrap();
    let archive = Archive::open(path);
    archive.is_sound();
    assert_eq!((made.path.as_str(), made.bytes), (path.to_str().unwrap(), fs::metadata(path).unwrap().len()));
    assert_eq!(listed_in(path.parent().unwrap()), [path], "nothing else is left there");
    (made, archive)
}

async fn lists(person: &Person, conversation: ConversationId) {
    person.until("the conversation is there", async || person.list().await.iter().any(|line| line.id == conversation)).await;
}

/// What the window has no button for yet.
async fn does(person: &Person, intent: impl Into<Intent>) {
    let mutation = Mutation::new(MutationId::new(), intent);
    person.client.replica().unwrap().enqueue(&mutation, 0).await.unwrap();
    person.client.sync_now().await.unwrap();
    person.outbox_empties().await;
}

#[tokio::test]
async fn everything_that_is_ones_own_or_may_be_read_is_in_it_and_nothing_else() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    for query in ["bob", "carol"] {
        alice.client.search_people(query).await.unwrap();
    }
    // More than a page with Bob, one message of which he has deleted.
    let direct = alice.direct(bob.user());
    for n in 0..230 {
        alice.says(bob.user(), &format!("message {n}")).await;
    }
    bob.sees(direct, "message 229").await;
    let regretted = bob.says(alice.user(), "a regretted word").await;
    bob.delivered(direct, regretted).await;
    bob.client.delete_message(direct, regretted).await.unwrap();
    alice.sees(direct, "(deleted)").await;
    bob.client.mark_read(direct, 100).await.unwrap();
    // A conversation that began without Alice, and does not show her what was said before.
    let late = ConversationId::new();
    does(&bob, CreateConversation { conversation: late, name: "Late".into(), members: [carol.user()].into(), shared_history: false }).await;
    bob.client.send_message(late, "before Alice").await.unwrap();
    bob.outbox_empties().await;
    does(&bob, AddMembers { conversation: late, members: [alice.user()].into() }).await;
    bob.client.send_message(late, "with Alice").await.unwrap();
    alice.sees(late, "with Alice").await;
    // A group that she is in, and one that she has left.
    let team = alice.client.create_group("Team", "what we do").await.unwrap();
    let channel = |group, name: &str| NewChannel { group, name: name.into(), topic: String::new(), private: false, members: vec![] };
    let plans = alice.client.create_channel(channel(team, "plans")).await.unwrap();
    alice.client.send_message(plans, "a fence").await.unwrap();
    let past = bob.client.create_group("Past", "").await.unwrap();
    bob.client.add_group_members(past, vec![alice.user()]).await.unwrap();
    let gossip = bob.client.create_channel(channel(past, "gossip")).await.unwrap();
    bob.client.send_message(gossip, "not for her any more").await.unwrap();
    lists(&alice, gossip).await;
    alice.client.leave_group(past).await.unwrap();
    // Carol is blocked, with what she wrote; something is not sent yet.
    carol.says(alice.user(), "an unkind word").await;
    alice.sees(alice.direct(carol.user()), "an unkind word").await;
    alice.client.block_user(carol.user()).await.unwrap();
    alice.client.set_about("I keep bees.").await.unwrap();
    alice.client.save_draft(direct, "half a thought", None).await.unwrap();
    alice.outbox_empties().await;
    alice.has_everything().await;

    let here = folder();
    let (made, first) = archive(&alice, &here.path().join("alice.zip")).await;
    assert_eq!((made.from_here, made.incomplete, made.conversations), (false, 0, 4));
    // One of them tells that she was added.
    assert_eq!(made.messages, 231 + 2 + 1 + 1);
    let manifest = first.json("manifest.json");
    assert_eq!((&manifest["format"], &manifest["version"], &manifest["complete"]), (&"hearth-archive".into(), &1.into(), &true.into()));
    assert_eq!((&manifest["from"], &manifest["username"]), (&"server".into(), &"alice".into()));
    let said = first.says(direct);
    assert_eq!((said.len(), &said[0], &said[229]), (231, &("Alice".into(), "message 0".into()), &("Alice".into(), "message 229".into())));
    assert_eq!(said[230], ("Bob".into(), "(nothing)".into()));
    let last = first.messages(direct).pop().unwrap();
    assert_eq!((&last["deleted"], &last["mine"], &last["body"]), (&true.into(), &false.into(), &Value::Null));
    assert_eq!(first.says(late), [("Bob".into(), "(nothing)".into()), ("Bob".into(), "with Alice".into())]);
    let added = &first.messages(late)[0]["body"];
    assert_eq!(
        (&added["kind"], &added["event"], &added["people"][0]),
        (&"system".into(), &"added".into(), &alice.user().to_string().into())
    );
    assert_eq!(first.says(plans), [("Alice".into(), "a fence".into())]);
    let kinds = [&first.messages(direct)[0]["kind"], &last["kind"], &first.messages(late)[0]["kind"]];
    assert_eq!(kinds, [&Value::from("text"), &Value::Null, &Value::from("system")]);
    for file in ["collections.json", "collected.json"] {
        assert_eq!(first.json(file), Value::Array(vec![]), "{file}");
    }
    assert_eq!(first.says(alice.direct(carol.user())), [("Carol".into(), "an unkind word".into())]);
    let account = first.json("account.json");
    assert_eq!((&account["username"], &account["about"]), (&"alice".into(), &"I keep bees.".into()));
    assert_eq!(first.json("blocks.json")[0]["person"]["username"], "carol");
    assert_eq!(first.json("drafts.json")[0]["text"], "half a thought");
    assert_eq!(first.json("devices.json")[0]["name"], "Alice's laptop");
    assert_eq!(first.json("external_accounts.json")["password"], true);
    assert_eq!(first.json(&format!("groups/{team}/channels.json"))[0]["name"], "plans");
    assert_eq!(first.json(&format!("conversations/{direct}/read.json"))[0]["user"], bob.user().to_string());
    assert!(first.json(&format!("conversations/{direct}/delivered.json")).is_array());
    let left: Vec<Value> = first.json("group_memberships.json").as_array().unwrap().iter().map(|row| row["left_at"].clone()).collect();
    assert_eq!((left.len(), left.iter().filter(|left| left.is_null()).count()), (2, 1));
    for absent in ["a regretted word", "before Alice", "not for her any more"] {
        let found = first.0.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(absent));
        assert!(found.is_none(), "{absent:?} is in {:?}", found.map(|(path, _)| path));
    }

    // Once more the same, over the one before.
    let (_, second) = archive(&alice, &here.path().join("alice.zip")).await;
    assert_eq!(first.lasting(), second.lasting());

    // Without the server: what is on this computer, in the same words, and it says so. Receipts are here of what was open.
    alice.client.open_timeline(direct, hearth_client::view::At::End).await.unwrap();
    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.send_message(plans, "on its way").await.unwrap();
    let (made, offline) = archive(&alice, &here.path().join("alice.zip")).await;
    assert_eq!((made.from_here, made.incomplete, made.messages), (true, 0, 235));
    let manifest = offline.json("manifest.json");
    assert_eq!((&manifest["from"], &manifest["complete"]), (&"this_computer".into(), &false.into()));
    assert_eq!(offline.json("outbox.json")[0]["change"]["send_message"]["body"]["text"], "on its way");
    let same = |path: &&&String| {
        !["outbox.json", "external_accounts.json", "people.json"].contains(&path.as_str()) && !path.ends_with("read.json")
    };
    let (online, offline) = (first.lasting(), offline.lasting());
    for path in online.keys().filter(same) {
        let text = |files: &BTreeMap<&String, &Vec<u8>>| files.get(*path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(text(&offline), text(&online), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_here_is_said_to_be_missing() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    for n in 0..120 {
        alice.says(bob.user(), &format!("message {n}")).await;
    }
    bob.sees(direct, "message 119").await;
    bob.has_everything().await;
    town.wire().cut();
    bob.is(Connection::default()).await;
    // As on a new device to which only the newest have come.
    let (replica, stream) = (bob.client.replica().unwrap(), StreamId::Conversation(direct));
    let standing = replica.glance().await.unwrap().standings.remove(&stream).unwrap();
    let mut rows = replica.rows_of(stream).await.unwrap();
    rows.extend(replica.messages_before(direct, 121, 20).await.unwrap());
    // What a newer server said is kept, and is in it as it came.
    let poll = RawValue::from_string(r#"{"id":"p","question":"when?"}"#.into()).unwrap();
    rows.push(Row::new(standing.cursor, RowData::Unknown { kind: "poll".into(), raw: poll }));
    let (epoch, vis_ver, seq) = (standing.epoch.unwrap(), standing.vis_ver, standing.cursor);
    let tail = Tail { part: Part { stream, epoch, vis_ver, prev: 0, seq, rows }, from_pos: 101 };
    replica.apply(Apply { gone: vec![stream], ..Apply::default() }).await.unwrap();
    replica.apply(Apply { tails: vec![tail], ..Apply::default() }).await.unwrap();
    let here = folder();
    let (made, offline) = archive(&bob, &here.path().join("bob.zip")).await;
    assert_eq!((made.from_here, made.incomplete), (true, 1));
    let listed = offline.json("manifest.json")["conversations"][0].clone();
    let (messages, missing) = (listed["messages"].as_u64().unwrap(), listed["missing"].as_u64().unwrap());
    assert_eq!((listed["complete"].as_bool(), messages + missing), (Some(false), 120));
    assert_eq!(messages, 20);
    let unknown = offline.json(&format!("conversations/{direct}/unknown.json"));
    assert_eq!((&unknown[0]["kind"], &unknown[0]["data"]["question"]), (&json!("poll"), &json!("when?")));
    assert_eq!(unknown.as_array().map(Vec::len), Some(1));
    assert!(!offline.0.contains_key("unknown.json"), "there is none in his own stream");
}

#[tokio::test]
async fn a_cancelled_archive_leaves_what_was_there_and_another_can_be_made() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    for n in 0..3 {
        alice.says(bob.user(), &format!("message {n}")).await;
    }
    alice.outbox_empties().await;
    let here = folder();
    let place = here.path().join("alice.zip");
    fs::write(&place, "an older one").unwrap();
    let mut updates = alice.client.updates();
    let making = tokio::spawn({
        let (client, place) = (alice.client.clone(), place.clone());
        async move { client.make_archive(&place).await }
    });
    // It has begun: nobody else can begin one, and it is cancelled between two of its steps.
    loop {
        if let Update::Archive { .. } = updates.recv().await.unwrap() {
            break;
        }
    }
    alice.client.cancel_archive();
    let ended = making.await.unwrap();
    assert_eq!(ended.unwrap_err().code, "archive_cancelled");
    assert_eq!(fs::read_to_string(&place).unwrap(), "an older one");
    assert_eq!(listed_in(here.path()), std::slice::from_ref(&place));
    archive(&alice, &place).await;
}

#[tokio::test]
async fn one_archive_at_a_time_and_a_server_that_goes_away_leaves_none() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.says(bob.user(), "hello").await;
    alice.outbox_empties().await;
    let here = folder();
    let place = here.path().join("alice.zip");
    let mut updates = alice.client.updates();
    let making = tokio::spawn({
        let (client, place) = (alice.client.clone(), place.clone());
        async move { client.make_archive(&place).await }
    });
    loop {
        if let Update::Archive { .. } = updates.recv().await.unwrap() {
            break;
        }
    }
    let second = alice.client.make_archive(&place).await;
    assert_eq!(second.unwrap_err().code, "archive_running");
    town.wire().cut();
    let ended = making.await.unwrap();
    assert_eq!(ended.unwrap_err().code, "offline");
    assert_eq!(listed_in(here.path()), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn what_the_disk_refuses_is_said() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let here = folder();
    let missing = here.path().join("no such folder").join("alice.zip");
    let problem = alice.client.make_archive(&missing).await.unwrap_err();
    assert_eq!(problem.code, "archive_unwritten");
    // Whole, and then its place is taken by a folder.
    let taken = here.path().join("taken");
    fs::create_dir(&taken).unwrap();
    let problem = alice.client.make_archive(&taken).await.unwrap_err();
    assert_eq!(problem.code, "archive_unwritten");
    assert_eq!(listed_in(here.path()), [taken]);
}

#[tokio::test]
async fn what_is_in_it_is_said_in_the_language_of_the_app() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let here = folder();
    let (_, english) = archive(&alice, &here.path().join("alice.zip")).await;
    assert!(english.text("README.html").contains("Everything of yours in Hearth"));
    alice.client.speak(Spoken::of("ar-EG-u-nu-arab").unwrap());
    let (_, arabic) = archive(&alice, &here.path().join("alice.zip")).await;
    let page = arabic.text("README.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("كل ما يخصّك في Hearth"), "{page}");
    // What programs read is the same in every language.
    let files = |archive: &Archive| archive.0.keys().cloned().collect::<Vec<_>>();
    assert_eq!(files(&english), files(&arabic));
    assert_eq!(english.text("account.json"), arabic.text("account.json"));
    // Whatever is said of a file stands beside a file that there is, or may be.
    for name in english.0.keys().filter(|name| !name.contains('/') && *name != "README.html") {
        assert!(page.contains(&format!("<code>{name}</code>")), "{name} is not explained");
    }
}
