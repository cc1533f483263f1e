//! What people tell of themselves: told by version, purged when it is not mine to see any more, kept over a restart.

use crate::support::{KEY, Local, Server, account, mutation, ready};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{Epoch, UserId},
    limits::PROFILES_PER_PAGE_MAX,
    mutation::{Acked, Outcome},
    mutations::{SetPrivacy, SetStatus},
    profile::{KnownProfile, PersonStatus, Privacy, PrivacyField, Profile, ProfilesResponse, SeenBy},
    rows::AccountRow,
};
use hearth_replica::{Apply, Key, OwnProfile, Replica};

fn profile(user: UserId, ver: u64, text: &str) -> Profile {
    Profile { user, ver, status: Some(PersonStatus { text: text.into(), until: Some(99) }), last_seen: Some(7) }
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
    let hidden = Profile { user: bob, ver: 4, status: None, last_seen: None };
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
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile::default());
    let said = mutation(SetStatus { text: " on a train ".into(), until: None }.into());
    let hide = mutation(SetPrivacy { field: PrivacyField::LastSeen, to: SeenBy::Nobody }.into());
    for mutation in [&said, &hide] {
        replica.enqueue(mutation, 1).await.unwrap();
    }
    let privacy = Privacy { status: SeenBy::Everyone, last_seen: SeenBy::Nobody };
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile { status: status("on a train"), privacy });
    replica.claim(2, 10).await.unwrap();
    let row = AccountRow { status: status("on a train"), ..account(&server.alice) };
    let applied = Outcome::Applied(vec![server.user.commit(row)]);
    let refused = Outcome::Refused(ApiError::new(ErrorCode::BadRequest, "no"));
    let acked = vec![Acked { id: said.id, outcome: applied }, Acked { id: hide.id, outcome: refused }];
    let applied = replica.apply(Apply { acked, ..Apply::default() }).await.unwrap();
    assert!(applied.people);
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile { status: status("on a train"), privacy: Privacy::default() });
    // Said on another device, with a word that this build does not have.
    let privacy = Privacy { status: SeenBy::Unknown, ..Privacy::default() };
    let part = server.user.commit(AccountRow { status: None, privacy, ..account(&server.alice) });
    replica.apply(crate::support::parts(vec![part])).await.unwrap();
    assert_eq!(replica.own_profile().await.unwrap(), OwnProfile { status: None, privacy });
}
