//! Notifications over the session bus, after the Desktop Notifications Specification 1.2.

mod service;
mod shown;

use super::{Card, Click, Order, Orders, Place, text};
use crate::words::t;
use futures::{FutureExt, StreamExt};
use service::Line;
use shown::Shown;
use std::{future::pending, time::Duration};
use tokio::time::Instant;
use zbus::Connection;

/// Of what comes at once one is heard.
const QUIET: Duration = Duration::from_secs(2);

/// Works through the orders until they end. `bus` is the session's unless a test brings one; `play` is for services without sounds.
///
/// The service is sought when something is to be shown and again after it failed: it may start later than the app.
pub async fn run(bus: Option<Connection>, mut orders: Orders, on_click: impl Fn(Click) + Send + Sync, play: impl Fn() + Send + Sync) {
    let mut shown = Shown::default();
    let mut line: Option<Line> = None;
    let mut played: Option<Instant> = None;
    loop {
        let signal = async {
            match line.as_mut() {
                Some(line) => line.signals.next().await,
                None => pending().await,
            }
        };
        tokio::select! {
            biased;
            signal = signal => match signal {
                Some(signal) => shown.heard(signal).into_iter().for_each(&on_click),
                None => line = None,
            },
            order = orders.next() => {
                let Some(order) = order else { break };
                let done = perform(&order, &bus, &mut line, &mut shown).await;
                if let Order::Show(card) = &order {
                    card.was_shown(done.is_ok());
                }
                match done {
                    Ok(Done { clicks, play: wanted }) => {
                        if wanted && played.is_none_or(|at| at.elapsed() >= QUIET) {
                            played = Some(Instant::now());
                            play();
                        }
                        clicks.into_iter().for_each(&on_click);
                    }
                    Err(error) => {
                        tracing::warn!(%error, "no notification");
                        line = None;
                    }
                }
            }
        }
    }
    // What stands on the screen would lead nowhere once the app has ended.
    if let Some(Line { service, .. }) = line {
        for id in shown.ids() {
            let _ = service.close(id).await;
        }
    }
}

/// What came of an order.
#[derive(Default)]
struct Done {
    clicks: Vec<Click>,
    /// It is to be heard, and the service leaves that to us.
    play: bool,
}

async fn perform(order: &Order, bus: &Option<Connection>, line: &mut Option<Line>, shown: &mut Shown) -> zbus::Result<Done> {
    let mut done = Done::default();
    match order {
        Order::Show(card) => {
            let line = match line {
                Some(line) => line,
                None => line.insert(Line::find(bus.clone()).await?),
            };
            let id = line.service.show(card, shown.id(card.place)).await?;
            // What the bus delivered before this answer is older than the card, and a restart among it must not take the card away;
            // only what names the card itself belongs after it.
            let mut heard = Vec::new();
            while let Some(Some(signal)) = line.signals.next().now_or_never() {
                heard.push(signal);
            }
            let (later, before): (Vec<_>, Vec<_>) = heard.into_iter().partition(|signal| signal.id() == Some(id));
            done.clicks.extend(before.into_iter().filter_map(|signal| shown.heard(signal)));
            shown.keep(id, card);
            done.clicks.extend(later.into_iter().filter_map(|signal| shown.heard(signal)));
            // Asked last: until the card is kept, nothing may come between.
            done.play = card.sound && line.service.leaves_sound_to_us().await;
        }
        Order::Withdraw(place) => {
            if let (Some(line), Some(id)) = (line, shown.forget(*place)) {
                line.service.close(id).await?;
            }
        }
    }
    Ok(done)
}

#[cfg(test)]
#[path = "freedesktop_tests.rs"]
mod tests;
