//! A copy of everything of mine, as a file that needs no Hearth to be read.

use super::{Client, lock, needs_server};
use crate::{
    api::Failure,
    archive::{Owner, Source, Wanted, collect},
    view::{ArchiveMade, Problem, Update},
};
use std::{path::Path, sync::Mutex};
use tokio::sync::watch;

/// Of the archive that is being made, one at a time: true once nobody wants it any more.
pub(super) type Making = Mutex<Option<watch::Sender<bool>>>;

/// Ends what was begun, however it goes.
struct Ends<'a>(&'a Making);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        lock(self.0).take();
    }
}

impl Client {
    /// Writes everything that is mine or that I may read into a zip at this place, over what is there: from the server, so that it is whole;
    /// where that cannot be reached, from this computer, and the archive says what is missing. Tells how far it is.
    ///
    /// # Errors
    /// `archive_running`, `archive_cancelled`, `disk_full`, `archive_unwritten`; `offline` when the server goes away meanwhile. Then nothing
    /// of it is left, and what was at the place is there still.
    pub async fn make_archive(&self, place: &Path) -> Result<ArchiveMade, Problem> {
        let session = self.session()?;
        let (keep, wanted) = watch::channel(false);
        {
            let mut making = lock(&self.0.archive);
            if making.is_some() {
                return Err(Problem::new("archive_running", "An archive is being made already. Wait for it, or cancel it."));
            }
            *making = Some(keep);
        }
        let _ends = Ends(&self.0.archive);
        let server = match session.api() {
            Some(api) => match api.server_info().await {
                Ok(info) => Some((api, info.epoch)),
                Err(Failure::Unreachable(_)) => None,
                Err(other) => return Err(needs_server(other)),
            },
            None => None,
        };
        let about = self.server_view(&session.server);
        let owner = Owner {
            user: session.user,
            server_name: about.name,
            server_address: about.address,
            settings: self.settings(),
            spoken: self.0.profile.language.spoken().unwrap_or_default(),
        };
        let source = Source { replica: session.replica.clone(), server, wanted: Wanted(wanted) };
        collect(&source, owner, place, &|progress| self.tell(Update::Archive { progress })).await
    }

    /// Nobody wants the archive any more that is being made: it ends with `archive_cancelled`.
    pub fn cancel_archive(&self) {
        if let Some(making) = &*lock(&self.0.archive) {
            making.send_replace(true);
        }
    }
}
