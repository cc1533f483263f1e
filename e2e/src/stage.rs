//! What is played: two people who meet and talk, or one who has talked for years.
use anyhow::{Context as _, Result, bail};
use hearth_e2e::{Desktop, Person, Window, until};
use std::{env, path::PathBuf, time::Instant};

#[tokio::main(flavor = "current_thread")]
pub async fn play() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let play = async {
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["people", names] => {
                let desktop = Desktop::start("stage").await?;
                seen(&desktop, people(&desktop, &names.split(',').collect::<Vec<_>>()).await).await
            }
            ["sample", username, profile] => {
                let desktop = Desktop::start("stage").await?;
                seen(&desktop, sample(&desktop, username, profile.into()).await).await
            }
            _ => bail!("hearth-stage people NAME,NAME or hearth-stage sample USERNAME PROFILE-FOLDER"),
        }
    };
    tokio::select! {
        played = play => played,
        _ = tokio::signal::ctrl_c() => bail!("stopped"),
    }
}

/// Keeps a picture of the screen when something goes wrong.
async fn seen(desktop: &Desktop, outcome: Result<()>) -> Result<()> {
    if outcome.is_err() {
        desktop.picture("failed").await?;
    }
    outcome.with_context(|| format!("The logs are in {}", desktop.logs().display()))
}

/// The first one's app runs the server; the others connect with the link from its settings.
async fn people(desktop: &Desktop, names: &[&str]) -> Result<()> {
    let [host_name, guest_name, others @ ..] = names else { bail!("a conversation needs two people") };
    let mut host = Person::arrives(desktop, host_name).await?;
    host.opens_the_app(&[]).await?;
    host.window()?.wait("first-run").await?;
    host.picture("first-run").await?;
    host.starts_a_server().await?;
    host.picture("sign-up").await?;
    host.signs_up(None).await?;
    let link = host.reads_the_invitation().await?;
    say(&format!("{host_name} signed up on the server in their app: {link}"));

    let mut guests = Vec::new();
    for name in [guest_name].into_iter().chain(others) {
        let mut guest = Person::arrives(desktop, name).await?;
        guest.opens_the_app(&[]).await?;
        guest.connects_to(&link).await?;
        guest.signs_up(None).await?;
        say(&format!("{name} signed up"));
        guests.push(guest);
    }
    let Some(guest) = guests.first() else { bail!("a conversation needs two people") };
    host.starts_talking_to(guest_name).await?;
    let hello = "Hi! The kettle is on. Are you coming over later?";
    host.says(hello).await?;
    let shown = desktop.bus().notification("kettle").await?;
    say(&format!("{guest_name} got a notification: {}: {}", shown.title, shown.body));
    desktop.picture("both-windows-and-the-notification").await?;
    guest.opens(&shown.title).await?;
    guest.sees(hello).await?;
    let answer = "Yes, at six. I will bring the good bread.";
    guest.says(answer).await?;
    host.sees(answer).await?;
    host.sees_own(hello, "sent").await?;
    host.picture("conversation").await?;
    guest.picture("conversation").await?;
    guest.finds("kettle", "kettle").await?;
    guest.picture("search").await?;
    say("They talked, and found it again.");
    for person in guests.iter_mut().chain([&mut host]) {
        person.app_ends().await?;
    }
    Ok(())
}

/// Somebody who has talked for years signs in on a new device.
async fn sample(desktop: &Desktop, username: &str, profile: PathBuf) -> Result<()> {
    let password = env::var("HEARTH_AUTO_PASSWORD").context("HEARTH_AUTO_PASSWORD has everybody's password in a sample")?;
    let mut person = Person::returns(desktop, "sample", profile).await?;
    let began = Instant::now();
    person.opens_the_app(&["--start-server"]).await?;
    let window = person.window()?;
    // The keychain of this desktop is new each time, the profile may be of an earlier run: then it waits for its owner.
    window.wait_any(&["sign-in-page", "main"]).await?;
    if window.has("sign-in-page").await? {
        person.signs_in(username, &password).await?;
        person.gets_in().await?;
    }
    window.wait("conversation-row").await?;
    say(&format!("{username} signed in, first conversations after {:.1} s", began.elapsed().as_secs_f64()));
    person.picture("list").await?;
    backfilled(window).await?;
    say(&format!("everything is on this computer after {:.1} s", began.elapsed().as_secs_f64()));
    window.click("conversation-row").await?;
    window.wait("message").await?;
    person.picture("conversation").await?;
    person.finds("weekend", "weekend").await?;
    say(&format!("found: {}", window.text("search-coverage").await?.split_whitespace().collect::<Vec<_>>().join(" ")));
    person.picture("search").await?;
    person.app_ends().await
}

/// However much there is: it fails only when nothing more arrives.
async fn backfilled(window: &Window) -> Result<()> {
    loop {
        let Some(before) = progress(window).await? else { return Ok(()) };
        let moved = || async { Ok((progress(window).await?.as_deref() != Some(before.as_str())).then_some(())) };
        until(&format!("more history than {before:?}"), moved).await?;
    }
}

async fn progress(window: &Window) -> Result<Option<String>> {
    window.run("return document.querySelector('[data-testid=\"backfill\"]')?.textContent ?? null;").await
}

fn say(what: &str) {
    println!("      {what}");
}
