//! The people around me: as the server has it, as I have decided since, and what a block hides.

use crate::support::{Server, mutation, parts, person, ready, refusal};
use hearth_protocol::{
    error::ErrorCode,
    ids::InvitationId,
    mutations::{AnswerInvitation, BlockUser, Intent, RemoveContact, RequestFriend, UnblockUser, WithdrawInvitation},
    rows::{BlockRow, ContactRow, InvitationKind, InvitationRow, InvitationStatus, Person},
};
use hearth_replica::{Apply, At, Filter, Friends, Replica};

fn invitation(sender: &Person, receiver: &Person, status: InvitationStatus) -> InvitationRow {
    InvitationRow {
        id: InvitationId::friend(sender.user, receiver.user),
        kind: InvitationKind::Friend,
        sender: sender.clone(),
        receiver: receiver.clone(),
        group: None,
        content: "hello".into(),
        status,
        created_at: 1,
        answered_at: None,
    }
}

fn block(person: &Person, ended_at: Option<i64>) -> BlockRow {
    BlockRow { person: person.clone(), since: 1, ended_at }
}

/// Contacts, who asks, who is asked, and who is blocked, by name.
fn names(friends: &Friends) -> [Vec<&str>; 4] {
    [
        friends.contacts.iter().map(|person| person.first_name.as_str()).collect(),
        friends.incoming.iter().map(|asked| asked.person.first_name.as_str()).collect(),
        friends.outgoing.iter().map(|asked| asked.person.first_name.as_str()).collect(),
        friends.blocked.iter().map(|person| person.first_name.as_str()).collect(),
    ]
}

async fn shows(replica: &Replica, wanted: [&[&str]; 4]) {
    let friends = replica.friends().await.unwrap();
    assert_eq!(names(&friends), wanted.map(<[&str]>::to_vec));
}

#[tokio::test]
async fn rows_say_who_is_what_and_old_ones_change_nothing() {
    let (replica, mut server) = ready().await;
    let (alice, bob, carol) = (server.alice.clone(), server.bob.clone(), person("Carol"));
    let asked = server.user.commit(invitation(&carol, &alice, InvitationStatus::Pending));
    let asks = server.user.commit(invitation(&alice, &bob, InvitationStatus::Pending));
    assert!(replica.apply(parts(vec![asked.clone(), asks])).await.unwrap().friends);
    shows(&replica, [&[], &["Carol"], &["Bob"], &[]]).await;
    let accepted = server.user.commit(invitation(&alice, &bob, InvitationStatus::Accepted));
    let contact = server.user.commit(ContactRow { person: bob.clone(), since: 2, ended_at: None });
    let blocked = server.user.commit(block(&carol, None));
    let declined = server.user.commit(invitation(&carol, &alice, InvitationStatus::Rejected));
    replica.apply(parts(vec![accepted, contact, blocked, declined])).await.unwrap();
    shows(&replica, [&["Bob"], &[], &[], &["Carol"]]).await;
    assert!(!replica.apply(parts(vec![asked])).await.unwrap().friends, "it is older than what is here");
    let removed = server.user.commit(ContactRow { person: bob, since: 2, ended_at: Some(3) });
    let unblocked = server.user.commit(block(&carol, Some(4)));
    replica.apply(parts(vec![removed, unblocked])).await.unwrap();
    shows(&replica, [&[], &[], &[], &[]]).await;
    // A new copy of the stream says the same.
    let dump = replica.dump().await.unwrap();
    replica.apply(Apply { resets: vec![server.user.id], ..Apply::default() }).await.unwrap();
    replica.apply(server.everything()).await.unwrap();
    assert_eq!(replica.dump().await.unwrap(), dump);
}

