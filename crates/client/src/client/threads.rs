//! Threads: what is said under a message, in a window of its own, and whether one follows it.

use super::{
    Client,
    conversations::{edge, message_view},
    people::person_view,
};
use crate::view::{Problem, ThreadPage, ThreadView, Update};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    limits,
    mutations::{FollowThread, ReadThread, SendMessage},
};
use hearth_replica::Thread;

impl Client {
    /// The newest messages of a thread, or those before a place. Answers offline like online.
    pub async fn open_thread(&self, conversation: ConversationId, root: MessageId, before: Option<Pos>) -> Result<ThreadPage, Problem> {
        let session = self.session()?;
        let rows = session.checked(session.replica.thread(conversation, root, before, limits::TIMELINE_PAGE).await)?;
        let me = session.me();
        Ok(ThreadPage {
            conversation,
            thread: root,
            root: rows.root.map(|message| message_view(message, &me)),
            messages: rows.messages.into_iter().map(|message| message_view(message, &me)).collect(),
            before: edge(rows.before),
            read_pos: rows.read_pos,
            following: rows.following,
            unread: rows.unread,
        })
    }

    /// Says something in the thread of a message, where the conversation sees it, too, or not; as [`Client::send_message`] does.
    ///
    /// # Errors
    /// The message is empty or too long, or the disk is full: then nothing changed.
    pub async fn say_in_thread(
        &self,
        conversation: ConversationId,
        root: MessageId,
        text: &str,
        in_conversation: bool,
    ) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        self.say(SendMessage { in_conversation, ..SendMessage::in_thread(conversation, root, body) }).await
    }

    /// Follows a thread from here on, on all my devices, or leaves it; it goes out by itself.
    pub async fn follow_thread(&self, conversation: ConversationId, root: MessageId, on: bool) -> Result<(), Problem> {
        self.enqueue(FollowThread { conversation, root, on }.into()).await.map(drop)
    }

    /// I have read the thread up to this place of the conversation.
    pub async fn read_thread(&self, conversation: ConversationId, root: MessageId, pos: Pos) -> Result<(), Problem> {
        self.enqueue(ReadThread { conversation, root, pos }.into()).await?;
        self.tell(Update::Inbox);
        Ok(())
    }
}

pub(super) fn thread_view(thread: &Thread) -> ThreadView {
    ThreadView {
        messages: thread.messages,
        people: thread.people.iter().map(person_view).collect(),
        last_at: thread.last_at,
        following: thread.following,
        unread: thread.unread,
    }
}
