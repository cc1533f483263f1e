//! Administration: what people do whose role allows it, through the app, and the owner at the server's computer, with `hearthd admin`.
//!
//! Each act authorises, does what it means and writes the audit log in one transaction. What moves somebody's account goes through the
//! committer, which looks at the roles again; the rest is in no stream.

mod audit;
mod invites;
mod people;
mod roles;
mod settings;

pub(crate) use audit::read_audit_log;
pub(crate) use invites::{create_invite, good_invite, list_invites, revoke_invite, wrong_invite};
pub(crate) use people::{deactivate, give_role, list_people, reactivate, reset_password, sign_out, turn_off_two_step};
pub(crate) use roles::{change_role, create_role, delete_role, list_roles};
pub(crate) use settings::{change_settings, read_settings};

use crate::{
    authority::{Act, Object, authorize},
    clock,
    store::{
        audit as log, change_log,
        role::{self, Standing},
    },
};
use hearth_protocol::{
    admin::{AuditAct, RoleNamed},
    error::{ApiError, ErrorCode},
    ids::UserId,
    role::{Permission, Permissions, Role},
};
use serde::Serialize;
use sqlx::AnyConnection;

/// Who administers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum By {
    Person(UserId),
    /// Whoever may read the server's data folder.
    Owner,
}

impl By {
    pub(crate) fn user(self) -> Option<UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Owner => None,
        }
    }

    /// What they may do.
    async fn permissions(self, connection: &mut AnyConnection) -> Result<Permissions, ApiError> {
        match self {
            Self::Owner => Ok(Permissions::ALL),
            Self::Person(user) => Ok(role::standing(connection, user).await?.map_or(Permissions::NONE, Standing::in_use)),
        }
    }

    /// Lets those pass who may do this on the server, and gives back what they may do besides.
    async fn allowed(self, connection: &mut AnyConnection, permission: Permission) -> Result<Permissions, ApiError> {
        let mine = self.permissions(connection).await?;
        authorize(self.actor(), Act::OnServer(permission), Object::Server { mine })?;
        Ok(mine)
    }

    /// Refuses to let somebody hand out more than they have.
    fn hands_out(self, mine: Permissions, given: Permissions) -> Result<(), ApiError> {
        authorize(self.actor(), Act::HandOut(given), Object::Server { mine })
    }

    /// The owner has no account.
    pub(crate) fn actor(self) -> UserId {
        self.user().unwrap_or(UserId(uuid::Uuid::nil()))
    }

    /// An act of theirs for the audit log.
    pub(crate) fn act(self, subject: Option<UserId>, act: AuditAct) -> log::Act {
        log::Act { at: clock::now(), actor: self.user(), subject, act }
    }

    /// Writes it with what the caller has written in the same transaction.
    async fn note(self, connection: &mut AnyConnection, subject: Option<UserId>, act: AuditAct) -> Result<(), ApiError> {
        change_log::lock(connection).await?;
        Ok(log::append(connection, &[self.act(subject, act)]).await?)
    }
}

/// A role with its name of today, for the audit log; and what it allows.
async fn named(connection: &mut AnyConnection, role: Role) -> Result<(RoleNamed, Permissions), ApiError> {
    let (name, permissions) = role::described(connection, role).await?.ok_or_else(no_such_role)?;
    Ok((RoleNamed { role, name }, permissions))
}

pub(crate) fn no_such_role() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is no such role any more. Look at the list again.")
}
