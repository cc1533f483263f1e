//! What people tell of themselves, and what I say of me.

use super::Client;
use crate::view::{OwnProfileView, Problem, ProfileView, StatusView};
use hearth_protocol::{
    Millis,
    ids::UserId,
    limits,
    mutations::{SetPrivacy, SetStatus},
    profile::{PersonStatus, PrivacyField, Profile, SeenBy},
};
use std::collections::BTreeMap;

/// People asked about at once: what a window shows.
const PEOPLE_MAX: usize = 1_000;

impl Client {
    /// What is known of these people, offline as well; those of whom there is nothing are left out. They are on the screen: how they are
    /// here is told from now on, of as many as the server takes.
    pub async fn list_profiles(&self, people: Vec<UserId>) -> Result<Vec<ProfileView>, Problem> {
        let session = self.session()?;
        let asked = people.get(..PEOPLE_MAX).unwrap_or(&people);
        let mut known: BTreeMap<UserId, Profile> =
            session.checked(session.replica.profiles(asked).await)?.into_iter().map(|profile| (profile.user, profile)).collect();
        let view = |user: &UserId| {
            let (profile, presence) = (known.remove(user), session.presence(*user));
            let known = profile.is_some() || presence.is_some();
            let (status, last_seen) = profile.map_or((None, None), |profile| (profile.status, profile.last_seen));
            known.then(|| ProfileView { user: *user, status: status.map(status_view), last_seen, presence })
        };
        let profiles = asked.iter().filter_map(view).collect();
        let shown: Vec<UserId> = asked.iter().copied().filter(|user| *user != session.me.user).take(limits::WATCHED_MAX).collect();
        session.show(shown).await;
        Ok(profiles)
    }

    /// Says whether the person has touched nothing for `limits::IDLE_MS`.
    pub async fn set_idle(&self, idle: bool) -> Result<(), Problem> {
        self.session()?.set_idle(idle).await;
        Ok(())
    }

    /// What I say of myself, what still waits to be sent included.
    pub async fn own_profile(&self) -> Result<OwnProfileView, Problem> {
        let session = self.session()?;
        let mine = session.checked(session.replica.own_profile().await)?;
        let privacy = mine.privacy;
        Ok(OwnProfileView { status: mine.status.map(status_view), status_to: privacy.status, last_seen_to: privacy.last_seen })
    }

    /// Puts words beside my name, on all my devices and for those who may see them; it goes out by itself. Empty: none.
    ///
    /// # Errors
    /// `bad_request` for what is longer than the server takes, or no line: then nothing changed.
    pub async fn set_status(&self, text: &str, until: Option<Millis>) -> Result<(), Problem> {
        let text = text.trim();
        if text.chars().count() > limits::STATUS_CHARS_MAX || text.chars().any(char::is_control) {
            let message = format!("A status is one line of at most {} characters.", limits::STATUS_CHARS_MAX);
            return Err(Problem::new("bad_request", message));
        }
        let wanted = (!text.is_empty()).then(|| PersonStatus { text: text.to_owned(), until });
        let session = self.session()?;
        if session.checked(session.replica.own_profile().await)?.status != wanted {
            let until = wanted.and_then(|status| status.until);
            self.enqueue(SetStatus { text: text.to_owned(), until }.into()).await?;
        }
        Ok(())
    }

    /// Says whether others see something of my profile, from now on.
    pub async fn set_privacy(&self, field: PrivacyField, to: SeenBy) -> Result<(), Problem> {
        let session = self.session()?;
        let mine = session.checked(session.replica.own_profile().await)?.privacy;
        if mine.with(field, to) != mine {
            self.enqueue(SetPrivacy { field, to }.into()).await?;
        }
        Ok(())
    }
}

fn status_view(status: PersonStatus) -> StatusView {
    StatusView { text: status.text, until: status.until }
}
