//! The mutations, one file each.

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

pub use add_group_members::AddGroupMembers;
pub use add_members::AddMembers;
pub use answer_invitation::AnswerInvitation;
pub use arrange_conversation::ArrangeConversation;
pub use block_user::BlockUser;
pub use cancel_scheduled::CancelScheduled;
pub use change_scheduled::ChangeScheduled;
pub use collect::Collect;
pub use create_channel::CreateChannel;
pub use create_collection::CreateCollection;
pub use create_conversation::CreateConversation;
pub use create_direct::CreateDirect;
pub use create_group::CreateGroup;
pub use delete_collection::DeleteCollection;
pub use delete_conversation::DeleteConversation;
pub use delete_group::DeleteGroup;
pub use delete_message::DeleteMessage;
pub use edit_conversation::EditConversation;
pub use edit_group::EditGroup;
pub use edit_message::EditMessage;
pub use follow_thread::FollowThread;
pub use hand_over_group::HandOverGroup;
pub use hide_message::HideMessage;
pub use invite_to_group::InviteToGroup;
pub use mark_delivered::MarkDelivered;
pub use mark_read::MarkRead;
pub use mark_unread::MarkUnread;
pub use pin_message::PinMessage;
pub use react::React;
pub use read_notifications::ReadNotifications;
pub use read_thread::ReadThread;
pub use remove_contact::RemoveContact;
pub use remove_group_member::RemoveGroupMember;
pub use remove_member::RemoveMember;
pub use rename_collection::RenameCollection;
pub use rename_device::RenameDevice;
pub use request_friend::RequestFriend;
pub use schedule_message::ScheduleMessage;
pub use send_message::SendMessage;
pub use set_about::SetAbout;
pub use set_channel_private::SetChannelPrivate;
pub use set_group_role::SetGroupRole;
pub use set_member_role::SetMemberRole;
pub use set_name::SetName;
pub use set_privacy::SetPrivacy;
pub use set_read_receipts::SetReadReceipts;
pub use set_shared_history::SetSharedHistory;
pub use set_status::SetStatus;
pub use star::Star;
pub use unblock_user::UnblockUser;
pub use unread_thread::UnreadThread;
pub use withdraw_invitation::WithdrawInvitation;

use crate::ids::{ConversationId, GroupId};
use serde::{Deserialize, Serialize};

/// What a mutation says about itself.
pub trait MutationKind {
    /// What keeps its order with others.
    fn lane(&self) -> Lane;
}

/// Mutations of one lane reach the server in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    Conversation(ConversationId),
    /// Who is in a group.
    Group(GroupId),
    /// Everything that belongs to no conversation.
    User,
}

impl Lane {
    /// The conversation whose lane it is, if it is one's.
    pub fn conversation(self) -> Option<ConversationId> {
        if let Self::Conversation(id) = self { Some(id) } else { None }
    }
}

