//! Devices: listed offline, renamed, and signed out by one another; what was signed out loses nothing.

use hearth_client::{
    keychain::{Entry, Keychain},
    view::{At, Connection, DeviceView, Phase, SignInReason},
};
use hearth_testkit::{Person, Town};

async fn devices(person: &Person) -> Vec<DeviceView> {
    person.client.list_devices().await.unwrap()
}

async fn names(person: &Person) -> Vec<(String, bool)> {
    devices(person).await.into_iter().map(|device| (device.name, device.mine)).collect()
}

async fn lists(person: &Person, wanted: &[(&str, bool)]) {
    let wanted: Vec<(String, bool)> = wanted.iter().map(|(name, mine)| ((*name).to_owned(), *mine)).collect();
    person.until(&format!("{} lists {wanted:?}", person.name), async || names(person).await == wanted).await;
}

/// Another computer of somebody, signed in.
pub async fn second(town: &Town, person: &Person, name: &str) -> Person {
    let other = Person::arrives(&person.name).await;
    other.signs_in(&town.link()).await;
    other.is(Connection::Live).await;
    let device = devices(&other).await.into_iter().find(|device| device.mine);
    let device = match device {
        Some(device) => device.id,
        None => {
            other.until("it is listed", async || devices(&other).await.iter().any(|device| device.mine)).await;
            devices(&other).await[0].id
        }
    };
    other.client.rename_device(device, name).await.unwrap();
    other.outbox_empties().await;
    other
}

pub async fn is_signed_out(person: &Person, by: &str) {
    let told = async || matches!(person.client.phase(), Phase::SignIn { returning: Some(_), reason: Some(SignInReason::SignedOut { by: name }), .. } if name == by);
    person.until(&format!("{} is signed out by {by}", person.name), told).await;
}

#[tokio::test]
async fn devices_are_listed_and_renamed_whether_the_network_is_there_or_not() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    lists(&alice, &[("Alice's laptop", true)]).await;
    let phone = second(&town, &alice, "phone").await;
    lists(&alice, &[("Alice's laptop", true), ("phone", false)]).await;
    lists(&phone, &[("phone", true), ("Alice's laptop", false)]).await;
    assert!(devices(&alice).await.iter().all(|device| device.seen_at.is_none()), "nobody has asked");
    let seen = alice.client.refresh_devices().await.unwrap();
    assert!(seen.iter().all(|device| device.seen_at >= Some(device.signed_in_at)), "{seen:?}");

    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    assert_eq!(devices(&alice).await, seen, "as last known");
    assert_eq!(alice.client.refresh_devices().await.unwrap_err().code, "offline");
    assert_eq!(alice.client.sign_out_others().await.unwrap_err().code, "offline");
    for wrong in ["", "  ", "two\nlines", "\u{2800}\u{ad}", &"x".repeat(65)] {
        assert_eq!(alice.client.rename_device(seen[1].id, wrong).await.unwrap_err().code, "invalid_name");
    }
    alice.client.rename_device(seen[1].id, " pocket ").await.unwrap();
    lists(&alice, &[("Alice's laptop", true), ("pocket", false)]).await;
    town.server_starts().await;
    lists(&phone, &[("pocket", true), ("Alice's laptop", false)]).await;
}

#[tokio::test]
async fn a_device_that_is_signed_out_locks_and_goes_on_where_it_was() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let mut phone = second(&town, &alice, "phone").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "before").await;
    phone.sees(conversation, "before").await;
    // What it writes now has no way out.
    town.faults().hold_commits(true);
    phone.client.send_message(conversation, "unsent").await.unwrap();
    phone.client.save_draft(conversation, "half a thought", None).await.unwrap();
    let key = phone.keychain.read("alice", Entry::ReplicaKey).unwrap().unwrap();
    let device = devices(&phone).await[0].id;
    let ended = async {
        alice.client.sign_out_device(device).await.unwrap();
    };
    let released = async {
        is_signed_out(&phone, "Alice's laptop").await;
        town.faults().hold_commits(false);
    };
    tokio::join!(ended, released);
    assert!(phone.client.open_timeline(conversation, At::End).await.is_err(), "nothing can be read");
    assert!(phone.keychain.read("alice", Entry::Token).unwrap().is_none(), "the token is gone");
    assert_eq!(phone.keychain.read("alice", Entry::ReplicaKey).unwrap().unwrap(), key, "the key is not");
    lists(&alice, &[("Alice's laptop", true)]).await;

    // It stays so, whoever starts it again.
    phone.restarts().await;
    is_signed_out(&phone, "Alice's laptop").await;
    phone.client.sign_in("alice", phone.password()).await.unwrap();
    phone.outbox_empties().await;
    bob.sees(conversation, "unsent").await;
    assert_eq!(bob.reads(conversation).await, ["before", "unsent"]);
    assert_eq!(phone.reads(conversation).await, ["before", "unsent"]);
    assert_eq!(phone.list().await[0].draft.as_deref(), Some("half a thought"));
    lists(&phone, &[("phone", true), ("Alice's laptop", false)]).await;
    // Signing out by oneself is another thing.
    phone.client.sign_out().await.unwrap();
    phone.restarts().await;
    let Phase::SignIn { reason, .. } = phone.client.phase() else { panic!("{:?}", phone.client.phase()) };
    assert_eq!(reason, None);
}

#[tokio::test]
async fn a_device_that_was_off_is_told_when_it_comes_back() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let mut phone = second(&town, &alice, "phone").await;
    let tablet = second(&town, &alice, "tablet").await;
    phone.client.shutdown().await;
    alice.client.sign_out_others().await.unwrap();
    is_signed_out(&tablet, "Alice's laptop").await;
    phone.opens();
    is_signed_out(&phone, "Alice's laptop").await;
    alice.is(Connection::Live).await;
    lists(&alice, &[("Alice's laptop", true)]).await;
}
