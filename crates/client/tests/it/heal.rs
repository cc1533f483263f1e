//! A replica that is damaged while nobody looks: noticed, put aside, filled again, and nothing typed is lost.

use hearth_client::{
    keychain::{Entry, Keychain},
    view::{Filter, ListOrder, Phase},
};
use hearth_protocol::ids::ConversationId;
use hearth_replica::{At, Error, Key, Replica, rescue};
use hearth_testkit::{Person, Town};
use std::{
    fs,
    path::{Path, PathBuf},
};

const PAGE_BYTES: usize = 4096;

/// Alice, closed, with history and with three messages and a draft that no server has.
struct Away {
    town: Town,
    alice: Person,
    bob: Person,
    conversation: ConversationId,
    expected: Vec<String>,
}

impl Away {
    async fn prepared() -> Self {
        let mut town = Town::founded().await;
        let alice = town.resident("Alice").await;
        let bob = town.resident("Bob").await;
        let conversation = alice.direct(bob.user());
        let mut expected: Vec<String> = (0..40).map(|number| format!("{number} {}", "word ".repeat(200)).trim().to_owned()).collect();
        for text in &expected {
            bob.says(alice.user(), text).await;
        }
        bob.outbox_empties().await;
        alice.sees(conversation, expected.last().unwrap()).await;
        alice.has_everything().await;
        town.server_stops().await;
        for text in ["one", "two", "three"] {
            alice.says(bob.user(), text).await;
            expected.push(text.into());
        }
        alice.client.save_draft(conversation, "half a thought", None).await.unwrap();
        alice.client.shutdown().await;
        Self { town, alice, bob, conversation, expected }
    }

    fn path(&self) -> PathBuf {
        self.alice.profile_dir().join("replica.db")
    }

    fn key(&self) -> Key {
        let key = self.alice.keychain.read("alice", Entry::ReplicaKey).unwrap().unwrap();
        Key::from_bytes(key.as_slice().try_into().unwrap())
    }

    /// Flips a bit of a page for which this holds: the unsent can be read, and the open conversation `shows` or does not.
    async fn damage(&self, shows: bool) {
        let bytes = fs::read(self.path()).unwrap();
        // From the end, where the messages are: the engine reads what is in front.
        for page in (1..bytes.len() / PAGE_BYTES).rev() {
            let folder = tempfile::tempdir().unwrap();
            let copy = folder.path().join("replica.db");
            fs::write(&copy, flipped(&bytes, page)).unwrap();
            if self.fits(&copy, shows).await {
                fs::write(self.path(), flipped(&bytes, page)).unwrap();
                return;
            }
        }
        panic!("no page does");
    }

    async fn fits(&self, copy: &Path, shows: bool) -> bool {
        let rescued = rescue(copy, &self.key()).await;
        let Ok(replica) = Replica::open(copy, &self.key()).await else { return false };
        let listed = replica.conversations(hearth_replica::Filter::All, 10).await.is_ok() && replica.outbox_count().await.is_ok();
        let shown = replica.timeline(self.conversation, At::End, 100).await;
        replica.close().await;
        let fits = if shows { shown.is_ok() } else { matches!(shown, Err(Error::Damaged(_))) };
        fits && listed && rescued.whole && (rescued.unsent(), rescued.drafts()) == (3, 1)
    }

    async fn is_healed(&mut self) {
        let alice = &self.alice;
        let healed = async || alice.client.boot().await.warning.is_some() && matches!(alice.client.phase(), Phase::Ready { .. });
        alice.until("alice's replica is healed", healed).await;
        let warning = alice.client.boot().await.warning.unwrap();
        assert_eq!(warning.code, "damaged_database");
        assert!(warning.message.contains("Everything that you had not sent yet is still here"), "{warning}");
        assert_eq!(alice.client.list_outbox().await.unwrap().iter().filter(|item| item.text.is_some()).count(), 3);
        self.town.server_starts().await;
        self.alice.outbox_empties().await;
        self.alice.has_everything().await;
        self.bob.sees(self.conversation, "three").await;
        assert_eq!(self.bob.reads(self.conversation).await, self.expected);
        assert_eq!(self.alice.reads(self.conversation).await, self.expected);
        let list = self.alice.client.list_conversations(Filter::All, ListOrder::Newest, 10).await.unwrap();
        assert_eq!(list.first().unwrap().draft.as_deref(), Some("half a thought"));
    }

    fn put_aside(&self) -> usize {
        let folder = fs::read_dir(self.alice.profile_dir()).unwrap();
        folder.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("quarantine-")).count()
    }
}

fn flipped(bytes: &[u8], page: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[page * PAGE_BYTES + 1_000] ^= 1;
    flipped
}

#[tokio::test]
async fn damage_met_while_reading_is_healed_and_the_unsent_arrive_once() {
    let mut away = Away::prepared().await;
    away.damage(false).await;
    away.alice.opens();
    away.alice.started().await;
    assert_eq!(away.put_aside(), 0);
    let refused = away.alice.client.open_timeline(away.conversation, hearth_client::view::At::End).await.unwrap_err();
    assert_eq!(refused.code, "damaged_database");
    away.is_healed().await;
    assert_eq!(away.put_aside(), 1);
}

#[tokio::test]
async fn after_a_crash_the_whole_file_is_looked_over() {
    let mut away = Away::prepared().await;
    // A crash leaves no note of when the file was last looked over.
    let replica = Replica::open(&away.path(), &away.key()).await.unwrap();
    replica.set_setting("looked_over", &None::<i64>).await.unwrap();
    replica.close().await;
    away.damage(true).await;
    away.alice.opens();
    away.alice.started().await;
    away.is_healed().await;
    assert_eq!(away.put_aside(), 1);
}

#[tokio::test]
async fn a_sound_replica_stays_where_it_is() {
    let mut away = Away::prepared().await;
    away.alice.opens();
    away.alice.started().await;
    away.alice.restarts().await;
    away.town.server_starts().await;
    away.alice.outbox_empties().await;
    assert_eq!((away.put_aside(), away.alice.client.boot().await.warning), (0, None));
}
