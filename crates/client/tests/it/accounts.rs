//! Several accounts in one app: each with its own folder, keys and connection; what becomes of one leaves the others alone.

use crate::computer::{Computer, PASSWORD, form, founded, is_live, open, signs_up, until};
use futures::{FutureExt, future::BoxFuture};
use hearth_client::{
    Client, HostedServer, MemoryKeychain, ServerHost,
    keychain::{Entry, Keychain, Mood},
    view::{AccountId, AccountState, At, Content, Filter, ListOrder, NotifyLevel, Phase, Problem, Settings},
};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    limits::ACCOUNTS_MAX,
};
use hearth_testkit::Person;
use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use zeroize::Zeroizing;

fn user(client: &Client) -> UserId {
    client.about().me.unwrap().user
}

async fn says(client: &Client, to: UserId, text: &str) -> ConversationId {
    let conversation = client.start_direct(to).await.unwrap();
    client.send_message(conversation, text).await.unwrap();
    conversation
}

async fn sees(client: &Client, conversation: ConversationId, wanted: &str) {
    let seen = async || {
        let page = client.open_timeline(conversation, At::End).await;
        page.is_ok_and(
            |page| matches!(page.messages.last(), Some(last) if matches!(&last.content, Content::Text { text, .. } if text == wanted)),
        )
    };
    until(client, wanted, seen).await;
}

#[tokio::test]
async fn accounts_have_folders_and_keys_of_their_own_and_are_at_work_together() {
    let town = founded().await;
    let mut home = Computer::new();
    let alice = home.accounts.list().remove(0);
    signs_up(&alice, &town, "Alice").await;
    let bob = home.joins(&town, "Bob").await;
    assert_eq!(alice.account(), AccountId::FIRST);
    let (first, second) = (home.folder.path().to_owned(), home.place(bob.account()));
    for file in ["replica.db", "account.json", "server.json", "device.json", "secret"] {
        let (hers, his) = (fs::read(first.join(file)).unwrap(), fs::read(second.join(file)).unwrap());
        assert!(hers != his || file == "server.json", "{file} is shared");
    }
    assert_eq!((home.secrets("home"), home.secrets(&format!("home/{}", bob.account()))), (2, 2));

    // Both talk at the same time, here with each other.
    let conversation = says(&alice, user(&bob), "from Alice").await;
    sees(&bob, conversation, "from Alice").await;
    says(&bob, user(&alice), "from Bob").await;
    sees(&alice, conversation, "from Bob").await;
    bob.save_draft(conversation, "half a thought", None).await.unwrap();
    assert_eq!(home.accounts.with_conversation(conversation).await, Some(AccountId::FIRST), "the one that is shown");

    // What is chosen for one is chosen for all; which one was shown is kept.
    alice.set_settings(Settings { notify: NotifyLevel::Sender, ..alice.settings() }).unwrap();
    assert_eq!(bob.settings().notify, NotifyLevel::Sender);
    alice.set_focus(Some(conversation), None, true).await.unwrap();
    home.accounts.show(bob.account()).await.unwrap();
    home.restarts().await;
    assert_eq!(home.names(), [Some("alice".to_owned()), Some("bob".to_owned())]);
    assert_eq!(home.accounts.shown(), bob.account());
    for client in home.accounts.list() {
        is_live(&client).await;
        assert_eq!((client.about().state, client.settings().notify), (AccountState::Open, NotifyLevel::Sender));
    }
    let drafts = async |client: &Client| client.list_conversations(Filter::All, ListOrder::Newest, 9).await.unwrap().remove(0).draft;
    let [alice, bob] = home.accounts.list().try_into().ok().unwrap();
    assert_eq!((drafts(&alice).await, drafts(&bob).await.as_deref()), (None, Some("half a thought")));
}

