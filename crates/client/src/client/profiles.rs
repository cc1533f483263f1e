//! What people tell of themselves, and what I say of me.

use super::Client;
use crate::{
    session::Session,
    view::{Me, OwnProfileView, Problem, ProfileView, StatusView, Update},
};
use hearth_protocol::{
    Millis,
    ids::UserId,
    limits,
    mutations::{SetAbout, SetName, SetPrivacy, SetStatus},
    name::visible,
    presence::Presence,
    profile::{PersonStatus, Privacy, PrivacyField, Profile, SeenBy},
    rows::AccountRow,
};
use hearth_replica::{OwnProfile, Replica};
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
            known.then(|| profile_view(*user, profile, presence))
        };
        let profiles = asked.iter().filter_map(view).collect();
        let shown: Vec<UserId> = asked.iter().copied().filter(|user| *user != session.user).take(limits::WATCHED_MAX).collect();
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
        let OwnProfile { first_name, last_name, status, about, picture, privacy } = mine;
        let Privacy { status: status_to, last_seen: last_seen_to, picture: picture_to } = privacy;
        Ok(OwnProfileView { first_name, last_name, status: status.map(status_view), about, picture, status_to, last_seen_to, picture_to })
    }

    /// Says what I am called, to everybody who sees me somewhere; it goes out by itself. The last name may be empty.
    ///
    /// # Errors
    /// `invalid_name` for what the server would not take, as far as that is known here: then nothing changed.
    pub async fn set_name(&self, first_name: &str, last_name: &str) -> Result<(), Problem> {
        let (first, last) = (visible(first_name), visible(last_name));
        if first.is_empty() {
            return Err(Problem::new("invalid_name", "Type a first name."));
        }
        if [&first, &last].into_iter().any(|name| name.chars().count() > limits::NAME_CHARS_MAX) {
            let message = format!("A name has at most {} characters. Shorten it.", limits::NAME_CHARS_MAX);
            return Err(Problem::new("invalid_name", message));
        }
        let session = self.session()?;
        let mine = session.checked(session.replica.own_profile().await)?;
        if (&mine.first_name, &mine.last_name) != (&first, &last) {
            self.enqueue(SetName { first_name: first, last_name: last }.into()).await?;
        }
        Ok(())
    }

    /// What I am called may be something else now: said here, taken back, refused, or said on another device. Whatever shows it is told,
    /// and the folder knows it for as long as the replica is closed.
    pub(super) async fn look_at_my_name(&self, session: &Session) {
        let looked = async {
            // Whose account is deleted leaves under the name that they had.
            let account = my_account(&session.replica).await?.filter(|account| !account.username.is_empty());
            let Some(account) = account else { return Ok(()) };
            if session.set_me(Me::from(&account)) {
                self.0.folder.set_account(&account).map_err(Problem::internal)?;
                self.tell(Update::Phase { phase: self.phase() });
                self.tell(Update::People);
            }
            Ok::<_, Problem>(())
        };
        if let Err(problem) = looked.await {
            tracing::warn!(%problem, "my name could not be looked up");
        }
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

    /// Says who I am, to those who are told of my profile; it goes out by itself. Empty: nothing.
    ///
    /// # Errors
    /// `bad_request` for what is longer than the server takes: then nothing changed.
    pub async fn set_about(&self, text: &str) -> Result<(), Problem> {
        let text = text.trim();
        if text.chars().count() > limits::ABOUT_CHARS_MAX || text.chars().any(|c| c.is_control() && c != '\n') {
            let message = format!("What you say about yourself is at most {} characters, in plain lines.", limits::ABOUT_CHARS_MAX);
            return Err(Problem::new("bad_request", message));
        }
        let session = self.session()?;
        if session.checked(session.replica.own_profile().await)?.about != text {
            self.enqueue(SetAbout { text: text.to_owned() }.into()).await?;
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

/// My account as far as it is here, under the name that I have given myself since.
pub(super) async fn my_account(replica: &Replica) -> Result<Option<AccountRow>, hearth_replica::Error> {
    let Some(account) = replica.me().await? else { return Ok(None) };
    let OwnProfile { first_name, last_name, .. } = replica.own_profile().await?;
    Ok(Some(AccountRow { first_name, last_name, ..account }))
}

fn profile_view(user: UserId, known: Option<Profile>, presence: Option<Presence>) -> ProfileView {
    let Profile { status, last_seen, picture, about, deactivated, .. } = known.unwrap_or_else(|| Profile::silent(user));
    ProfileView { user, status: status.map(status_view), last_seen, presence, picture, about, deactivated }
}

fn status_view(status: PersonStatus) -> StatusView {
    StatusView { text: status.text, until: status.until }
}
