//! What people tell of themselves: told by version, purged when it is not mine to see any more, kept over a restart.

use crate::support::{KEY, Local, Server, Stream, account, mutation, parts, person, ready};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, Epoch, GroupId, MediaId, UserId},
    limits::PROFILES_PER_PAGE_MAX,
    mutation::{Acked, Outcome},
    mutations::{SetAbout, SetName, SetPrivacy, SetStatus},
    profile::{KnownProfile, PersonStatus, PictureSize, Privacy, PrivacyField, Profile, ProfilesResponse, SeenBy},
    rows::{AccountRow, ChannelRow, GroupMemberRow, GroupMembershipRow, MemberRole, Person},
    stream::StreamId,
};
use hearth_replica::{Apply, Key, OwnProfile, Replica};

fn profile(user: UserId, ver: u64, text: &str) -> Profile {
    let status = Some(PersonStatus { text: text.into(), until: Some(99) });
    Profile { user, ver, status, last_seen: Some(7), picture: None, about: "a baker\nby night".into(), deactivated: false }
}

/// Applies an answer; whether people look different after it.
async fn told(replica: &Local, epoch: Epoch, profiles: Vec<Profile>, gone: Vec<UserId>) -> bool {
    let answer = ProfilesResponse { epoch, profiles, gone, next: None };
    replica.apply(Apply { profiles: Some(answer), ..Apply::default() }).await.unwrap().people
}

async fn known(replica: &Replica) -> Vec<KnownProfile> {
    replica.profiles_question(None).await.unwrap().unwrap().known
}

#[tokio::test]
async fn what_is_told_is_kept_and_what_is_gone_is_purged() {
    let (replica, Server { epoch, alice, bob, .. }) = ready().await;
    let (alice, bob) = (alice.user, bob.user);
    assert!(told(&replica, epoch, vec![profile(bob, 3, "away"), profile(alice, 1, "me")], vec![]).await);
    assert_eq!(replica.profiles(&[bob, UserId::new()]).await.unwrap(), [profile(bob, 3, "away")]);
    assert!(!told(&replica, epoch, vec![profile(bob, 3, "away")], vec![]).await, "nothing new");
    let hidden = Profile { ver: 4, ..Profile::silent(bob) };
    assert!(told(&replica, epoch, vec![hidden.clone()], vec![]).await);
    let Local { folder, replica } = replica;
    replica.close().await;
    let again = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    assert_eq!(again.profiles(&[bob]).await.unwrap(), [hidden]);
    let replica = Local { folder, replica: again };
    assert!(told(&replica, epoch, vec![], vec![bob]).await);
    assert!(!told(&replica, epoch, vec![], vec![bob]).await);
    assert_eq!(known(&replica).await, [KnownProfile { user: alice, ver: 1 }]);
}

#[tokio::test]
async fn another_incarnation_of_the_server_tells_everything_once_more() {
    let (replica, Server { epoch, bob, .. }) = ready().await;
    told(&replica, epoch, vec![profile(bob.user, 3, "away")], vec![]).await;
    assert!(!told(&replica, Epoch::new(), vec![], vec![bob.user]).await, "an answer of another epoch");
    let restored = Epoch::new();
    replica.welcome(restored, 0, 0).await.unwrap();
    let question = replica.profiles_question(None).await.unwrap().unwrap();
    assert_eq!((question.epoch, question.known), (Some(restored), vec![KnownProfile { user: bob.user, ver: 0 }]));
    assert_eq!(replica.profiles(&[bob.user]).await.unwrap().len(), 1, "readable until then");
}

#[tokio::test]
async fn many_people_are_asked_about_page_by_page() {
    let (replica, Server { epoch, .. }) = ready().await;
    let mut people: Vec<Profile> = (0..=PROFILES_PER_PAGE_MAX).map(|_| profile(UserId::new(), 1, "here")).collect();
    people.sort_by_key(|profile| profile.user);
    told(&replica, epoch, people.clone(), vec![]).await;
    let first = replica.profiles_question(None).await.unwrap().unwrap();
    assert_eq!((first.known.len(), first.more, first.after), (PROFILES_PER_PAGE_MAX, true, None));
    assert!(first.known.is_sorted_by_key(|known| known.user));
    let last = first.known.last().unwrap().user;
    let second = replica.profiles_question(Some(last)).await.unwrap().unwrap();
    assert_eq!((second.known.len(), second.more, second.after), (1, false, Some(last)));
    assert_eq!(second.known[0].user, people.last().unwrap().user);
}

