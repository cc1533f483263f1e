//! A replica's first sync, with nothing in its way.

use crate::violation::{Result, Violation};
use hearth_client::{
    api::Failure,
    engine::{Effect, Engine, Input, Link, Local, Moment},
};
use hearth_protocol::{
    frame::ServerFrame,
    limits,
    sync::{HeadsRequest, PullRequest},
};
use hearth_replica::{Filter, Replica};
use hearth_server::inside::{Inside, Session};
use std::collections::VecDeque;

/// A first sync, with a look at each conversation.
pub(super) async fn sync(inside: &Inside, session: Session, replica: &Replica) -> Result<()> {
    let (mut engine, local) = (Engine::default(), Local::new(replica.clone()));
    run(&mut engine, Input::Start, inside, session, &local).await?;
    for item in replica.conversations(Filter::All, 1_000).await? {
        run(&mut engine, Input::Opened(Some(item.id)), inside, session, &local).await?;
    }
    match engine.link() {
        Link::Live => Ok(()),
        other => Err(Violation::new("fresh", format!("a first sync ended as {other:?}"))),
    }
}

/// The real engine, answered at once, until it wants nothing more.
async fn run(engine: &mut Engine, input: Input, inside: &Inside, session: Session, local: &Local) -> Result<()> {
    let mut queue = VecDeque::from([input]);
    let failed = |failure: Failure| Violation::new("fresh", failure.to_string());
    while let Some(input) = queue.pop_front() {
        for effect in engine.step(Moment { now: 1, random: 0.5 }, input) {
            match effect {
                Effect::Connect { attempt } => {
                    let (welcome, _) = inside.connect(session).await?;
                    let frames: Vec<ServerFrame> = vec![welcome];
                    queue.push_back(Input::Frames { attempt, frames });
                }
                Effect::Heads { attempt } => {
                    let place = local.place().await.map_err(failed)?;
                    let request = HeadsRequest { epoch: place.epoch, watermark: place.watermark };
                    queue.push_back(Input::Heads { attempt, result: Ok(inside.heads(session, &request).await?) });
                }
                Effect::Pull { attempt, wants } => {
                    let request = PullRequest { epoch: inside.epoch(), wants, limit: limits::ROWS_PER_PAGE_MAX };
                    queue.push_back(Input::Pulled { attempt, result: Ok(inside.pull(session, &request).await?) });
                }
                Effect::History { attempt, conversation, before_pos, limit } => {
                    let page = inside.history(session, conversation, before_pos, limit).await?;
                    queue.push_back(Input::History { attempt, conversation, before_pos, result: Ok(page) });
                }
                Effect::Profiles { attempt, after } => {
                    let request = local.profiles(after).await.map_err(failed)?;
                    let result = Ok(inside.profiles(session, &request).await?);
                    queue.push_back(Input::Profiles { attempt, after, result });
                }
                Effect::Apply { batch, .. } => {
                    local.apply(*batch, 0).await.map_err(failed)?;
                    queue.push_back(Input::Applied);
                }
                Effect::Plan { claim, open, without } => {
                    let plan = local.plan(0, claim, open, &without).await.map_err(failed)?;
                    queue.push_back(Input::Planned(plan));
                }
                Effect::Welcomed { .. }
                | Effect::Send { .. }
                | Effect::Check { .. }
                | Effect::Say { .. }
                | Effect::Present(_)
                | Effect::Signalled(_)
                | Effect::Cancel { .. }
                | Effect::Stale(_)
                | Effect::Report
                | Effect::CaughtUp
                | Effect::SessionEnded { .. }
                | Effect::Disconnect => {}
            }
        }
    }
    Ok(())
}
