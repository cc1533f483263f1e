//! One desktop at a time: two of them would only make each other slow.

use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, Window};
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
    joins(&mut person, server, code).await?;
    Ok(person)
}

/// A server and two people with accounts on it, of whom the first has set it up.
pub async fn two<'d>(desktop: &'d Desktop, first: &str, second: &str) -> Result<(Hearthd, Person<'d>, Person<'d>)> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let first = signed_up(desktop, &server, first, Some(&code)).await?;
    let second = signed_up(desktop, &server, second, None).await?;
    Ok((server, first, second))
}

/// From the first start to being signed in.
pub async fn joins(person: &mut Person<'_>, server: &Hearthd, code: Option<&str>) -> Result<()> {
    person.opens_the_app(&[]).await?;
    person.window()?.wait("first-run").await?;
    person.connects_to(server.link()).await?;
    person.signs_up(code).await?;
    person.is("live").await
}

/// Waits until an element has the problem with this code, checks that it is said in whole sentences, and returns them.
pub async fn told(window: &Window, place: &str, code: &str) -> Result<String> {
    window.wait_attribute(place, "data-code", code).await?;
    let said = window.text(place).await?.trim().to_owned();
    assert!(said.contains(' ') && said.contains(". ") | said.ends_with('.'), "{code}: {said:?}");
    Ok(said)
}
