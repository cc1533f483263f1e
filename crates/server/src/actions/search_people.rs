use super::bad_request;
use crate::{
    app::App,
    authority::{Act, Object, authorize},
    names,
    rates::Cost,
    store::{
        account,
        role::{self, Standing},
        session::Session,
    },
};
use hearth_protocol::{
    account::PeopleFound,
    error::ApiError,
    limits,
    role::{Permission, Permissions},
};

/// Finds people whose username or names start with the words; nothing for no words, so that nobody lists everybody.
pub(crate) async fn search_people(app: &App, session: Session, query: &str) -> Result<PeopleFound, ApiError> {
    app.rates().search_people(session.user)?;
    app.rates().spend(session.user, Cost::SearchPeople)?;
    if query.chars().count() > limits::QUERY_CHARS_MAX {
        return Err(bad_request("The search is too long: at most 200 characters."));
    }
    let words: Vec<String> = names::fold(query.trim_start_matches('@')).split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Ok(PeopleFound { people: Vec::new() });
    }
    let mut snapshot = app.store().snapshot().await?;
    let mine = role::standing(&mut snapshot, session.user).await?.map_or(Permissions::NONE, Standing::in_use);
    authorize(session.user, Act::OnServer(Permission::FindPeople), Object::Server { mine })?;
    let people = account::search(&mut snapshot, &words, limits::PEOPLE_FOUND_MAX).await?;
    Ok(PeopleFound { people })
}
