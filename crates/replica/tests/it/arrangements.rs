//! How I have my conversations: what stands above the others, what is put away until something comes, what counts.

use crate::support::{Local, Server, answer, mutation, parts, ready, refusal};
use hearth_protocol::{
    error::ErrorCode,
    ids::{ConversationId, NotificationId},
    limits::FOR_EVER,
    mutation::{Mutation, Outcome},
    mutations::{ArrangeConversation, MarkRead},
    rows::{Arrangement, ArrangementRow, NotificationKind, NotificationLevel, NotificationRow},
};
use hearth_replica::{Apply, Filter};

fn arrange(conversation: ConversationId, change: Arrangement) -> Mutation {
    mutation(ArrangeConversation { conversation, change }.into())
}

async fn ids(replica: &Local, filter: Filter) -> Vec<ConversationId> {
    replica.conversations(filter, 10).await.unwrap().into_iter().map(|item| item.id).collect()
}

/// Alice's direct conversation with Bob, and a newer one of several people; Bob has said one thing in the first.
async fn two() -> (Local, Server, ConversationId, ConversationId) {
    let (replica, mut server) = ready().await;
    let hello = server.direct.say(server.bob.user, "hello");
    let (mut walks, joined) = server.group("Walks");
    walks.last_pos = 9;
    let later = walks.say(server.bob.user, "later");
    replica.apply(Apply { tails: vec![walks.tail(50)], parts: vec![joined, hello, later], ..Apply::default() }).await.unwrap();
    let hearth_protocol::stream::StreamId::Conversation(walks) = walks.id else { unreachable!() };
    let direct = server.conversation();
    (replica, server, direct, walks)
}

#[tokio::test]
async fn what_is_pinned_stands_above_what_is_newer_before_the_server_knows() {
    let (replica, mut server, direct, walks) = two().await;
    assert_eq!(ids(&replica, Filter::Current).await, [walks, direct]);
    let pin = arrange(direct, Arrangement::Pinned(true));
    replica.enqueue(&pin, 70).await.unwrap();
    assert_eq!(ids(&replica, Filter::Current).await, [direct, walks]);
    assert!(replica.conversation(direct).await.unwrap().unwrap().pinned);
    // Refused, it stands where it was.
    replica.apply(refusal(pin.id, ErrorCode::NotFound)).await.unwrap();
    assert_eq!(ids(&replica, Filter::Current).await, [walks, direct]);

    // Two that are pinned: the one that was pinned first.
    let first = server.user.commit(ArrangementRow { pinned_at: Some(50), ..ArrangementRow::new(direct) });
    let second = server.user.commit(ArrangementRow { pinned_at: Some(60), ..ArrangementRow::new(walks) });
    replica.apply(parts(vec![first, second])).await.unwrap();
    assert_eq!(ids(&replica, Filter::Current).await, [direct, walks]);
    replica.enqueue(&arrange(direct, Arrangement::Pinned(false)), 80).await.unwrap();
    assert_eq!(ids(&replica, Filter::Current).await, [walks, direct]);
}

#[tokio::test]
async fn what_is_put_away_comes_back_with_what_comes_after_it() {
    let (replica, mut server, direct, walks) = two().await;
    assert_eq!(replica.newest_place(direct).await.unwrap(), 1);
    let archive = arrange(direct, Arrangement::Archived(Some(1)));
    replica.enqueue(&archive, 70).await.unwrap();
    assert_eq!((ids(&replica, Filter::Current).await, ids(&replica, Filter::Archived).await), (vec![walks], vec![direct]));
    assert_eq!(ids(&replica, Filter::All).await, [walks, direct], "found among the others, after them");
    assert_eq!(replica.total_unread(1).await.unwrap(), 1, "what is put away does not count");
    let row = server.user.commit(ArrangementRow { archived_to: Some(1), ..ArrangementRow::new(direct) });
    let more = server.direct.say(server.bob.user, "still there?");
    replica.apply(answer(archive.id, Outcome::Applied(vec![row]))).await.unwrap();
    replica.apply(parts(vec![more])).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, []);
    assert_eq!(replica.total_unread(1).await.unwrap(), 3);
    // What I write myself brings it back as well, at once.
    let row = server.user.commit(ArrangementRow { archived_to: Some(2), ..ArrangementRow::new(direct) });
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, [direct]);
    replica.enqueue(&server.send("here again"), 90).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, []);
    assert_eq!(replica.newest_place(direct).await.unwrap(), 3, "with what waits");
    replica.enqueue(&arrange(direct, Arrangement::Archived(Some(3))), 91).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, [direct]);
}