#[tokio::test]
async fn a_profile_from_before_stays_where_it_is() {
    let town = founded().await;
    let mut home = Computer::new();
    home.accounts.shutdown().await;
    // As the app that knew one account left it.
    let alice = Person::arrives("Alice").await;
    alice.signs_up(&town.link(), None).await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "from before").await;
    alice.outbox_empties().await;
    alice.client.shutdown().await;
    home.folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(alice.profile_dir()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), home.folder.path().join(entry.file_name())).unwrap();
    }
    for entry in [Entry::ReplicaKey, Entry::Token] {
        home.keychain.write("home", entry, &alice.keychain.read("alice", entry).unwrap().unwrap()).unwrap();
    }
    home.opens().await;
    assert_eq!(home.names(), [Some("alice".to_owned())]);
    let client = home.accounts.list().remove(0);
    sees(&client, conversation, "from before").await;
    is_live(&client).await;
    assert!(!home.folder.path().join("accounts").exists(), "nothing is moved");
}

#[tokio::test]
async fn what_becomes_of_one_account_leaves_the_others_alone() {
    let town = founded().await;
    let mut home = Computer::new();
    let alice = home.accounts.list().remove(0);
    signs_up(&alice, &town, "Alice").await;
    let bob = home.joins(&town, "Bob").await;
    let carol = home.joins(&town, "Carol").await;
    let conversation = says(&alice, user(&bob), "hello").await;
    sees(&bob, conversation, "hello").await;

    assert_eq!(home.accounts.remove(bob.account()).await.unwrap_err().code, "signed_in");
    home.accounts.show(bob.account()).await.unwrap();
    bob.sign_out().await.unwrap();
    assert_eq!(bob.about().state, AccountState::SignedOut);
    home.restarts().await;
    assert_eq!(home.names().len(), 3, "signed out is not removed");
    assert_eq!(home.accounts.remove(bob.account()).await.unwrap(), AccountId::FIRST, "its neighbour is shown");
    home.is_gone(bob.account());
    assert_eq!(home.names(), [Some("alice".to_owned()), Some("carol".to_owned())]);
    for client in home.accounts.list() {
        is_live(&client).await;
    }

    // Deleting one, too.
    let carol = home.accounts.get(carol.account()).unwrap();
    carol.delete_account(Zeroizing::new(PASSWORD.into())).await.unwrap();
    home.accounts.remove(carol.account()).await.unwrap();
    home.is_gone(carol.account());
    assert_eq!(home.names(), [Some("alice".to_owned())]);

    // The only one there is begins anew in its place.
    let alice = home.accounts.list().remove(0);
    sees(&alice, conversation, "hello").await;
    assert_eq!(home.accounts.remove(AccountId::FIRST).await.unwrap_err().code, "signed_in");
    alice.sign_out().await.unwrap();
    assert_eq!(home.accounts.remove(AccountId::FIRST).await.unwrap(), AccountId::FIRST);
    assert!(matches!(alice.phase(), Phase::SignIn { returning: None, .. }));
    assert_eq!(home.secrets("home"), 0);
}

#[tokio::test]
async fn the_first_account_goes_without_what_is_shared() {
    let town = founded().await;
    let mut home = Computer::new();
    let alice = home.accounts.list().remove(0);
    signs_up(&alice, &town, "Alice").await;
    let bob = home.joins(&town, "Bob").await;
    alice.set_settings(Settings { enter_sends: false, ..alice.settings() }).unwrap();
    alice.sign_out().await.unwrap();
    assert_eq!(home.accounts.remove(AccountId::FIRST).await.unwrap(), bob.account());
    let left: Vec<_> = fs::read_dir(home.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| ["accounts", "accounts.json", "lock", "settings.json"].contains(&name.as_str())), "{left:?}");
    assert_eq!(home.secrets("home"), 0);
    home.restarts().await;
    assert_eq!(home.names(), [Some("bob".to_owned())]);
    assert!(!home.accounts.list()[0].settings().enter_sends);
    is_live(&home.accounts.list()[0]).await;
}

