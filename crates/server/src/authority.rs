//! Who may do what: one function, which every action asks. `docs/permissions.toml` says the same by hand, and does not know of this one: a
//! test holds the two against each other over the wire, cell by cell. What somebody may see is a matter of places as well: `sight` says it.

use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::UserId,
    role::{Permission, Permissions},
    rows::MemberRole,
    rule::{Rule, holds},
};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    SendMessage,
    /// Tell everyone there by one message.
    NameEveryone,
    EditMessage,
    DeleteMessage,
    /// Put an emoji on a message.
    React,
    TakeReactionBack,
    Star,
    Collect,
    HideMessage,
    FollowThread,
    PinMessage,
    MarkRead,
    MarkUnread,
    MarkDelivered,
    ArrangeConversation,
    AddMembers,
    RemoveMember,
    EditConversation,
    DeleteConversation,
    SetMemberRole,
    AddGroupMembers,
    /// Ask somebody into it.
    InviteToGroup,
    RemoveGroupMember,
    EditGroup,
    SetGroupRole,
    HandOverGroup,
    DeleteGroup,
    /// For people who become this in it.
    CreateInviteLink(MemberRole),
    ListInviteLinks,
    RevokeInviteLink,
    CreateChannel,
    SetChannelPrivate,
    /// Make a conversation with somebody, or take them into one, or into a group.
    TakeIn,
    RequestFriend,
    RemoveContact,
    BlockUser,
    UnblockUser,
    AnswerInvitation,
    WithdrawInvitation,
    /// What not everybody may do on the server.
    OnServer(Permission),
    /// Give somebody these, by a role or an invitation.
    HandOut(Permissions),
    /// Act on somebody's account.
    Administer,
}

/// What it is done to, as its actor stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// A conversation or a group, by the actor's role in it. Without a role they are not in it, or there is no such thing:
    /// nobody learns which.
    Place { role: Option<MemberRole> },
    /// A conversation in which the actor wants to say something. `barred`: a direct one, and one of its two people has blocked the other.
    Floor { role: Option<MemberRole>, barred: bool },
    /// Somebody. `there`: there is such a person. `blocked`: by the actor; `barred`: one of the two has blocked the other.
    Somebody { there: bool, blocked: bool, barred: bool },
    /// What somebody asks somebody, as the actor has it.
    Invitation { sender: UserId, receiver: UserId },
    /// A message of such a place.
    Message { role: Option<MemberRole>, sender: UserId },
    /// A conversation as a whole: where messages are pinned for everybody, which in a channel its group's owner and admins do, elsewhere everybody
    /// who is there; and which is deleted by those, elsewhere by its owner. Without a
    /// role they are not in it, or it is a direct one and one of its two people has blocked the other.
    Board { role: Option<MemberRole>, channel: bool },
    /// Those who are told when everyone in a conversation is named. `direct`: there are two, of whom everything is for the other one.
    /// `many`: there are more than everybody may call together.
    Crowd { role: Option<MemberRole>, direct: bool, many: bool },
    /// The server, by what the actor's role allows.
    Server { mine: Permissions },
    /// Somebody's account, by what both roles allow.
    Account { mine: Permissions, theirs: Permissions, oneself: bool },
    /// Somebody's place in it. `theirs`: their role, also of who has left; `None` for who was never there.
    Seat { role: Option<MemberRole>, of: UserId, theirs: Option<MemberRole> },
}

impl Object {
    fn role(self) -> Option<MemberRole> {
        match self {
            Self::Place { role }
            | Self::Message { role, .. }
            | Self::Board { role, .. }
            | Self::Seat { role, .. }
            | Self::Crowd { role, .. } => role,
            Self::Floor { role, barred } => role.filter(|_| !barred),
            Self::Somebody { .. } | Self::Invitation { .. } | Self::Server { .. } | Self::Account { .. } => None,
        }
    }
}

