//! The keychain's entries are gone while messages wait: signing in brings key, replica and messages back.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{Hearthd, Stage};
use anyhow::{Result, ensure};
use std::fs;

const UNSENT: usize = 5;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    let rounds = stage.times(1, 20);
    for _ in 0..rounds {
        pair.chat(10).await?;
        pair.converge().await?;
        pair.server.stop().await?;
        for _ in 0..UNSENT {
            pair.say(Who::Ada).await?;
        }
        pair.ada.kill().await?;
        fs::remove_file(pair.ada.keychain())?;
        pair.server.start().await?;
        pair.ada.start().await?;
        let state = pair.ada.state().await?;
        let told = (state.phase.as_str(), state.reason.as_deref());
        ensure!(told == ("sign_in", Some("keychain_lost")), "with an empty keychain the app shows {state:?}");
        pair.ada.sign_in().await?;
        let lines = pair.ada.read(pair.conversation).await?;
        ensure!(pair.ledger.missing(&lines).is_empty(), "after signing in the old replica is not there");
        let state = pair.ada.state().await?;
        ensure!(state.warning.is_none(), "the old replica did not open: {:?}", state.warning);
        pair.hurry().await?;
    }
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!("{rounds} times {UNSENT} unsent messages arrived once after signing in, of {messages}")))
}
