//! Devices that people sign in on and out of, and apps that start again.

use super::{Event, World};
use crate::violation::Result;
use hearth_client::engine::{Input, Link};
use hearth_server::inside::Session;

impl World<'_> {
    pub(super) async fn sign_in(&mut self, device: usize) -> Result<()> {
        let signed_in = self.devices[device].app.as_ref().is_some_and(|app| !matches!(app.engine.link(), Link::Blocked(_) | Link::Stopped));
        if signed_in {
            return Ok(());
        }
        if self.stays_out(self.user(device)) {
            return self.shut(device).await;
        }
        let session = self.show_password(device).await?;
        if session.is_some() {
            self.devices_moved().await?;
        }
        let Some(session) = session else {
            let at = self.now + self.net.between(1_000, 3_000);
            self.at(at, Event::SignIn { device });
            return Ok(());
        };
        if self.devices[device].app.is_some() {
            self.feed(device, Input::Stop).await?;
            self.devices[device].close().await;
        }
        self.trace.line(self.now, format_args!("device {device} signs in"));
        self.devices[device].session = Some(session);
        self.open_app(device).await?;
        let back = self.model.gone.contains(&session.user) && !self.devices[device].outbox.is_empty();
        self.coverage.brought_back += u64::from(back);
        Ok(())
    }

    /// Somebody's list of devices may be another one now.
    pub(super) async fn devices_moved(&mut self) -> Result<()> {
        self.host.moved = true;
        self.changes += 1;
        self.publish().await?;
        self.pump().await
    }

    /// Starts the app on its file.
    pub(super) async fn open_app(&mut self, device: usize) -> Result<()> {
        self.devices[device].open().await?;
        let account = self.people[self.devices[device].person].clone();
        let Some(app) = self.app(device) else { return Ok(()) };
        let replica = app.replica.clone();
        if let Err(error) = replica.remember_me(&account).await {
            return Err(error.into());
        }
        self.note_forced(device)?;
        self.read_outbox(device).await?;
        self.begin_watch(device).await?;
        self.feed(device, Input::Start).await
    }

    pub(super) async fn reopen(&mut self, device: usize) -> Result<()> {
        if self.devices[device].app.is_some() || self.devices[device].session.is_none() {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} starts again"));
        self.open_app(device).await
    }

    /// The sign-out reaches the server; the app leaves when it hears so.
    pub(super) async fn signed_out(&mut self, device: usize, life: u64, session: Session) -> Result<()> {
        self.pump().await?;
        if let Some(inside) = self.host.up()
            && inside.sign_out(session).await.is_ok()
        {
            self.model.ended.insert(session.id);
            self.devices_moved().await?;
        }
        self.pump().await?;
        let at = self.now + self.lag(device);
        self.at(at, Event::Leave { device, life });
        Ok(())
    }

    pub(super) async fn leave(&mut self, device: usize, life: u64) -> Result<()> {
        if self.devices[device].life != life {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} signs out"));
        self.feed(device, Input::Stop).await?;
        if self.devices[device].life == life {
            self.devices[device].close().await;
        }
        self.devices[device].session = None;
        let at = self.now + self.net.between(300, 10_000);
        self.at(at, Event::SignIn { device });
        Ok(())
    }
}
