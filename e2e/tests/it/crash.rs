//! The app is killed and started again in the same moment.

use crate::stage::{seen, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Person, until};

#[tokio::test]
async fn an_app_that_was_killed_starts_again_at_once_and_is_the_only_one() {
    let _turn = turn().await;
    let desktop = Desktop::start("crash").await.unwrap();
    let outcome = crash(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn crash(desktop: &Desktop) -> Result<()> {
    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.opens_the_app(&[]).await?;
    alice.window()?.wait("first-run").await?;
    let before = desktop.bus().instances().await?;
    assert_eq!(before.len(), 1, "{before:?}");

    alice.app_crashes()?;
    let mut again = alice.launches_the_app().await?;
    let id = again.id();
    assert!(!before.contains(&id));
    until("the new instance on the bus", || {
        let ended = again.has_ended();
        async move {
            ensure!(!ended?, "the app ended instead of starting");
            Ok((desktop.bus().instances().await? == [id]).then_some(()))
        }
    })
    .await?;

    // One that starts while another lives hands over and goes.
    let mut second = alice.launches_the_app().await?;
    assert!(second.ended().await?.success());
    assert_eq!(desktop.bus().instances().await?, [id]);
    desktop.picture("started-again").await?;
    assert!(again.stop().await?.success());
    Ok(())
}
