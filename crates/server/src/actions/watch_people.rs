use crate::{app::App, fanout::SocketQueue, store::profile};
use hearth_protocol::{error::ApiError, ids::UserId, limits::WATCHED_MAX};

/// From now on an app is told how these people are here, if its person may know when they were last seen. Of the others it hears nothing,
/// as of those who do not exist.
pub(crate) async fn watch_people(app: &App, socket: &SocketQueue, people: &[UserId]) -> Result<(), ApiError> {
    let ver = socket.watch_ver();
    let people = people.get(..WATCHED_MAX).unwrap_or(people);
    let mut snapshot = app.store().snapshot().await?;
    let (mut visible, mut hidden) = (Vec::with_capacity(people.len()), Vec::new());
    for user in people {
        let around = profile::one_around(&mut snapshot, socket.user, *user).await?;
        let seen = around.is_some_and(|(viewer, profile)| viewer.sees(profile.said.privacy.last_seen));
        if seen { &mut visible } else { &mut hidden }.push(*user);
    }
    app.fanout.watch(socket, ver, (&visible, &hidden));
    Ok(())
}