/// Calls a macro with every mutation as `Variant(Mutation) = "name"`. Whoever matches on all of them is generated from this list, so
/// that one which is forgotten somewhere does not compile.
#[macro_export]
macro_rules! each_mutation {
    ($with:ident) => {
        $with! {
            CreateDirect($crate::mutations::CreateDirect) = "create_direct",
            CreateConversation($crate::mutations::CreateConversation) = "create_conversation",
            CreateGroup($crate::mutations::CreateGroup) = "create_group",
            AddGroupMembers($crate::mutations::AddGroupMembers) = "add_group_members",
            RemoveGroupMember($crate::mutations::RemoveGroupMember) = "remove_group_member",
            EditGroup($crate::mutations::EditGroup) = "edit_group",
            SetGroupRole($crate::mutations::SetGroupRole) = "set_group_role",
            HandOverGroup($crate::mutations::HandOverGroup) = "hand_over_group",
            DeleteGroup($crate::mutations::DeleteGroup) = "delete_group",
            CreateChannel($crate::mutations::CreateChannel) = "create_channel",
            SetChannelPrivate($crate::mutations::SetChannelPrivate) = "set_channel_private",
            AddMembers($crate::mutations::AddMembers) = "add_members",
            RemoveMember($crate::mutations::RemoveMember) = "remove_member",
            SetMemberRole($crate::mutations::SetMemberRole) = "set_member_role",
            DeleteConversation($crate::mutations::DeleteConversation) = "delete_conversation",
            EditConversation($crate::mutations::EditConversation) = "edit_conversation",
            SetSharedHistory($crate::mutations::SetSharedHistory) = "set_shared_history",
            SendMessage($crate::mutations::SendMessage) = "send_message",
            ScheduleMessage($crate::mutations::ScheduleMessage) = "schedule_message",
            ChangeScheduled($crate::mutations::ChangeScheduled) = "change_scheduled",
            CancelScheduled($crate::mutations::CancelScheduled) = "cancel_scheduled",
            EditMessage($crate::mutations::EditMessage) = "edit_message",
            DeleteMessage($crate::mutations::DeleteMessage) = "delete_message",
            React($crate::mutations::React) = "react",
            PinMessage($crate::mutations::PinMessage) = "pin_message",
            Star($crate::mutations::Star) = "star",
            HideMessage($crate::mutations::HideMessage) = "hide_message",
            CreateCollection($crate::mutations::CreateCollection) = "create_collection",
            RenameCollection($crate::mutations::RenameCollection) = "rename_collection",
            DeleteCollection($crate::mutations::DeleteCollection) = "delete_collection",
            Collect($crate::mutations::Collect) = "collect",
            ArrangeConversation($crate::mutations::ArrangeConversation) = "arrange_conversation",
            MarkRead($crate::mutations::MarkRead) = "mark_read",
            MarkUnread($crate::mutations::MarkUnread) = "mark_unread",
            FollowThread($crate::mutations::FollowThread) = "follow_thread",
            ReadThread($crate::mutations::ReadThread) = "read_thread",
            UnreadThread($crate::mutations::UnreadThread) = "unread_thread",
            MarkDelivered($crate::mutations::MarkDelivered) = "mark_delivered",
            SetReadReceipts($crate::mutations::SetReadReceipts) = "set_read_receipts",
            SetStatus($crate::mutations::SetStatus) = "set_status",
            SetAbout($crate::mutations::SetAbout) = "set_about",
            SetName($crate::mutations::SetName) = "set_name",
            SetPrivacy($crate::mutations::SetPrivacy) = "set_privacy",
            RenameDevice($crate::mutations::RenameDevice) = "rename_device",
            RequestFriend($crate::mutations::RequestFriend) = "request_friend",
            InviteToGroup($crate::mutations::InviteToGroup) = "invite_to_group",
            AnswerInvitation($crate::mutations::AnswerInvitation) = "answer_invitation",
            WithdrawInvitation($crate::mutations::WithdrawInvitation) = "withdraw_invitation",
            ReadNotifications($crate::mutations::ReadNotifications) = "read_notifications",
            RemoveContact($crate::mutations::RemoveContact) = "remove_contact",
            BlockUser($crate::mutations::BlockUser) = "block_user",
            UnblockUser($crate::mutations::UnblockUser) = "unblock_user",
        }
    };
}

macro_rules! mutations {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        /// What a mutation wants, by name: `{"send_message": {..}}` on the wire.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Intent {
            $(#[serde(rename = $name)] $variant($mutation),)+
        }

        /// Every mutation's name.
        pub const NAMES: &[&str] = &[$($name),+];

        impl Intent {
            /// Its name on the wire, in the mutation log and in the outbox.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)+
                }
            }

            pub fn lane(&self) -> Lane {
                match self {
                    $(Self::$variant(mutation) => mutation.lane(),)+
                }
            }
        }

        $(impl From<$mutation> for Intent {
            fn from(mutation: $mutation) -> Self {
                Self::$variant(mutation)
            }
        })+
    };
}

each_mutation!(mutations);
