//! Faults, as they strike and as they end.

use super::{Event, Plot, World};
use crate::{dice::Dice, fault::Fault, template::BEGIN_MS, violation::Result};
use hearth_client::engine::Input;

/// An hour, and ten years.
const JUMPS_MS: [i64; 4] = [3_600_000, -3_600_000, 315_360_000_000, -315_360_000_000];
/// Long enough for most of what happens to be heard of through heads and pulls alone.
const PUSHES_LOST_MS: u64 = 10_000;
pub(super) const DEVICES_MAX: usize = 8;

impl World<'_> {
    pub(super) async fn strike(&mut self, fault: Fault, number: usize, victim: Option<usize>) -> Result<()> {
        let mut dice = Dice::new(self.script.seed, 3_000_000 + number as u64);
        let device = victim.unwrap_or_else(|| self.victim(&mut dice));
        let until = self.now + dice.between(500, 12_000);
        self.trace.line(self.now, format_args!("{} strikes (device {device}, until {until})", fault.name()));
        *self.coverage.faults.entry(fault).or_default() += 1;
        match fault {
            Fault::PushLost
            | Fault::HintLost
            | Fault::CrashBefore
            | Fault::CrashAfter
            | Fault::Restart
            | Fault::Restore
            | Fault::Retention
            | Fault::Busy
            | Fault::ServerDisk
            | Fault::Fsync
            | Fault::Tidy
            | Fault::ServerClock => {
                (0..self.devices.len()).for_each(|device| self.met(device, fault));
                self.strike_server(fault, until, &mut dice).await
            }
            _ => {
                self.met(device, fault);
                self.strike_device(fault, device, until, &mut dice).await
            }
        }
    }

    /// The device that a fault strikes: most often one on which something waits, as there is more to go wrong.
    fn victim(&self, dice: &mut Dice) -> usize {
        let waiting: Vec<usize> = (0..self.devices.len()).filter(|device| !self.devices[*device].outbox.is_empty()).collect();
        let anybody = dice.index(self.devices.len());
        dice.pick(&waiting).copied().filter(|_| dice.percent(60)).unwrap_or(anybody)
    }

    async fn strike_server(&mut self, fault: Fault, until: u64, dice: &mut Dice) -> Result<()> {
        match fault {
            Fault::PushLost => {
                self.host.faults.drop_push(true);
                self.at(until + PUSHES_LOST_MS, Event::ServerWell);
            }
            Fault::HintLost => {
                self.hints_lost_until = until;
                self.host.faults.drop_push(true);
                self.at(until, Event::ServerWell);
            }
            Fault::Busy => self.busy_until = until,
            Fault::ServerDisk => {
                self.host.faults.disk_full(true);
                self.at(until, Event::ServerWell);
            }
            Fault::Fsync => self.host.faults.fail_next_commit(),
            Fault::Tidy => self.tidy_server().await?,
            Fault::CrashBefore | Fault::CrashAfter => self.crash = Some(fault),
            Fault::Retention => self.retain(dice).await?,
            Fault::Restart if self.host.is_up() => self.stop_server().await?,
            Fault::Restore if self.host.is_up() => self.back_up_or_restore(dice).await?,
            Fault::ServerClock => {
                self.server_clock_ms += JUMPS_MS[dice.index(JUMPS_MS.len())];
                self.server_clock_jumped = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// Gives up what is older than some seconds. Where the disk refuses it, the rest stays for the next time.
    async fn retain(&mut self, dice: &mut Dice) -> Result<()> {
        let now = BEGIN_MS + i64::try_from(self.now).unwrap_or(0) + self.server_clock_ms;
        let before = now - i64::try_from(dice.below(6_000)).unwrap_or(0);
        let Some(inside) = self.host.up() else { return Ok(()) };
        if let Err(error) = inside.retain(before).await {
            self.trace.line(self.now, format_args!("not all is given up: {error}"));
        }
        let Some(inside) = self.host.up() else { return Ok(()) };
        self.model.retained = inside.retained().await?.into_iter().collect();
        self.trace.line(self.now, format_args!("kept: {:?}", self.model.retained));
        self.host.moved = true;
        self.changes += 1;
        self.publish().await?;
        self.pump().await
    }

    /// The first time a backup is made, the second time it is put back.
    async fn back_up_or_restore(&mut self, dice: &mut Dice) -> Result<()> {
        if !self.host.has_backup() {
            let truth = self.model.truth();
            self.trace.line(self.now, "a backup is made");
            self.host.back_up(truth)?;
            let at = self.now + dice.between(800, 6_000);
            self.busy += 1;
            self.at(at, Event::Strike { fault: Fault::Restore, number: self.numbers, victim: None });
            return Ok(());
        }
        self.stop_server().await?;
        if let Some(truth) = self.host.restore()? {
            self.trace.line(self.now, "the backup is put back");
            let away = self.away();
            self.model.restore(truth);
            self.after_restore(&away);
        }
        Ok(())
    }

    async fn strike_device(&mut self, fault: Fault, device: usize, until: u64, dice: &mut Dice) -> Result<()> {
        let troubles = &mut self.devices[device].troubles;
        match fault {
            Fault::Delay => troubles.slow_until = until,
            Fault::RequestLost => troubles.lossy_until = until,
            Fault::LateAnswer => {
                troubles.late_answers_until = until;
                if dice.percent(50) {
                    // The answers that it waits for are for the connection before.
                    self.cut(device, false);
                }
            }
            Fault::SmallPages => troubles.small_pages_until = until + 20_000,
            Fault::SlowHistory => troubles.slow_history_until = until,
            Fault::SlowReader => {
                troubles.deaf_until = until;
                let at = self.now + dice.between(100, 3_000);
                self.at(at, Event::Plot(Plot::TakeOut { device }));
            }
            Fault::Partition => {
                troubles.cut_off_until = until;
                self.cut(device, true);
            }
            Fault::Cut => self.cut(device, dice.percent(30)),
            Fault::ClientCrash => troubles.crash_after = Some(dice.between(1, 12)),
            Fault::PowerCut => self.cut_power(device, dice.unit()).await?,
            Fault::ClientDisk => self.fill_disk(device, until).await?,
            Fault::ClientClock => {
                let jump = JUMPS_MS[dice.index(JUMPS_MS.len())];
                self.devices[device].clock_ms += jump;
                self.devices[device].clock_jumped = true;
                if jump > 0 {
                    // The driver takes it for the end of a sleep.
                    self.feed(device, Input::Wake).await?;
                }
            }
            Fault::SignOut => self.wish_to_leave(device),
            Fault::LateDevice if self.devices.len() < DEVICES_MAX => {
                let person = self.devices[device].person;
                let late = self.add_device(person)?;
                if dice.percent(50) {
                    // On a bad line: its first copies are old when they come.
                    self.devices[late].troubles.late_answers_until = until;
                }
                self.at(self.now, Event::SignIn { device: late });
            }
            Fault::OldClient if self.devices.len() < DEVICES_MAX => self.add_old_device(device, until, dice)?,
            _ => {}
        }
        Ok(())
    }

    async fn fill_disk(&mut self, device: usize, until: u64) -> Result<()> {
        let life = self.devices[device].life;
        let Some(app) = self.app(device) else { return Ok(()) };
        app.replica.clone().limit_pages(Some(1)).await?;
        self.at(until, Event::Room { device, life });
        Ok(())
    }

    pub(super) async fn make_room(&mut self, device: usize, life: u64) -> Result<()> {
        if self.devices[device].life != life {
            return Ok(());
        }
        let Some(app) = self.app(device) else { return Ok(()) };
        app.replica.clone().limit_pages(None).await?;
        Ok(())
    }

    fn wish_to_leave(&mut self, device: usize) {
        let life = self.devices[device].life;
        let (Some(session), true) = (self.devices[device].session, self.devices[device].app.is_some()) else { return };
        let at = self.now + self.lag(device);
        if self.is_cut_off(device) {
            self.at(at, Event::Leave { device, life });
        } else {
            self.at(at, Event::SignOut { device, life, session });
        }
    }
}
