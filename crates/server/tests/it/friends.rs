//! Contacts, requests and blocks: what both sides see, and what a blocked person does not notice.

use crate::{
    host::{Database, Host, PASSWORD},
    person::{Person, message},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{ConversationId, InvitationId, MutationId},
    limits::{NOTE_CHARS_MAX, REQUESTS_PENDING_MAX},
    mutation::Part,
    mutations::{
        AnswerInvitation, BlockUser, CreateDirect, Intent, MarkDelivered, MarkRead, RemoveContact, RequestFriend, SetPrivacy, SetStatus,
        UnblockUser, WithdrawInvitation,
    },
    profile::{PrivacyField, Profile, ProfilesRequest, ProfilesResponse, SeenBy},
    rows::{InvitationRow, InvitationStatus, RowData},
    stream::StreamId,
    sync::{From, HeadsRequest, HeadsResponse, Page},
};

on_both_databases!(
    a_request_is_seen_by_both_and_answered_once,
    who_asks_the_one_who_asked_accepts,
    a_request_can_be_declined_taken_back_and_made_again,
    a_contact_is_removed_for_both,
    a_block_ends_what_there_was_and_is_not_told,
    nothing_passes_between_two_of_whom_one_has_blocked_the_other,
    in_a_group_the_blocked_are_heard_and_do_not_count,
    profiles_are_for_contacts_and_not_for_the_blocked,
    strange_requests_are_refused,
    a_batch_sees_what_came_before_in_it,
    who_deletes_their_account_is_nobodys_contact,
);

async fn act(person: &Person, intent: impl Into<Intent>) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), intent.into()).await
}

fn request(from: &Person, to: &Person, note: &str) -> RequestFriend {
    RequestFriend { id: InvitationId::friend(from.user, to.user), to: to.user, note: note.into() }
}

pub async fn ask(from: &Person, to: &Person) {
    act(from, request(from, to, "hello")).await.expect("it is asked");
}

pub async fn answer(person: &Person, from: &Person, accept: bool) -> Result<Vec<Part>, ApiError> {
    act(person, AnswerInvitation { id: InvitationId::friend(from.user, person.user), accept }).await
}

pub async fn block(person: &Person, whom: &Person) {
    act(person, BlockUser { user: whom.user }).await.expect("it is done");
}

pub async fn unblock(person: &Person, whom: &Person) {
    act(person, UnblockUser { user: whom.user }).await.expect("it is done");
}

