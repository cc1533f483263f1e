//! What people do to accounts: they delete theirs or let it wait, change their password, sign out elsewhere; an admin or the server's owner
//! lets others wait, lets them in again, gives them a role. None of it is a mutation: it is asked for, and answered or not.

use super::{Event, World};
use crate::{
    fault::Fault,
    violation::{Result, Violation},
};
use hearth_protocol::{error::ApiError, ids::UserId, role::Role};
use hearth_server::inside::{Inside, Session};

/// Worlds in which people do so.
pub(super) const CHANCE_PERCENT: u64 = 25;
const WISHES_MAX: u64 = 5;
/// Mostly a fault strikes while one is under way.
const STRUCK_PERCENT: u64 = 80;

/// Something that is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Delete,
    Deactivate,
    ChangePassword,
    SignOutOthers,
    /// Somebody else's account waits, until somebody lets them in again.
    Suspend(UserId),
    Reactivate(UserId),
    GiveRole(UserId, Role),
}

impl Deed {
    /// What a long run must have seen.
    pub const NAMES: &[&str] =
        &["delete_account", "deactivate_account", "change_password", "sign_out_others", "suspend", "reactivate", "give_role"];

    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "delete_account",
            Self::Deactivate => "deactivate_account",
            Self::ChangePassword => "change_password",
            Self::SignOutOthers => "sign_out_others",
            Self::Suspend(_) => "suspend",
            Self::Reactivate(_) => "reactivate",
            Self::GiveRole(..) => "give_role",
        }
    }

    /// Whose sessions are over after it, if `me` does it.
    pub(super) fn ends(self, me: UserId) -> Option<UserId> {
        match self {
            Self::Delete | Self::Deactivate => Some(me),
            Self::Suspend(user) => Some(user),
            Self::Reactivate(_) | Self::GiveRole(..) | Self::ChangePassword | Self::SignOutOthers => None,
        }
    }

    /// Whose account an admin does it to.
    fn of(self) -> Option<UserId> {
        match self {
            Self::Suspend(user) | Self::Reactivate(user) | Self::GiveRole(user, _) => Some(user),
            Self::Delete | Self::Deactivate | Self::ChangePassword | Self::SignOutOthers => None,
        }
    }
}

/// A deed on its way to the server.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub deed: Deed,
    /// `None`: the server's owner, at its computer.
    pub by: Option<Asking>,
    /// It comes just before the commit of what whom it meets has said.
    pub hasty: bool,
}

/// Where somebody asks from.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    pub device: usize,
    pub life: u64,
    pub session: Session,
}

