//! What people tell of themselves, and who is told.

use crate::{
    friends,
    host::{Database, Host, wait},
    person::Person,
    pictures,
    socket::Socket,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    frame::ServerFrame,
    ids::{Epoch, GroupId, MediaId, MutationId, UserId},
    limits::{PROFILES_PER_PAGE_MAX, STATUS_CHARS_MAX},
    mutation::Part,
    mutations::{AddGroupMembers, CreateGroup, RemoveGroupMember, SetPrivacy, SetStatus},
    profile::{KnownProfile, PersonStatus, PrivacyField, Profile, ProfilesRequest, ProfilesResponse, SeenBy},
    rows::RowData,
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    each_field_is_told_to_whom_it_may_be,
    only_what_differs_is_told_and_what_is_lost_is_purged,
    the_hidden_does_not_show_that_it_moves,
    a_status_runs_out_by_itself,
    people_who_share_a_group_know_each_other,
    a_frame_says_when_to_ask,
    who_was_connected_is_noted,
    many_people_are_told_in_pages,
    strange_questions_are_refused,
);

/// Later than any test.
const LATER: i64 = 32_503_680_000_000;

async fn say(person: &Person, text: &str, until: Option<i64>) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), SetStatus { text: text.into(), until }.into()).await
}

pub async fn let_see(person: &Person, field: PrivacyField, to: SeenBy) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), SetPrivacy { field, to }.into()).await
}

async fn ask(person: &Person, request: ProfilesRequest) -> Result<ProfilesResponse, ApiError> {
    person.post("/v1/profiles", &request).await
}

/// Everything that somebody is told who knows nothing.
pub async fn all(person: &Person) -> Vec<Profile> {
    ask(person, ProfilesRequest::default()).await.unwrap().profiles
}

pub async fn profile(viewer: &Person, of: &Person) -> Option<Profile> {
    all(viewer).await.into_iter().find(|profile| profile.user == of.user)
}

/// What differs from some profiles.
async fn differing(person: &Person, known: &[Profile]) -> ProfilesResponse {
    let known = known.iter().map(|profile| KnownProfile { user: profile.user, ver: profile.ver }).collect();
    ask(person, ProfilesRequest { epoch: Some(person.epoch), known, ..ProfilesRequest::default() }).await.unwrap()
}

fn plain(text: &str) -> Option<PersonStatus> {
    Some(PersonStatus { text: text.into(), until: None })
}

/// Connects, waits until that was noted, and leaves.
async fn visit(host: &Host, person: &Person) {
    let socket = person.socket().await;
    let before = last_seen(person).await;
    drop(socket);
    wait(async || last_seen(person).await.is_some_and(|at| Some(at) > before)).await;
    wait(async || host.server().sockets() == 0).await;
}

async fn last_seen(person: &Person) -> Option<i64> {
    profile(person, person).await.and_then(|profile| profile.last_seen)
}

async fn each_field_is_told_to_whom_it_may_be(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol, dan) =
        (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await, host.resident("dan").await);
    let friend = host.resident("friend").await;
    alice.direct(&bob).await;
    friends::ask(&alice, &friend).await;
    friends::answer(&friend, &alice, true).await.unwrap();
    let group = alice.group("Left", &[&dan], true).await;
    alice.remove(group, &dan).await.unwrap();
    say(&alice, "  on the mountain ", Some(LATER)).await.unwrap();
    let picture = pictures::show(&alice, [200, 100, 0]).await;
    visit(&host, &alice).await;
    let status = Some(PersonStatus { text: "on the mountain".into(), until: Some(LATER) });
    let nothing = pictures::fetch(&alice, MediaId::new()).await.unwrap_err();
    let settings = [SeenBy::Nobody, SeenBy::Contacts, SeenBy::Everyone];
    let cases = settings.into_iter().flat_map(|a| settings.into_iter().flat_map(move |b| settings.into_iter().map(move |c| (a, b, c))));
    for (of_status, of_last_seen, of_picture) in cases {
        for (field, to) in [(PrivacyField::Status, of_status), (PrivacyField::LastSeen, of_last_seen), (PrivacyField::Picture, of_picture)]
        {
            let_see(&alice, field, to).await.unwrap();
        }
        for (viewer, name, close) in
            [(&alice, "herself", &settings[..]), (&friend, "a contact", &settings[1..]), (&bob, "bob", &settings[2..])]
        {
            let case = format!("{name}: {of_status:?} {of_last_seen:?} {of_picture:?}");
            let theirs = profile(viewer, &alice).await.unwrap();
            assert_eq!(theirs.status, status.clone().filter(|_| close.contains(&of_status)), "{case}");
            assert_eq!(theirs.last_seen.is_some(), close.contains(&of_last_seen), "{case}");
            let sees = close.contains(&of_picture);
            assert_eq!(theirs.picture, Some(picture).filter(|_| sees), "{case}");
            let bytes = pictures::fetch(viewer, picture).await;
            assert!(if sees { bytes.is_ok() } else { bytes == Err(nothing.clone()) }, "{case}: {bytes:?}");
        }
        for (viewer, name) in [(&carol, "a stranger"), (&dan, "somebody who left")] {
            assert_eq!(profile(viewer, &alice).await, None, "{name}");
            assert_eq!(pictures::fetch(viewer, picture).await, Err(nothing.clone()), "{name}");
        }
    }
    // My other devices hear of it on my own stream.
    let Page::Tail { part, .. } = alice.page(StreamId::User(alice.user), From::Tail { messages: 0 }, 10).await else { panic!("no tail") };
    let account = part.rows.into_iter().find_map(|row| if let RowData::Account(row) = row.data { Some(row) } else { None }).unwrap();
    assert_eq!((account.status, account.privacy.status), (status, SeenBy::Everyone));
}