/// Everything on somebody's own stream.
async fn own_rows(person: &Person) -> Vec<RowData> {
    match person.page(StreamId::User(person.user), From::Tail { messages: 0 }, 100).await {
        Page::Tail { part, .. } => part.rows.into_iter().map(|row| row.data).collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn invitations(person: &Person) -> Vec<InvitationRow> {
    let rows = own_rows(person).await.into_iter();
    rows.filter_map(|data| if let RowData::Invitation(row) = data { Some(row) } else { None }).collect()
}

/// What became of the one invitation that they know of.
async fn status(person: &Person) -> Option<InvitationStatus> {
    let mut all = invitations(person).await;
    assert!(all.len() <= 1, "{all:?}");
    all.pop().map(|row| row.status)
}

/// Their contacts by name.
async fn contacts(person: &Person) -> Vec<String> {
    let rows = own_rows(person).await.into_iter();
    rows.filter_map(|data| match data {
        RowData::Contact(row) if row.ended_at.is_none() => Some(row.person.username),
        _ => None,
    })
    .collect()
}

async fn blocked(person: &Person) -> Vec<String> {
    let rows = own_rows(person).await.into_iter();
    rows.filter_map(|data| match data {
        RowData::Block(row) if row.ended_at.is_none() => Some(row.person.username),
        _ => None,
    })
    .collect()
}

async fn two(database: Database) -> (Host, Person, Person) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    (host, alice, bob)
}

async fn befriended(database: Database) -> (Host, Person, Person) {
    let (host, alice, bob) = two(database).await;
    ask(&alice, &bob).await;
    answer(&bob, &alice, true).await.unwrap();
    (host, alice, bob)
}

async fn a_request_is_seen_by_both_and_answered_once(database: Database) {
    let (_host, alice, bob) = two(database).await;
    let mut socket = bob.socket().await;
    let id = MutationId::new();
    let parts = alice.perform(id, request(&alice, &bob, " It is me, \n from school. ").into()).await.unwrap();
    assert!(parts.iter().all(|part| part.stream == StreamId::User(alice.user)), "the other stream is not theirs to see: {parts:?}");
    let pushed = socket
        .until(|frame| match frame {
            ServerFrame::Rows(part) => part.rows.into_iter().find_map(|row| match row.data {
                RowData::Invitation(row) => Some(row),
                _ => None,
            }),
            _ => None,
        })
        .await;
    assert_eq!((pushed.content.as_str(), pushed.status), ("It is me, \n from school.", InvitationStatus::Pending));
    assert_eq!((pushed.sender.username.as_str(), pushed.receiver.username.as_str()), ("alice", "bob"));
    assert_eq!(invitations(&alice).await, std::slice::from_ref(&pushed));
    // Asking again changes nothing, nor does the same mutation.
    act(&alice, request(&alice, &bob, "again")).await.unwrap();
    alice.perform(id, request(&alice, &bob, " It is me, \n from school. ").into()).await.unwrap();
    assert_eq!(invitations(&bob).await, [pushed]);

    assert_eq!(answer(&alice, &alice, true).await.unwrap_err().code, ErrorCode::NotFound);
    let not_theirs = act(&alice, AnswerInvitation { id: InvitationId::friend(alice.user, bob.user), accept: true }).await;
    assert_eq!(not_theirs.unwrap_err().code, ErrorCode::NotAllowed);
    answer(&bob, &alice, true).await.unwrap();
    // An answer that comes late, from another device.
    answer(&bob, &alice, false).await.unwrap();
    for (person, other) in [(&alice, "bob"), (&bob, "alice")] {
        assert_eq!((status(person).await, contacts(person).await), (Some(InvitationStatus::Accepted), vec![other.to_owned()]));
    }
    // Taking it back is too late, and asking a contact asks nothing.
    act(&alice, WithdrawInvitation { id: InvitationId::friend(alice.user, bob.user), group: None }).await.unwrap();
    ask(&bob, &alice).await;
    assert_eq!((status(&alice).await, invitations(&bob).await.len()), (Some(InvitationStatus::Accepted), 1));
}

async fn who_asks_the_one_who_asked_accepts(database: Database) {
    let (_host, alice, bob) = two(database).await;
    ask(&alice, &bob).await;
    ask(&bob, &alice).await;
    for (person, other) in [(&alice, "bob"), (&bob, "alice")] {
        assert_eq!((status(person).await, contacts(person).await), (Some(InvitationStatus::Accepted), vec![other.to_owned()]));
    }
}

async fn a_request_can_be_declined_taken_back_and_made_again(database: Database) {
    let (_host, alice, bob) = two(database).await;
    let id = InvitationId::friend(alice.user, bob.user);
    ask(&alice, &bob).await;
    assert_eq!(act(&bob, WithdrawInvitation { id, group: None }).await.unwrap_err().code, ErrorCode::NotAllowed);
    act(&alice, WithdrawInvitation { id, group: None }).await.unwrap();
    answer(&bob, &alice, true).await.unwrap();
    for person in [&alice, &bob] {
        assert_eq!((status(person).await, contacts(person).await), (Some(InvitationStatus::Withdrawn), vec![]));
    }
    act(&alice, request(&alice, &bob, "with another note")).await.unwrap();
    assert_eq!(invitations(&bob).await[0].content, "with another note");
    answer(&bob, &alice, false).await.unwrap();
    for person in [&alice, &bob] {
        assert_eq!((status(person).await, contacts(person).await), (Some(InvitationStatus::Rejected), vec![]));
    }
    ask(&alice, &bob).await;
    answer(&bob, &alice, true).await.unwrap();
    assert_eq!(contacts(&alice).await, ["bob"]);
}

async fn a_contact_is_removed_for_both(database: Database) {
    let (_host, alice, bob) = befriended(database).await;
    act(&bob, RemoveContact { user: alice.user }).await.unwrap();
    assert_eq!((contacts(&alice).await.len(), contacts(&bob).await.len()), (0, 0));
    act(&bob, RemoveContact { user: alice.user }).await.unwrap();
    ask(&alice, &bob).await;
    answer(&bob, &alice, true).await.unwrap();
    assert_eq!(contacts(&bob).await, ["alice"]);
}

async fn a_block_ends_what_there_was_and_is_not_told(database: Database) {
    let (host, alice, bob) = befriended(database).await;
    let (carol, dan) = (host.resident("carol").await, host.resident("dan").await);
    ask(&carol, &alice).await;
    ask(&alice, &dan).await;
    for whom in [&bob, &carol, &dan] {
        block(&alice, whom).await;
        block(&alice, whom).await;
    }
    assert_eq!(blocked(&alice).await.len(), 3);
    assert_eq!((contacts(&alice).await.len(), contacts(&bob).await.len()), (0, 0));
    assert_eq!(status(&carol).await, Some(InvitationStatus::Pending), "who asked sees nothing");
    assert_eq!(status(&dan).await, Some(InvitationStatus::Withdrawn));
    let mine = invitations(&alice).await;
    assert!(mine.iter().all(|row| row.status != InvitationStatus::Pending), "{mine:?}");
    for whom in [&bob, &carol, &dan] {
        assert_eq!(blocked(whom).await.len(), 0);
        let rows = own_rows(whom).await;
        assert!(!rows.iter().any(|row| matches!(row, RowData::Block(_))), "{rows:?}");
    }
    // Asking goes as if nothing were, and nothing comes of it.
    let before = own_rows(&alice).await.len();
    ask(&bob, &alice).await;
    assert!(invitations(&bob).await.iter().any(|row| row.sender.user == bob.user && row.status == InvitationStatus::Pending));
    assert_eq!(own_rows(&alice).await.len(), before);
    assert_eq!(act(&alice, request(&alice, &bob, "")).await.unwrap_err().code, ErrorCode::NotAllowed);
    // Unblocked, they may ask once more, and then it comes.
    unblock(&alice, &bob).await;
    unblock(&alice, &bob).await;
    assert!(!blocked(&alice).await.contains(&"bob".to_owned()));
    ask(&bob, &alice).await;
    answer(&alice, &bob, true).await.unwrap();
    assert_eq!((contacts(&alice).await, contacts(&bob).await), (vec!["bob".to_owned()], vec!["alice".to_owned()]));
}

async fn nothing_passes_between_two_of_whom_one_has_blocked_the_other(database: Database) {
    let (host, alice, bob) = two(database).await;
    let conversation = alice.direct(&bob).await;
    let (hers, his) = (alice.send(conversation, "one").await, bob.send(conversation, "two").await);
    block(&alice, &bob).await;
    for (person, own, others) in [(&alice, hers.id, his.pos), (&bob, his.id, hers.pos)] {
        assert_eq!(person.try_send(conversation, "three").await.unwrap_err().code, ErrorCode::NotFound);
        assert_eq!(person.edit((conversation, own), 0, "changed").await.unwrap_err().code, ErrorCode::NotFound);
        act(person, MarkRead { conversation, pos: others }).await.unwrap();
        act(person, MarkDelivered { conversation, pos: others }).await.unwrap();
    }
    let Page::Tail { part, .. } = bob.page(StreamId::Receipts(conversation), From::Tail { messages: 0 }, 100).await else {
        panic!("no tail")
    };
    assert_eq!(part.rows, [], "nobody is told what has arrived or was read");
    // Who is there reads what was said before, and may delete what is their own.
    bob.delete((conversation, his.id)).await.unwrap();
    let carol = host.resident("carol").await;
    block(&carol, &bob).await;
    for (one, other) in [(&bob, &carol), (&carol, &bob)] {
        let direct = CreateDirect { conversation: ConversationId::direct(one.user, other.user), peer: other.user };
        assert_eq!(act(one, direct).await.unwrap_err().code, ErrorCode::NotFound);
        let group = one.group("Club", &[], true).await;
        assert_eq!(one.add(group, other).await.unwrap_err().code, ErrorCode::NotFound);
    }
    unblock(&alice, &bob).await;
    bob.send(conversation, "four").await;
    alice.edit((conversation, hers.id), 0, "changed").await.unwrap();
}

async fn unread(person: &Person, conversation: ConversationId) -> u32 {
    let request = HeadsRequest { epoch: Some(person.epoch), ..HeadsRequest::default() };
    let heads: HeadsResponse = person.post("/v1/sync/heads", &request).await.unwrap();
    let head = heads.heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).expect("a head");
    head.unread.expect("a count").count
}

