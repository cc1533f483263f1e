//! Notifications over the session bus, after the Desktop Notifications Specification 1.2.

mod service;
mod shown;

use super::{Card, Click, Order, Orders, Place, text};
use crate::words::t;
use futures::{FutureExt, StreamExt};
use service::Line;
use shown::Shown;
use std::future::pending;
use zbus::Connection;

/// Works through the orders until they end. `bus` is the session's unless a test brings one.
///
/// The service is sought when something is to be shown and again after it failed: it may start later than the app.
pub async fn run(bus: Option<Connection>, mut orders: Orders, on_click: impl Fn(Click) + Send + Sync) {
    let mut shown = Shown::default();
    let mut line: Option<Line> = None;
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
                match perform(order, &bus, &mut line, &mut shown).await {
                    Ok(clicks) => clicks.into_iter().for_each(&on_click),
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

async fn perform(order: Order, bus: &Option<Connection>, line: &mut Option<Line>, shown: &mut Shown) -> zbus::Result<Vec<Click>> {
    let mut clicks = Vec::new();
    match order {
        Order::Show(card) => {
            let line = match line {
                Some(line) => line,
                None => line.insert(Line::find(bus.clone()).await?),
            };
            let id = line.service.show(&card, shown.id(card.place)).await?;
            // What the bus delivered before this answer is older than the card, and a restart among it must not take the card away;
            // only what names the card itself belongs after it.
            let mut heard = Vec::new();
            while let Some(Some(signal)) = line.signals.next().now_or_never() {
                heard.push(signal);
            }
            let (later, before): (Vec<_>, Vec<_>) = heard.into_iter().partition(|signal| signal.id() == Some(id));
            clicks.extend(before.into_iter().filter_map(|signal| shown.heard(signal)));
            shown.keep(id, card);
            clicks.extend(later.into_iter().filter_map(|signal| shown.heard(signal)));
        }
        Order::Withdraw(place) => {
            if let (Some(line), Some(id)) = (line, shown.forget(place)) {
                line.service.close(id).await?;
            }
        }
    }
    Ok(clicks)
}

#[cfg(test)]
#[path = "freedesktop_tests.rs"]
mod tests;
