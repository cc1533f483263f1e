//! What starring, hiding and collecting a message share: a mark of who asks, on their own stream.

use super::{Context, Refusal, look_up::look_up};
use crate::{
    authority::{Act, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::own_mark::OwnMark,
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    row::RowKey,
    stream::StreamId,
};

/// The place of a message that is to be marked; `None` where it was deleted meanwhile: the mark would go with its words.
///
/// # Errors
/// Those of [`look_up`], and whatever stands in the way of `act`.
pub(super) async fn place(
    view: &mut View<'_>,
    context: &Context,
    act: Act,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Option<Pos>, Refusal> {
    let found = look_up(view, context, conversation, message).await?;
    authorize(context.actor, act, found.object())?;
    Ok(found.row.body.is_some().then_some(found.row.pos))
}

/// A mark of who asks, whether it is there or not.
pub(super) struct Mine<M> {
    stream: StreamId,
    key: RowKey,
    /// Also one that has ended.
    there: Option<M>,
}

impl<M: OwnMark> Mine<M> {
    pub async fn find(view: &mut View<'_>, context: &Context, id: String) -> Result<Self, Refusal> {
        let stream = StreamId::User(context.actor);
        let key = RowKey { kind: M::KIND.into(), id };
        let there = view.row(stream, key.clone()).await?.and_then(|row| M::of_row(row.data));
        Ok(Self { stream, key, there })
    }

    pub fn is_set(&self) -> bool {
        self.there.as_ref().is_some_and(|mark| mark.mark().ended_at.is_none())
    }

    pub fn set(self, mark: M) -> Performed {
        vec![Change::new(self.stream, mark.into_record())].into()
    }

    /// Ends it where it is set. That asks for nothing: it is their own row.
    pub fn end(self, context: &Context) -> Performed {
        let set = self.there.clone().filter(|_| self.is_set());
        match set {
            Some(mark) => self.set(mark.ended(context.now)),
            None => self.left(),
        }
    }

    /// As it is wanted already.
    pub fn left(self) -> Performed {
        let Self { stream, key, there } = self;
        Performed { existing: there.map(|_| (stream, key)).into_iter().collect(), ..Performed::default() }
    }
}
