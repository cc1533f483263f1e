//! The stars and the pin of messages that go, that somebody has hidden them, in what collections they are, and who follows their threads.

use super::{Context, Refusal, pin_message::pin};
use crate::{
    commit::{View, change::Change},
    store::{
        own_mark::{On, OwnMark},
        rows::Record,
    },
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, UserId},
    rows::{CollectedRow, HiddenRow, PinRow, StarRow, ThreadRow},
    stream::StreamId,
};

/// Takes off what is on a message that is deleted: whoever has starred it is told, on all their devices.
pub(super) async fn unmark(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Vec<Change>, Refusal> {
    let mut changes = own(view, context, On::Message(message)).await?;
    if view.pins(conversation).await?.contains_key(&message) {
        changes.extend(unpin(view, context, conversation, message).await?);
    }
    Ok(changes)
}

/// The same of messages below a place, which are no longer kept; of their stars, and of what people have hidden,
/// collected or followed, some hundreds.
pub(super) async fn unmark_below(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    pos: Pos,
) -> Result<Vec<Change>, Refusal> {
    let mut changes = own(view, context, On::Below(conversation, pos)).await?;
    let below: Vec<MessageId> = view.pins(conversation).await?.iter().filter(|(_, at)| **at < pos).map(|(id, _)| *id).collect();
    for message in below {
        changes.extend(unpin(view, context, conversation, message).await?);
    }
    Ok(changes)
}

/// What people have each for themselves.
async fn own(view: &mut View<'_>, context: &Context, on: On) -> Result<Vec<Change>, Refusal> {
    let mut changes = ended::<StarRow>(view, context, on).await?;
    changes.extend(ended::<HiddenRow>(view, context, on).await?);
    changes.extend(ended::<CollectedRow>(view, context, on).await?);
    changes.extend(ended::<ThreadRow>(view, context, on).await?);
    Ok(changes)
}

async fn ended<M: OwnMark>(view: &mut View<'_>, context: &Context, on: On) -> Result<Vec<Change>, Refusal> {
    let marks = view.marks::<M>(on).await?.into_iter();
    let end = |((of, _), mark): ((UserId, String), M)| Change::new(StreamId::User(of), mark.ended(context.now).into_record());
    Ok(marks.map(end).collect())
}

async fn unpin(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Option<Change>, Refusal> {
    let row = pin(view, conversation, message).await?;
    let end = |row| Record::Pin(PinRow { ended_at: Some(context.now), ..row });
    Ok(row.map(|row| Change::new(StreamId::Conversation(conversation), end(row))))
}
