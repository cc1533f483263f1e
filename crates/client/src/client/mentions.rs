//! Whom a text can name, and whom it names: those who are in the conversation, by `@` and their username.

use super::{
    Client,
    people::{full_name, person_view},
};
use crate::view::{ChannelView, EveryoneView, PersonView, Problem};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, UserId},
    limits,
    rows::{ConversationKind, MemberRole, MemberRow, Person},
};
use hearth_replica::{Item, TimelineMessage};
use hearth_text::Nameable;
use std::collections::{BTreeMap, BTreeSet};

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
        let channels = self.led_to(conversation, text).await?;
        let (mut named, mut everyone) = (BTreeSet::new(), EveryoneView::default());
        if text.contains('@') {
            let session = self.session()?;
            let people: Vec<_> = present(session.checked(session.replica.members(conversation).await)?).collect();
            let nameable: Vec<_> = people.iter().map(|person| nameable(person, Some(session.user))).collect();
            let found = hearth_text::named(text, &nameable);
            named.extend(found.into_iter().filter_map(|at| people.get(at)).map(|person| person.user));
            everyone = self.look_at_everyone(conversation, text).await?;
        }
        if everyone.named && !everyone.allowed && !called {
            let most = limits::EVERYONE_MEMBERS_MAX;
            let reason = format!("Among more than {most} people only the owner and admins can notify everyone. Name those it is for.");
            return Err(Problem::new("not_allowed", reason));
        }
        let body = Body::naming(text, named).leading_to(channels);
        let body = if everyone.named { body.calling_everyone() } else { body };
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

    /// The channels to which a text leads, of those of the conversation's group that everybody there can see, by their names in it.
    async fn led_to(&self, conversation: ConversationId, text: &str) -> Result<BTreeMap<ConversationId, String>, Problem> {
        if !text.contains('#') {
            return Ok(BTreeMap::new());
        }
        let channels = self.channels_beside(conversation).await?;
        let nameable = |(id, name): &(ConversationId, String)| channel(*id, name.clone(), name.clone());
        let found = hearth_text::named(text, &channels.iter().map(nameable).collect::<Vec<_>>());
        Ok(found.into_iter().filter_map(|at| channels.get(at)).cloned().collect())
    }

    async fn channels_beside(&self, conversation: ConversationId) -> Result<Vec<(ConversationId, String)>, Problem> {
        let session = self.session()?;
        let line = session.checked(session.replica.conversation(conversation).await)?;
        match line.and_then(|line| line.group) {
            Some((group, _)) => Ok(session.checked(session.replica.channels_of(group, conversation).await)?),
            None => Ok(vec![]),
        }
    }

    /// The channels that a text there can lead to: the public ones of the same group and the one where it is written, by name.
    pub async fn list_nameable_channels(&self, conversation: ConversationId) -> Result<Vec<ChannelView>, Problem> {
        let channels = self.channels_beside(conversation).await?;
        Ok(channels.into_iter().map(|(id, name)| ChannelView { id, name }).collect())
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

/// What a message names, as it is drawn to `reader`. What the reader cannot see stays as it was written.
pub(super) fn drawn_in(message: &TimelineMessage, reader: UserId) -> Vec<Nameable> {
    let waiting = match &message.item {
        Item::Row(_) => None,
        Item::Outbox(entry) => super::outbox::body_of(&entry.intent),
    };
    let body = match &message.item {
        Item::Row(row) => row.body.as_ref(),
        Item::Outbox(_) => waiting.as_ref(),
    };
    let mut drawn: Vec<Nameable> = message.named.iter().map(|person| nameable(person, Some(reader))).collect();
    drawn.extend(body.is_some_and(Body::names_everyone).then_some(Nameable::Everyone { me: !message.mine }));
    for (id, written) in body.into_iter().flat_map(Body::channels) {
        let name = message.channels.iter().find(|(channel, _)| *channel == id).map(|(_, name)| name.clone());
        drawn.extend(name.map(|name| channel(id, written.to_owned(), name)));
    }
    drawn
}

fn channel(id: ConversationId, written: String, name: String) -> Nameable {
    Nameable::Channel { written, conversation: id.to_string(), name }
}

/// Somebody as a text can name them, and as they are shown in it to `reader`.
pub(super) fn nameable(person: &Person, reader: Option<UserId>) -> Nameable {
    let Person { user, username, .. } = person;
    Nameable::Person { username: username.clone(), user: user.to_string(), name: full_name(person), me: reader == Some(*user) }
}
