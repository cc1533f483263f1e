//! What somebody tells others of themselves besides their name. It differs from viewer to viewer, so it is in no stream: who wants to
//! know asks, naming what they have, and hears of what is different.

use crate::{
    Millis,
    ids::{Epoch, MediaId, UserId},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A few words that somebody has put beside their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonStatus {
    /// Never empty; at most `limits::STATUS_CHARS_MAX` characters.
    pub text: String,
    /// From then on it is not told any more, by the server's clock; `None`: until it is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

impl PersonStatus {
    /// Whether it still counts.
    pub fn holds(&self, now: Millis) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// Something of a profile about which its person decides who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivacyField {
    Status,
    LastSeen,
    Picture,
    /// A word of a newer build.
    #[serde(other)]
    Unknown,
}

/// Who sees it, of its person's contacts and those who share a conversation or a group with them. The person always does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    #[default]
    Everyone,
    /// Those whom its person has as contacts.
    Contacts,
    Nobody,
    /// A word of a newer build: whoever does not know it shows nothing to anybody.
    #[serde(other)]
    Unknown,
}

impl SeenBy {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Contacts => "contacts",
            Self::Nobody => "nobody",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`SeenBy::Unknown`].
    pub fn parse(word: &str) -> Self {
        [Self::Everyone, Self::Contacts, Self::Nobody].into_iter().find(|seen_by| seen_by.as_str() == word).unwrap_or(Self::Unknown)
    }
}

/// Who sees what of me; a field that somebody has never said anything about is everybody's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    #[serde(default)]
    pub status: SeenBy,
    #[serde(default)]
    pub last_seen: SeenBy,
    #[serde(default)]
    pub picture: SeenBy,
}

impl Privacy {
    /// The same with one field changed; an unknown field changes nothing.
    pub fn with(self, field: PrivacyField, to: SeenBy) -> Self {
        match field {
            PrivacyField::Status => Self { status: to, ..self },
            PrivacyField::LastSeen => Self { last_seen: to, ..self },
            PrivacyField::Picture => Self { picture: to, ..self },
            PrivacyField::Unknown => self,
        }
    }
}

/// Somebody as one viewer sees them. What is hidden from this viewer is left out, as is what there is not: they look the same.
///
/// A build that learns a new field forgets the versions that it has, so that it is told everything once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub user: UserId,
    /// Another one means that something which this viewer may see has changed. Compared, never counted.
    pub ver: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PersonStatus>,
    /// When they were last connected; at most about ten minutes ago while they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Millis>,
    /// What they look like: see `GET /v1/pictures/{id}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<MediaId>,
    /// Who they are, in their own words; may be empty, and have several lines. Whoever is told of a profile at all is told this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Their account waits, and they read nothing meanwhile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deactivated: bool,
}

impl Profile {
    /// Of somebody who has said nothing.
    pub fn silent(user: UserId) -> Self {
        Self { user, ver: 0, status: None, last_seen: None, picture: None, about: String::new(), deactivated: false }
    }
}

/// `PUT /v1/account/picture`, `/v1/groups/{id}/picture` or `/v1/conversations/{id}/picture`, with the image as its body: what it is called
/// from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureTaken {
    pub picture: MediaId,
}

/// `GET /v1/pictures/{id}`: how large. Either is a JPEG, a square of at most so many pixels a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureSize {
    /// `limits::PICTURE_SMALL_PX`: beside a name.
    #[default]
    Small,
    /// `limits::PICTURE_LARGE_PX`: to be looked at.
    Large,
}

/// A profile that a viewer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProfile {
    pub user: UserId,
    pub ver: u64,
}

/// `POST /v1/profiles`: what of the people after `after` is not as I know it? People go by their ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfilesRequest {
    /// Of the server's database in which the versions were told. Another one: nothing counts as known.
    #[serde(default)]
    pub epoch: Option<Epoch>,
    /// `None`: from the first person on.
    #[serde(default)]
    pub after: Option<UserId>,
    /// In the order of ids, at most `limits::PROFILES_PER_PAGE_MAX`.
    pub known: Vec<KnownProfile>,
    /// I know of people after the last of these: the answer ends there.
    #[serde(default)]
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfilesResponse {
    pub epoch: Epoch,
    /// Those that differ, in the order of ids, at most `limits::PROFILES_PER_PAGE_MAX`.
    pub profiles: Vec<Profile>,
    /// Of those known, the people of whom this viewer may see nothing any more: purge them.
    #[serde(default)]
    pub gone: Vec<UserId>,
    /// Ask again after this one; `None`: that was all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<UserId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_build_says_is_read_as_far_as_it_is_known() {
        let user = UserId::new();
        let profile: Profile = serde_json::from_str(&format!(r#"{{"user":"{user}","ver":3,"song":{{"blob":"x"}}}}"#)).unwrap();
        assert_eq!(profile, Profile { ver: 3, ..Profile::silent(user) });
        let privacy: Privacy = serde_json::from_str(r#"{"status":"neighbours","birthday":"nobody"}"#).unwrap();
        assert_eq!(privacy, Privacy { status: SeenBy::Unknown, last_seen: SeenBy::Everyone, picture: SeenBy::Everyone });
        assert_eq!(serde_json::from_str::<PrivacyField>(r#""birthday""#).unwrap(), PrivacyField::Unknown);
        let request: ProfilesRequest = serde_json::from_str(r#"{"known":[]}"#).unwrap();
        assert_eq!(request, ProfilesRequest::default());
    }

    #[test]
    fn words_read_back() {
        for seen_by in [SeenBy::Everyone, SeenBy::Contacts, SeenBy::Nobody] {
            assert_eq!(SeenBy::parse(seen_by.as_str()), seen_by);
            assert_eq!(serde_json::to_string(&seen_by).unwrap(), format!("{:?}", seen_by.as_str()));
        }
        assert_eq!(SeenBy::parse("neighbours"), SeenBy::Unknown);
    }

    #[test]
    fn a_status_ends_at_its_time() {
        let status = |until| PersonStatus { text: "away".into(), until };
        assert!(status(None).holds(i64::MAX) && status(Some(10)).holds(9) && !status(Some(10)).holds(10));
    }
}
