use hearth_client::{
    Notice,
    notice::Said,
    view::{At, Content, SearchOrder},
};
use hearth_testkit::Town;
use hearth_text::MessageKind;

const WRITTEN: &str = "**The gardener** was ||the murderer||, see https://example.org/a";
const READ: &str = "The gardener was ▒▒▒▒, see https://example.org/a";

#[tokio::test]
async fn a_formatted_message_has_its_source_and_its_tree_and_plain_words_elsewhere() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let mut notices = bob.client.notices();

    alice.says(bob.user(), WRITTEN).await;
    bob.sees(conversation, WRITTEN).await;
    let page = bob.client.open_timeline(conversation, At::End).await.unwrap();
    let Content::Text { text, blocks: Some(blocks) } = &page.messages[0].content else { panic!("{:?}", page.messages[0].content) };
    assert_eq!((text.as_str(), blocks), (WRITTEN, &hearth_text::parse(WRITTEN)));

    assert!(matches!(notices.recv().await.unwrap(), Notice::Show(Said { text: Some(text), .. }) if text == READ));
    assert_eq!(bob.list().await[0].last.as_ref().unwrap().text, READ);
    let found = bob.client.search("gardener", SearchOrder::Newest, None).await.unwrap();
    let excerpt: String = found.hits[0].snippet.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(excerpt, READ);
    assert!(found.hits[0].snippet.iter().any(|part| part.hit && part.text == "gardener"));
}

#[tokio::test]
async fn words_without_marks_cost_the_page_no_more_than_the_words() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    for text in ["just words\nand more", "# no heading, <b>no markup</b>, [x](javascript:alert(1))"] {
        alice.says(bob.user(), text).await;
        bob.sees(conversation, text).await;
    }
    let page = bob.client.open_timeline(conversation, At::End).await.unwrap();
    let told = serde_json::to_string(&page.messages.iter().map(|message| &message.content).collect::<Vec<_>>()).unwrap();
    assert!(!told.contains("blocks"), "{told}");
}

#[tokio::test]
async fn what_a_message_is_follows_from_what_it_says_also_where_an_edit_waits() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    for text in ["as it is", "🔭🔥", "https://example.org/a", "gone"] {
        alice.says(bob.user(), text).await;
    }
    bob.sees(conversation, "gone").await;
    let gone = alice.timeline(conversation).await.pop().unwrap().id;
    alice.client.delete_message(conversation, gone).await.unwrap();
    bob.sees(conversation, "(deleted)").await;
    let kinds: Vec<_> = bob.timeline(conversation).await.into_iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [Some(MessageKind::Text), Some(MessageKind::Emoji), Some(MessageKind::Link), None]);
    let first = alice.timeline(conversation).await.remove(0).id;
    alice.client.edit_message(conversation, first, "👍", None).await.unwrap();
    assert_eq!(alice.timeline(conversation).await[0].kind, Some(MessageKind::Emoji), "at once");
}