#[tokio::test]
async fn a_removal_that_was_cut_off_is_finished_at_the_next_start() {
    let town = founded().await;
    let mut home = Computer::new();
    signs_up(&home.accounts.list()[0], &town, "Alice").await;
    let bob = home.joins(&town, "Bob").await;
    bob.sign_out().await.unwrap();
    // The keychain is locked while it happens: the key stays for now, the account does not come back.
    home.keychain.set_mood(Mood::Locked);
    home.accounts.remove(bob.account()).await.unwrap();
    home.keychain.set_mood(Mood::Open);
    assert_eq!(home.secrets(&format!("home/{}", bob.account())), 1);
    home.restarts().await;
    assert_eq!(home.names(), [Some("alice".to_owned())]);
    home.restarts().await;
    home.is_gone(bob.account());

    // The power goes after the decision and before anything else.
    let carol = home.joins(&town, "Carol").await;
    carol.sign_out().await.unwrap();
    home.accounts.shutdown().await;
    let decided = format!(r#"{{ "shown": "{0}", "leaving": ["{0}"] }}"#, carol.account());
    fs::write(home.folder.path().join("accounts.json"), decided).unwrap();
    home.opens().await;
    assert_eq!((home.names(), home.accounts.shown()), (vec![Some("alice".to_owned())], AccountId::FIRST));
    home.restarts().await;
    home.is_gone(carol.account());
}

#[tokio::test]
async fn a_lost_list_loses_no_account_and_an_unused_one_leaves_no_trace() {
    let town = founded().await;
    let mut home = Computer::new();
    signs_up(&home.accounts.list()[0], &town, "Alice").await;
    let bob = home.joins(&town, "Bob").await;
    let unused = home.accounts.add().await.unwrap();
    assert_eq!(home.accounts.add().await.unwrap().account(), unused.account(), "one is enough");
    until(&unused, "it has started", async || unused.phase() != Phase::Starting).await;
    unused.connect(&town.link()).await.unwrap();
    home.accounts.show(unused.account()).await.unwrap();
    home.accounts.shutdown().await;
    fs::write(home.folder.path().join("accounts.json"), "{ torn").unwrap();
    home.opens().await;
    assert_eq!(home.names(), [Some("alice".to_owned()), Some("bob".to_owned())]);
    home.restarts().await;
    home.is_gone(unused.account());
    is_live(&home.accounts.get(bob.account()).unwrap()).await;
}

#[tokio::test]
async fn a_person_is_here_once_and_there_is_an_end_to_it() {
    let town = founded().await;
    let home = Computer::new();
    let alice = home.accounts.list().remove(0);
    signs_up(&alice, &town, "Alice").await;
    let again = home.accounts.add().await.unwrap();
    until(&again, "it has started", async || again.phase() != Phase::Starting).await;
    again.connect(&town.link()).await.unwrap();
    let refused = again.sign_in("alice", Zeroizing::new(PASSWORD.into())).await.unwrap_err();
    assert_eq!(refused.code, "account_here");
    until(&alice, "no session is left", async || alice.refresh_devices().await.is_ok_and(|devices| devices.len() == 1)).await;
    // Cancelled: the one that was open is shown again.
    home.accounts.show(again.account()).await.unwrap();
    assert_eq!(home.accounts.remove(again.account()).await.unwrap(), AccountId::FIRST);
    home.is_gone(again.account());
    assert_eq!(home.accounts.show(again.account()).await.unwrap_err().code, "account_gone");

    for number in 1..ACCOUNTS_MAX {
        home.joins(&town, &format!("guest{number}")).await;
    }
    assert_eq!(home.accounts.add().await.err().map(|problem| problem.code), Some("too_many_accounts".into()));
}

#[tokio::test]
async fn each_account_has_a_passphrase_where_there_is_no_keychain() {
    let town = founded().await;
    let mut home = Computer::new();
    home.keychain.set_mood(Mood::Missing);
    for (name, passphrase) in [("Alice", "the first passphrase"), ("Bob", "the second passphrase")] {
        let client = home.accounts.add().await.unwrap();
        until(&client, "it has started", async || client.phase() != Phase::Starting).await;
        client.connect(&town.link()).await.unwrap();
        client.sign_up(form(name)).await.unwrap();
        client.unlock(Some(Zeroizing::new(passphrase.into()))).await.unwrap();
        is_live(&client).await;
    }
    home.restarts().await;
    let [alice, bob] = home.accounts.list().try_into().ok().unwrap();
    assert_eq!((alice.about().state, bob.about().state), (AccountState::Locked, AccountState::Locked));
    assert_eq!(bob.about().me.unwrap().username, "bob", "whose it is can be said all the same");
    let wrong = bob.unlock(Some(Zeroizing::new("the first passphrase".into()))).await.unwrap_err();
    assert_eq!(wrong.code, "wrong_passphrase");
    bob.unlock(Some(Zeroizing::new("the second passphrase".into()))).await.unwrap();
    is_live(&bob).await;
    assert_eq!(alice.about().state, AccountState::Locked);
    // A new one that never got its passphrase is given up, and its session with it.
    let carol = home.accounts.add().await.unwrap();
    until(&carol, "it has started", async || carol.phase() != Phase::Starting).await;
    carol.connect(&town.link()).await.unwrap();
    carol.sign_up(form("Carol")).await.unwrap();
    home.accounts.remove(carol.account()).await.unwrap();
    home.keychain.set_mood(Mood::Open);
    home.is_gone(carol.account());
}

/// "Hosts" a town, and counts.
struct TownHost {
    link: String,
    code: Option<String>,
    started: Arc<AtomicUsize>,
    stopped: Arc<AtomicUsize>,
}

impl ServerHost for TownHost {
    fn start(&self, _folder: PathBuf, _lan: bool) -> BoxFuture<'static, Result<HostedServer, Problem>> {
        self.started.fetch_add(1, Ordering::AcqRel);
        let (stopped, set_up_code) = (self.stopped.clone(), self.code.clone());
        let link: hearth_protocol::link::ConnectLink = self.link.parse().unwrap();
        let stop = move || {
            async move {
                let _ = stopped.fetch_add(1, Ordering::AcqRel);
            }
            .boxed()
        };
        async move { Ok(HostedServer { share: link.clone(), link, name: "Hearth on laptop".into(), set_up_code, stop: Box::new(stop) }) }
            .boxed()
    }
}

