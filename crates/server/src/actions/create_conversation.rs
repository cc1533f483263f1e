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

/// Makes a group under an id of the server's choosing, with a topic: only imports ask for it.
pub(super) async fn create_conversation(
    view: &mut View<'_>,
    context: &Context,
    command: &CreateConversation,
) -> Result<Performed, Refusal> {
    let CreateConversation { conversation, name, topic, members } = command.clone();
    let (kind, created_at) = (ConversationKind::Group, context.now);
    let row = ConversationRow { id: conversation, kind, name, topic, shared_history: true, created_at };
    found(view, context, row, &members).await
}

/// Founds a group: its row, its owner and everybody else in it.
pub(super) async fn found(
    view: &mut View<'_>,
    context: &Context,
    row: ConversationRow,
    members: &BTreeSet<UserId>,
) -> Result<Performed, Refusal> {
    let (id, owner) = (row.id, context.actor);
    check(&row)?;
    if view.conversation(id).await?.is_some() {
        return Err(bad_request("There is a conversation with this id already.").into());
    }
    let join = Join { conversation: id, kind: row.kind, at: context.now };
    let record = Record::Conversation(Conversation { row, created_by: owner });
    let mut changes = vec![Change::new(StreamId::Conversation(id), record)];
    let others = members.iter().copied().filter(|member| *member != owner);
    for account in std::iter::once(owner).chain(others) {
        let Some(person) = view.person(account).await? else { return Err(ApiError::not_found().into()) };
        let role = if account == owner { MemberRole::Owner } else { MemberRole::Member };
        changes.extend(join.first(person, role, None));
    }
    Ok(changes.into())
}

fn check(row: &ConversationRow) -> Result<(), ApiError> {
    let named = !row.name.trim().is_empty() && row.name.chars().count() <= limits::CONVERSATION_NAME_CHARS_MAX;
    if !named || row.topic.chars().count() > limits::TOPIC_CHARS_MAX {
        return Err(bad_request("A group has a name of at most 128 characters and a topic of at most 512."));
    }
    if row.name.contains('\0') || row.topic.contains('\0') {
        return Err(bad_request("The name contains a NUL character. Remove it and try again."));
    }
    Ok(())
}
