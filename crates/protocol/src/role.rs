//! What people may do on a whole server: a role each, and what goes with it.

use crate::ids::RoleId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeSeq as _};
use std::{fmt, str::FromStr};
use ts_rs::TS;

/// What somebody is on the server. On the wire `"admin"`, `"member"`, `"guest"`, or the id of a role that an admin has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, TS)]
#[ts(type = "string")]
pub enum Role {
    /// May do everything.
    Admin,
    Member,
    /// Is where others take them, and starts nothing.
    Guest,
    Made(RoleId),
}

impl Role {
    /// What goes with it; `None` for one that was made, of which the server knows.
    pub fn built_in(self) -> Option<Permissions> {
        match self {
            Self::Admin => Some(Permissions::ALL),
            Self::Member => Some(Permissions::of(&[Permission::FindPeople, Permission::StartConversations, Permission::CreateGroups])),
            Self::Guest => Some(Permissions::NONE),
            Self::Made(_) => None,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Admin => f.write_str("admin"),
            Self::Member => f.write_str("member"),
            Self::Guest => f.write_str("guest"),
            Self::Made(id) => id.fmt(f),
        }
    }
}

impl FromStr for Role {
    type Err = uuid::Error;

    fn from_str(word: &str) -> Result<Self, uuid::Error> {
        match word {
            "admin" => Ok(Self::Admin),
            "member" => Ok(Self::Member),
            "guest" => Ok(Self::Guest),
            id => id.parse().map(Self::Made),
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// Something that not everybody on a server may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Permission {
            $($(#[$doc])* $variant,)+
        }

        impl Permission {
            pub const EVERY: &'static [Self] = &[$(Self::$variant,)+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

permissions! {
    /// Search the people of the server.
    FindPeople = "find_people",
    /// Begin conversations, with one or with several.
    StartConversations = "start_conversations",
    CreateGroups = "create_groups",
    /// Make invitations by which new people sign up.
    InviteToServer = "invite_to_server",
    /// See everybody's account, give roles, deactivate, help those who cannot sign in.
    ManagePeople = "manage_people",
    ManageRoles = "manage_roles",
    ManageSettings = "manage_settings",
    ReadAuditLog = "read_audit_log",
}

/// A set of them; a list of words on the wire. Words from a newer server are left out.
#[derive(Clone, Copy, Default, PartialEq, Eq, TS)]
#[ts(as = "Vec<Permission>")]
pub struct Permissions(u16);

impl Permissions {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self::of(Permission::EVERY);

    pub const fn of(permissions: &[Permission]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < permissions.len() {
            set |= 1 << permissions[at] as u16;
            at += 1;
        }
        Self(set)
    }

    pub fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u16) != 0
    }

    /// Whether these are at least the others.
    pub fn cover(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::EVERY.iter().copied().filter(move |permission| self.has(*permission))
    }

    /// Reads words with spaces between them, as a database keeps them.
    pub fn parse(words: &str) -> Self {
        words.split_whitespace().filter_map(Self::word).collect()
    }

    fn word(word: &str) -> Option<Permission> {
        Permission::EVERY.iter().copied().find(|permission| permission.as_str() == word)
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::NONE, |set, permission| Self(set.0 | Self::of(&[permission]).0))
    }
}

/// Words with spaces between them.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, permission) in self.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { " " }, permission.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for permission in self.iter() {
            list.serialize_element(permission.as_str())?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = Vec::<String>::deserialize(deserializer)?;
        Ok(words.iter().filter_map(|word| Self::word(word)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_go_there_and_back() {
        for role in [Role::Admin, Role::Member, Role::Guest, Role::Made(RoleId::new())] {
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), role);
            assert_eq!(role.to_string().parse::<Role>().unwrap(), role);
        }
        assert!("owner".parse::<Role>().is_err());
    }

    #[test]
    fn permissions_are_a_list_of_words_and_newer_ones_are_left_out() {
        assert_eq!(
            serde_json::to_value(Role::Member.built_in()).unwrap(),
            serde_json::json!(["find_people", "start_conversations", "create_groups"])
        );
        assert_eq!(
            serde_json::from_str::<Permissions>(r#"["fly","create_groups"]"#).unwrap(),
            Permissions::of(&[Permission::CreateGroups])
        );
        assert_eq!(Permissions::parse(&Permissions::ALL.to_string()), Permissions::ALL);
        assert!(Permissions::ALL.cover(Permissions::parse("find_people fly")) && !Permissions::NONE.cover(Permissions::ALL));
        for permission in Permission::EVERY {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
        }
    }
}
