//! One desktop at a time: two of them would only make each other slow.

use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person};
use tokio::sync::{Mutex, MutexGuard};

static TURN: Mutex<()> = Mutex::const_new(());

/// Wait for it before a desktop is started, hold it until the desktop is gone.
pub async fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}

/// Keeps a picture of the screen when a test fails, and says where it and the logs are.
pub async fn seen<T>(desktop: &Desktop, outcome: Result<T>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => {
            let picture = desktop.picture("failed").await;
            panic!("{error:#}\n\nthe screen: {picture:?}\nthe logs: {}", desktop.logs().display());
        }
    }
}

/// Somebody with an account on this server, signed in. `code` for the first one.
pub async fn signed_up<'d>(desktop: &'d Desktop, server: &Hearthd, name: &str, code: Option<&str>) -> Result<Person<'d>> {
    let mut person = Person::arrives(desktop, name).await?;
    person.opens_the_app(&[]).await?;
    person.window()?.wait("first-run").await?;
    person.connects_to(server.link()).await?;
    person.signs_up(code).await?;
    person.is("live").await?;
    Ok(person)
}
