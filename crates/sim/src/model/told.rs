//! What follows from what the server holds: what a message says, and who may see it.

use super::Model;
use hearth_protocol::{
    Pos,
    body::Body,
    ids::{ConversationId, MutationId, UserId},
    mutations::Intent,
    stream::StreamId,
};

impl Model {
    /// What a message says by now: `None` once it is deleted.
    pub fn text(&self, message: MutationId) -> Option<&Body> {
        if self.deleted.contains(&message) {
            return None;
        }
        let edited = self.edits.get(&message).and_then(|edits| edits.values().next_back());
        edited.or_else(|| match &self.made.get(&message)?.intent {
            Intent::SendMessage(intent) => Some(&intent.body),
            Intent::ScheduleMessage(_) => self.scheduled.get(&message).map(|scheduled| &scheduled.body),
            _ => None,
        })
    }

    /// What a message answers, and whether it was forwarded: neither once it is deleted.
    pub fn origin(&self, message: MutationId) -> (Option<MutationId>, bool) {
        match self.made.get(&message).map(|made| &made.intent) {
            Some(Intent::SendMessage(intent)) if !self.deleted.contains(&message) => (intent.reply_to, intent.forwarded),
            _ => (None, false),
        }
    }

    /// Whether a message may be kept no longer, or was not for a time: who answered it then answers nothing.
    pub fn may_be_lost(&self, conversation: ConversationId, message: MutationId) -> bool {
        let given_up = self.places.get(&message).is_some_and(|pos| self.is_given_up(conversation, *pos));
        given_up || self.restored || self.purged.contains(&message)
    }

    /// How often it was edited.
    pub fn revision(&self, message: MutationId) -> u32 {
        self.edits.get(&message).and_then(|edits| edits.keys().next_back()).copied().unwrap_or(0)
    }

    /// Whether a place of a conversation was given up.
    pub fn is_given_up(&self, conversation: ConversationId, pos: Pos) -> bool {
        self.retained.get(&conversation).is_some_and(|retained| pos < *retained)
    }

    /// Whether somebody may have been out of a conversation since they came to it first: let in again they begin anew in its threads.
    pub fn was_out(&self, user: UserId, conversation: ConversationId) -> bool {
        self.bounded.contains(&(user, conversation))
            || [Some(conversation), None].into_iter().any(|of| self.taken_out.contains(&(user, of)))
    }

    /// Whether a place of a conversation may be seen by somebody who is in it.
    pub fn in_window(&self, user: UserId, conversation: ConversationId, pos: Pos) -> bool {
        let windows = self.windows.get(&(user, conversation));
        !self.is_given_up(conversation, pos)
            && windows.is_none_or(|windows| windows.iter().any(|(from, to)| *from <= pos && to.is_none_or(|to| pos < to)))
    }

    pub fn may_see(&self, user: UserId, stream: StreamId) -> bool {
        match stream {
            StreamId::User(owner) => owner == user,
            StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => {
                self.members.get(&id).is_some_and(|members| members.contains(&user))
            }
            StreamId::Group(id) => self.groups.get(&id).is_some_and(|members| members.contains(&user)),
        }
    }
}
