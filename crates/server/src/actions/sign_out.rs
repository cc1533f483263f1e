use crate::{
    app::App,
    clock,
    store::session::{self, Session},
};
use hearth_protocol::{
    error::ApiError,
    rule::{Rule, holds},
};

/// Ends a session and closes its sockets.
pub(crate) async fn sign_out(app: &App, session: Session) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    session::end(&mut transaction, session.id, clock::now()).await?;
    transaction.commit().await?;
    app.fanout.revoke(|socket| socket == session.id && holds(Rule::RevokeSockets));
    Ok(())
}
