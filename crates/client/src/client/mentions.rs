//! Whom a text can name, and whom it names: those who are in the conversation, by `@` and their username.

use super::{
    Client,
    people::{full_name, person_view},
};
use crate::view::{EveryoneView, PersonView, Problem};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, UserId},
    limits,
    rows::{ConversationKind, MemberRole, MemberRow, Person},
};
use hearth_text::Nameable;
use std::collections::BTreeSet;

impl Client {
    /// What somebody writes there, with whom they name in it of those who are there.
    ///
    /// # Errors
    /// It is empty, too long, or names too many; `not_allowed` where it names everyone and they may not.
    pub(super) async fn body(&self, conversation: ConversationId, text: &str) -> Result<Body, Problem> {
        self.body_again(conversation, false, text).await
    }

    /// The same in the place of what they wrote before. `called`: it named everyone, which may stay.
    pub(super) async fn body_again(&self, conversation: ConversationId, called: bool, text: &str) -> Result<Body, Problem> {
        let mut named = BTreeSet::new();
        if text.contains('@') {
            let session = self.session()?;
            let people: Vec<_> = present(session.checked(session.replica.members(conversation).await)?).collect();
            let nameable: Vec<_> = people.iter().map(|person| nameable(person, Some(session.user))).collect();
            let found = hearth_text::named(text, &nameable);
            named.extend(found.into_iter().filter_map(|at| people.get(at)).map(|person| person.user));
        }
        let everyone = self.look_at_everyone(conversation, text).await?;
        if everyone.named && !everyone.allowed && !called {
            let most = limits::EVERYONE_MEMBERS_MAX;
            let reason = format!("Among more than {most} people only the owner and admins can notify everyone. Name those it is for.");
            return Err(Problem::new("not_allowed", reason));
        }
        let body = if everyone.named { Body::naming(text, named).to_everyone() } else { Body::naming(text, named) };
        body.check().map_err(|reason| Problem::new("message_too_long", reason))?;
        Ok(body)
    }

    /// Whether a text names everyone there, how many others these are, and whether I may tell all of them. Of a direct conversation: no.
    pub async fn look_at_everyone(&self, conversation: ConversationId, text: &str) -> Result<EveryoneView, Problem> {
        let session = self.session()?;
        let line = session.checked(session.replica.conversation(conversation).await)?;
        if line.is_none_or(|line| line.kind == ConversationKind::Direct) {
            return Ok(EveryoneView::default());
        }
        let there = self.list_members(conversation).await?;
        let few = there.members.len() <= limits::EVERYONE_MEMBERS_MAX;
        let others = there.members.iter().filter(|member| member.person.user != session.user).count();
        Ok(EveryoneView {
            named: !hearth_text::named(text, &[Nameable::Everyone { me: false }]).is_empty(),
            others: u32::try_from(others).unwrap_or(u32::MAX),
            allowed: few || there.role.is_some_and(MemberRole::manages),
            warns: others > limits::EVERYONE_UNWARNED_MAX,
        })
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
    Nameable::Person { username: username.clone(), user: user.to_string(), name: full_name(person), me: reader == Some(*user) }
}
