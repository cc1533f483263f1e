//! Windows at every place and size, with and without gaps.

use crate::support::{parts, places, ready, texts};
use hearth_protocol::ids::MessageId;
use hearth_replica::{Apply, At, Edge, Error};

#[tokio::test]
async fn paging_up_and_down_at_every_size_shows_each_message_once() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(23);
    replica.apply(parts(frames)).await.unwrap();
    let conversation = server.conversation();
    for size in 1..=25 {
        let mut page = replica.timeline(conversation, At::End, size).await.unwrap();
        assert_eq!(page.after, Edge::End);
        let mut up = places(&page);
        while page.before == Edge::More {
            page = replica.timeline(conversation, At::Before(up[0]), size).await.unwrap();
            assert_eq!(page.after, Edge::More);
            up.splice(0..0, places(&page));
        }
        assert_eq!(page.before, Edge::End);
        assert_eq!(up, (1..=23).collect::<Vec<_>>(), "size {size}");
        let mut down = vec![];
        loop {
            let page = replica.timeline(conversation, At::After(down.last().copied().unwrap_or(0)), size).await.unwrap();
            down.extend(places(&page));
            if page.after != Edge::More {
                break;
            }
        }
        assert_eq!(down, up, "size {size}");
    }
}

#[tokio::test]
async fn a_window_around_any_message_has_it_and_is_full() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(20);
    replica.apply(parts(frames)).await.unwrap();
    for pos in 1..=20 {
        for size in 1..=20 {
            let at = At::Message(server.direct.message(pos).id);
            let page = replica.timeline(server.conversation(), at, size).await.unwrap();
            let shown = places(&page);
            assert!(shown.contains(&pos), "{pos} in {shown:?}");
            assert_eq!(u32::try_from(shown.len()).unwrap(), size);
            assert!(shown.windows(2).all(|pair| pair[1] == pair[0] + 1));
        }
    }
    let missing = replica.timeline(server.conversation(), At::Message(MessageId::new()), 10).await;
    assert!(matches!(missing, Err(Error::NoSuchMessage)));
    let sent = server.send("mine");
    replica.enqueue(&sent, 1).await.unwrap();
    let page = replica.timeline(server.conversation(), At::Message(sent.id), 3).await.unwrap();
    assert_eq!(texts(&page), ["message 18", "message 19", "message 20", "*mine"]);
}

#[tokio::test]
async fn history_not_here_is_a_gap_until_its_page_comes() {
    let (replica, mut server) = ready().await;
    let conversation = server.conversation();
    server.bob_says(100);
    replica.apply(Apply { tails: vec![server.direct.tail(50)], ..Apply::default() }).await.unwrap();
    // An edit of something not fetched yet is kept and hidden.
    let edit = server.direct.edit(10, "changed before it was here");
    replica.apply(parts(vec![edit])).await.unwrap();
    let page = replica.timeline(conversation, At::Before(55), 60).await.unwrap();
    assert_eq!((places(&page), page.before, page.after), ((51..55).collect(), Edge::Gap, Edge::More));
    assert!(replica.search("changed", None, 10).await.unwrap().hits.is_empty());
    let hidden = replica.timeline(conversation, At::Message(server.direct.message(10).id), 5).await;
    assert!(matches!(hidden, Err(Error::NoSuchMessage)));

    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 51)]);
    replica.apply(Apply { history: vec![server.direct.history(51, 45)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.incomplete(Some(conversation), 4).await.unwrap(), [(conversation, 6)]);
    assert_eq!(replica.search("changed", None, 10).await.unwrap().hits.len(), 1);
    let progress = replica.backfill_progress().await.unwrap();
    assert_eq!((progress.complete, progress.conversations, progress.messages), (0, 1, 95));
    replica.apply(Apply { history: vec![server.direct.history(6, 45)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), []);
    assert!(replica.conversation(conversation).await.unwrap().unwrap().complete);
    let page = replica.timeline(conversation, At::After(0), 500).await.unwrap();
    assert_eq!((places(&page), page.before, page.after), ((1..=100).collect(), Edge::End, Edge::End));
}

#[tokio::test]
async fn windows_never_cross_a_gap_between_intervals() {
    let (replica, mut server) = ready().await;
    let conversation = server.conversation();
    server.bob_says(90);
    replica.apply(Apply { tails: vec![server.direct.tail(10)], ..Apply::default() }).await.unwrap();
    // Two more islands: 31..=40 and 51..=60.
    let islands = vec![server.direct.history(41, 10), server.direct.history(61, 10)];
    replica.apply(Apply { history: islands, ..Apply::default() }).await.unwrap();
    let known = |pos: u64| (31..=40).contains(&pos) || (51..=60).contains(&pos) || pos > 80;
    for size in [1, 3, 10, 50] {
        for pos in 0..=95 {
            for at in [At::Before(pos), At::After(pos)] {
                let page = replica.timeline(conversation, at, size).await.unwrap();
                let shown = places(&page);
                assert!(shown.iter().all(|pos| known(*pos)) && shown.windows(2).all(|pair| pair[1] == pair[0] + 1), "{at:?} {shown:?}");
                if shown.first().is_some_and(|first| [31, 51, 81].contains(first)) {
                    assert_eq!(page.before, Edge::Gap, "{at:?}");
                }
                if shown.last().is_some_and(|last| [40, 60].contains(last)) {
                    assert_eq!(page.after, Edge::Gap, "{at:?}");
                }
            }
        }
    }
    // The page that closes the upper hole joins both sides of it.
    replica.apply(Apply { history: vec![server.direct.history(81, 25)], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.incomplete(None, 4).await.unwrap(), [(conversation, 51)]);
}

#[tokio::test]
async fn unread_opens_at_the_first_unread_with_context() {
    let (replica, mut server) = ready().await;
    let conversation = server.conversation();
    let frames = server.bob_says(30);
    replica.apply(parts(frames)).await.unwrap();
    let marker = server.read_to(20);
    replica.apply(parts(vec![marker])).await.unwrap();
    let page = replica.timeline(conversation, At::Unread, 9).await.unwrap();
    assert_eq!((places(&page), page.read_pos, page.unread), ((18..=26).collect(), 20, 10));
    let marker = server.read_to(30);
    replica.apply(parts(vec![marker])).await.unwrap();
    let page = replica.timeline(conversation, At::Unread, 9).await.unwrap();
    assert_eq!((places(&page), page.after, page.unread), ((22..=30).collect(), Edge::End, 0));
}

#[tokio::test]
async fn outbox_messages_stand_only_at_the_end() {
    let (replica, mut server) = ready().await;
    let frames = server.bob_says(6);
    replica.apply(parts(frames)).await.unwrap();
    replica.enqueue(&server.send("a"), 1).await.unwrap();
    replica.enqueue(&server.send("b"), 2).await.unwrap();
    let conversation = server.conversation();
    let end = replica.timeline(conversation, At::End, 2).await.unwrap();
    assert_eq!(texts(&end), ["message 5", "message 6", "*a", "*b"]);
    assert!(end.messages.last().unwrap().mine);
    assert_eq!(end.messages.last().unwrap().sender.as_ref().unwrap().first_name, "Alice");
    assert_eq!(texts(&replica.timeline(conversation, At::Before(5), 2).await.unwrap()), ["message 3", "message 4"]);
    assert_eq!(texts(&replica.timeline(conversation, At::After(5), 2).await.unwrap()), ["message 6", "*a", "*b"]);
}
