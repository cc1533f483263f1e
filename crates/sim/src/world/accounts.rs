//! What becomes of people whose account is deleted or waits: their apps close, those who may come back do, and what the deleted have
//! written is erased.

use super::{Deed, Event, Wish, World};
use crate::{
    device::Device,
    violation::{Result, Violation},
};
use hearth_client::engine::Input;
use hearth_protocol::{
    error::ErrorCode,
    ids::{MutationId, UserId},
};
use hearth_replica::Glance;
use hearth_server::inside::Session;

/// Of the rounds that erase what people have written, so many are cut short.
const CUT_PERCENT: u64 = 45;

impl World<'_> {
    /// The server is asked how accounts stand; whoever is gone or back since is seen to.
    pub(super) async fn look_at_accounts(&mut self) -> Result<()> {
        let Some(inside) = self.host.up() else { return Ok(()) };
        let accounts = inside.accounts().await?;
        let moved = self.model.set_accounts(accounts);
        for user in moved.gone {
            self.end_sessions(user, None);
            self.plan_return(user);
            if self.model.is_deleted(user) {
                let at = self.now + self.fate.between(1, 800);
                self.at(at, Event::Erase);
            }
        }
        for user in moved.back {
            self.wake(user);
        }
        self.look_around().await
    }

    /// Some come back soon, others much later.
    fn plan_return(&mut self, user: UserId) {
        if self.model.waits(user).is_some() && self.fate.percent(50) {
            let at = self.now + self.fate.between(1_000, 12_000);
            self.at(at, Event::Return { user });
        }
    }

    /// Of the people with devices, those whose account waits.
    pub(super) fn waiting(&self) -> Vec<UserId> {
        self.people.iter().map(|person| person.user).filter(|user| self.model.waits(*user).is_some()).collect()
    }

    pub(super) fn call_back(&mut self) {
        for user in self.waiting() {
            self.at(self.now, Event::Return { user });
        }
    }

    /// By signing in, or by the word of who manages people.
    pub(super) async fn come_back(&mut self, user: UserId) -> Result<()> {
        match self.model.waits(user) {
            None => Ok(()),
            Some(true) => {
                self.returning.insert(user);
                self.wake(user);
                Ok(())
            }
            Some(false) => {
                self.busy += 1;
                self.deed(Wish { deed: Deed::Reactivate(user), by: None, hasty: false }).await?;
                if self.model.waits(user).is_some() {
                    let at = self.now + self.fate.between(1_000, 3_000);
                    self.at(at, Event::Return { user });
                }
                Ok(())
            }
        }
    }

    /// Somebody signs in wherever they were.
    pub(super) fn wake(&mut self, user: UserId) {
        for device in (0..self.devices.len()).filter(|device| self.user(*device) == user).collect::<Vec<_>>() {
            let at = self.now + self.fate.between(50, 2_000);
            self.at(at, Event::SignIn { device });
        }
    }

    /// Signs in with the password; `None`: it has to be tried again.
    pub(super) async fn show_password(&mut self, device: usize) -> Result<Option<Session>> {
        let (user, id, cut_off) = (self.user(device), self.devices[device].id, self.is_cut_off(device));
        let (username, password) = (self.people[self.devices[device].person].username.clone(), self.model.password(user));
        let Some(inside) = self.host.up().filter(|_| !cut_off) else { return Ok(None) };
        match inside.sign_in(&username, &password, id).await {
            Ok(session) => {
                if self.model.is_away(user) {
                    self.returning.remove(&user);
                    self.look_at_accounts().await?;
                }
                Ok(Some(session))
            }
            Err(error) if matches!(error.code, ErrorCode::WrongCredentials | ErrorCode::Deactivated) => {
                Err(Violation::new("account", format!("{user} cannot sign in: {error}")))
            }
            Err(_) if inside.failure().is_some() => {
                // It was to turn an account on again.
                self.kill_server().await?;
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }

    /// Whether somebody is not to sign in now.
    pub(super) fn stays_out(&self, user: UserId) -> bool {
        self.model.is_away(user) && !self.returning.contains(&user)
    }

    /// Its person hears that their account is gone or waits: the app closes, and what is here stays.
    pub(super) async fn locked_out(&mut self, device: usize, life: u64) -> Result<()> {
        if self.devices[device].life != life {
            return Ok(());
        }
        self.trace.line(self.now, format_args!("device {device} is locked out"));
        if self.model.is_deleted(self.user(device)) && !self.devices[device].outbox.is_empty() {
            self.coverage.kept_back += 1;
        }
        self.shut(device).await?;
        // Back already.
        if !self.stays_out(self.user(device)) {
            let at = self.now + self.fate.between(50, 2_000);
            self.at(at, Event::SignIn { device });
        }
        Ok(())
    }

    pub(super) async fn shut(&mut self, device: usize) -> Result<()> {
        if self.devices[device].app.is_some() {
            self.feed(device, Input::Stop).await?;
            self.devices[device].close().await;
        }
        self.devices[device].session = None;
        Ok(())
    }

    /// The answer to what somebody did to their own account.
    pub(super) async fn done(&mut self, device: usize, life: u64, deed: Deed) -> Result<()> {
        if self.devices[device].life != life || self.is_cut_off(device) {
            return Ok(());
        }
        match deed {
            Deed::Delete => self.forget_account(device).await,
            Deed::Deactivate => self.locked_out(device, life).await,
            _ => Ok(()),
        }
    }

    /// Nothing of it stays on the device on which it was deleted.
    async fn forget_account(&mut self, device: usize) -> Result<()> {
        self.trace.line(self.now, format_args!("device {device} forgets its account"));
        self.shut(device).await?;
        let path = self.stage.folder.join(format!("device{device}-{}.db", self.devices[device].life));
        self.stage.template.replica(&path)?;
        let Device { outbox, glance, forced, lacks, rotten, path: old, .. } = &mut self.devices[device];
        std::fs::remove_file(&*old)?;
        outbox.clear();
        (*glance, *forced, *lacks, *rotten, *old) = (Glance::default(), super::Forced::default(), None, false, path);
        for made in self.model.made.values_mut().filter(|made| made.device == device) {
            (made.touched, made.dropped) = (true, true);
        }
        Ok(())
    }

    /// What people have written whose accounts are deleted: now and then the server dies in the middle of it.
    pub(super) async fn erase(&mut self) -> Result<()> {
        let due = self.model.accounts.values().any(|account| account.deleted && !account.erased);
        if !due || !self.host.is_up() {
            return Ok(());
        }
        let nth = if self.calm_since.is_none() && self.fate.percent(CUT_PERCENT) { self.fate.between(1, 3) } else { 0 };
        if nth > 0 {
            self.host.faults.fail_commit(nth);
        }
        let Some(inside) = self.host.up() else { return Ok(()) };
        let erased = inside.erase().await;
        let died = inside.failure().is_some();
        if nth > 0 {
            self.host.faults.fail_commit(0);
        }
        self.trace.line(self.now, format_args!("the server erases: {}", if erased.is_ok() { "all" } else { "not all" }));
        self.look_at_accounts().await?;
        if died {
            self.coverage.erasures_cut += 1;
            return self.kill_server().await;
        }
        if erased.is_err() {
            let at = self.now + self.fate.between(1_000, 3_000);
            self.at(at, Event::Erase);
        } else {
            self.coverage.erasures += 1;
        }
        self.devices_moved().await
    }

    /// A backup has taken the place of the database: who was gone may be there again, and the other way round.
    pub(super) fn after_restore(&mut self, away: &[UserId]) {
        for user in self.people.iter().map(|person| person.user).collect::<Vec<_>>() {
            match (away.contains(&user), self.model.is_away(user)) {
                (true, false) => self.wake(user),
                (false, true) => self.plan_return(user),
                _ => {}
            }
        }
    }

    /// The people with devices whose account is deleted or waits.
    pub(super) fn away(&self) -> Vec<UserId> {
        self.people.iter().map(|person| person.user).filter(|user| self.model.is_away(*user)).collect()
    }

    /// Whether something need not be anywhere any more: its author's account is deleted.
    pub(super) fn is_of_the_gone(&self, id: MutationId) -> bool {
        self.model.made.get(&id).is_some_and(|made| self.model.is_deleted(made.by))
    }
}
