//! Answering from a notification: said where the message stands, without a network too, and read by that on every device.

use hearth_client::{
    Notice,
    view::{Connection, ConversationItem},
};
use hearth_protocol::{ids::ConversationId, limits};
use hearth_testkit::{Person, Town};

async fn line(person: &Person, conversation: ConversationId) -> ConversationItem {
    person.list().await.into_iter().find(|item| item.id == conversation).expect("its line")
}

#[tokio::test]
async fn an_answer_without_a_network_is_sent_later_and_has_read_what_it_answers() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let mut notices = bob.client.notices();
    let asked = alice.says(bob.user(), "who has the key?").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&bob, &elsewhere] {
        device.sees(direct, "who has the key?").await;
        device.until("it counts", async || line(device, direct).await.unread == 1).await;
        device.until("and on the icon", async || device.client.boot().await.status.for_me == 1).await;
    }
    let Ok(Notice::Show(said)) = notices.recv().await else { panic!("no notice") };
    assert_eq!((said.conversation, said.message), (direct, asked));

    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.client.save_draft(direct, "half a thought", None).await.unwrap();
    bob.client.answer_notice(direct, said.message, "I do").await.unwrap();
    assert_eq!(bob.reads(direct).await, ["who has the key?", "I do"]);
    let here = line(&bob, direct).await;
    assert_eq!((here.unread, here.draft.as_deref()), (0, Some("half a thought")), "what stands in the window stays there");
    bob.until("nothing on the icon", async || bob.client.boot().await.status.for_me == 0).await;
    assert_eq!(line(&elsewhere, direct).await.unread, 1, "nobody knows of it yet");

    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device.sees(direct, "I do").await;
    }
    assert_eq!(notices.recv().await, Ok(Notice::Withdraw { conversation: direct }));
    elsewhere.until("it is read there, too", async || line(&elsewhere, direct).await.unread == 0).await;
}

#[tokio::test]
async fn what_was_said_in_a_thread_alone_is_answered_there() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let root = bob.says(alice.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "the trip").await;
    let aside = alice.client.say_in_thread(direct, root, "by train?", false).await.unwrap();
    let thread = async |person: &Person| person.client.open_thread(direct, root, None).await.unwrap();
    bob.until("it counts", async || thread(&bob).await.unread == 1).await;
    let answer = bob.client.answer_notice(direct, aside, "by boat").await.unwrap();
    let here = thread(&bob).await;
    assert_eq!((here.messages.iter().map(|message| message.id).collect::<Vec<_>>(), here.unread), (vec![aside, answer], 0));
    assert_eq!(bob.reads(direct).await, ["the trip"], "the conversation is told nothing");
    alice.until("it came", async || thread(&alice).await.messages.iter().any(|message| message.id == answer)).await;
}

#[tokio::test]
async fn an_answer_that_cannot_be_sent_is_kept_after_what_stood_in_the_draft() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let asked = alice.says(bob.user(), "tell me everything").await;
    let direct = alice.direct(bob.user());
    bob.sees(direct, "tell me everything").await;
    let everything = "a".repeat(limits::TEXT_CHARS_MAX + 1);
    let problem = bob.client.answer_notice(direct, asked, &everything).await.unwrap_err();
    assert_eq!(problem.code, "message_too_long");
    assert_eq!(line(&bob, direct).await.draft.as_ref(), Some(&everything));
    bob.client.save_draft(direct, "well ", None).await.unwrap();
    bob.client.answer_notice(direct, asked, &everything).await.unwrap_err();
    assert_eq!(line(&bob, direct).await.draft, Some(format!("well\n{everything}")));
    assert_eq!(bob.reads(direct).await, ["tell me everything"]);
}
