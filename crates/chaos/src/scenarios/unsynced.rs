//! Power cuts: the process dies and the disk forgets what no fsync had covered, wholly or in parts, in any order.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{App, Hearthd, Stage, power, shim::Shim, stage::tell};
use anyhow::Result;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::new(stage)?;
    let servers = Shim::new(&stage.programs.shim, server.data(), true)?;
    server.around = servers.around();
    server.start().await?;
    let (mut ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    let adas = Shim::new(&stage.programs.shim, ada.profile(), true)?;
    ada.around = adas.around();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let cuts = stage.times(8, 200);
    let mut lost = 0;
    for cut in 1..=cuts {
        pair.chat_for(stage.dice.ms(20, 250)).await?;
        if stage.dice.percent(50) {
            pair.server.kill().await?;
            pair.note().await?;
            lost += power::cut(servers.journal()?, &mut stage.dice)?;
            pair.server.start().await?;
        } else {
            pair.talk_until_death(Who::Ada, stage.dice.ms(1, 60)).await;
            pair.ada.kill().await?;
            lost += power::cut(adas.journal()?, &mut stage.dice)?;
            pair.ada.start().await?;
        }
        pair.nudge().await?;
        if cut % 25 == 0 {
            tell(format_args!("{cut} of {cuts} cuts, {} messages", pair.ledger.accepted()));
        }
    }
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!(
        "{cuts} power cuts took {lost} writes that no fsync had covered; {messages} messages, none acknowledged lost"
    )))
}
