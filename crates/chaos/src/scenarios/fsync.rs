//! An error at every n-th fsync: the server ends and acknowledges nothing after it; the app says that it could not keep the message.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{
    App, Hearthd, Stage, power,
    shim::{Field, Shim},
};
use anyhow::{Result, ensure};
use std::time::Duration;

/// From the failed fsync to the end of the process.
const END_MAX: Duration = Duration::from_secs(20);

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::new(stage)?;
    let servers = Shim::new(&stage.programs.shim, server.data(), true)?;
    server.around = servers.around();
    server.start().await?;
    let (mut ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    let adas = Shim::new(&stage.programs.shim, ada.profile(), true)?;
    ada.around = adas.around();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let errors = stage.times(4, 100) as i64;
    for n in 1..=errors {
        servers_error(stage, &mut pair, &servers, n).await?;
    }
    let mut refused = 0;
    for n in 1..=errors {
        refused += apps_error(stage, &mut pair, &adas, n).await?;
    }
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!(
        "{errors} errors ended the server, each with a sentence; {errors} in the app refused {refused} messages; {messages} messages, none acknowledged lost"
    )))
}

/// What was acknowledged is still there although the power went as well: an fsync that failed covers nothing.
async fn servers_error(stage: &mut Stage, pair: &mut Pair, shim: &Shim, n: i64) -> Result<()> {
    let failed = shim.get(Field::Failed)?;
    shim.set(Field::FailAt, shim.get(Field::Fsyncs)? + n)?;
    for _ in 0..200 {
        pair.chat_for(Duration::from_millis(100)).await?;
        if shim.get(Field::Failed)? > failed {
            break;
        }
    }
    ensure!(shim.get(Field::Failed)? > failed, "fsync {n} was never asked for");
    let status = pair.server.process()?.end(END_MAX).await?;
    let words = pair.server.last_words();
    ensure!(!status.success() && words.contains("Check the disk"), "after a failed fsync the server ended with {status}: {words:?}");
    pair.note().await?;
    shim.set(Field::FailAt, 0)?;
    power::cut(shim.journal()?, &mut stage.dice)?;
    pair.server.start().await?;
    pair.nudge().await
}

/// Gives back how many messages the app refused to take.
async fn apps_error(stage: &mut Stage, pair: &mut Pair, shim: &Shim, n: i64) -> Result<usize> {
    let failed = shim.get(Field::Failed)?;
    shim.set(Field::FailAt, shim.get(Field::Fsyncs)? + n)?;
    let mut refused = 0;
    for _ in 0..200 {
        refused += usize::from(pair.say(Who::Ada).await.is_err());
        if shim.get(Field::Failed)? > failed {
            break;
        }
    }
    ensure!(shim.get(Field::Failed)? > failed, "fsync {n} was never asked for");
    pair.ada.kill().await?;
    shim.set(Field::FailAt, 0)?;
    power::cut(shim.journal()?, &mut stage.dice)?;
    pair.ada.start().await?;
    Ok(refused)
}
