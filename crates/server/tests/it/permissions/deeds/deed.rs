//! What can be done, by the names of the table.

use crate::permissions::town::Kind;
use hearth_protocol::{rows::MemberRole, stream::StreamKind};

/// What can be done to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Send,
    Forward,
    Schedule,
    NameEveryone,
    Reply(Whose),
    Edit(Whose),
    EditForwarded,
    Delete(Whose),
    React(Whose),
    TakeReactionBack,
    MarkRead,
    MarkUnread,
    MarkDelivered,
    Arrange,
    Star,
    Collect,
    Hide,
    SayInThread,
    FollowThread,
    ReadThread,
    UnreadThread,
    Pin,
    Pull(StreamKind),
    History,
    Place,
    Search,
    Versions(Whose),
    Digests,
    AddMembers,
    RemoveMember(Whom),
    EditConversation,
    SetSharedHistory,
    DeleteConversation,
    SetMemberRole,
    SetPrivate,
    AddGroupMembers,
    InviteToGroup,
    RemoveGroupMember(Whom),
    EditGroup,
    SetGroupRole,
    HandOver,
    DeleteGroup,
    CreateLink(MemberRole),
    ListLinks,
    RevokeLink,
    JoinByLink { revoked: bool },
    LookAtLink,
    CreateChannel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    Anothers,
    Deleted,
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    Oneself,
    AMember,
    AnAdmin,
    TheOwner,
}

pub(super) const ON_CONVERSATIONS: [Deed; 51] = [
    Deed::Send,
    Deed::Forward,
    Deed::Schedule,
    Deed::NameEveryone,
    Deed::Reply(Whose::Own),
    Deed::Reply(Whose::Anothers),
    Deed::Reply(Whose::Deleted),
    Deed::Reply(Whose::Missing),
    Deed::Edit(Whose::Own),
    Deed::Edit(Whose::Anothers),
    Deed::Edit(Whose::Deleted),
    Deed::Edit(Whose::Missing),
    Deed::EditForwarded,
    Deed::Delete(Whose::Own),
    Deed::Delete(Whose::Anothers),
    Deed::Delete(Whose::Deleted),
    Deed::Delete(Whose::Missing),
    Deed::React(Whose::Anothers),
    Deed::React(Whose::Deleted),
    Deed::React(Whose::Missing),
    Deed::TakeReactionBack,
    Deed::MarkRead,
    Deed::MarkUnread,
    Deed::MarkDelivered,
    Deed::Arrange,
    Deed::Star,
    Deed::Collect,
    Deed::Hide,
    Deed::SayInThread,
    Deed::FollowThread,
    Deed::ReadThread,
    Deed::UnreadThread,
    Deed::Pin,
    Deed::Pull(StreamKind::Conversation),
    Deed::Pull(StreamKind::Members),
    Deed::Pull(StreamKind::Receipts),
    Deed::History,
    Deed::Place,
    Deed::Search,
    Deed::Versions(Whose::Anothers),
    Deed::Versions(Whose::Missing),
    Deed::Digests,
    Deed::AddMembers,
    Deed::RemoveMember(Whom::Oneself),
    Deed::RemoveMember(Whom::AMember),
    Deed::RemoveMember(Whom::TheOwner),
    Deed::EditConversation,
    Deed::SetSharedHistory,
    Deed::DeleteConversation,
    Deed::SetMemberRole,
    Deed::SetPrivate,
];

pub(super) const ON_GROUPS: [Deed; 19] = [
    Deed::Pull(StreamKind::Group),
    Deed::AddGroupMembers,
    Deed::InviteToGroup,
    Deed::RemoveGroupMember(Whom::Oneself),
    Deed::RemoveGroupMember(Whom::AMember),
    Deed::RemoveGroupMember(Whom::AnAdmin),
    Deed::RemoveGroupMember(Whom::TheOwner),
    Deed::EditGroup,
    Deed::SetGroupRole,
    Deed::HandOver,
    Deed::DeleteGroup,
    Deed::CreateLink(MemberRole::Member),
    Deed::CreateLink(MemberRole::Admin),
    Deed::ListLinks,
    Deed::RevokeLink,
    Deed::JoinByLink { revoked: false },
    Deed::JoinByLink { revoked: true },
    Deed::LookAtLink,
    Deed::CreateChannel,
];

