use super::{Context, Refusal, bad_request, join::Join};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, UserId},
    limits,
    rows::{ConversationKind, ConversationRow, MemberRole},
    stream::StreamId,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// A group with a name. Whoever makes it owns it and is in it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CreateConversation {
    pub conversation: ConversationId,
    pub name: String,
    pub topic: String,
    /// Everybody in it; the owner need not be named.
    pub members: BTreeSet<UserId>,
}

/// Makes a group. Only the server itself asks for it so far: imports.
pub(super) async fn create_conversation(
    view: &mut View<'_>,
    context: &Context,
    command: &CreateConversation,
) -> Result<Performed, Refusal> {
    let (id, owner, now) = (command.conversation, context.actor, context.now);
    let named = (1..=limits::CONVERSATION_NAME_CHARS_MAX).contains(&command.name.chars().count());
    if !named || command.topic.chars().count() > limits::TOPIC_CHARS_MAX {
        return Err(bad_request("A group has a name of at most 128 characters and a topic of at most 512.").into());
    }
    if view.conversation(id).await?.is_some() {
        return Err(bad_request("There is a conversation with this id already.").into());
    }
    let (name, topic) = (command.name.clone(), command.topic.clone());
    let row = ConversationRow { id, kind: ConversationKind::Group, name, topic, created_at: now };
    let join = Join { conversation: id, kind: row.kind, at: now };
    let record = Record::Conversation(Conversation { row, created_by: owner });
    let mut changes = vec![Change::new(StreamId::Conversation(id), record)];
    let others = command.members.iter().copied().filter(|member| *member != owner);
    for account in std::iter::once(owner).chain(others) {
        let Some(person) = view.person(account).await? else { return Err(ApiError::not_found().into()) };
        let role = if account == owner { MemberRole::Owner } else { MemberRole::Member };
        changes.extend(join.first(person, role, None));
    }
    Ok(changes.into())
}