impl World<'_> {
    /// Some of these in a half of the world's time; who waits comes back in it, or at its end.
    pub(super) fn plan_wishes(&mut self, span: u64, actions: usize) {
        if !self.has_wishes {
            return;
        }
        for _ in 0..self.fate.between(1, WISHES_MAX).min(actions as u64) {
            self.busy += 1;
            let at = self.now + self.fate.below(span);
            self.at(at, Event::Wish);
        }
        for user in self.waiting() {
            if self.fate.percent(50) {
                let at = self.now + self.fate.below(span);
                self.at(at, Event::Return { user });
            }
        }
    }

    /// Somebody decides.
    pub(super) async fn wish(&mut self) -> Result<()> {
        let on = self.on();
        let unsent: Vec<Asking> = on.iter().copied().filter(|asking| !self.devices[asking.device].outbox.is_empty()).collect();
        let among = if unsent.is_empty() || self.fate.percent(40) { &on } else { &unsent };
        let Some(asking) = self.fate.pick(among).copied() else { return Ok(()) };
        let deed = self.some_deed(asking.session.user);
        let by = if deed.of().is_some() { self.some_admin(asking, &on) } else { Some(asking) };
        self.trace
            .line(self.now, format_args!("{} wants {deed:?}", by.map_or("the owner".to_owned(), |by| format!("device {}", by.device))));
        let theirs = (0..self.devices.len()).find(|device| Some(self.user(*device)) == deed.of());
        let victim = theirs.or(by.map(|by| by.device)).unwrap_or(asking.device);
        self.under_way.push((victim, deed.name()));
        let kinds = self.kinds();
        if let Some(fault) = self.fate.pick(&kinds).copied()
            && self.fate.percent(STRUCK_PERCENT)
            && !self.script.without.contains(&fault)
        {
            let (at, number) = (self.now + self.fate.below(30), self.numbers);
            self.busy += 1;
            self.at(at, Event::Strike { fault, number, victim: Some(victim) });
        }
        // Long enough for the fault to strike first.
        let at = self.now + self.fate.between(1, 60);
        let wish = Wish { deed, by, hasty: false };
        self.busy += 1;
        match deed.ends(asking.session.user) {
            Some(user) => self.plot_end(wish, user, at).await,
            None => {
                self.at(at, Event::Deed(wish));
                Ok(())
            }
        }
    }

    /// Wherever somebody can ask from.
    pub(super) fn on(&self) -> Vec<Asking> {
        (0..self.devices.len()).filter_map(|device| self.asking(device)).collect()
    }

    fn asking(&self, device: usize) -> Option<Asking> {
        let state = &self.devices[device];
        let session = state.session.filter(|session| state.app.is_some() && !self.model.is_away(session.user))?;
        Some(Asking { device, life: state.life, session })
    }

    fn some_deed(&mut self, me: UserId) -> Deed {
        let everybody: Vec<UserId> = self.people.iter().map(|person| person.user).collect();
        let of = self.fate.pick(&everybody).copied().unwrap_or(me);
        let role = [Role::Guest, Role::Guest, Role::Member, Role::Admin][self.fate.index(4)];
        // Somebody has to stay.
        let alone = everybody.iter().all(|other| *other == me || self.model.is_deleted(*other));
        match self.fate.below(100) {
            0..30 if !alone => Deed::Delete,
            0..45 => Deed::Deactivate,
            45..63 => Deed::Suspend(of),
            63..83 => Deed::GiveRole(of, role),
            83..93 => Deed::ChangePassword,
            _ => Deed::SignOutOthers,
        }
    }

    /// Mostly somebody who may.
    fn some_admin(&mut self, asking: Asking, on: &[Asking]) -> Option<Asking> {
        let admins: Vec<Asking> = on.iter().copied().filter(|asking| self.manages_people(asking.session.user)).collect();
        match self.fate.below(100) {
            0..15 => Some(asking),
            15..75 => self.fate.pick(&admins).copied(),
            _ => None,
        }
    }

    fn manages_people(&self, user: UserId) -> bool {
        let role = self.model.accounts.get(&user).map(|account| account.role);
        let begins_as = self.people.iter().find(|person| person.user == user).map(|person| person.role);
        role.or(begins_as) == Some(Role::Admin)
    }

    /// It reaches the server, if it does.
    pub(super) async fn deed(&mut self, wish: Wish) -> Result<()> {
        self.busy = self.busy.saturating_sub(1);
        self.under_way.retain(|(_, name)| *name != wish.deed.name());
        let cut_off = wish.by.is_some_and(|by| self.is_cut_off(by.device) || self.devices[by.device].life != by.life);
        if cut_off || !self.host.is_up() {
            self.trace.line(self.now, format_args!("{:?} is not heard", wish.deed));
            return Ok(());
        }
        let crash = self.crash.take();
        if crash == Some(Fault::CrashBefore) {
            return self.kill_server().await;
        }
        self.do_deed(wish).await?;
        if crash == Some(Fault::CrashAfter) || self.host.up().is_some_and(|inside| inside.failure().is_some()) {
            return self.kill_server().await;
        }
        self.devices_moved().await
    }

    async fn do_deed(&mut self, wish: Wish) -> Result<()> {
        let Wish { deed, by, .. } = wish;
        let may = by.is_none_or(|by| self.manages_people(by.session.user)) || deed.of().is_none();
        let current = by.map(|by| self.model.password(by.session.user)).unwrap_or_default();
        let new = format!("nine patient herons and {} more", self.fate.below(1_000_000));
        let Some(inside) = self.host.up() else { return Ok(()) };
        let done = perform(inside, wish, &current, &new).await;
        let outcome = done.as_ref().err().map_or("done", |error| error.code.as_str());
        self.trace.line(self.now, format_args!("the server: {deed:?} is {outcome}"));
        self.look_at_accounts().await?;
        if done.is_err() {
            return Ok(());
        }
        let me = by.map(|by| by.session);
        let came = match (deed, me) {
            (Deed::Delete, Some(me)) => self.model.is_deleted(me.user),
            (Deed::Deactivate, Some(me)) => self.model.waits(me.user).is_some(),
            (Deed::ChangePassword | Deed::SignOutOthers, Some(me)) => {
                if deed == Deed::ChangePassword {
                    self.model.passwords.insert(me.user, new);
                }
                self.end_sessions(me.user, Some(me));
                true
            }
            (Deed::Suspend(user), _) => may && self.model.waits(user).is_some(),
            (Deed::Reactivate(user), _) => may && self.model.waits(user).is_none(),
            (Deed::GiveRole(user, role), _) => may && self.model.accounts.get(&user).is_some_and(|account| account.role == role),
            _ => false,
        };
        if !came {
            return Err(Violation::new("account", format!("{deed:?} by {me:?} was done, and is not so, or not theirs to do")));
        }
        *self.coverage.deeds.entry(deed.name()).or_default() += 1;
        if let Some(by) = by.filter(|_| deed.of().is_none()) {
            let at = self.now + self.lag(by.device);
            self.at(at, Event::Done { device: by.device, life: by.life, deed });
        }
        Ok(())
    }

    /// Nothing may be told to somebody's sessions any more, but to the one to keep.
    pub(super) fn end_sessions(&mut self, user: UserId, keep: Option<Session>) {
        let connected = self.lines.values().filter_map(|line| line.wire.as_ref()).map(|wire| wire.session);
        let all = connected.chain(self.devices.iter().filter_map(|device| device.session));
        let ended = all.filter(|session| session.user == user && Some(session.id) != keep.map(|keep| keep.id));
        let ended: Vec<_> = ended.map(|session| session.id).collect();
        self.model.ended.extend(ended);
    }
}

async fn perform(inside: &Inside, Wish { deed, by, .. }: Wish, current: &str, new: &str) -> Result<(), ApiError> {
    let session = by.map(|by| by.session);
    match (deed, session) {
        (Deed::Suspend(user), by) => inside.deactivate(by, user).await,
        (Deed::Reactivate(user), by) => inside.reactivate(by, user).await,
        (Deed::GiveRole(user, role), by) => inside.give_role(by, user, role).await,
        (Deed::Delete, Some(me)) => inside.delete_account(me, current).await,
        (Deed::Deactivate, Some(me)) => inside.deactivate_account(me, current).await,
        (Deed::ChangePassword, Some(me)) => inside.change_password(me, current, new).await,
        (Deed::SignOutOthers, Some(me)) => inside.sign_out_others(me).await,
        // The owner has no account.
        (_, None) => Err(ApiError::not_found()),
    }
}