/// Says whether somebody may do something.
///
/// # Errors
/// `not_found` to those who may not see it, whether it is there or not; `not_allowed`, with words, to those who may.
pub(crate) fn authorize(actor: UserId, act: Act, object: Object) -> Result<(), ApiError> {
    match object {
        Object::Somebody { there, blocked, barred } => return approach(act, there, (blocked, barred)),
        Object::Invitation { sender, receiver } => return reply(actor, act, (sender, receiver)),
        Object::Server { mine } => return serve(act, mine),
        Object::Account { mine, theirs, oneself } => return administer(mine, theirs, oneself),
        _ => {}
    }
    let Some(role) = object.role() else { return Err(ApiError::not_found()) };
    match (act, object) {
        (Act::SendMessage | Act::React, Object::Floor { .. }) | (Act::TakeReactionBack, Object::Message { .. }) => Ok(()),
        (Act::MarkRead | Act::MarkUnread | Act::MarkDelivered | Act::ArrangeConversation, Object::Place { .. }) => Ok(()),
        (Act::NameEveryone, Object::Crowd { direct: true, .. }) => {
            Err(refused("There are two of you here: whatever you write is for the other one. Send it without @everyone."))
        }
        (Act::NameEveryone, Object::Crowd { many, .. }) if !many || role.manages() => Ok(()),
        (Act::NameEveryone, _) => {
            Err(refused("Among more than 20 people only the owner and admins can notify everyone. Name those it is for."))
        }
        (Act::EditMessage, Object::Message { sender, .. }) if sender == actor => Ok(()),
        (Act::EditMessage, _) => Err(refused("Only who wrote a message can edit it.")),
        (Act::DeleteMessage, Object::Message { sender, .. }) if sender == actor || role.manages() => Ok(()),
        (Act::DeleteMessage, _) => Err(refused("Only who wrote a message can delete it, or in a group its owner and admins.")),
        (Act::Star | Act::Collect | Act::HideMessage | Act::FollowThread, Object::Message { .. })
        | (Act::PinMessage, Object::Board { channel: false, .. }) => Ok(()),
        (Act::RemoveMember | Act::RemoveGroupMember, Object::Seat { of, theirs, .. }) => {
            let may = if of == actor { theirs.is_some() } else { theirs.map_or(role.manages(), |theirs| role.removes(theirs)) };
            if may { Ok(()) } else { Err(managers_only()) }
        }
        (Act::SetMemberRole | Act::SetGroupRole | Act::HandOverGroup | Act::DeleteGroup, _) if role != MemberRole::Owner => {
            Err(owner_only())
        }
        (Act::DeleteConversation, Object::Board { channel: false, .. }) if role != MemberRole::Owner => Err(owner_only()),
        (Act::CreateInviteLink(MemberRole::Owner), _) => Err(refused("A group has one owner. Hand it over instead.")),
        (Act::CreateInviteLink(MemberRole::Admin), _) if role == MemberRole::Admin => Err(owner_only()),
        _ if role.manages() => Ok(()),
        _ => Err(managers_only()),
    }
}

/// Who has blocked the actor looks like nobody; but a friend request to them looks as if it had reached them.
fn approach(act: Act, there: bool, (blocked, barred): (bool, bool)) -> Result<(), ApiError> {
    match act {
        _ if !there => Err(ApiError::not_found()),
        Act::TakeIn if barred => Err(ApiError::not_found()),
        Act::RequestFriend | Act::InviteToGroup if blocked => Err(refused("You have blocked this person. Unblock them first.")),
        _ => Ok(()),
    }
}

fn reply(actor: UserId, act: Act, (sender, receiver): (UserId, UserId)) -> Result<(), ApiError> {
    match act {
        Act::AnswerInvitation if receiver == actor => Ok(()),
        Act::AnswerInvitation => Err(refused("Only who is asked can answer.")),
        Act::WithdrawInvitation if sender == actor => Ok(()),
        Act::WithdrawInvitation => Err(refused("Only who asked can take it back. You can decline it.")),
        _ => Err(ApiError::not_found()),
    }
}

fn serve(act: Act, mine: Permissions) -> Result<(), ApiError> {
    match act {
        Act::OnServer(permission) if mine.has(permission) || !holds(Rule::ServerRoles) => Ok(()),
        Act::HandOut(given) if mine.cover(given) => Ok(()),
        Act::HandOut(_) => Err(refused("This role allows more than yours. Ask an admin.")),
        _ => Err(refused("Your role on this server does not allow this. Ask an admin.")),
    }
}

/// Nobody locks themselves out by mistake, and nobody rises above those who let them in.
fn administer(mine: Permissions, theirs: Permissions, oneself: bool) -> Result<(), ApiError> {
    match () {
        () if !mine.has(Permission::ManagePeople) => Err(refused("Your role on this server does not allow this. Ask an admin.")),
        () if oneself => Err(refused("This is your own account. Ask somebody else who manages people.")),
        () if !mine.cover(theirs) => Err(refused("This person's role allows more than yours. Ask an admin.")),
        () => Ok(()),
    }
}

fn managers_only() -> ApiError {
    refused("Only its owner and admins may do that. Ask one of them.")
}

fn owner_only() -> ApiError {
    refused("Only its owner may do that. Ask them.")
}

fn refused(message: &str) -> ApiError {
    ApiError::new(ErrorCode::NotAllowed, message)
}