#[tokio::test]
async fn what_i_say_of_myself_shows_at_once_and_goes_back_when_it_is_refused() {
    let (replica, mut server) = ready().await;
    let status = |text: &str| Some(PersonStatus { text: text.into(), until: None });
    let Person { first_name, last_name, .. } = server.alice.clone();
    let nothing = OwnProfile { first_name, last_name, ..OwnProfile::default() };
    assert_eq!(replica.own_profile().await.unwrap(), nothing);
    let said = mutation(SetStatus { text: " on a train ".into(), until: None }.into());
    let tell = mutation(SetAbout { text: " a baker\n".into() }.into());
    let hide = mutation(SetPrivacy { field: PrivacyField::Picture, to: SeenBy::Nobody }.into());
    for mutation in [&said, &tell, &hide] {
        replica.enqueue(mutation, 1).await.unwrap();
    }
    let privacy = Privacy { picture: SeenBy::Nobody, ..Privacy::default() };
    let (status, about) = (status("on a train"), "a baker".to_owned());
    let mine = OwnProfile { status: status.clone(), about: about.clone(), privacy, ..nothing.clone() };
    assert_eq!(replica.own_profile().await.unwrap(), mine);
    replica.claim(2, 10).await.unwrap();
    let picture = Some(MediaId::new());
    let row = AccountRow { status, about, picture, ..account(&server.alice) };
    let applied = Outcome::Applied(vec![server.user.commit(row)]);
    let refused = Outcome::Refused(ApiError::new(ErrorCode::BadRequest, "no"));
    let acked = [(said.id, applied.clone()), (tell.id, applied), (hide.id, refused)];
    let acked = acked.into_iter().map(|(id, outcome)| Acked { id, outcome }).collect();
    let applied = replica.apply(Apply { acked, ..Apply::default() }).await.unwrap();
    assert!(applied.people);
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile { picture, privacy: Privacy::default(), ..mine });
    // Said on another device, with a word that this build does not have.
    let privacy = Privacy { status: SeenBy::Unknown, ..Privacy::default() };
    let part = server.user.commit(AccountRow { status: None, privacy, ..account(&server.alice) });
    replica.apply(parts(vec![part])).await.unwrap();
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile { privacy, ..nothing });
}

#[tokio::test]
async fn a_picture_is_kept_as_long_as_a_profile_names_it() {
    let (replica, Server { epoch, bob, .. }) = ready().await;
    let (one, two) = (MediaId::new(), MediaId::new());
    let shows = |ver, picture| Profile { picture, ..profile(bob.user, ver, "here") };
    let kept = async |id| replica.picture(id, PictureSize::Small).await.unwrap();
    replica.keep_picture(one, PictureSize::Small, b"too early").await.unwrap();
    assert_eq!(kept(one).await, None, "nobody looks like that");
    assert!(told(&replica, epoch, vec![shows(1, Some(one))], vec![]).await);
    for (size, bytes) in [(PictureSize::Small, b"small"), (PictureSize::Large, b"large")] {
        replica.keep_picture(one, size, bytes).await.unwrap();
    }
    replica.keep_picture(one, PictureSize::Small, b"other").await.unwrap();
    assert_eq!(kept(one).await.as_deref(), Some(&b"small"[..]), "what is kept under a name never changes");
    assert_eq!(replica.picture(one, PictureSize::Large).await.unwrap().as_deref(), Some(&b"large"[..]));
    told(&replica, epoch, vec![shows(2, Some(one))], vec![]).await;
    assert!(kept(one).await.is_some());
    // Another one, none, and nobody.
    told(&replica, epoch, vec![shows(3, Some(two))], vec![]).await;
    assert_eq!((kept(one).await, replica.picture(one, PictureSize::Large).await.unwrap()), (None, None));
    replica.keep_picture(two, PictureSize::Small, b"small").await.unwrap();
    told(&replica, epoch, vec![shows(4, None)], vec![]).await;
    assert_eq!(kept(two).await, None);
    told(&replica, epoch, vec![shows(5, Some(one))], vec![]).await;
    replica.keep_picture(one, PictureSize::Small, b"small").await.unwrap();
    told(&replica, epoch, vec![], vec![bob.user]).await;
    assert_eq!(kept(one).await, None);
}

