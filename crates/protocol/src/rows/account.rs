use super::RowKind;
use crate::{
    Millis,
    ids::{MediaId, UserId},
    profile::{PersonStatus, Privacy},
    role::{Permissions, Role},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Me, on my user stream: one row, seen by nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    pub user: UserId,
    /// As written at sign-up; compared case-folded.
    pub username: String,
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
    pub role: Role,
    /// What a role is called that an admin has made; the built-in ones have words in each app.
    #[serde(default)]
    pub role_name: Option<String>,
    /// What the role allows. The server decides; this is for the page to offer no more.
    #[serde(default)]
    pub permissions: Permissions,
    /// What I become when my address is verified, on a server that takes people by their addresses.
    #[serde(default)]
    pub role_waits: Option<Role>,
    /// Since when nobody can sign in to it; null: it is in use.
    #[serde(default)]
    pub deactivated: Option<Deactivated>,
    pub created_at: Millis,
    /// Whether others may see what has reached me and what I have read.
    #[serde(default = "shared")]
    pub read_receipts: bool,
    /// What stands beside my name, as I said it: also after its time, and whoever may see it.
    #[serde(default)]
    pub status: Option<PersonStatus>,
    /// Who I am, in my own words; may be empty.
    #[serde(default)]
    pub about: String,
    /// What I look like.
    #[serde(default)]
    pub picture: Option<MediaId>,
    /// Who sees what of my profile.
    #[serde(default)]
    pub privacy: Privacy,
    /// Where codes go.
    #[serde(default)]
    pub email: Option<Email>,
    /// Since when signing in takes a code of an authenticator app as well; null: it does not.
    #[serde(default)]
    pub two_step_at: Option<Millis>,
}

/// An address of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// As it was typed.
    pub address: String,
    /// When they proved that it is theirs; until then nobody signs in by it.
    pub verified_at: Option<Millis>,
}

/// What somebody wants who has never said.
fn shared() -> bool {
    true
}

/// An account that waits: nobody is signed in to it, and its name is nobody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Deactivated {
    /// ms
    #[ts(type = "number")]
    pub at: Millis,
    /// By its own person, who turns it on again by signing in; otherwise somebody who manages people has to.
    pub by_oneself: bool,
}

impl RowKind for AccountRow {
    const KIND: &'static str = "account";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_never_said_shares_what_they_have_read_and_what_they_are() {
        let user = UserId::new();
        let json = format!(r#"{{"user":"{user}","username":"elin","first_name":"Elin","last_name":"","role":"member","created_at":1}}"#);
        let account = serde_json::from_str::<AccountRow>(&json).unwrap();
        assert!(account.read_receipts);
        assert_eq!((account.status, account.privacy, account.email), (None, Privacy::default(), None));
    }
}
