//! A network that is cut, in silence or with a word: both go on reading and writing, and agree again soon after it heals.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{App, Hearthd, Stage, measure::ms, network::Network, stage::tell};
use anyhow::{Result, ensure};
use std::time::Duration;

const PORT: u16 = 7380;
/// Asserted loosely, since other programs may have the machine: reliability asks for 5 s.
const AGREE_MAX: Duration = Duration::from_secs(10);

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let network = match Network::lay() {
        Ok(network) => network,
        Err(error) => return Ok(Outcome::NotShown(format!("this machine lets us make no network namespaces ({error})"))),
    };
    let mut server = Hearthd::at(stage, network.address(), PORT)?;
    server.around.before = network.beside_server();
    server.start().await?;
    // Ada is on the other end of the cable, Bob on the server's own computer.
    let (mut ada, mut bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    ada.around.before = network.beside_client();
    bob.around.before = network.beside_server();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let cuts: &[u64] = if stage.long { &[1, 5, 10, 20, 40, 60, 180, 600] } else { &[2, 17] };
    let mut slowest = Duration::ZERO;
    for seconds in cuts {
        for silent in [true, false] {
            // The short run unplugs only briefly: the long silence is what is hard.
            if !silent && !stage.long && *seconds > 5 {
                continue;
            }
            if silent {
                network.cut_in_silence()?
            } else {
                network.unplug()?
            }
            for _ in 0..5 {
                pair.chat(2).await?;
                tokio::time::sleep(Duration::from_secs(*seconds) / 5).await;
            }
            let hers = pair.ada.read(pair.conversation).await?;
            let missing = pair.ledger.missing(&hers).into_iter().filter(|text| text.starts_with("Ada")).count();
            ensure!(missing == 0, "without a network Ada's own messages are not shown");
            network.heal()?;
            let took = pair.converge().await?;
            tell(format_args!("{seconds} s {}: agreed {} after it healed", if silent { "in silence" } else { "unplugged" }, ms(took)));
            slowest = slowest.max(took);
        }
    }
    ensure!(slowest < AGREE_MAX, "after the network healed it took {} to agree", ms(slowest));
    pair.chat(2).await?;
    pair.converge().await?;
    let lines = pair.bob.read(pair.conversation).await?;
    pair.ledger.check(&lines)?;
    pair.say(Who::Ada).await?;
    pair.converge().await?;
    pair.server.stop().await?;
    pair.server.check_integrity(stage)?;
    Ok(Outcome::Passed(format!(
        "{} lengths of silence and pulled plugs, {} messages, the slowest agreement {}",
        cuts.len(),
        lines.len(),
        ms(slowest)
    )))
}
