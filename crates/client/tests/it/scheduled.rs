//! What is scheduled over several devices and people: sent with all of them off, once, as it was last; never without its author's knowing.

use hearth_client::view::{Connection, Content, Delivery, ScheduledView};
use hearth_protocol::{Millis, ids::ConversationId, limits};
use hearth_testkit::{Person, Town};
use std::time::{SystemTime, UNIX_EPOCH};

const HOUR_MS: Millis = 60 * 60 * 1_000;
const OFFLINE: Connection = Connection::Offline { next_try_ms: 0, problem: None };

fn now() -> Millis {
    Millis::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

async fn scheduled(person: &Person) -> Vec<ScheduledView> {
    person.client.list_scheduled(None).await.unwrap()
}

async fn texts(person: &Person) -> Vec<String> {
    scheduled(person).await.into_iter().filter_map(|item| item.text).collect()
}

async fn code(problem: impl Future<Output = Result<impl std::fmt::Debug, hearth_client::view::Problem>>) -> String {
    problem.await.unwrap_err().code
}

/// Alice with two devices, and Bob; what they say to each other is everywhere.
async fn two_devices(town: &Town) -> (Person, Person, Person, ConversationId) {
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    alice.says(bob.user(), "hello").await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for person in [&elsewhere, &bob] {
        person.sees(direct, "hello").await;
    }
    alice.outbox_empties().await;
    (alice, elsewhere, bob, direct)
}

#[tokio::test]
async fn it_goes_out_when_its_authors_devices_are_off_and_both_hear_of_it() {
    let town = Town::founded().await;
    let (mut alice, elsewhere, bob, direct) = two_devices(&town).await;
    let at = now() + HOUR_MS;
    alice.client.save_draft(direct, "happy birthday", None).await.unwrap();
    let id = alice.client.schedule_message(direct, "happy birthday", None, at).await.unwrap();
    assert_eq!(alice.list().await[0].draft, None);
    elsewhere.until("it waits there too", async || texts(&elsewhere).await == ["happy birthday"]).await;
    alice.outbox_empties().await;
    let [item] = &scheduled(&alice).await[..] else { panic!("one") };
    assert_eq!((item.message, item.send_at, item.name.as_deref(), item.only_here), (id, at, Some("Bob"), false));
    assert_eq!(scheduled(&bob).await, [], "nobody else hears of it");
    // Changed on the one device, on the other it is so too.
    elsewhere.client.change_scheduled(direct, id, 0, Some("happy birthday, Bob"), None).await.unwrap();
    alice.until("it says something else", async || texts(&alice).await == ["happy birthday, Bob"]).await;
    alice.client.shutdown().await;
    elsewhere.client.shutdown().await;
    town.time_comes(at).await;
    bob.sees(direct, "happy birthday, Bob").await;
    alice.opens();
    alice.started().await;
    alice.sees(direct, "happy birthday, Bob").await;
    alice.until("nothing waits", async || scheduled(&alice).await.is_empty()).await;
    let said = alice.timeline(direct).await.pop().unwrap();
    assert_eq!((said.id, said.mine), (id, true));
}

#[tokio::test]
async fn what_is_scheduled_and_changed_offline_goes_out_as_it_was_last() {
    let mut town = Town::founded().await;
    let (alice, elsewhere, bob, direct) = two_devices(&town).await;
    town.server_stops().await;
    alice.is(OFFLINE).await;
    let soon = now() + limits::SCHEDULE_MS_MIN + 500;
    let kept = alice.client.schedule_message(direct, "at noon", None, soon).await.unwrap();
    let dropped = alice.client.schedule_message(direct, "never", None, soon).await.unwrap();
    alice.client.change_scheduled(direct, kept, 0, Some("at one"), None).await.unwrap();
    alice.client.cancel_scheduled(direct, dropped).await.unwrap();
    let [item] = &scheduled(&alice).await[..] else { panic!("one") };
    assert_eq!((item.message, item.text.as_deref(), item.only_here), (kept, Some("at one"), true));
    assert_eq!(alice.client.list_outbox().await.unwrap().len(), 1);
    town.server_starts().await;
    alice.outbox_empties().await;
    town.time_comes(soon + limits::SCHEDULE_LATE_MS + HOUR_MS).await;
    for person in [&alice, &elsewhere, &bob] {
        person.sees(direct, "at one").await;
        assert_eq!(person.reads(direct).await, ["hello", "at one"]);
    }
}

#[tokio::test]
async fn a_change_of_what_has_gone_out_meanwhile_keeps_its_text_and_says_so() {
    let mut town = Town::founded().await;
    let (alice, elsewhere, bob, direct) = two_devices(&town).await;
    let at = now() + HOUR_MS;
    let id = alice.client.schedule_message(direct, "see you at noon", None, at).await.unwrap();
    elsewhere.until("it waits there too", async || texts(&elsewhere).await == ["see you at noon"]).await;
    // The one device cannot be reached while the message goes out.
    elsewhere.client.shutdown().await;
    let mut elsewhere = elsewhere;
    alice.outbox_empties().await;
    town.server_stops().await;
    elsewhere.opens();
    elsewhere.started().await;
    elsewhere.client.change_scheduled(direct, id, 0, Some("see you at one"), None).await.unwrap();
    assert_eq!(texts(&elsewhere).await, ["see you at one"]);
    elsewhere.client.shutdown().await;
    town.server_starts().await;
    town.time_comes(at).await;
    bob.sees(direct, "see you at noon").await;
    elsewhere.opens();
    elsewhere.started().await;
    let refused = async || {
        let outbox = elsewhere.client.list_outbox().await.unwrap();
        matches!(outbox.first().map(|item| &item.state), Some(Delivery::Failed { problem }) if problem.code == "edit_conflict")
    };
    elsewhere.until("the change is refused", refused).await;
    let [item] = &elsewhere.client.list_outbox().await.unwrap()[..] else { panic!("one") };
    assert_eq!((item.what.as_str(), item.text.as_deref()), ("change_scheduled", Some("see you at one")));
    elsewhere.sees(direct, "see you at noon").await;
    elsewhere.client.discard_outbox(item.id, true, false).await.unwrap();
    let line = elsewhere.list().await.into_iter().find(|line| line.id == direct).unwrap();
    assert_eq!(line.draft.as_deref(), Some("see you at one"), "it is back where it can be written anew");
    assert_eq!(code(elsewhere.client.send_scheduled(direct, id)).await, "already_sent");
    assert_eq!(bob.reads(direct).await, ["hello", "see you at noon"], "it was sent once");
}

#[tokio::test]
async fn what_could_not_be_sent_stays_with_its_reason_and_goes_when_it_may() {
    let town = Town::founded().await;
    let (alice, elsewhere, bob, direct) = two_devices(&town).await;
    let at = now() + HOUR_MS;
    let id = alice.client.schedule_message(direct, "are you there?", None, at).await.unwrap();
    alice.outbox_empties().await;
    bob.client.block_user(alice.user()).await.unwrap();
    bob.outbox_empties().await;
    town.time_comes(at).await;
    for device in [&alice, &elsewhere] {
        let failed = async || scheduled(device).await.first().is_some_and(|item| item.reason.as_deref() == Some("not_found"));
        device.until("it could not be sent", failed).await;
        assert_eq!(texts(device).await, ["are you there?"]);
    }
    bob.client.unblock_user(alice.user()).await.unwrap();
    bob.outbox_empties().await;
    elsewhere.client.send_scheduled(direct, id).await.unwrap();
    // The server looks by itself.
    bob.sees(direct, "are you there?").await;
    alice.until("nothing waits", async || scheduled(&alice).await.is_empty()).await;
    assert!(matches!(&bob.timeline(direct).await.pop().unwrap().content, Content::Text { text, .. } if text == "are you there?"));
}

#[tokio::test]
async fn times_that_make_no_sense_are_said_at_once() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.client.start_direct(bob.user()).await.unwrap();
    assert_eq!(code(alice.client.schedule_message(direct, "yesterday", None, now() - HOUR_MS)).await, "too_soon");
    let far = now() + limits::SCHEDULE_MS_MAX + HOUR_MS;
    assert_eq!(code(alice.client.schedule_message(direct, "some day", None, far)).await, "too_far");
    assert_eq!(code(alice.client.schedule_message(direct, " ", None, now() + HOUR_MS)).await, "message_too_long");
    assert_eq!(scheduled(&alice).await, []);
    for number in 0..limits::SCHEDULED_MAX {
        alice.client.schedule_message(direct, &format!("{number}"), None, now() + HOUR_MS).await.unwrap();
    }
    assert_eq!(code(alice.client.schedule_message(direct, "one more", None, now() + HOUR_MS)).await, "too_many_scheduled");
    alice.outbox_empties().await;
    assert_eq!(scheduled(&alice).await.len(), limits::SCHEDULED_MAX);
}

