//! Links to messages: they lead to their place, or say why not.

use hearth_client::view::{MessagePlace, Phase};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    message_link::MessageLink,
};
use hearth_testkit::{Person, Town};

/// As a page of this person's writes it: by the connect link of their server.
fn link_to(person: &Person, conversation: ConversationId, message: MessageId) -> String {
    let Phase::Ready { server, .. } = person.client.phase() else { panic!("nobody is signed in") };
    MessageLink { server: server.connect_link.parse().unwrap(), conversation, message }.to_string()
}

async fn refusal(person: &Person, link: &str) -> String {
    person.client.find_message(link).await.unwrap_err().code
}

#[tokio::test]
async fn a_link_leads_who_is_there_to_the_message_and_nobody_else() {
    let mut town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let conversation = alice.direct(bob.user());
    let message = alice.says(bob.user(), "the plan").await;
    alice.delivered(conversation, message).await;
    bob.sees(conversation, "the plan").await;
    let link = link_to(&alice, conversation, message);
    assert!(link.starts_with("hearth://message/") && link.contains(&format!("/{conversation}/{message}")), "{link}");
    for person in [&alice, &bob] {
        assert_eq!(person.client.find_message(&link).await.unwrap(), MessagePlace { conversation, message });
    }
    assert_eq!(refusal(&carol, &link).await, "not_a_member");
    let nowhere = link_to(&carol, ConversationId::new(), MessageId::new());
    assert_eq!(refusal(&bob, &nowhere).await, "not_a_member", "what is not there looks like what is not mine");

    let place = link.strip_prefix("hearth://message/").unwrap().split('/').next().unwrap();
    assert_eq!(refusal(&bob, &link.replace(place, "elsewhere.example:7380")).await, "other_server");
    for nonsense in ["", "hearth://message/x", "https://a.example", &link.replace("message", "open")] {
        assert_eq!(refusal(&bob, nonsense).await, "bad_link", "{nonsense:?}");
    }

    bob.has_everything().await;
    let absent = link_to(&bob, conversation, MessageId::new());
    assert_eq!(refusal(&bob, &absent).await, "message_gone");
    alice.client.delete_message(conversation, message).await.unwrap();
    bob.until("it is deleted", async || bob.client.find_message(&link).await.is_err_and(|problem| problem.code == "message_gone")).await;
    // It needs no network.
    let next = alice.says(bob.user(), "another plan").await;
    bob.sees(conversation, "another plan").await;
    town.server_stops().await;
    let link = link_to(&bob, conversation, next);
    assert_eq!(bob.client.find_message(&link).await.unwrap().message, next);
}
