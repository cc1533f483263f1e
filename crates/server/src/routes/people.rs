//! Finding people.

use super::{
    reply::{InQuery, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::account::PeopleFound;
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
