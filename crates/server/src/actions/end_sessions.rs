use crate::{
    app::App,
    clock,
    store::{
        StoreError,
        session::{self, Session},
    },
};
use hearth_protocol::{
    ids::{SessionId, UserId},
    rule::{Rule, holds},
};
use sqlx::AnyConnection;

/// Ends somebody's sessions but the one to keep, in the caller's transaction. Their sockets are closed once that is durable.
pub(super) async fn end_others(transaction: &mut AnyConnection, user: UserId, keep: Option<SessionId>) -> Result<Vec<Session>, StoreError> {
    session::end_of_account(transaction, user, keep, clock::now()).await
}

/// Closes the sockets of sessions that have ended; another process on the same database closes its own with the next heartbeat.
pub(super) fn close_sockets(app: &App, ended: &[Session]) {
    app.fanout.revoke(|socket| holds(Rule::RevokeSockets) && ended.iter().any(|session| session.id == socket));
}
