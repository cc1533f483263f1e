//! What people tell of themselves, as far as I may see it; and what I say of me.

use crate::{
    Replica, Result, Shows,
    connection::Durability,
    outbox, shows,
    tables::{account, meta, picture, profile},
};
use hearth_protocol::{
    ids::{MediaId, UserId},
    limits::PROFILES_PER_PAGE_MAX,
    profile::{PersonStatus, PictureSize, Privacy, Profile, ProfilesRequest},
    rows::AccountRow,
};

/// What I say of myself, and who sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnProfile {
    pub first_name: String,
    pub last_name: String,
    /// Also when its time is over.
    pub status: Option<PersonStatus>,
    pub about: String,
    pub picture: Option<MediaId>,
    pub privacy: Privacy,
}

impl Replica {
    /// What of these people I may see and have, whether the network is there or not. Those of whom nothing is known are left out.
    pub async fn profiles(&self, people: &[UserId]) -> Result<Vec<Profile>> {
        let mut tx = self.read().await?;
        let mut profiles = Vec::with_capacity(people.len());
        for user in people {
            profiles.extend(profile::find(&mut tx, *user).await?);
        }
        Ok(profiles)
    }

    /// Every profile that is here, by id.
    pub async fn all_profiles(&self) -> Result<Vec<Profile>> {
        profile::all(&mut *self.read().await?).await
    }

    /// The question for what has changed of the people after one; `None` before the server's first answer.
    pub async fn profiles_question(&self, after: Option<UserId>) -> Result<Option<ProfilesRequest>> {
        let mut tx = self.read().await?;
        let Some(epoch) = meta::epoch(&mut tx).await? else { return Ok(None) };
        let mut known = profile::known(&mut tx, after, PROFILES_PER_PAGE_MAX + 1).await?;
        let more = known.len() > PROFILES_PER_PAGE_MAX;
        known.truncate(PROFILES_PER_PAGE_MAX);
        Ok(Some(ProfilesRequest { epoch: Some(epoch), after, known, more }))
    }

    /// A picture that was kept; it lies here as encrypted as everything else.
    pub async fn picture(&self, id: MediaId, size: PictureSize) -> Result<Option<Vec<u8>>> {
        picture::find(&mut *self.look().await?, id, size).await
    }

    /// Keeps a picture for as long as a profile, a group or a conversation names it.
    pub async fn keep_picture(&self, id: MediaId, size: PictureSize, bytes: &[u8]) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        picture::put(&mut tx, id, size, bytes).await?;
        tx.commit().await
    }

    /// What I say of myself: as the account has it, or as I have said since.
    pub async fn own_profile(&self) -> Result<OwnProfile> {
        let mut tx = self.read().await?;
        let of = |AccountRow { first_name, last_name, status, about, picture, privacy, .. }| OwnProfile {
            first_name,
            last_name,
            status,
            about,
            picture,
            privacy,
        };
        let mut mine = account::me(&mut tx).await?.map_or_else(OwnProfile::default, of);
        let waiting = outbox::table::of_names(&mut tx, &["set_name", "set_status", "set_about", "set_privacy"]).await?;
        for said in waiting.iter().map(shows) {
            match said {
                Shows::Name { first, last } => (mine.first_name, mine.last_name) = (first, last),
                Shows::Status(status) => mine.status = status,
                Shows::About(about) => mine.about = about,
                Shows::Privacy(field, to) => mine.privacy = mine.privacy.with(field, to),
                _ => {}
            }
        }
        Ok(mine)
    }
}