#[tokio::test]
async fn what_i_decide_shows_at_once_and_goes_when_it_is_refused() {
    let (replica, mut server) = ready().await;
    let (alice, bob, carol, dan) = (server.alice.clone(), server.bob.clone(), person("Carol"), person("Dan"));
    replica.remember_people(&[carol.clone(), dan.clone()], replica.names_told()).await.unwrap();
    let bobs = server.user.commit(invitation(&bob, &alice, InvitationStatus::Pending));
    let carols = server.user.commit(invitation(&carol, &alice, InvitationStatus::Pending));
    replica.apply(parts(vec![bobs, carols])).await.unwrap();
    let mut n = 0;
    let mut does = async |intent: Intent| {
        n += 1;
        let mutation = mutation(intent);
        replica.enqueue(&mutation, n).await.unwrap();
        mutation.id
    };
    does(AnswerInvitation { id: InvitationId::friend(bob.user, alice.user), accept: true }.into()).await;
    shows(&replica, [&["Bob"], &["Carol"], &[], &[]]).await;
    does(AnswerInvitation { id: InvitationId::friend(carol.user, alice.user), accept: false }.into()).await;
    let to_dan = InvitationId::friend(alice.user, dan.user);
    let request = does(RequestFriend { id: to_dan, to: dan.user, note: "it is me".into() }.into()).await;
    shows(&replica, [&["Bob"], &[], &["Dan"], &[]]).await;
    let waiting = replica.friends().await.unwrap().outgoing.remove(0);
    assert_eq!((waiting.note.as_str(), waiting.at), ("it is me", None));
    replica.claim(9, 10).await.unwrap();
    replica.apply(refusal(request, ErrorCode::BadRequest)).await.unwrap();
    shows(&replica, [&["Bob"], &[], &[], &[]]).await;
    does(BlockUser { user: bob.user }.into()).await;
    shows(&replica, [&[], &[], &[], &["Bob"]]).await;
    does(UnblockUser { user: bob.user }.into()).await;
    does(RequestFriend { id: to_dan, to: dan.user, note: String::new() }.into()).await;
    does(WithdrawInvitation { id: to_dan, group: None }.into()).await;
    does(RemoveContact { user: bob.user }.into()).await;
    shows(&replica, [&[], &[], &[], &[]]).await;
}

#[tokio::test]
async fn asking_who_asks_me_is_an_answer() {
    let (replica, mut server) = ready().await;
    let (alice, bob) = (server.alice.clone(), server.bob.clone());
    let asked = server.user.commit(invitation(&bob, &alice, InvitationStatus::Pending));
    replica.apply(parts(vec![asked])).await.unwrap();
    let request = RequestFriend { id: InvitationId::friend(alice.user, bob.user), to: bob.user, note: String::new() };
    replica.enqueue(&mutation(request.into()), 1).await.unwrap();
    shows(&replica, [&["Bob"], &[], &[], &[]]).await;
}

async fn unread(replica: &Replica) -> u32 {
    replica.total_unread(1).await.unwrap()
}

/// Whether the newest message on the screen is one of somebody whom I have blocked.
async fn newest_is_blocked(replica: &Replica, server: &Server) -> bool {
    replica.timeline(server.conversation(), At::End, 10).await.unwrap().messages.pop().unwrap().blocked
}

#[tokio::test]
async fn what_the_blocked_write_is_here_and_does_not_count() {
    let (replica, mut server) = ready().await;
    let said = server.bob_says(3);
    assert_eq!(replica.apply(parts(said)).await.unwrap().new_messages.len(), 3);
    assert_eq!((unread(&replica).await, newest_is_blocked(&replica, &server).await), (3, false));
    let bob = server.bob.clone();
    // It looks so before the server has heard of it.
    let blocks = mutation(BlockUser { user: bob.user }.into());
    replica.enqueue(&blocks, 1).await.unwrap();
    assert!(newest_is_blocked(&replica, &server).await && replica.is_blocked(bob.user).await.unwrap());
    let applied = replica.apply(parts(vec![server.user.commit(block(&bob, None))])).await.unwrap();
    assert!(applied.conversations.contains(&server.conversation()), "its line is another one");
    assert_eq!(unread(&replica).await, 0);
    let said = server.bob_says(1);
    let applied = replica.apply(parts(said)).await.unwrap();
    assert_eq!((applied.new_messages.len(), unread(&replica).await), (0, 0), "it is no news");
    assert!(newest_is_blocked(&replica, &server).await);
    let last = replica.conversations(Filter::All, 1).await.unwrap().remove(0).last.unwrap();
    assert!(last.blocked && last.body.is_some());
    assert!(replica.count_unread().await.unwrap().iter().all(|count| count.line == count.counted));
    replica.claim(2, 10).await.unwrap();
    replica.apply(refusal(blocks.id, ErrorCode::BadRequest)).await.unwrap();
    replica.apply(parts(vec![server.user.commit(block(&bob, Some(9)))])).await.unwrap();
    assert_eq!((unread(&replica).await, newest_is_blocked(&replica, &server).await), (4, false));
    assert!(!replica.is_blocked(bob.user).await.unwrap());
}
