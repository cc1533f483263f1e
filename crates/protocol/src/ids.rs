//! Typed ids: all are UUIDs on the wire (lower-case, hyphenated), and none can be mistaken for another.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts by the time it was made (UUID version 7).
            pub fn new() -> Self {
                Self(new_uuid())
            }

            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            /// Reads the 16 bytes that a database column holds.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, uuid::Error> {
                Uuid::from_slice(bytes).map(Self)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A person's account on one server.
    UserId
);
id!(
    /// Where messages live.
    ConversationId
);
id!(
    /// People who share channels.
    GroupId
);
id!(
    /// A link by which people join a group, as its owner and admins see it listed.
    InviteLinkId
);
id!(
    /// A role on the server that an admin has made.
    RoleId
);
id!(
    /// An invitation to sign up, as those see it listed who may make them.
    ServerInviteId
);
id!(
    /// An account at a provider that signs in to one here.
    ExternalAccountId
);
id!(
    /// A client's durable intent. The id of a message is the id of the mutation that made it.
    MutationId
);
id!(
    /// One installation's profile. Made once, and it outlives sign-out and the loss of the keychain.
    DeviceId
);
id!(
    /// A signed-in device, as the server lists it.
    SessionId
);
id!(
    /// A question of one person to another. Its id follows from who asks whom for what, so that asking again is the same invitation.
    InvitationId
);
id!(
    /// Something that somebody is told of: its id is that of what it is about.
    NotificationId
);
id!(
    /// Bytes that somebody has uploaded: others under another id, so what is kept under one never changes.
    MediaId
);
id!(
    /// A list of messages that somebody has made for themselves.
    CollectionId
);
id!(
    /// The incarnation of a server's database: another one after a backup was restored.
    Epoch
);

#[cfg(not(feature = "sim"))]
fn new_uuid() -> Uuid {
    Uuid::now_v7()
}

#[cfg(feature = "sim")]
use seeded::new_uuid;
#[cfg(feature = "sim")]
pub use seeded::set_source;

/// The simulator's ids.
#[cfg(feature = "sim")]
mod seeded {
    use std::cell::RefCell;
    use uuid::Uuid;

    type Source = Box<dyn FnMut() -> Uuid>;

    thread_local! {
        static SOURCE: RefCell<Option<Source>> = const { RefCell::new(None) };
    }

    /// Every id that this thread makes comes from the source from here on; `None`: from clock and chance again.
    pub fn set_source(source: Option<Source>) {
        SOURCE.set(source);
    }

    pub(super) fn new_uuid() -> Uuid {
        SOURCE.with_borrow_mut(|source| source.as_mut().map_or_else(Uuid::now_v7, |next| next()))
    }
}

/// A message is named by the mutation that made it.
pub type MessageId = MutationId;

/// The UUIDv5 namespace of direct conversations.
const DIRECT: Uuid = Uuid::from_u128(0x6e8f_6f0a_51c9_4d0e_9a3b_7b1d_5e0c_a201);

impl ConversationId {
    /// The one direct conversation of two people. Made twice, offline, on both sides, it is the same conversation.
    pub fn direct(a: UserId, b: UserId) -> Self {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let mut pair = [0_u8; 32];
        pair[..16].copy_from_slice(low.as_bytes());
        pair[16..].copy_from_slice(high.as_bytes());
        Self(Uuid::new_v5(&DIRECT, &pair))
    }
}

/// The UUIDv5 namespace of friend requests.
const FRIEND: Uuid = Uuid::from_u128(0x2f4b_9a31_7d0e_4c52_8e6d_31c7_90ab_5f17);

/// The UUIDv5 namespace of invitations into groups.
const INTO_GROUP: Uuid = Uuid::from_u128(0xb1c8_07de_52a6_4f39_a4e0_6c1d_f35b_2794);

impl InvitationId {
    /// The one friend request of somebody to somebody: asking again changes it, so nobody gets more of them than there are people.
    pub fn friend(sender: UserId, receiver: UserId) -> Self {
        Self(Uuid::new_v5(&FRIEND, &[sender.as_bytes(), receiver.as_bytes()].concat()))
    }

    /// The one invitation of somebody by somebody into a group.
    pub fn group(group: GroupId, sender: UserId, receiver: UserId) -> Self {
        Self(Uuid::new_v5(&INTO_GROUP, &[group.as_bytes(), sender.as_bytes(), receiver.as_bytes()].concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direct_conversation_is_the_same_from_both_sides() {
        let (alice, bob) = (UserId::new(), UserId::new());
        assert_eq!(ConversationId::direct(alice, bob), ConversationId::direct(bob, alice));
        assert_ne!(ConversationId::direct(alice, bob), ConversationId::direct(alice, alice));
    }

    #[test]
    fn an_invitation_is_one_each_way() {
        let (alice, bob, group) = (UserId::new(), UserId::new(), GroupId::new());
        assert_eq!(InvitationId::group(group, alice, bob), InvitationId::group(group, alice, bob));
        assert_ne!(InvitationId::group(group, alice, bob), InvitationId::group(group, bob, alice));
        assert_ne!(InvitationId::group(group, alice, bob), InvitationId::group(GroupId::new(), alice, bob));
        assert_eq!(InvitationId::friend(alice, bob), InvitationId::friend(alice, bob));
        assert_ne!(InvitationId::friend(alice, bob), InvitationId::friend(bob, alice));
    }
}
