//! How mutations show before they are acknowledged. One mutation, one file with an `impl Pending`; the rest of the replica asks [`shows`],
//! which is generated from the protocol's list, so that a mutation without its file does not compile.

mod add_group_members;
mod add_members;
mod answer_invitation;
mod arrange_conversation;
mod block_user;
mod cancel_scheduled;
mod change_scheduled;
mod collect;
mod create_channel;
mod create_collection;
mod create_conversation;
mod create_direct;
mod create_group;
mod delete_collection;
mod delete_conversation;
mod delete_group;
mod delete_message;
mod edit_conversation;
mod edit_group;
mod edit_message;
mod follow_thread;
mod hand_over_group;
mod hide_message;
mod invite_to_group;
mod mark_delivered;
mod mark_read;
mod mark_unread;
mod pin_message;
mod react;
mod read_notifications;
mod read_thread;
mod remove_contact;
mod remove_group_member;
mod remove_member;
mod rename_collection;
mod rename_device;
mod request_friend;
mod schedule_message;
mod send_message;
mod set_about;
mod set_channel_private;
mod set_group_role;
mod set_member_role;
mod set_name;
mod set_privacy;
mod set_read_receipts;
mod set_shared_history;
mod set_status;
mod star;
mod unblock_user;
mod unread_thread;
mod withdraw_invitation;

use crate::Result;
use hearth_protocol::{
    Pos,
    body::Body,
    ids::{DeviceId, GroupId, MessageId, MutationId, UserId},
    mutations::{Intent, MutationKind},
    profile::{PersonStatus, PrivacyField, SeenBy},
    rows::{Arrangement, ConversationKind},
};
use sqlx::SqliteConnection;

/// What a person sees of a mutation while it waits.
#[derive(Clone, Debug, PartialEq)]
pub enum Shows {
    /// A message at the end of its conversation, or of a thread, with the one that it answers.
    Message { body: Body, reply_to: Option<MessageId>, thread: Option<InThread> },
    /// A conversation in the list, with the other person of a direct one and the group of a channel.
    Conversation { kind: ConversationKind, name: String, peer: Option<UserId>, group: Option<GroupId> },
    /// A group in which channels can be made.
    Group { group: GroupId, name: String },
    /// Everything up to here as read.
    Read(Pos),
    /// Nothing after here as read.
    Unread(Pos),
    /// Where I have the conversation, and what of it I am told.
    Arrangement(Arrangement),
    /// A message that waits for its time, with the one that it answers.
    Scheduled { body: Body, reply_to: Option<MessageId> },
    /// Another text or another time of one that waits for its time.
    Rescheduled { message: MessageId, body: Option<Body> },
    /// One that waited for its time as given up.
    Unscheduled { message: MessageId },
    /// Another text of this message.
    Edit { message: MessageId, body: Body },
    /// This message as deleted.
    Deletion { message: MessageId },
    /// My emoji on this message, or no longer.
    Reaction { message: MessageId, emoji: String, on: bool },
    /// A star of mine on this message, or none.
    Star { message: MessageId, on: bool },
    /// This message not at all, or again.
    Hiding { message: MessageId, on: bool },
    /// This message as pinned, or not.
    Pin { message: MessageId, on: bool },
    /// This thread as followed, or not.
    Following { root: MessageId, on: bool },
    /// Everything of this thread up to here as read.
    ThreadRead { root: MessageId, pos: Pos },
    /// Nothing of this thread after here as read.
    ThreadUnread { root: MessageId, pos: Pos },
    /// Nothing, not even in the list of what waits: messages up to here have come.
    Delivered(Pos),
    /// Whether others may see what has reached me and what I have read.
    ReadReceipts(bool),
    /// What stands beside my name.
    Status(Option<PersonStatus>),
    /// Who I am, in my own words.
    About(String),
    /// What I am called.
    Name { first: String, last: String },
    /// Who sees something of my profile.
    Privacy(PrivacyField, SeenBy),
    /// What one of my devices is called.
    DeviceName(DeviceId, String),
    /// Nothing, but in the list of what waits.
    Nothing,
}

/// Where in a thread a message is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InThread {
    pub root: MessageId,
    /// There alone: the conversation does not see it.
    pub aside: bool,
}