#[tokio::test]
async fn what_came_while_muted_neither_counts_nor_brings_back() {
    let (replica, mut server, direct, _) = two().await;
    // Message 2 is of 1,002,000, message 3 of 1,003,000.
    let row = ArrangementRow { archived_to: Some(1), muted_until: Some(1_002_500), ..ArrangementRow::new(direct) };
    let row = server.user.commit(row);
    let quiet = server.direct.say(server.bob.user, "quiet");
    replica.apply(parts(vec![row, quiet])).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, [direct]);
    let loud = server.direct.say(server.bob.user, "loud");
    replica.apply(parts(vec![loud])).await.unwrap();
    assert_eq!(ids(&replica, Filter::Archived).await, []);
    assert_eq!((replica.total_unread(1_002_499).await.unwrap(), replica.total_unread(1_002_500).await.unwrap()), (1, 4));

    replica.enqueue(&arrange(direct, Arrangement::Muted(Some(FOR_EVER))), 70).await.unwrap();
    replica.enqueue(&arrange(direct, Arrangement::Level(NotificationLevel::Mentions)), 71).await.unwrap();
    let item = replica.conversation(direct).await.unwrap().unwrap();
    assert_eq!((item.muted_until, item.level, item.archived), (Some(FOR_EVER), NotificationLevel::Mentions, true));
    replica.enqueue(&arrange(direct, Arrangement::Muted(None)), 72).await.unwrap();
    let item = replica.conversation(direct).await.unwrap().unwrap();
    assert_eq!((item.muted_until, item.archived), (None, false));
}

#[tokio::test]
async fn the_icon_counts_what_is_for_me_where_i_want_to_be_told_of_it() {
    let (replica, mut server, direct, walks) = two().await;
    let counts = async |now| (replica.total_unread(now).await.unwrap(), replica.unread_for_me(now).await.unwrap());
    assert_eq!(counts(1).await, (2, 1), "what is said among several is not for me alone");
    // Of two I want to be told of what names me only: nothing did.
    let row = server.user.commit(ArrangementRow { level: NotificationLevel::Mentions, ..ArrangementRow::new(direct) });
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!(counts(1).await, (2, 0));
    let row = server.user.commit(ArrangementRow { muted_until: Some(50), ..ArrangementRow::new(direct) });
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!((counts(49).await, counts(50).await), ((1, 0), (2, 1)), "as long as it is muted");
    let row = server.user.commit(ArrangementRow { level: NotificationLevel::Nothing, ..ArrangementRow::new(direct) });
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!(counts(50).await, (2, 0));
    // It names me among several.
    let named = NotificationRow {
        conversation: Some(walks),
        pos: Some(10),
        sender: Some(server.bob.user),
        ..NotificationRow::new(NotificationId::new(), NotificationKind::Mention, 7)
    };
    let row = server.user.commit(named);
    replica.apply(parts(vec![row])).await.unwrap();
    assert_eq!(counts(50).await, (2, 1));
    replica.enqueue(&mutation(MarkRead { conversation: walks, pos: 10 }.into()), 60).await.unwrap();
    assert_eq!(counts(60).await, (1, 0), "read is read");
}
