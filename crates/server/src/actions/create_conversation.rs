use super::{Action, Context, Refusal, administer::may, bad_request, circle::approach, join::Join};
use crate::{
    authority::Act,
    commit::{
        View,
        change::{Change, Performed},
    },
    names,
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, UserId},
    limits,
    mutations::CreateConversation,
    role::Permission,
    rows::{ConversationKind, ConversationRow, MemberRole},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// The UUID version of ids that follow from something: direct conversations have such.
const DERIVED: usize = 5;

/// Makes a group conversation. Whoever asks owns it.
impl Action for CreateConversation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        refuse_derived(self.conversation)?;
        if self.members.len() > limits::MEMBERS_PER_CHANGE_MAX {
            return Err(bad_request("A conversation begins with at most 500 people. Add the others afterwards.").into());
        }
        may(view, context, Permission::StartConversations).await?;
        let row = ConversationRow {
            id: self.conversation,
            kind: ConversationKind::Group,
            name: self.name.clone(),
            topic: String::new(),
            shared_history: self.shared_history,
            group: None,
            private: false,
            picture: None,
            created_at: context.now,
            created_by: Some(context.actor),
        };
        found(view, context, row, &self.members).await
    }
}

/// Nobody may take the id that two other people's direct conversation will have.
pub(super) fn refuse_derived(id: ConversationId) -> Result<(), ApiError> {
    if id.0.get_version_num() == DERIVED {
        return Err(bad_request("This id is not for conversations with a name. Update Hearth and try again."));
    }
    Ok(())
}

/// Founds a conversation: its row, its owner and everybody else in it.
pub(super) async fn found(
    view: &mut View<'_>,
    context: &Context,
    row: ConversationRow,
    members: &BTreeSet<UserId>,
) -> Result<Performed, Refusal> {
    let (id, owner) = (row.id, context.actor);
    check_words(&row.name, &row.topic)?;
    let row = ConversationRow { name: names::visible(&row.name), ..row };
    if view.conversation(id).await?.is_some() {
        return Err(bad_request("There is a conversation with this id already.").into());
    }
    let join = Join { conversation: id, kind: row.kind, group: row.group, at: context.now };
    let record = Record::Conversation(Conversation { row, created_by: owner, deleted_at: None });
    let mut changes = vec![Change::new(StreamId::Conversation(id), record)];
    changes.extend(seat_everybody(view, context, &join, members).await?);
    Ok(changes.into())
}

/// Everybody's rows who is in a conversation from the beginning, its owner's first.
pub(super) async fn seat_everybody(
    view: &mut View<'_>,
    context: &Context,
    join: &Join,
    members: &BTreeSet<UserId>,
) -> Result<Vec<Change>, Refusal> {
    let owner = context.actor;
    let mut changes = Vec::new();
    let others = members.iter().copied().filter(|member| *member != owner);
    for account in std::iter::once(owner).chain(others) {
        let person = approach(view, context, Act::TakeIn, account).await?;
        let role = if account == owner { MemberRole::Owner } else { MemberRole::Member };
        changes.extend(join.first(person, role, None));
    }
    Ok(changes)
}

/// A name that can be shown, and a topic or description that may be empty.
pub(super) fn check_words(name: &str, topic: &str) -> Result<(), ApiError> {
    let named = !names::visible(name).is_empty() && name.chars().count() <= limits::CONVERSATION_NAME_CHARS_MAX;
    if !named || topic.chars().count() > limits::TOPIC_CHARS_MAX {
        return Err(bad_request("Give it a name of at most 128 characters, and a description of at most 512."));
    }
    if topic.contains('\0') {
        return Err(bad_request("The description contains a NUL character. Remove it and try again."));
    }
    Ok(())
}
