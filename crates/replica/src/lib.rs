//! The replica: one person's encrypted local SQLite database.
//!
//! It holds every row that the person may see, applied together with its stream's cursor in one transaction; the outbox of what the
//! server does not have yet, which is projected over the rows at read and never stored among them; drafts and settings.
//! Nothing but this crate writes SQL against it. It does no networking and asks no clock: whoever calls brings the local time.
//!
//! One writer, several readers: a [`Replica`] is a cheap handle, and reads never wait for writes.

mod apply;
mod archive;
mod collections;
mod connection;
mod coverage;
mod devices;
mod digests;
mod drafts;
mod error;
mod friends;
mod groups;
mod inbox;
mod key;
mod list;
mod log;
mod marked;
mod members;
mod open;
mod outbox;
mod people;
mod profiles;
mod quotes;
mod reactions;
mod receipts;
mod rescue;
mod scheduled;
mod search;
mod sql;
mod streams;
mod tables;
mod testing;
mod timeline;
mod versions;

pub use apply::{Applied, Apply, Checks, History, NewMessage, Tail};
pub use collections::Collection;
pub use connection::Replica;
pub use coverage::{Coverage, Period};
pub use drafts::Draft;
pub use error::{Error, OpenError, Result};
pub use friends::{Asked, Friends, Invited};
pub use groups::{GroupItem, GroupPerson, Made};
pub use inbox::{Told, ToldOf};
pub use key::Key;
pub use list::{Compare, ConversationItem, Filter, LastMessage, Order, Section};
pub use log::is_log_whole;
pub use marked::{Marked, Said};
pub use outbox::{Claimed, Discarded, Failure, Fate, InThread, OutboxCount, OutboxEntry, OutboxState, Shows, TakenBack, TakingBack, shows};
pub use profiles::OwnProfile;
pub use quotes::{Quote, Quoted};
pub use reactions::Reaction;
pub use receipts::{Delivery, Reader};
pub use rescue::{Rescued, is_whole, rescue};
pub use scheduled::Scheduled;
pub use search::{
    Called, Day, FilterName, Further, LocalTime, Mark, MeantConversation, Missing, MissingIn, Query, QueryPart, QueryProblem, Reading,
    SearchFilter, SearchHit, SearchOrder, SearchRows, SnippetPart, Suggestion, Suggestions, Understood,
};
pub use streams::{Progress, StreamCopy, StreamState};
pub use testing::{Glance, Standing, UnreadCounts};
pub use timeline::{At, DatedPlace, Edge, FollowedThread, Item, Thread, ThreadReading, ThreadRows, TimelineMessage, TimelineRows};
pub use versions::Versions;
