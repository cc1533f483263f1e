//! What people do: one file for each mutation there is. A mutation without an act does not compile, and one that nobody ever wants
//! fails the run's coverage.

mod create_direct;
mod mark_read;
mod send_message;

use crate::{dice::Dice, model::Model};
use hearth_protocol::{
    ids::{ConversationId, MutationId, UserId},
    mutations::{CreateDirect, Intent, MarkRead, SendMessage},
};
use hearth_replica::ConversationItem;

/// What the server must say to an intent, whenever it gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    Applied,
    /// It asks for what is not theirs, or not there.
    Refused,
    /// Something else decides: what it builds on may be refused or lost.
    Either,
}

/// What somebody sees when they decide what to do.
pub struct Scene<'a> {
    pub me: UserId,
    pub people: &'a [UserId],
    /// The list on their screen.
    pub conversations: &'a [ConversationItem],
    pub dice: &'a mut Dice,
    /// Makes every text another one.
    pub number: usize,
}

/// A mutation as people use it.
pub trait Act {
    /// Something that this person could want now, and what must come of it; `None` if there is nothing.
    fn propose(scene: &mut Scene) -> Option<(Intent, Expect)>
    where
        Self: Sized;

    /// The server has applied it: the model follows.
    fn applied(&self, model: &mut Model, id: MutationId, by: UserId);
}

macro_rules! acts {
    ($($intent:ident = $name:literal),+ $(,)?) => {
        /// The ways to want something, one for each mutation.
        pub const PROPOSALS: &[(&str, fn(&mut Scene) -> Option<(Intent, Expect)>)] = &[$(($name, <$intent as Act>::propose)),+];

        /// The act behind an intent: an exhaustive match, so that a new mutation is missed here first.
        pub fn act(intent: &Intent) -> &dyn Act {
            match intent {
                $(Intent::$intent(intent) => intent,)+
            }
        }
    };
}

acts!(CreateDirect = "create_direct", SendMessage = "send_message", MarkRead = "mark_read");

/// A conversation of the list.
fn some_conversation<'a>(scene: &mut Scene<'a>) -> Option<&'a ConversationItem> {
    scene.dice.pick(scene.conversations)
}

/// Whether a conversation must be there by the time the server hears of something in it.
fn expect_in(scene: &Scene, item: &ConversationItem) -> Expect {
    let made_up = item.peer.as_ref().is_some_and(|peer| !scene.people.contains(&peer.user)) || is_strange(scene, item.id);
    if made_up { Expect::Either } else { Expect::Applied }
}

/// A direct conversation with nobody of this server.
fn is_strange(scene: &Scene, id: ConversationId) -> bool {
    let direct = scene.people.iter().any(|other| ConversationId::direct(scene.me, *other) == id);
    let group = scene.conversations.iter().any(|item| item.id == id && item.kind == hearth_protocol::rows::ConversationKind::Group);
    !direct && !group
}