#[tokio::test]
async fn my_name_shows_at_once_and_the_server_has_the_last_word() {
    let (replica, mut server) = ready().await;
    let name = async || {
        let mine = replica.own_profile().await.unwrap();
        format!("{} {}", mine.first_name, mine.last_name).trim().to_owned()
    };
    let before = name().await;
    let set = |first: &str, last: &str| mutation(SetName { first_name: first.into(), last_name: last.into() }.into());
    let (one, two) = (set(" Anna ", " Berg "), set("Hanna", ""));
    for mutation in [&one, &two] {
        replica.enqueue(mutation, 1).await.unwrap();
    }
    assert_eq!(name().await, "Hanna");
    let me = replica.person(server.alice.user).await.unwrap();
    assert_eq!(me, Some(server.alice.clone()), "what others see is another matter");
    replica.claim(2, 10).await.unwrap();
    let row = AccountRow { first_name: "Anna".into(), last_name: "Berg".into(), ..account(&server.alice) };
    let acked = [
        Acked { id: one.id, outcome: Outcome::Applied(vec![server.user.commit(row)]) },
        Acked { id: two.id, outcome: Outcome::Refused(ApiError::new(ErrorCode::InvalidName, "no")) },
    ];
    let applied = replica.apply(Apply { acked: acked.into(), ..Apply::default() }).await.unwrap();
    assert!(applied.people);
    assert_eq!((name().await.as_str(), before.is_empty()), ("Anna Berg", false));
    assert_eq!(replica.person(server.alice.user).await.unwrap().unwrap().first_name, "Anna");
    // A start with what was noted at sign-in says nothing that is newer.
    replica.remember_me(&account(&server.alice)).await.unwrap();
    assert_eq!(name().await, "Anna Berg");
    assert_eq!(replica.person(server.alice.user).await.unwrap().unwrap().first_name, "Anna");
}

#[tokio::test]
async fn another_name_makes_everything_that_shows_it_look_different() {
    let (replica, mut server) = ready().await;
    let (team, direct) = (GroupId::new(), server.conversation());
    let mut stream = Stream::new(StreamId::Group(team), server.epoch);
    let joined = GroupMembershipRow {
        group: team,
        role: MemberRole::Member,
        joined_at: 1,
        left_at: None,
        gone: false,
        gone_name: String::new(),
        vis_ver: 1,
    };
    replica.apply(parts(vec![server.user.commit(joined)])).await.unwrap();
    let member = |person: &Person| GroupMemberRow { person: person.clone(), role: MemberRole::Member, joined_at: 1, left_at: None };
    let channel = ConversationId::new();
    let row = ChannelRow { conversation: channel, name: "plans".into(), topic: String::new(), closed: false };
    stream.commit(row);
    stream.commit(member(&server.bob));
    replica.apply(Apply { tails: vec![stream.tail(10)], ..Apply::default() }).await.unwrap();
    let asked = replica.names_told();
    let renamed = Person { first_name: "Robert".into(), last_name: "Berg".into(), ..server.bob.clone() };
    let applied = replica.apply(parts(vec![stream.commit(member(&renamed))])).await.unwrap();
    assert_eq!(applied.conversations, [direct, channel].into(), "the list names him, and what he wrote does");
    assert!(applied.people && applied.groups && applied.friends && applied.inbox);
    assert_eq!(replica.people("rob ber", 10).await.unwrap(), std::slice::from_ref(&renamed));
    assert_eq!(replica.conversation(direct).await.unwrap().unwrap().peer, Some(renamed.clone()));
    let again = replica.apply(parts(vec![stream.commit(member(&renamed))])).await.unwrap();
    assert!(again.conversations.is_empty() && !again.friends, "the next row that says so is no news");
    // What a search finds that was asked before he said so brings nobody's old name back.
    let carol = person("Carol");
    replica.remember_people(&[server.bob.clone(), carol.clone()], asked).await.unwrap();
    assert_eq!(replica.person(renamed.user).await.unwrap(), Some(renamed));
    assert_eq!(replica.person(carol.user).await.unwrap(), Some(carol));
    // What is asked now is newer than any row that is here.
    replica.remember_people(std::slice::from_ref(&server.bob), replica.names_told()).await.unwrap();
    assert_eq!(replica.person(server.bob.user).await.unwrap(), Some(server.bob.clone()));
}
