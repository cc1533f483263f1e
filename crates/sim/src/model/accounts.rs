//! Accounts: who has one that is in use, and what its role allows.

use super::Model;
use hearth_protocol::{
    error::ErrorCode,
    ids::{ConversationId, UserId},
    mutations::Intent,
    role::Permission,
};
use hearth_server::inside::{AccountStanding, FIRST_PASSWORD};

/// Who has gone and who is back since the accounts were last looked at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub gone: Vec<UserId>,
    pub back: Vec<UserId>,
}

impl Model {
    pub fn is_deleted(&self, user: UserId) -> bool {
        self.accounts.get(&user).is_some_and(|account| account.deleted)
    }

    /// Whether somebody's account waits; `true`: by their own wish.
    pub fn waits(&self, user: UserId) -> Option<bool> {
        self.accounts.get(&user).and_then(|account| account.waits)
    }

    /// Nobody can be signed in to it now.
    pub fn is_away(&self, user: UserId) -> bool {
        self.is_deleted(user) || self.waits(user).is_some()
    }

    pub fn password(&self, user: UserId) -> String {
        self.passwords.get(&user).cloned().unwrap_or_else(|| FIRST_PASSWORD.to_owned())
    }

    /// Whether somebody's role allows it; what was made since the world began counts, and nobody begins as a guest.
    pub fn may(&self, user: UserId, permission: Permission) -> bool {
        self.accounts.get(&user).is_none_or(|account| allows(account, permission))
    }

    /// How accounts stand now.
    pub fn set_accounts(&mut self, now: Vec<AccountStanding>) -> Moved {
        let mut moved = Moved::default();
        let everybody: Vec<UserId> = now.iter().map(|account| account.user).collect();
        for account in now {
            let user = account.user;
            let (was_away, was_deleted) = (self.is_away(user), self.is_deleted(user));
            let more = [Permission::StartConversations, Permission::CreateGroups].into_iter();
            let lost = more.filter(|permission| !allows(&account, *permission)).count() > 0;
            self.accounts.insert(user, account);
            if self.is_away(user) && !was_away {
                moved.gone.push(user);
            }
            if was_away && !self.is_away(user) {
                moved.back.push(user);
            }
            if account.deleted && !was_deleted {
                // All of it goes, sooner or later.
                let theirs: Vec<_> = self.sent.iter().filter(|(_, (_, sender))| *sender == user).map(|(id, _)| *id).collect();
                self.deleted.extend(theirs);
            }
            if self.is_away(user) {
                self.gone.insert(user);
            }
            if lost {
                self.demoted.insert(user);
            }
            if lost || self.is_away(user) {
                self.part(user, &everybody);
            }
        }
        moved
    }

    /// What two have not begun yet they may not begin now; and to whom is deleted nobody can write any more.
    fn part(&mut self, user: UserId, everybody: &[UserId]) {
        let deleted = self.is_deleted(user);
        for other in everybody.iter().filter(|other| **other != user) {
            let direct = ConversationId::direct(user, *other);
            if deleted || !self.members.contains_key(&direct) {
                self.parted.insert(direct);
            }
        }
    }

    /// What was applied was somebody's to do: their account is in use, and its role allows it.
    pub(super) fn check_rights(&self, by: UserId, intent: &Intent) -> Result<(), String> {
        if self.is_away(by) {
            return Err(format!("{intent:?} was applied, and the account of {by} is gone or waits"));
        }
        let needs = match intent {
            Intent::CreateDirect(direct) if self.members.contains_key(&direct.conversation) => None,
            Intent::CreateDirect(_) | Intent::CreateConversation(_) => Some(Permission::StartConversations),
            Intent::CreateGroup(_) => Some(Permission::CreateGroups),
            _ => None,
        };
        match needs.filter(|permission| !self.may(by, *permission)) {
            Some(permission) => Err(format!("{intent:?} was applied, and the role of {by} does not allow to {}", permission.as_str())),
            None => Ok(()),
        }
    }

    /// Whether it was refused as somebody's account or role, or of whom it is about, was not what they took it for.
    pub(super) fn may_lack_rights(&self, by: UserId, intent: &Intent, code: ErrorCode) -> bool {
        let about = match intent {
            Intent::BlockUser(block) => self.gone.contains(&block.user),
            Intent::UnblockUser(unblock) => self.gone.contains(&unblock.user),
            Intent::RemoveContact(remove) => self.gone.contains(&remove.user),
            Intent::AnswerInvitation(_) => !self.gone.is_empty(),
            _ => false,
        };
        match code {
            ErrorCode::AccountDeleted => self.is_deleted(by),
            ErrorCode::NotAllowed if matches!(intent, Intent::CreateDirect(_) | Intent::CreateConversation(_) | Intent::CreateGroup(_)) => {
                self.demoted.contains(&by)
            }
            _ => about,
        }
    }
}

/// Nobody in here gets a role that an admin has made.
fn allows(account: &AccountStanding, permission: Permission) -> bool {
    account.role.built_in().is_some_and(|permissions| permissions.has(permission))
}