impl Shows {
    /// The word in the outbox's table.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Message { thread: Some(InThread { aside: true, .. }), .. } => "aside",
            Self::Message { .. } => "message",
            Self::Conversation { .. } => "conversation",
            Self::Group { .. } => "group",
            Self::Read(_) => "read",
            Self::Unread(_) => "unread",
            Self::Arrangement(_) => "arrangement",
            Self::Scheduled { .. } => "scheduled",
            Self::Rescheduled { .. } => "rescheduled",
            Self::Unscheduled { .. } => "unscheduled",
            Self::Edit { .. } => "edit",
            Self::Deletion { .. } => "deletion",
            Self::Reaction { .. } => "reaction",
            Self::Star { .. } => "star",
            Self::Hiding { on: true, .. } => "hide",
            Self::Hiding { on: false, .. } => "unhide",
            Self::Pin { .. } => "pin",
            Self::Following { on: true, .. } => "follow",
            Self::Following { on: false, .. } => "leave",
            Self::ThreadRead { .. } => "thread_read",
            Self::ThreadUnread { .. } => "thread_unread",
            Self::Delivered(_) => "delivered",
            Self::ReadReceipts(_) => "read_receipts",
            Self::Status(_) => "status",
            Self::About(_) => "about",
            Self::Name { .. } => "name",
            Self::Privacy(..) => "privacy",
            Self::DeviceName(..) => "device_name",
            Self::Nothing => "nothing",
        }
    }

    /// The message that it changes, or of which it is.
    pub(crate) fn target(&self) -> Option<MessageId> {
        match self {
            Self::Edit { message, .. } | Self::Deletion { message } | Self::Reaction { message, .. } | Self::Hiding { message, .. } => {
                Some(*message)
            }
            Self::Rescheduled { message, .. } | Self::Unscheduled { message } => Some(*message),
            Self::Following { root, .. } | Self::ThreadRead { root, .. } | Self::ThreadUnread { root, .. } => Some(*root),
            _ => None,
        }
    }

    /// The message that it answers.
    pub(crate) fn answered(&self) -> Option<MessageId> {
        if let Self::Message { reply_to, .. } | Self::Scheduled { reply_to, .. } = self { *reply_to } else { None }
    }

    /// The message in whose thread it is said.
    pub(crate) fn thread_root(&self) -> Option<MessageId> {
        if let Self::Message { thread: Some(InThread { root, .. }), .. } = self { Some(*root) } else { None }
    }

    /// The message that it writes, as the mutation of this id, or changes.
    pub(crate) fn message(&self, id: MutationId) -> Option<MessageId> {
        if let Self::Message { .. } | Self::Scheduled { .. } = self { Some(id) } else { self.target() }
    }

    /// A mark of what was read or has come: nothing that a person would call something they did.
    pub fn is_mark(&self) -> bool {
        matches!(self, Self::Read(_) | Self::Unread(_) | Self::ThreadRead { .. } | Self::ThreadUnread { .. } | Self::Delivered(_))
    }
}

/// [`Shows::is_mark`] in SQL, for the column `shows`.
macro_rules! is_mark {
    () => {
        "shows IN ('read', 'unread', 'thread_read', 'thread_unread', 'delivered')"
    };
}
pub(crate) use is_mark;

/// A mutation in the outbox.
pub(crate) trait Pending: MutationKind {
    /// Whether it is what somebody wrote, and is sent again to a server that was set back to a backup. Who is where and who may do what
    /// is not: an admin decides that anew.
    const CONTENT: bool;

    fn shows(&self) -> Shows;

    /// Takes out what it makes useless. `false`: it is useless itself, and is not taken.
    async fn make_room(&self, _tx: &mut SqliteConnection) -> Result<bool> {
        Ok(true)
    }
}

macro_rules! pending {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        /// How an intent shows until it is acknowledged.
        pub fn shows(intent: &Intent) -> Shows {
            match intent {
                $(Intent::$variant(mutation) => <$mutation as Pending>::shows(mutation),)+
            }
        }

        /// See [`Pending::CONTENT`].
        pub(super) fn is_content(intent: &Intent) -> bool {
            match intent {
                $(Intent::$variant(_) => <$mutation as Pending>::CONTENT,)+
            }
        }

        pub(super) async fn make_room(tx: &mut SqliteConnection, intent: &Intent) -> Result<bool> {
            match intent {
                $(Intent::$variant(mutation) => <$mutation as Pending>::make_room(mutation, tx).await,)+
            }
        }
    };
}

hearth_protocol::each_mutation!(pending);
