use super::{Context, Refusal, unmark::unmark_below};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{Pos, error::ApiError, ids::ConversationId, rows::RetentionRow, stream::StreamId};
use serde::Serialize;

/// A conversation is kept from this place on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Retain {
    pub conversation: ConversationId,
    pub pos: Pos,
}

/// Gives up what stands below: only the server's own policy asks for it. What was given up once stays so. Of the stars below it ends
/// some: it is to be asked for again until none is left.
pub(super) async fn retain(view: &mut View<'_>, context: &Context, command: &Retain) -> Result<Performed, Refusal> {
    let Retain { conversation, pos } = *command;
    let Some(facts) = view.conversation(conversation).await? else { return Err(ApiError::not_found().into()) };
    let retained = facts.retained;
    let mut changes = Vec::new();
    if pos > retained.max(1) {
        let row = RetentionRow { pos, at: context.now };
        changes.push(Change::new(StreamId::Conversation(conversation), Record::Retention(row)));
    }
    changes.extend(unmark_below(view, context, conversation, pos.max(retained)).await?);
    Ok(changes.into())
}