async fn in_a_group_the_blocked_are_heard_and_do_not_count(database: Database) {
    let (host, alice, bob) = two(database).await;
    let carol = host.resident("carol").await;
    let group = alice.group("Club", &[&bob, &carol], true).await;
    let team = crate::channels::team(&alice, &[&bob, &carol]).await;
    let channel = crate::channels::opens(&alice, crate::channels::channel(team, "plans")).await;
    for place in [group, channel] {
        bob.send(place, "from bob").await;
        carol.send(place, "from carol").await;
        assert_eq!(unread(&alice, place).await, 2);
    }
    let mut socket = alice.socket().await;
    block(&alice, &bob).await;
    for place in [group, channel] {
        assert_eq!((unread(&alice, place).await, unread(&carol, place).await), (1, 1));
    }
    let said = bob.send(group, "still here").await;
    let heard = socket.until(|frame| match frame {
        ServerFrame::Rows(part) => part.rows.into_iter().find(|row| row.data.key().id == said.id.to_string()),
        _ => None,
    });
    heard.await;
    assert_eq!(unread(&alice, group).await, 1);
    // What somebody types is told to those alone who hear them.
    let mut bobs = bob.socket().await;
    bobs.signal(group).await;
    let mut carols = carol.socket().await;
    carols.signal(group).await;
    let typing = socket.until(|frame| if let ServerFrame::Ephemeral(from) = frame { Some(from.user) } else { None }).await;
    assert_eq!(typing, carol.user);
}

