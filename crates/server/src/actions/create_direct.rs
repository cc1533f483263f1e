use super::{Action, Context, Refusal, administer::may, bad_request, circle::approach, join::Join};
use crate::{
    authority::Act,
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{conversation::Conversation, rows::Record},
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, UserId},
    mutations::CreateDirect,
    role::Permission,
    row::RowKey,
    rows::{ConversationKind, ConversationRow, MemberRole, MemberRow, MembershipRow, RowKind},
    stream::StreamId,
};

/// Opens the direct conversation of two people; the second time it only shows what is there.
impl Action for CreateDirect {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, peer, id) = (context.actor, self.peer, self.conversation);
        if me == peer || id != ConversationId::direct(me, peer) {
            return Err(bad_request("This is not the conversation of these two people. Update Hearth and try again.").into());
        }
        if view.conversation(id).await?.is_some() {
            if view.conversation_of(id, me).await?.is_none() {
                return Err(ApiError::not_found().into());
            }
            return Ok(Performed { existing: existing(id, me, peer), ..Performed::default() });
        }
        may(view, context, Permission::StartConversations).await?;
        let theirs = approach(view, context, Act::TakeIn, peer).await?;
        let Some(mine) = view.person(me).await? else { return Err(ApiError::not_found().into()) };
        let row = ConversationRow {
            id,
            kind: ConversationKind::Direct,
            name: String::new(),
            topic: String::new(),
            shared_history: true,
            group: None,
            private: false,
            picture: None,
            created_at: context.now,
            created_by: Some(me),
        };
        let join = Join { conversation: id, kind: row.kind, group: None, at: context.now };
        let record = Record::Conversation(Conversation { row, created_by: me, deleted_at: None });
        let mut changes = vec![Change::new(StreamId::Conversation(id), record)];
        changes.extend(join.first(mine.clone(), MemberRole::Member, Some(theirs.clone())));
        changes.extend(join.first(theirs, MemberRole::Member, Some(mine)));
        Ok(changes.into())
    }
}

/// What making it would have changed for me.
fn existing(id: ConversationId, me: UserId, peer: UserId) -> Vec<(StreamId, RowKey)> {
    let key = |kind: &str, id: String| RowKey { kind: kind.into(), id };
    vec![
        (StreamId::User(me), key(MembershipRow::KIND, id.to_string())),
        (StreamId::Conversation(id), key(ConversationRow::KIND, String::new())),
        (StreamId::Members(id), key(MemberRow::KIND, me.to_string())),
        (StreamId::Members(id), key(MemberRow::KIND, peer.to_string())),
    ]
}