impl Deed {
    pub(super) fn name(self) -> String {
        let whose = |whose| match whose {
            Whose::Own => "own",
            Whose::Anothers => "anothers",
            Whose::Deleted => "deleted",
            Whose::Missing => "missing",
        };
        let whom = |whom| match whom {
            Whom::Oneself => "oneself",
            Whom::AMember => "a_member",
            Whom::AnAdmin => "an_admin",
            Whom::TheOwner => "the_owner",
        };
        match self {
            Self::Send => "send_message".into(),
            Self::Forward => "send_message forwarded".into(),
            Self::Schedule => "schedule_message".into(),
            Self::NameEveryone => "send_message everyone".into(),
            Self::EditForwarded => "edit_message forwarded".into(),
            Self::Reply(which) => format!("send_message reply_to_{}", whose(which)),
            Self::Edit(which) => format!("edit_message {}", whose(which)),
            Self::Delete(which) => format!("delete_message {}", whose(which)),
            Self::React(which) => format!("react {}", whose(which)),
            Self::TakeReactionBack => "take_reaction_back".into(),
            Self::MarkRead => "mark_read".into(),
            Self::MarkUnread => "mark_unread".into(),
            Self::MarkDelivered => "mark_delivered".into(),
            Self::Arrange => "arrange_conversation".into(),
            Self::Star => "star".into(),
            Self::Collect => "collect message".into(),
            Self::Hide => "hide_message".into(),
            Self::SayInThread => "send_message in_thread".into(),
            Self::FollowThread => "follow_thread".into(),
            Self::ReadThread => "read_thread".into(),
            Self::UnreadThread => "unread_thread".into(),
            Self::Pin => "pin_message".into(),
            Self::Pull(kind) => format!("pull {}", kind.as_str()),
            Self::History => "history".into(),
            Self::Place => "place".into(),
            Self::Search => "search".into(),
            Self::Versions(Whose::Missing) => "versions missing".into(),
            Self::Versions(_) => "versions there".into(),
            Self::Digests => "digests".into(),
            Self::AddMembers => "add_members".into(),
            Self::RemoveMember(of) => format!("remove_member {}", whom(of)),
            Self::EditConversation => "edit_conversation".into(),
            Self::SetSharedHistory => "set_shared_history".into(),
            Self::DeleteConversation => "delete_conversation".into(),
            Self::SetMemberRole => "set_member_role".into(),
            Self::SetPrivate => "set_channel_private".into(),
            Self::AddGroupMembers => "add_group_members".into(),
            Self::InviteToGroup => "invite_to_group".into(),
            Self::RemoveGroupMember(of) => format!("remove_group_member {}", whom(of)),
            Self::EditGroup => "edit_group".into(),
            Self::SetGroupRole => "set_group_role".into(),
            Self::HandOver => "hand_over_group".into(),
            Self::DeleteGroup => "delete_group".into(),
            Self::CreateLink(MemberRole::Admin) => "create_invite_link for_admins".into(),
            Self::CreateLink(_) => "create_invite_link for_members".into(),
            Self::ListLinks => "list_invite_links".into(),
            Self::RevokeLink => "revoke_invite_link".into(),
            Self::JoinByLink { revoked } => format!("join_by_link {}", if revoked { "revoked" } else { "good" }),
            Self::LookAtLink => "look_at_link".into(),
            Self::CreateChannel => "create_channel".into(),
        }
    }

    /// Who was never there has written nothing there, and nobody is a member beside the owner of whom they are.
    pub(super) fn makes_sense(self, kind: Kind, standing: &str) -> bool {
        match self {
            Self::Reply(Whose::Own | Whose::Deleted)
            | Self::Edit(Whose::Own | Whose::Deleted)
            | Self::Delete(Whose::Own | Whose::Deleted)
            | Self::React(Whose::Deleted) => matches!(standing, "owner" | "admin" | "member" | "former"),
            Self::EditForwarded => matches!(standing, "owner" | "admin" | "member"),
            Self::Reply(Whose::Missing)
            | Self::Edit(Whose::Missing)
            | Self::Delete(Whose::Missing)
            | Self::React(Whose::Missing)
            | Self::Versions(Whose::Missing) => standing == "member",
            Self::RemoveGroupMember(Whom::AnAdmin) => standing != "admin",
            Self::RemoveMember(Whom::TheOwner) | Self::RemoveGroupMember(Whom::TheOwner) => kind != Kind::Direct && standing != "owner",
            _ => true,
        }
    }

    /// Whether a place is another one when it was done.
    pub(super) fn changes(self) -> bool {
        !matches!(
            self,
            Self::Send
                | Self::Forward
                | Self::Schedule
                | Self::NameEveryone
                | Self::React(Whose::Anothers | Whose::Missing)
                | Self::TakeReactionBack
                | Self::Reply(Whose::Own | Whose::Anothers | Whose::Missing)
                | Self::MarkRead
                | Self::MarkUnread
                | Self::MarkDelivered
                | Self::Arrange
                | Self::Star
                | Self::Collect
                | Self::Hide
                | Self::SayInThread
                | Self::FollowThread
                | Self::ReadThread
                | Self::UnreadThread
                | Self::Pin
                | Self::Pull(_)
                | Self::History
                | Self::Place
                | Self::Search
                | Self::Versions(_)
                | Self::Digests
                | Self::ListLinks
                | Self::LookAtLink
        )
    }
}
