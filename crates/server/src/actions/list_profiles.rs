use super::bad_request;
use crate::{
    app::App,
    clock,
    rates::Cost,
    store::{
        profile::{self, StoredProfile, Viewer},
        session::Session,
    },
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::UserId,
    limits::PROFILES_PER_PAGE_MAX,
    profile::{KnownProfile, ProfilesRequest, ProfilesResponse},
};
use std::collections::BTreeMap;

/// What somebody sees of their contacts and of those with whom they share a conversation or a group, as far as it is not what they know. One snapshot decides who
/// that is and what is told.
pub(crate) async fn list_profiles(app: &App, session: Session, request: &ProfilesRequest) -> Result<ProfilesResponse, ApiError> {
    let epoch = app.epoch();
    if request.epoch.is_some_and(|theirs| theirs != epoch) {
        return Err(ApiError::new(ErrorCode::EpochChanged, "The server's database was restored. Ask for the heads again."));
    }
    let in_order = request.known.is_sorted_by(|a, b| a.user < b.user);
    let behind = request.known.first().is_none_or(|first| request.after.is_none_or(|after| after < first.user));
    if request.known.len() > PROFILES_PER_PAGE_MAX || !in_order || !behind {
        return Err(bad_request("A question for profiles names at most 1,000 people, in the order of their ids."));
    }
    app.rates().spend(session.user, Cost::Profiles { known: request.known.len() })?;
    let upto = request.known.last().map(|last| last.user).filter(|_| request.more);
    // So many are enough: either they differ and fill the answer, or they are among those that are known.
    let limit = PROFILES_PER_PAGE_MAX + request.known.len() + 1;
    let mut snapshot = app.store().snapshot().await?;
    let around = profile::around(&mut snapshot, session.user, (request.after, upto), limit).await?;
    let known = request.known.iter().map(|KnownProfile { user, ver }| (*user, *ver)).collect();
    let mut page = compare(known, around, clock::now());
    page.next = page.next.or(upto);
    Ok(ProfilesResponse { epoch, profiles: page.profiles, gone: page.gone, next: page.next })
}

/// What differs of people in order, and up to whom that was all that fits.
fn compare(mut known: BTreeMap<UserId, u64>, around: Vec<(UserId, Viewer, StoredProfile)>, now: i64) -> ProfilesResponse {
    let mut page = ProfilesResponse { epoch: Default::default(), profiles: Vec::new(), gone: Vec::new(), next: None };
    for (user, viewer, stored) in around {
        let mine = known.remove(&user);
        let profile = stored.seen(user, viewer, now);
        // Of whom there is nothing to tell has the version 0; what a viewer has of them is of a lost incarnation, and goes.
        match mine {
            Some(ver) if profile.ver == 0 => {
                known.insert(user, ver);
                continue;
            }
            mine if profile.ver == mine.unwrap_or(0) => continue,
            _ => {}
        }
        if page.profiles.len() == PROFILES_PER_PAGE_MAX {
            page.next = page.profiles.last().map(|last| last.user);
            break;
        }
        page.profiles.push(profile);
    }
    let told = |user: &UserId| page.next.is_none_or(|next| *user <= next);
    page.gone = known.into_keys().filter(told).collect();
    page
}
