//! A connection that is closed when it is let go.

use futures::executor::block_on;
use sqlx::{Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};

/// Dropping one waits until the file is closed. A plain connection is closed some time later by its own thread, which the end of the
/// process overtakes: the cipher's library then frees the keys that this thread still works with.
pub(crate) struct Held(Option<SqliteConnection>);

impl Held {
    pub fn new(connection: SqliteConnection) -> Self {
        Self(Some(connection))
    }

    /// Leaves nothing here, which nobody uses again.
    pub fn take(&mut self) -> Self {
        Self(self.0.take())
    }

    pub async fn close(mut self) {
        if let Some(connection) = self.0.take() {
            report(connection.close().await);
        }
    }
}

impl Drop for Held {
    /// On a thread of its own: this one may be an executor's, or about to end.
    fn drop(&mut self) {
        let Some(connection) = self.0.take() else { return };
        let closing = std::thread::Builder::new().spawn(|| report(block_on(connection.close())));
        if let Ok(closing) = closing {
            let _ = closing.join();
        }
    }
}

fn report(closed: Result<(), sqlx::Error>) {
    if let Err(error) = closed {
        tracing::warn!(%error, "the replica did not close cleanly");
    }
}

#[expect(clippy::expect_used, reason = "it is there until it is closed or taken, which its owner does last")]
impl Deref for Held {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.0.as_ref().expect("a connection that is held")
    }
}

#[expect(clippy::expect_used, reason = "it is there until it is closed or taken, which its owner does last")]
impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().expect("a connection that is held")
    }
}
