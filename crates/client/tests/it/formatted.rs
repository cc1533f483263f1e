use hearth_client::{
    Notice,
    notice::Body,
    view::{At, Content, SearchOrder},
};
use hearth_testkit::Town;

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

    assert!(matches!(notices.recv().await.unwrap(), Notice::Show { body: Body::Text(body), .. } if body == READ));
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
