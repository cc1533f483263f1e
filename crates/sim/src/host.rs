//! The server's computer: an installation that can be killed, stopped, and set back to a backup.

use crate::{
    model::Truth,
    template::{Template, copy_server, copy_witness},
    violation::{Result, Violation},
};
use hearth_protocol::limits;
use hearth_server::{Config, Faults, inside::Inside};
use std::path::{Path, PathBuf};

pub struct Host {
    inside: Option<Inside>,
    root: PathBuf,
    /// Counts the folders: whoever is killed leaves the old one behind.
    folders: u32,
    backups: Vec<(PathBuf, Truth)>,
    pub faults: Faults,
    frames_max: usize,
    /// Something was committed that the log's reader has not looked at.
    pub moved: bool,
}

impl Host {
    pub async fn start(root: &Path, template: &Template, frames_max: usize) -> Result<Self> {
        let mut host =
            Self { inside: None, root: root.to_owned(), folders: 0, backups: vec![], faults: Faults::default(), frames_max, moved: true };
        template.server(&host.folder())?;
        host.rise().await?;
        Ok(host)
    }

    fn folder(&self) -> PathBuf {
        self.root.join(format!("server{}", self.folders))
    }

    /// The running server, if it is up.
    pub fn up(&mut self) -> Option<&mut Inside> {
        self.inside.as_mut()
    }

    pub fn is_up(&self) -> bool {
        self.inside.is_some()
    }

    /// Starts the server on its folder.
    pub async fn rise(&mut self) -> Result<()> {
        if self.inside.is_some() {
            return Ok(());
        }
        self.faults = Faults::default();
        let mut config = Config::new(self.folder());
        config.faults = self.faults.clone();
        config.limits.socket_frames_max = self.frames_max;
        // A device's whole window fits, and is soon filled by somebody else.
        config.limits.commit_queue_max = limits::IN_FLIGHT_MAX;
        let inside = Inside::start(&config).await.map_err(|error| Violation::broken("the server's start", error))?;
        self.inside = Some(inside);
        self.moved = true;
        Ok(())
    }

    /// Kills the server: what is on the disk now is what the next start finds.
    pub async fn kill(&mut self) -> Result<()> {
        let Some(inside) = self.inside.take() else { return Ok(()) };
        let old = self.folder();
        self.folders += 1;
        copy_server(&old, &self.folder(), true)?;
        inside.stop().await;
        Ok(std::fs::remove_dir_all(old)?)
    }

    pub async fn stop(&mut self) {
        if let Some(inside) = self.inside.take() {
            inside.stop().await;
        }
    }

    /// Copies the database while the server runs.
    pub fn back_up(&mut self, truth: Truth) -> Result<()> {
        let to = self.root.join(format!("backup{}", self.backups.len()));
        copy_server(&self.folder(), &to, false)?;
        self.backups.push((to, truth));
        Ok(())
    }

    pub fn has_backup(&self) -> bool {
        !self.backups.is_empty()
    }

    /// Puts the newest backup in the place of the database of a stopped server; its witness stays. `None` without a backup.
    pub fn restore(&mut self) -> Result<Option<Truth>> {
        let Some((folder, truth)) = self.backups.pop() else { return Ok(None) };
        let stopped = self.folder();
        // A folder of its own: what still closes the old files must not meet the new ones.
        self.folders += 1;
        copy_server(&folder, &self.folder(), false)?;
        copy_witness(&stopped, &self.folder())?;
        Ok(Some(truth))
    }
}