#[tokio::test]
async fn the_server_inside_the_app_is_one_for_all_accounts_and_stops_with_the_last() {
    let town = founded().await;
    let (started, stopped) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let count = || (started.load(Ordering::Acquire), stopped.load(Ordering::Acquire));
    let host = TownHost { link: town.link(), code: None, started: started.clone(), stopped: stopped.clone() };
    let (folder, keychain) = (tempfile::tempdir().unwrap(), MemoryKeychain::default());
    let accounts = open(folder.path(), &keychain, Arc::new(host)).unwrap();
    let mut both = vec![];
    for name in ["Alice", "Bob"] {
        let client = accounts.add().await.unwrap();
        until(&client, "it has started", async || client.phase() != Phase::Starting).await;
        client.start_server(name == "Alice").await.unwrap();
        client.sign_up(form(name)).await.unwrap();
        is_live(&client).await;
        assert!(client.about().embedded);
        both.push(client);
    }
    assert_eq!(count(), (1, 0));
    let stored = fs::read_to_string(folder.path().join("accounts").join(both[1].account().to_string()).join("server.json"));
    assert!(stored.unwrap().contains(r#""lan": true"#), "it is as it was started");
    both[1].sign_out().await.unwrap();
    accounts.remove(both[1].account()).await.unwrap();
    assert_eq!(count(), (1, 0), "Alice is still on it");
    both[0].sign_out().await.unwrap();
    both[0].forget_server().await.unwrap();
    assert_eq!(count(), (1, 1));
    accounts.shutdown().await;
    assert_eq!(count(), (1, 1));
}