async fn only_what_differs_is_told_and_what_is_lost_is_purged(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    assert_eq!(all(&bob).await, [], "there is nothing to tell of people who have said nothing");
    let group = alice.group("Club", &[&bob, &carol], true).await;
    say(&alice, "one", None).await.unwrap();
    say(&carol, "two", None).await.unwrap();
    let known = all(&bob).await;
    assert_eq!(known.len(), 2);
    let same = differing(&bob, &known).await;
    assert_eq!((same.profiles, same.gone, same.next), (vec![], vec![], None));
    // Bob himself has said nothing: what he knows of that is of a database that was set back.
    for ver in [0, 4] {
        let lost = Profile { ver, status: plain("lost"), ..Profile::silent(bob.user) };
        assert_eq!(differing(&bob, &[lost]).await.gone, [bob.user]);
    }
    let parts = say(&alice, "three", None).await.unwrap();
    assert_eq!(parts.len(), 1);
    say(&alice, "three", None).await.unwrap();
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    let changed = differing(&bob, &known).await;
    assert_eq!(
        changed.profiles.iter().map(|profile| (profile.user, profile.status.clone())).collect::<Vec<_>>(),
        [(alice.user, plain("three"))]
    );
    let_see(&alice, PrivacyField::Status, SeenBy::Nobody).await.unwrap();
    let hidden = differing(&bob, &known).await.profiles;
    assert_eq!(hidden.iter().map(|profile| (profile.user, profile.status.clone())).collect::<Vec<_>>(), [(alice.user, None)]);
    alice.remove(group, &bob).await.unwrap();
    let left = differing(&bob, &known).await;
    let mut gone: Vec<UserId> = known.iter().map(|profile| profile.user).collect();
    gone.sort();
    assert_eq!((left.profiles, left.gone), (vec![], gone));
}

async fn the_hidden_does_not_show_that_it_moves(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    let_see(&alice, PrivacyField::Status, SeenBy::Nobody).await.unwrap();
    let_see(&alice, PrivacyField::LastSeen, SeenBy::Nobody).await.unwrap();
    let known = all(&bob).await;
    let mine = all(&alice).await;
    say(&alice, "secretly away", Some(1)).await.unwrap();
    visit(&host, &alice).await;
    assert_eq!(differing(&bob, &known).await.profiles, []);
    assert_eq!(differing(&alice, &mine).await.profiles.len(), 1, "she sees her own");
}

async fn a_status_runs_out_by_itself(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    say(&alice, "long over", Some(1)).await.unwrap();
    let told = profile(&bob, &alice).await.unwrap();
    assert_eq!(told.status, None);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let until = i64::try_from(now).unwrap() + 1_500;
    say(&alice, "back in a second", Some(until)).await.unwrap();
    let known = all(&bob).await;
    wait(async || differing(&bob, &known).await.profiles.iter().any(|profile| profile.status.is_none())).await;
}

async fn people_who_share_a_group_know_each_other(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    say(&alice, "at work", None).await.unwrap();
    let group = GroupId::new();
    bob.perform(MutationId::new(), CreateGroup { group, name: "Team".into(), about: String::new() }.into()).await.unwrap();
    assert_eq!(profile(&bob, &alice).await, None);
    bob.perform(MutationId::new(), AddGroupMembers { group, people: [alice.user].into() }.into()).await.unwrap();
    let known = all(&bob).await;
    assert_eq!(known.iter().find(|profile| profile.user == alice.user).unwrap().status, plain("at work"));
    bob.perform(MutationId::new(), RemoveGroupMember { group, person: alice.user }.into()).await.unwrap();
    assert_eq!(differing(&bob, &known).await.gone, [alice.user]);
}

async fn asked_to_ask(socket: &mut Socket) {
    socket.until(|frame| (frame == ServerFrame::Profiles).then_some(())).await;
}

