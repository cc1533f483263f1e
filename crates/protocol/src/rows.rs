//! The row kinds, one file each.

mod account;
mod arrangement;
mod block;
mod channel;
mod collected;
mod collection;
mod contact;
mod conversation;
mod delivered;
mod device;
mod group;
mod group_member;
mod group_membership;
mod hidden;
mod invitation;
mod member;
mod membership;
mod message;
mod notification;
mod pin;
mod reaction;
mod read_marker;
mod read_receipt;
mod retention;
mod scheduled;
mod star;
mod thread;

pub use account::{AccountRow, Deactivated, Email};
pub use arrangement::{Arrangement, ArrangementRow, NotificationLevel};
pub use block::BlockRow;
pub use channel::ChannelRow;
pub use collected::{CollectedKind, CollectedRow};
pub use collection::CollectionRow;
pub use contact::ContactRow;
pub use conversation::{ConversationKind, ConversationRow};
pub use delivered::DeliveredRow;
pub use device::DeviceRow;
pub use group::GroupRow;
pub use group_member::GroupMemberRow;
pub use group_membership::GroupMembershipRow;
pub use hidden::HiddenRow;
pub use invitation::{InvitationKind, InvitationRow, InvitationStatus, InvitedTo};
pub use member::{MemberRole, MemberRow, Person};
pub use membership::MembershipRow;
pub use message::MessageRow;
pub use notification::{NotificationKind, NotificationRow};
pub use pin::PinRow;
pub use reaction::ReactionRow;
pub use read_marker::ReadMarkerRow;
pub use read_receipt::ReadReceiptRow;
pub use retention::RetentionRow;
pub use scheduled::{ScheduledRow, ScheduledState};
pub use star::StarRow;
pub use thread::ThreadRow;

use crate::{Pos, Seq, blind::knows, row, row::RowKey, stream::StreamKind};
use serde::Serializer;
use serde_json::value::RawValue;

/// What a row kind says about itself.
pub trait RowKind {
    /// Its name on the wire.
    const KIND: &'static str;
    /// The kind of stream that it lives in.
    const HOME: StreamKind;
    /// Whether its rows have a place among the messages: those are fetched page by page, all others with the first copy.
    const PLACED: bool = false;

    /// Its name among the rows of its kind in its stream; empty where there is only one.
    fn id(&self) -> String;

    /// The place in its conversation that it belongs to. Whoever does not see that place does not get the row.
    fn pos(&self) -> Option<Pos> {
        None
    }
}

/// Calls a macro with every row kind as `Variant(Row)`, those first on which others stand: that is the order in which a server writes.
#[macro_export]
macro_rules! each_row_kind {
    ($with:ident) => {
        $with! {
            Account($crate::rows::AccountRow),
            Group($crate::rows::GroupRow),
            Conversation($crate::rows::ConversationRow),
            Retention($crate::rows::RetentionRow),
            Member($crate::rows::MemberRow),
            Membership($crate::rows::MembershipRow),
            GroupMember($crate::rows::GroupMemberRow),
            GroupMembership($crate::rows::GroupMembershipRow),
            Channel($crate::rows::ChannelRow),
            Message($crate::rows::MessageRow),
            Reaction($crate::rows::ReactionRow),
            Pin($crate::rows::PinRow),
            ReadMarker($crate::rows::ReadMarkerRow),
            Arrangement($crate::rows::ArrangementRow),
            Star($crate::rows::StarRow),
            Hidden($crate::rows::HiddenRow),
            Collection($crate::rows::CollectionRow),
            Collected($crate::rows::CollectedRow),
            Thread($crate::rows::ThreadRow),
            Scheduled($crate::rows::ScheduledRow),
            ReadReceipt($crate::rows::ReadReceiptRow),
            Delivered($crate::rows::DeliveredRow),
            Device($crate::rows::DeviceRow),
            Invitation($crate::rows::InvitationRow),
            Notification($crate::rows::NotificationRow),
            Contact($crate::rows::ContactRow),
            Block($crate::rows::BlockRow),
        }
    };
}

macro_rules! row_kinds {
    ($($variant:ident($row:ty)),+ $(,)?) => {
        /// The content of a row, by kind.
        #[derive(Clone, Debug)]
        pub enum RowData {
            $($variant($row),)+
            /// A kind that this build does not know, kept as it came until an update can read it.
            Unknown { kind: String, raw: Box<RawValue> },
        }

        /// Every kind that this build knows, by its name on the wire.
        pub const KINDS: &[&str] = &[$(<$row>::KIND),+];

        impl RowData {
            pub fn key(&self) -> RowKey {
                match self {
                    $(Self::$variant(row) => RowKey { kind: <$row>::KIND.into(), id: row.id() },)+
                    Self::Unknown { kind, raw } => RowKey { kind: kind.clone(), id: id_of(kind, raw) },
                }
            }

            /// See [`RowKind::pos`]; unknown kinds have none that this build could read.
            pub fn pos(&self) -> Option<Pos> {
                match self {
                    $(Self::$variant(row) => row.pos(),)+
                    Self::Unknown { .. } => None,
                }
            }

            /// The kind of stream that it lives in; `None` for unknown kinds, which may live anywhere.
            pub fn home(&self) -> Option<StreamKind> {
                match self {
                    $(Self::$variant(_) => Some(<$row>::HOME),)+
                    Self::Unknown { .. } => None,
                }
            }

            pub(crate) fn write<S: Serializer>(&self, seq: Seq, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(row) => row::write(serializer, seq, <$row>::KIND, row),)+
                    Self::Unknown { kind, raw } => row::write(serializer, seq, kind, raw),
                }
            }

            pub(crate) fn read(kind: &str, raw: Box<RawValue>) -> Result<Self, serde_json::Error> {
                match kind {
                    $(<$row>::KIND if knows(kind) => serde_json::from_str(raw.get()).map(Self::$variant),)+
                    _ => Ok(Self::Unknown { kind: kind.into(), raw }),
                }
            }
        }

        /// A kind that this thread has forgotten names its rows as a build does that lacks it: by their `id`. Those of the first build, which
        /// no build lacks but in tests, never had one.
        #[cfg(feature = "mutants")]
        fn id_of(kind: &str, raw: &RawValue) -> String {
            match kind {
                $(<$row>::KIND if FIRST.contains(&kind) => {
                    serde_json::from_str::<$row>(raw.get()).map(|row| row.id()).unwrap_or_default()
                })+
                _ => unknown_id(raw),
            }
        }

        impl PartialEq for RowData {
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(a), Self::$variant(b)) => a == b,)+
                    (Self::Unknown { kind: a, raw: x }, Self::Unknown { kind: b, raw: y }) => a == b && x.get() == y.get(),
                    _ => false,
                }
            }
        }

        $(impl From<$row> for RowData {
            fn from(row: $row) -> Self {
                Self::$variant(row)
            }
        })+
    };
}

each_row_kind!(row_kinds);

/// Kinds of the first build whose rows are named by something else than their `id`.
#[cfg(feature = "mutants")]
const FIRST: &[&str] = &[ReadMarkerRow::KIND, MemberRow::KIND];

#[cfg(not(feature = "mutants"))]
fn id_of(_: &str, raw: &RawValue) -> String {
    unknown_id(raw)
}

/// Every row kind of the future carries its id as `id`, so that an older build can keep one copy of each.
fn unknown_id(raw: &RawValue) -> String {
    #[derive(serde::Deserialize)]
    struct OnlyId {
        #[serde(default)]
        id: String,
    }
    serde_json::from_str::<OnlyId>(raw.get()).map(|row| row.id).unwrap_or_default()
}
