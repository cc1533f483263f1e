//! Whom a text can name, and whom it names: those who are in the conversation, by `@` and their username.

use super::{
    Client,
    people::{full_name, person_view},
};
use crate::view::{PersonView, Problem};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, UserId},
    rows::{MemberRow, Person},
};
use hearth_text::Nameable;
use std::collections::BTreeSet;

impl Client {
    /// What somebody writes there, with whom they name in it of those who are there.
    ///
    /// # Errors
    /// It is empty, too long, or names too many.
    pub(super) async fn body(&self, conversation: ConversationId, text: &str) -> Result<Body, Problem> {
        let mut named = BTreeSet::new();
        if text.contains('@') {
            let session = self.session()?;
            let people: Vec<_> = present(session.checked(session.replica.members(conversation).await)?).collect();
            let nameable: Vec<_> = people.iter().map(|person| nameable(person, Some(session.user))).collect();
            let found = hearth_text::named(text, &nameable);
            named.extend(found.into_iter().filter_map(|at| people.get(at)).map(|person| person.user));
        }
        let body = Body::naming(text, named);
        body.check().map_err(|reason| Problem::new("message_too_long", reason))?;
        Ok(body)
    }

    /// Whom one can name there, without me.
    pub async fn list_nameable(&self, conversation: ConversationId) -> Result<Vec<PersonView>, Problem> {
        let session = self.session()?;
        let people = present(session.checked(session.replica.members(conversation).await)?);
        let mut people: Vec<PersonView> = people.filter(|person| person.user != session.user).map(|person| person_view(&person)).collect();
        people.sort_by_key(|person| person.name.to_lowercase());
        Ok(people)
    }
}

fn present(members: Vec<MemberRow>) -> impl Iterator<Item = Person> {
    members.into_iter().filter(|member| member.left_at.is_none() && !member.person.is_deleted()).map(|member| member.person)
}

/// What a message says where there is a line for it, with the people whom it names by their names.
pub(super) fn words(body: Option<&Body>, named: &[Person]) -> String {
    let named: Vec<Nameable> = named.iter().map(|person| nameable(person, None)).collect();
    body.and_then(Body::searchable).map(|text| hearth_text::words(text, &named)).unwrap_or_default()
}

/// Somebody as a text can name them, and as they are shown in it to `reader`.
pub(super) fn nameable(person: &Person, reader: Option<UserId>) -> Nameable {
    let Person { user, username, .. } = person;
    Nameable { username: username.clone(), user: user.to_string(), name: full_name(person), me: reader == Some(*user) }
}
