//! The list in other orders than by what was said last.

use crate::{
    channels::Team,
    support::{Local, Server, mutation, parts, ready},
};
use hearth_protocol::{
    ids::ConversationId,
    mutations::{ArrangeConversation, EditConversation},
    rows::{Arrangement, ReadMarkerRow},
};
use hearth_replica::{Apply, ConversationItem, Filter, Order};
use std::cmp::Ordering;

/// As a language could compare names that takes no notice of case.
fn compare(a: &str, b: &str) -> Ordering {
    a.to_lowercase().cmp(&b.to_lowercase())
}

fn called(lines: &[ConversationItem]) -> Vec<&str> {
    lines.iter().map(|line| line.peer.as_ref().map_or(line.name.as_str(), |peer| &peer.first_name)).collect()
}

async fn listed(replica: &Local, order: Order<'_>) -> Vec<ConversationItem> {
    replica.conversations_in(Filter::Current, order, 100).await.unwrap()
}

/// Groups of these names with so many messages of Bob, and the direct conversation with him, which is empty.
async fn world(groups: &[(&str, u64)]) -> (Local, Server, Vec<ConversationId>) {
    let (replica, mut server) = ready().await;
    let mut ids = vec![];
    for (name, messages) in groups {
        let (mut stream, part) = server.group(name);
        for number in 0..*messages {
            stream.say(server.bob.user, &format!("{number}"));
        }
        replica.apply(Apply { parts: vec![part], tails: vec![stream.tail(u64::MAX)], ..Apply::default() }).await.unwrap();
        ids.push(stream.id.conversation().unwrap());
    }
    (replica, server, ids)
}

#[tokio::test]
async fn what_has_something_unread_comes_first_and_the_rest_stays_as_it_was() {
    let (replica, mut server, ids) = world(&[("once", 1), ("twice", 2), ("thrice", 3), ("once as well", 1), ("never", 0)]).await;
    let read = server.user.commit(ReadMarkerRow { conversation: ids[2], pos: 3, at: 5 });
    replica.apply(parts(vec![read])).await.unwrap();
    let newest = listed(&replica, Order::Newest).await;
    assert_eq!(newest, replica.conversations(Filter::Current, 100).await.unwrap());
    assert_eq!(called(&newest)[..2], ["thrice", "twice"]);
    let unread = listed(&replica, Order::Unread).await;
    let (some, none): (Vec<_>, Vec<_>) = newest.into_iter().partition(|line| line.unread > 0);
    assert_eq!((some.len(), none.len()), (3, 3));
    assert_eq!(unread, [some, none].concat(), "two of one moment among them");
    assert_eq!(called(&unread)[0], "twice");
    // A limit is one of the order.
    assert_eq!(replica.conversations_in(Filter::Current, Order::Unread, 4).await.unwrap(), unread[..4]);
    assert_eq!(replica.conversations_in(Filter::Current, Order::Unread, 0).await.unwrap(), []);
    // A filter is one of what is ordered.
    let groups = replica.conversations_in(Filter::Direct, Order::Unread, 9).await.unwrap();
    assert_eq!(called(&groups), ["Bob"]);
}

#[tokio::test]
async fn names_stand_as_they_are_compared_and_of_one_name_the_newest_first() {
    let (replica, _, ids) = world(&[("beta", 1), ("", 1), ("Alpha", 1), ("alpha", 2), ("zeta", 4)]).await;
    let name = Order::Name(&compare);
    assert_eq!(called(&listed(&replica, name).await), ["alpha", "Alpha", "beta", "Bob", "zeta", ""], "what has no name comes last");
    let other = Order::Name(&|a: &str, b: &str| compare(b, a));
    assert_eq!(called(&listed(&replica, other).await), ["zeta", "Bob", "beta", "alpha", "Alpha", ""]);
    // By the name that it will have, before the server knows of it.
    let rename = EditConversation { conversation: ids[4], name: Some("Aaron".into()), topic: None };
    replica.enqueue(&mutation(rename.into()), 6).await.unwrap();
    assert_eq!(called(&listed(&replica, name).await)[..2], ["Aaron", "alpha"]);
}

#[tokio::test]
async fn what_is_pinned_stays_above_in_each_order_and_what_is_put_away_below() {
    let (replica, _, ids) = world(&[("c", 1), ("b", 2), ("a", 3)]).await;
    let arrange = async |conversation, change, at| {
        let change = mutation(ArrangeConversation { conversation, change }.into());
        replica.enqueue(&change, at).await.unwrap();
    };
    arrange(ids[0], Arrangement::Pinned(true), 5_000_000).await;
    arrange(ids[1], Arrangement::Archived(Some(2)), 5_000_001).await;
    for order in [Order::Newest, Order::Unread, Order::Name(&compare)] {
        let all = replica.conversations_in(Filter::All, order, 9).await.unwrap();
        assert_eq!(called(&all), ["c", "a", "Bob", "b"]);
    }
}

#[tokio::test]
async fn each_section_stands_in_the_order_that_is_asked_for() {
    let mut team = Team::founded().await;
    for name in ["tools", "Plans", "attic"] {
        team.has(name).await;
    }
    let mut said: Vec<Vec<String>> = vec![];
    for order in [Order::Name(&compare), Order::Name(&|a: &str, b: &str| compare(b, a))] {
        let sections = team.replica.sections(Filter::Current, order, &[None], 2, 1).await.unwrap();
        said.push(called(&sections[1].items).into_iter().map(str::to_owned).collect());
    }
    assert_eq!(said, [["attic", "Plans"], ["tools", "Plans"]], "the first of them, as far as they are wanted");
}