#[tokio::test]
async fn what_was_never_scheduled_is_scheduled_anew_by_changing_it_and_the_draft_stays() {
    let town = Town::founded().await;
    let (alice, _elsewhere, bob, direct) = two_devices(&town).await;
    bob.client.block_user(alice.user()).await.unwrap();
    bob.outbox_empties().await;
    let at = now() + HOUR_MS;
    let id = alice.client.schedule_message(direct, "are you there?", None, at).await.unwrap();
    let refused = async || {
        let outbox = alice.client.list_outbox().await.unwrap();
        matches!(outbox.first().map(|item| &item.state), Some(Delivery::Failed { .. }))
    };
    alice.until("it is refused", refused).await;
    alice.client.save_draft(direct, "half a thought", None).await.unwrap();
    bob.client.unblock_user(alice.user()).await.unwrap();
    bob.outbox_empties().await;
    alice.client.change_scheduled(direct, id, 0, Some("are you there, Bob?"), None).await.unwrap();
    alice.outbox_empties().await;
    let [item] = &scheduled(&alice).await[..] else { panic!("one") };
    assert_eq!((item.text.as_deref(), item.send_at, item.only_here), (Some("are you there, Bob?"), at, false));
    let line = alice.list().await.into_iter().find(|line| line.id == direct).unwrap();
    assert_eq!(line.draft.as_deref(), Some("half a thought"));
}

#[tokio::test]
async fn what_was_changed_on_the_other_device_meanwhile_is_not_replaced_unseen() {
    let town = Town::founded().await;
    let (alice, elsewhere, _bob, direct) = two_devices(&town).await;
    let id = alice.client.schedule_message(direct, "see you at noon", None, now() + HOUR_MS).await.unwrap();
    elsewhere.until("it waits there too", async || texts(&elsewhere).await == ["see you at noon"]).await;
    alice.outbox_empties().await;
    elsewhere.client.change_scheduled(direct, id, 0, Some("see you at one"), None).await.unwrap();
    alice.until("it says something else", async || texts(&alice).await == ["see you at one"]).await;
    let late = alice.client.change_scheduled(direct, id, 0, Some("see you at two"), None);
    assert_eq!(code(late).await, "edit_conflict");
    assert_eq!(alice.client.list_outbox().await.unwrap(), [], "nothing went out that would be refused");
    let revision = scheduled(&alice).await[0].revision;
    alice.client.change_scheduled(direct, id, revision, Some("see you at two"), None).await.unwrap();
    elsewhere.until("it says what was wanted last", async || texts(&elsewhere).await == ["see you at two"]).await;
}
