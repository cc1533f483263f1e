//! Threads: what is said under a message, in a window of its own, and whether one follows it.

use super::{
    Client,
    conversations::{edge, item_view, message_view},
    marked::{line, said_view},
    outbox::nothing_unread,
    people::person_view,
    replies::quote_view,
};
use crate::view::{FollowedThreadView, Problem, ThreadList, ThreadPage, ThreadView, Update};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
    limits,
    mutations::{FollowThread, ReadThread, SendMessage, UnreadThread},
};
use hearth_replica::{FollowedThread, Thread};
use std::collections::BTreeMap;

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
            draft: rows.draft,
            draft_quote: rows.draft_quote.map(quote_view),
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

    /// The same, as an answer to a message of that conversation.
    pub async fn answer_in_thread(
        &self,
        conversation: ConversationId,
        root: MessageId,
        message: MessageId,
        text: &str,
        in_conversation: bool,
    ) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        let said = SendMessage::in_thread(conversation, root, body);
        self.say(SendMessage { reply_to: Some(message), in_conversation, ..said }).await
    }

    /// The threads that I follow, of all conversations that I am in: the one with the newest message first. Answers offline like online.
    pub async fn list_threads(&self, limit: u32) -> Result<ThreadList, Problem> {
        let session = self.session()?;
        let mut threads = session.checked(session.replica.threads(limit.saturating_add(1)).await)?;
        let more = threads.len() > limit as usize;
        threads.truncate(limit as usize);
        let mut names: BTreeMap<ConversationId, String> = BTreeMap::new();
        let mut items = Vec::with_capacity(threads.len());
        for thread in threads {
            if !names.contains_key(&thread.conversation)
                && let Some(line) = line(&session, thread.conversation).await?
            {
                names.insert(thread.conversation, item_view(line).name);
            }
            // What I have just left has no line any more.
            items.extend(names.get(&thread.conversation).cloned().map(|name| followed_view(thread, name)));
        }
        Ok(ThreadList { items, more })
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

    /// Marks a thread that I follow as unread from this message of it on, or from the newest of somebody else; it goes out by itself.
    pub async fn unread_thread(&self, conversation: ConversationId, root: MessageId, from: Option<MessageId>) -> Result<(), Problem> {
        let session = self.session()?;
        let Some(from) = session.checked(session.replica.unread_place_in(conversation, root, from).await)? else {
            return Err(nothing_unread());
        };
        self.enqueue(UnreadThread { conversation, root, from }.into()).await?;
        self.tell(Update::Inbox);
        Ok(())
    }
}

fn followed_view(thread: FollowedThread, name: String) -> FollowedThreadView {
    let FollowedThread { conversation, root, said, gone, messages, last_at, unread, draft } = thread;
    FollowedThreadView { conversation, name, root, said: said.map(said_view), gone, messages, last_at, unread, draft }
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
