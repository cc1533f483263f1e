//! Whether the instance that the bus names is alive.

use std::time::Duration;
use zbus::{Connection, Error, fdo, names::BusName};

/// A process that crashes may take a while to go: its memory is written out first.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Returns once nobody has this name, or whoever has it is alive. Nothing is asked twice of the same owner, so there is nothing to wait
/// between: the bus itself answers for an owner who goes without an answer.
///
/// # Errors
/// The bus does not do what it should.
pub async fn settles(bus: &Connection, name: &str) -> zbus::Result<()> {
    let names = fdo::DBusProxy::new(bus).await?;
    loop {
        let owner = match names.get_name_owner(BusName::try_from(name)?).await {
            Ok(owner) => owner,
            Err(fdo::Error::NameHasNoOwner(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match bus.call_method(Some(&owner), "/", Some("org.freedesktop.DBus.Peer"), "Ping", &()).await {
            Err(Error::MethodError(refusal, ..)) if is_of_the_bus(refusal.as_str()) => tracing::info!("the last instance went: starting"),
            // A refusal is a sign of life too.
            Err(Error::MethodError(..)) | Ok(_) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// What the bus says in the place of somebody who is gone.
fn is_of_the_bus(refusal: &str) -> bool {
    ["NoReply", "ServiceUnknown", "NameHasNoOwner", "Disconnected"].iter().any(|why| refusal == format!("org.freedesktop.DBus.Error.{why}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::test_bus::Bus;
    use futures::FutureExt;
    use tokio::time::timeout;

    const NAME: &str = "chat.hearth.desktop.SingleInstance";

    struct Instance;

    #[zbus::interface(name = "org.SingleInstance.DBus")]
    impl Instance {}

    #[tokio::test]
    async fn nobody_there_and_somebody_alive_are_both_settled() {
        let bus = Bus::start();
        let asking = bus.connect().build().await.unwrap();
        timeout(PATIENCE, settles(&asking, NAME)).await.expect("nobody has the name").unwrap();
        let _alive = bus.connect().name(NAME).unwrap().serve_at("/", Instance).unwrap().build().await.unwrap();
        timeout(PATIENCE, settles(&asking, NAME)).await.expect("whoever has the name answers").unwrap();
    }

    #[tokio::test]
    async fn one_that_does_not_answer_any_more_is_waited_for_until_it_is_gone() {
        let bus = Bus::start();
        let asking = bus.connect().build().await.unwrap();
        // It takes calls and answers none, as a process does that is being taken down.
        let dying = bus.connect().name(NAME).unwrap().build().await.unwrap();
        let waiting = settles(&asking, NAME).fuse();
        tokio::pin!(waiting);
        assert!(timeout(Duration::from_millis(300), &mut waiting).await.is_err(), "settled although nobody answers");
        dying.close().await.unwrap();
        timeout(PATIENCE, waiting).await.expect("the name is free").unwrap();
    }
}
