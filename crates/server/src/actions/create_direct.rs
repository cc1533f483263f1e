use super::{Context, Refusal, bad_request};
use crate::commit::{
    View,
    change::{Change, Performed},
};
use hearth_protocol::{
    error::ApiError,
    ids::ConversationId,
    mutations::CreateDirect,
    row::RowKey,
    rows::{ConversationKind, ConversationRow, MemberRole, MemberRow, MembershipRow, RowKind},
    stream::StreamId,
};

/// Opens the direct conversation of two people; the second time it only shows what is there.
pub(super) async fn create_direct(view: &mut View<'_>, context: &Context, intent: &CreateDirect) -> Result<Performed, Refusal> {
    let (me, peer, id) = (context.actor, intent.peer, intent.conversation);
    if me == peer || id != ConversationId::direct(me, peer) {
        return Err(bad_request("This is not the conversation of these two people. Update Hearth and try again.").into());
    }
    if view.conversation(id).await?.is_some() {
        if view.conversation_of(id, me).await?.is_none() {
            return Err(ApiError::not_found().into());
        }
        let key = |kind: &str, id: String| RowKey { kind: kind.into(), id };
        let existing = vec![
            (StreamId::User(me), key(MembershipRow::KIND, id.to_string())),
            (StreamId::Conversation(id), key(ConversationRow::KIND, String::new())),
            (StreamId::Members(id), key(MemberRow::KIND, me.to_string())),
            (StreamId::Members(id), key(MemberRow::KIND, peer.to_string())),
        ];
        return Ok(Performed { changes: Vec::new(), existing });
    }
    let (Some(my_person), Some(peer_person)) = (view.person(me).await?, view.person(peer).await?) else {
        return Err(ApiError::not_found().into());
    };
    let now = context.now;
    let row = ConversationRow { id, kind: ConversationKind::Direct, name: String::new(), topic: String::new(), created_at: now };
    let member = |person: &hearth_protocol::rows::Person, peer: &hearth_protocol::rows::Person| Change::Member {
        conversation: id,
        person: person.clone(),
        role: MemberRole::Member,
        joined_at: now,
        peer: Some(peer.clone()),
    };
    let changes = vec![Change::Conversation { row, created_by: me }, member(&my_person, &peer_person), member(&peer_person, &my_person)];
    Ok(changes.into())
}
