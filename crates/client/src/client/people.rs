//! Finding people to talk to.

use super::Client;
use crate::view::{Connection, PersonView, Problem};
use hearth_protocol::{limits, rows::Person};

impl Client {
    /// People by the beginning of a name: everybody on the server, or those known here when it cannot be reached.
    pub async fn search_people(&self, query: &str) -> Result<Vec<PersonView>, Problem> {
        let session = self.session()?;
        let query = query.trim();
        if query.is_empty() {
            return Ok(vec![]);
        }
        if query.chars().count() > limits::QUERY_CHARS_MAX {
            return Err(Problem::new("bad_request", format!("Type at most {} characters.", limits::QUERY_CHARS_MAX)));
        }
        let online = matches!(session.connection(), Connection::Live | Connection::CatchingUp);
        let found = match session.api().filter(|_| online) {
            Some(api) => {
                let asked = session.replica.names_told();
                match api.people(query).await {
                    Ok(found) => {
                        session.replica.remember_people(&found.people, asked).await?;
                        found.people
                    }
                    Err(failure) => {
                        tracing::info!(%failure, "people search falls back to the replica");
                        session.replica.people(query, limits::PEOPLE_FOUND_MAX).await?
                    }
                }
            }
            None => session.replica.people(query, limits::PEOPLE_FOUND_MAX).await?,
        };
        Ok(found.into_iter().filter(|person| person.user != session.user).map(|person| person_view(&person)).collect())
    }
}

pub(super) fn person_view(person: &Person) -> PersonView {
    PersonView { user: person.user, username: person.username.clone(), name: full_name(person) }
}

/// First and last name; the username where both are empty.
pub(crate) fn full_name(person: &Person) -> String {
    let name = format!("{} {}", person.first_name, person.last_name);
    match name.trim() {
        "" => person.username.clone(),
        name => name.to_owned(),
    }
}
