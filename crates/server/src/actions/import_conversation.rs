use super::{Context, Refusal, create_conversation::found};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    rows::{ConversationKind, ConversationRow},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// A group conversation with a topic. Whoever makes it owns it and is in it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ImportConversation {
    pub conversation: ConversationId,
    pub name: String,
    pub topic: String,
    /// Everybody in it; the owner need not be named.
    pub members: BTreeSet<UserId>,
}

/// Makes a group conversation under an id of the server's choosing: only imports ask for it.
pub(super) async fn import_conversation(
    view: &mut View<'_>,
    context: &Context,
    command: &ImportConversation,
) -> Result<Performed, Refusal> {
    let ImportConversation { conversation, name, topic, members } = command.clone();
    let (kind, created_at) = (ConversationKind::Group, context.now);
    let row = ConversationRow {
        id: conversation,
        kind,
        name,
        topic,
        shared_history: true,
        group: None,
        private: false,
        picture: None,
        created_at,
        created_by: Some(context.actor),
    };
    found(view, context, row, &members).await
}
