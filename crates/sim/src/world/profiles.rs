//! What people tell of themselves: whoever may not see it is never told, and at quiescence each device has what a fresh one would.

use super::World;
use crate::violation::{Result, Violation};
use hearth_client::engine::Local;
use hearth_protocol::{
    ids::UserId,
    profile::{Privacy, Profile, ProfilesResponse, SeenBy},
};
use hearth_replica::{Apply, Replica};
use hearth_server::inside::{Inside, Session};
use std::collections::BTreeMap;

impl World<'_> {
    /// Nothing hidden leaves the server, and nothing of people with whom the viewer shares nothing.
    pub(super) fn watch_profiles(&self, viewer: UserId, told: &ProfilesResponse, privacies: &BTreeMap<UserId, Privacy>) -> Result<()> {
        for profile in told.profiles.iter().filter(|profile| profile.user != viewer) {
            let privacy = privacies.get(&profile.user).copied().unwrap_or_default();
            let contact = self.model.contacts.contains(&(profile.user, viewer));
            let hidden = |to: SeenBy| to != SeenBy::Everyone && !(to == SeenBy::Contacts && contact);
            let leaks = (hidden(privacy.status) && profile.status.is_some()) || (hidden(privacy.last_seen) && profile.last_seen.is_some());
            if leaks || !self.share(viewer, profile.user) {
                return Err(Violation::new("privacy", format!("{viewer} was told {profile:?}, which is not theirs to see")));
            }
        }
        Ok(())
    }

    fn share(&self, one: UserId, other: UserId) -> bool {
        let both = |people: &std::collections::BTreeSet<UserId>| people.contains(&one) && people.contains(&other);
        let shared = self.model.members.values().any(both) || self.model.groups.values().any(both);
        !self.model.is_barred(one, other) && (shared || self.model.contacts.contains(&(one, other)))
    }

    /// After one more question a device knows of people what a fresh replica does: however it came there, and whatever it has missed.
    pub(super) async fn check_profiles(&mut self, device: usize, fresh: &Replica) -> Result<()> {
        let (Some(app), Some(session)) = (self.devices[device].app.as_ref(), self.devices[device].session) else { return Ok(()) };
        let (here, fresh) = (app.replica.clone(), fresh.clone());
        let Some(inside) = self.host.up() else { return Ok(()) };
        for replica in [&here, &fresh] {
            ask(inside, session, replica).await?;
        }
        let (wanted, known) = (told(&fresh).await?, told(&here).await?);
        if wanted != known {
            return Err(Violation::new("profiles", format!("device {device} knows {known:?}, a fresh replica {wanted:?}")));
        }
        Ok(())
    }
}

/// Those of whom there is anything to see.
async fn told(replica: &Replica) -> Result<Vec<Profile>> {
    let all = replica.all_profiles().await?;
    // Somebody who hides everything looks to a fresh replica as if they had never said anything.
    let seen = all.into_iter().filter(|profile| profile.status.is_some() || profile.last_seen.is_some() || !profile.about.is_empty());
    Ok(seen.map(|profile| Profile { ver: 0, ..profile }).collect())
}

/// The question that an engine asks now and then, until the last page.
async fn ask(inside: &Inside, session: Session, replica: &Replica) -> Result<()> {
    let local = Local::new(replica.clone());
    let failed = |failure: hearth_client::api::Failure| Violation::broken("a question for people", failure);
    let mut after = None;
    loop {
        let request = local.profiles(after).await.map_err(failed)?;
        let answer = inside.profiles(session, &request).await?;
        after = answer.next;
        local.apply(Apply { profiles: Some(answer), ..Apply::default() }, 0).await.map_err(failed)?;
        if after.is_none() {
            return Ok(());
        }
    }
}