async fn a_frame_says_when_to_ask(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (mut bobs, mut carols) = (bob.socket().await, carol.socket().await);
    let conversation = alice.direct(&bob).await;
    // They share something since.
    asked_to_ask(&mut bobs).await;
    say(&alice, "busy", None).await.unwrap();
    asked_to_ask(&mut bobs).await;
    let_see(&alice, PrivacyField::Status, SeenBy::Nobody).await.unwrap();
    asked_to_ask(&mut bobs).await;
    // What is hidden moves without a word, and a stranger never hears one.
    say(&alice, "hidden", None).await.unwrap();
    alice.send(conversation, "the next thing").await;
    let frame = bobs.until(|frame| (!matches!(frame, ServerFrame::Heartbeat { .. })).then_some(frame)).await;
    assert!(matches!(frame, ServerFrame::Rows(_)), "{frame:?}");
    let other = carol.direct(&bob).await;
    carol.send(other, "hello").await;
    let mut asked = 0;
    loop {
        match carols.next().await {
            Some(ServerFrame::Profiles) => asked += 1,
            Some(ServerFrame::Rows(part))
                if part.stream == StreamId::Conversation(other) && part.rows.iter().any(|row| row.data.pos().is_some()) =>
            {
                break;
            }
            Some(_) => {}
            None => panic!("the socket was closed"),
        }
    }
    assert!(asked <= 1, "for her own conversation alone");
}

async fn who_was_connected_is_noted(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    alice.direct(&bob).await;
    assert_eq!(profile(&bob, &alice).await, None);
    let (first, second) = (alice.socket().await, alice.socket().await);
    wait(async || profile(&bob, &alice).await.is_some_and(|profile| profile.last_seen.is_some())).await;
    let here = profile(&bob, &alice).await.unwrap();
    drop(first);
    wait(async || host.server().sockets() == 1).await;
    assert_eq!(profile(&bob, &alice).await.unwrap(), here, "another is open");
    drop(second);
    wait(async || profile(&bob, &alice).await.is_some_and(|profile| profile.last_seen > here.last_seen && profile.ver != here.ver)).await;
    let gone = profile(&bob, &alice).await.unwrap();
    // A backup that is set back continues with versions that were never given.
    assert!(gone.ver >= gone.last_seen.and_then(|at| at.try_into().ok()).unwrap());
    // A server that stops writes down who was there.
    let _open = alice.socket().await;
    host.restart().await;
    let bob = bob.at(&host);
    assert!(profile(&bob, &alice).await.unwrap().last_seen > gone.last_seen);
}

async fn many_people_are_told_in_pages(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    alice.group("Club", &[&bob, &carol], true).await;
    for person in [&alice, &bob, &carol] {
        say(person, "here", None).await.unwrap();
    }
    let mut people = [alice.user, bob.user, carol.user];
    people.sort();
    let known = vec![KnownProfile { user: people[0], ver: 0 }];
    let page = ask(&alice, ProfilesRequest { known, more: true, ..ProfilesRequest::default() }).await.unwrap();
    assert_eq!(page.profiles.iter().map(|profile| profile.user).collect::<Vec<_>>(), [people[0]]);
    assert_eq!(page.next, Some(people[0]));
    let rest = ask(&alice, ProfilesRequest { after: page.next, ..ProfilesRequest::default() }).await.unwrap();
    assert_eq!(rest.profiles.iter().map(|profile| profile.user).collect::<Vec<_>>(), people[1..]);
    assert_eq!(rest.next, None);
}

async fn strange_questions_are_refused(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let known = |count: usize| (0..count).map(|_| KnownProfile { user: UserId::new(), ver: 1 }).collect::<Vec<_>>();
    let mut backwards = known(2);
    backwards.sort_by_key(|known| std::cmp::Reverse(known.user));
    let mut many = known(PROFILES_PER_PAGE_MAX + 1);
    many.sort_by_key(|known| known.user);
    for known in [many, backwards] {
        let refused = ask(&alice, ProfilesRequest { known, ..ProfilesRequest::default() }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadRequest);
    }
    let other = ProfilesRequest { epoch: Some(Epoch::new()), ..ProfilesRequest::default() };
    assert_eq!(ask(&alice, other).await.unwrap_err().code, ErrorCode::EpochChanged);
    for text in ["x".repeat(STATUS_CHARS_MAX + 1), "two\nlines".into(), "nul\0".into()] {
        assert_eq!(say(&alice, &text, None).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    assert!(say(&alice, &"é".repeat(STATUS_CHARS_MAX), None).await.is_ok());
    for (field, to) in [(PrivacyField::Unknown, SeenBy::Nobody), (PrivacyField::Status, SeenBy::Unknown)] {
        assert_eq!(let_see(&alice, field, to).await.unwrap_err().code, ErrorCode::BadRequest);
    }
    say(&alice, "", None).await.unwrap();
    assert_eq!(profile(&alice, &alice).await.unwrap().status, None);
}
