//! Who may do what: one function, which every action asks. `docs/permissions.toml` says the same by hand, and does not know of this one: a
//! test holds the two against each other over the wire, cell by cell. What somebody may see is a matter of places as well: `sight` says it.

use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::UserId,
    rows::MemberRole,
};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    SendMessage,
    EditMessage,
    DeleteMessage,
    MarkRead,
    MarkDelivered,
    AddMembers,
    RemoveMember,
    AddGroupMembers,
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
}

/// What it is done to, as its actor stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// A conversation or a group, by the actor's role in it. Without a role they are not in it, or there is no such thing:
    /// nobody learns which.
    Place { role: Option<MemberRole> },
    /// A message of such a place.
    Message { role: Option<MemberRole>, sender: UserId },
    /// Somebody's place in it. `theirs`: their role, also of who has left; `None` for who was never there.
    Seat { role: Option<MemberRole>, of: UserId, theirs: Option<MemberRole> },
}

impl Object {
    fn role(self) -> Option<MemberRole> {
        match self {
            Self::Place { role } | Self::Message { role, .. } | Self::Seat { role, .. } => role,
        }
    }
}

/// Says whether somebody may do something.
///
/// # Errors
/// `not_found` to those who may not see it, whether it is there or not; `not_allowed`, with words, to those who may.
pub(crate) fn authorize(actor: UserId, act: Act, object: Object) -> Result<(), ApiError> {
    let Some(role) = object.role() else { return Err(ApiError::not_found()) };
    match (act, object) {
        (Act::SendMessage | Act::MarkRead | Act::MarkDelivered, Object::Place { .. }) => Ok(()),
        (Act::EditMessage, Object::Message { sender, .. }) if sender == actor => Ok(()),
        (Act::EditMessage, _) => Err(refused("Only who wrote a message can edit it.")),
        (Act::DeleteMessage, Object::Message { sender, .. }) if sender == actor || role.manages() => Ok(()),
        (Act::DeleteMessage, _) => Err(refused("Only who wrote a message can delete it, or in a group its owner and admins.")),
        (Act::RemoveMember | Act::RemoveGroupMember, Object::Seat { of, theirs, .. }) => {
            let may = if of == actor { theirs.is_some() } else { theirs.map_or(role.manages(), |theirs| role.removes(theirs)) };
            if may { Ok(()) } else { Err(managers_only()) }
        }
        (Act::SetGroupRole | Act::HandOverGroup | Act::DeleteGroup, _) if role != MemberRole::Owner => Err(owner_only()),
        (Act::CreateInviteLink(MemberRole::Owner), _) => Err(refused("A group has one owner. Hand it over instead.")),
        (Act::CreateInviteLink(MemberRole::Admin), _) if role == MemberRole::Admin => Err(owner_only()),
        _ if role.manages() => Ok(()),
        _ => Err(managers_only()),
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