async fn profile(viewer: &Person, of: &Person) -> Option<Profile> {
    let all: ProfilesResponse = viewer.post("/v1/profiles", &ProfilesRequest::default()).await.unwrap();
    all.profiles.into_iter().find(|profile| profile.user == of.user)
}

async fn sees_status(viewer: &Person, of: &Person) -> bool {
    profile(viewer, of).await.is_some_and(|profile| profile.status.is_some())
}

async fn profiles_are_for_contacts_and_not_for_the_blocked(database: Database) {
    let (host, alice, bob) = befriended(database).await;
    let carol = host.resident("carol").await;
    alice.direct(&carol).await;
    act(&alice, SetStatus { text: "by the sea".into(), until: None }).await.unwrap();
    assert!(sees_status(&bob, &alice).await && sees_status(&carol, &alice).await, "a contact needs no conversation");
    act(&alice, SetPrivacy { field: PrivacyField::Status, to: SeenBy::Contacts }).await.unwrap();
    assert!(sees_status(&bob, &alice).await && !sees_status(&carol, &alice).await);
    let known = profile(&carol, &alice).await.unwrap();
    act(&alice, SetStatus { text: "home again".into(), until: None }).await.unwrap();
    assert_eq!(profile(&carol, &alice).await.unwrap().ver, known.ver, "what is hidden does not show that it moves");
    ask(&carol, &alice).await;
    answer(&alice, &carol, true).await.unwrap();
    assert_ne!(profile(&carol, &alice).await.unwrap().ver, known.ver);
    assert!(sees_status(&carol, &alice).await);
    act(&carol, SetStatus { text: "at work".into(), until: None }).await.unwrap();
    assert!(sees_status(&alice, &carol).await);
    block(&alice, &carol).await;
    assert_eq!((profile(&carol, &alice).await, profile(&alice, &carol).await), (None, None), "neither sees the other");
    unblock(&alice, &carol).await;
    assert!(!sees_status(&carol, &alice).await && sees_status(&alice, &carol).await);
}

