//! No room left: a clear word, reading goes on, what was written stays, and all goes on by itself when there is room.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{App, Hearthd, Stage, app::Refused, measure::ms, small_disk::SmallDisk, until::PATIENCE, until::until};
use anyhow::{Result, bail, ensure};

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::new(stage)?;
    let servers = match SmallDisk::new(server.data()) {
        Ok(disk) => disk,
        Err(error) => return Ok(Outcome::NotShown(format!("this machine lets us mount no small disk ({error})"))),
    };
    server.around = servers.around();
    server.start().await?;
    let (mut ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    let adas = SmallDisk::new(ada.profile())?;
    ada.around = adas.around();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let rounds = stage.times(1, 20);
    let mut refused = 0;
    let mut slowest = std::time::Duration::ZERO;
    for _ in 0..rounds {
        pair.chat(20).await?;
        pair.converge().await?;
        slowest = slowest.max(servers_disk(&mut pair, &servers).await?);
        refused += apps_disk(&mut pair, &adas).await?;
        pair.converge().await?;
    }
    let messages = converge_and_compare(stage, &mut pair).await?;
    Ok(Outcome::Passed(format!(
        "{rounds} rounds: the server went on {} after it had room; the app refused {refused} messages with a word; {messages} messages",
        ms(slowest)
    )))
}

/// Gives back how long it took from the room to the last message.
async fn servers_disk(pair: &mut Pair, disk: &SmallDisk) -> Result<std::time::Duration> {
    let process = pair.server.id();
    disk.fill(process)?;
    // The files have some room of their own left.
    let (conversation, mut sent) = (pair.conversation, 0);
    let (_, _) = until("the server says that its disk is full", PATIENCE, async || {
        if sent < 400 {
            pair.chat(10).await?;
            sent += 10;
        }
        Ok((pair.server.complaints().contains("no space is left")).then_some(()))
    })
    .await?;
    ensure!(pair.server.process()?.ended()?.is_none(), "the server ended: {}", pair.server.last_words());
    // Reading goes on: for those who are there and from the server itself.
    ensure!(!pair.bob.read(conversation).await?.is_empty(), "reading stopped");
    let state = pair.ada.state().await?;
    ensure!(state.outbox_failed == 0, "a full disk of the server made messages fail for good");
    disk.make_room(process)?;
    pair.converge().await
}

/// Gives back how many messages the app refused; each in words, and none of them appears later.
async fn apps_disk(pair: &mut Pair, disk: &SmallDisk) -> Result<usize> {
    let process = pair.ada.id();
    disk.fill(process)?;
    let mut refused = 0;
    for _ in 0..2_000 {
        if let Err(error) = pair.say(Who::Ada).await {
            match error.downcast_ref::<Refused>() {
                Some(said) if said.code == "disk_full" => refused += 1,
                _ => bail!("a full disk is told as {error:#}"),
            }
            if refused == 3 {
                break;
            }
        }
    }
    ensure!(refused > 0, "the app's disk was never full");
    let shown = pair.ada.read(pair.conversation).await?;
    ensure!(pair.ledger.missing(&shown).iter().all(|text| text.starts_with("Bob")), "an accepted message is not shown on a full disk");
    disk.make_room(process)?;
    pair.say(Who::Ada).await?;
    Ok(refused)
}

/// As `Pair::check`, with the server's files looked at where they are: they are gone when it stops.
async fn converge_and_compare(stage: &Stage, pair: &mut Pair) -> Result<usize> {
    let mut fresh = App::fresh(stage, &pair.server, "Bob", "fresh").await?;
    let lines = fresh.read(pair.conversation).await?;
    fresh.quit().await?;
    pair.ledger.check(&lines)?;
    ensure!(lines == pair.ada.read(pair.conversation).await?, "a fresh computer shows something else");
    Ok(lines.len())
}
