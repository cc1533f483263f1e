//! Finding people, and what they tell of themselves.

use super::{
    reply::{Body, InQuery, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::{
    account::PeopleFound,
    profile::{ProfilesRequest, ProfilesResponse},
};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

pub(super) async fn search(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InQuery(search): InQuery<Search>,
) -> Reply<PeopleFound> {
    Ok(Json(actions::search_people(&app, session, &search.q).await?))
}

pub(super) async fn profiles(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ProfilesRequest>,
) -> Reply<ProfilesResponse> {
    Ok(Json(actions::list_profiles(&app, session, &request).await?))
}
