//! The server's contract, over real HTTP and WebSockets, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

/// Makes a test on each database of every `async fn name(database: Database)` that is listed.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::host::Database::Sqlite).await;
            })+
        }

        // The throw-away cluster is Debian's.
        #[cfg(target_os = "linux")]
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::host::Database::Postgres).await;
            })+
        }
    };
}

mod accounts;
mod administration;
mod admission;
mod arrangements;
mod changes;
mod channels;
mod codes;
mod collections;
mod conversation_pictures;
mod conversations;
mod costs;
mod dates;
mod deleted_conversations;
mod deletions;
mod devices;
mod failures;
mod forwards;
mod friends;
mod group_life;
mod group_pictures;
mod groups;
mod host;
mod imports;
mod invitations;
mod linked;
mod links;
mod mail;
mod marked;
mod mentions;
mod mutations;
mod names;
mod nodes;
#[path = "../../../testkit/src/provider.rs"]
mod openid;
mod order;
mod passwords;
mod permissions;
mod person;
mod pictures;
mod postbox;
mod postgres;
mod presence;
mod profiles;
mod providers;
mod pulls;
mod reactions;
mod reads;
mod receipts;
mod replies;
mod restarts;
mod retention;
mod scheduled;
mod search;
mod secrets;
mod shared_history;
mod socket;
mod sockets;
mod thread_counts;
mod threads;
mod two_step;
mod versions;