async fn strange_requests_are_refused(database: Database) {
    let (host, alice, bob) = two(database).await;
    for note in ["x".repeat(NOTE_CHARS_MAX + 1), "nul\0".into()] {
        assert_eq!(act(&alice, request(&alice, &bob, &note)).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    for request in [
        request(&alice, &alice, ""),
        RequestFriend { id: InvitationId::new(), ..request(&alice, &bob, "") },
        RequestFriend { id: InvitationId::friend(bob.user, alice.user), ..request(&alice, &bob, "") },
    ] {
        assert_eq!(act(&alice, request).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    assert_eq!(act(&alice, BlockUser { user: alice.user }).await.unwrap_err().code, ErrorCode::BadRequest);
    let mut people = Vec::new();
    for n in 0..=REQUESTS_PENDING_MAX {
        people.push(host.resident(&format!("person{n}")).await);
    }
    let (last, first) = people.split_last().unwrap();
    for person in first {
        ask(&alice, person).await;
    }
    let one_more = act(&alice, request(&alice, last, "")).await;
    assert_eq!(one_more.unwrap_err().code, ErrorCode::BadRequest, "a hundred are waiting");
    act(&alice, WithdrawInvitation { id: InvitationId::friend(alice.user, first[0].user), group: None }).await.unwrap();
    ask(&alice, last).await;
}

async fn a_batch_sees_what_came_before_in_it(database: Database) {
    let (_host, alice, bob) = two(database).await;
    let conversation = alice.direct(&bob).await;
    let id = InvitationId::friend(alice.user, bob.user);
    let (contact, user) = (request(&alice, &bob, ""), bob.user);
    let intents: [Intent; 7] = [
        contact.clone().into(),
        WithdrawInvitation { id, group: None }.into(),
        contact.into(),
        BlockUser { user }.into(),
        message(conversation, "refused"),
        UnblockUser { user }.into(),
        message(conversation, "heard"),
    ];
    let mutations = intents.map(|intent| hearth_protocol::mutation::Mutation::new(MutationId::new(), intent));
    let acked = alice.try_mutate(mutations.to_vec()).await.unwrap();
    let refused: Vec<bool> = acked.iter().map(|acked| matches!(acked.outcome, hearth_protocol::mutation::Outcome::Refused(_))).collect();
    assert_eq!(refused, [false, false, false, false, true, false, false]);
    assert_eq!((status(&alice).await, status(&bob).await), (Some(InvitationStatus::Withdrawn), Some(InvitationStatus::Withdrawn)));
}

async fn who_deletes_their_account_is_nobodys_contact(database: Database) {
    let host = Host::start(database).await;
    let _admin = host.resident("ada").await;
    let [alice, bob, carol, dan] =
        [host.resident("alice").await, host.resident("bob").await, host.resident("carol").await, host.resident("dan").await];
    ask(&alice, &bob).await;
    answer(&bob, &alice, true).await.unwrap();
    block(&dan, &alice).await;
    ask(&alice, &dan).await;
    ask(&carol, &alice).await;
    alice.post::<serde_json::Value>("/v1/account/delete", &serde_json::json!({ "password": PASSWORD })).await.unwrap();
    assert_eq!((contacts(&bob).await, blocked(&dan).await), (vec![], vec![]));
    assert_eq!((status(&bob).await, status(&carol).await), (Some(InvitationStatus::Accepted), Some(InvitationStatus::Rejected)));
    let asked = invitations(&bob).await.remove(0);
    assert!(asked.sender.is_deleted() && asked.content.is_empty(), "their name and words go with them: {asked:?}");
    for person in [&bob, &carol, &dan] {
        let rows = serde_json::to_string(&person.page(StreamId::User(person.user), From::Tail { messages: 0 }, 100).await).unwrap();
        assert!(!rows.contains("\"alice\""), "{rows}");
    }
    assert_eq!(act(&bob, request(&bob, &alice, "")).await.unwrap_err().code, ErrorCode::NotFound);
}
