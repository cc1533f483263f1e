//! Errors as they travel: a code for machines, a sentence for people.

use crate::mutation::Part;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Any failed request, mutation or handshake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    pub code: ErrorCode,
    /// What happened and what to do, in English. Clients that have words of their own for `code` use those.
    pub message: String,
    /// When to try again, for `rate_limited` and `unavailable`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// What a conflict is with, as it is now: rows guarded by their seq, in an empty range that moves no cursor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Part>>,
    /// With `unauthorized`: the name of the person's device from which this one was signed out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// With `second_step`: what goes with the code, in `POST /v1/sign-in/second`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
}

/// What a client does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// Try the same again, later.
    Retry,
    /// It will never succeed as it is: show it to the person.
    Permanent,
    /// Somebody else was there first: show both.
    Conflict,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $class:ident, $status:literal;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
            /// A code from a newer server.
            #[serde(other)]
            Unknown,
        }

        impl ErrorCode {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ Self::Unknown => "unknown" }
            }

            /// Reads a code; one that this build does not have is [`ErrorCode::Unknown`].
            pub fn parse(word: &str) -> Self {
                match word { $($code => Self::$variant,)+ _ => Self::Unknown }
            }

            pub fn class(self) -> ErrorClass {
                match self { $(Self::$variant => ErrorClass::$class,)+ Self::Unknown => ErrorClass::Permanent }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ Self::Unknown => 500 }
            }
        }
    };
}

codes! {
    /// The request does not parse or breaks a limit; the message says which.
    BadRequest = "bad_request", Permanent, 400;
    TooLarge = "too_large", Permanent, 413;
    /// No session, or one that has ended.
    Unauthorized = "unauthorized", Permanent, 401;
    /// The account is deleted, for good.
    AccountDeleted = "account_deleted", Permanent, 401;
    /// The account waits, by its own person's wish, who may turn it on again, or by an admin's: what was on its way goes when it is in use again.
    Deactivated = "deactivated", Retry, 403;
    /// The same for missing and for forbidden things.
    NotFound = "not_found", Permanent, 404;
    /// One sees it, but its owner or admins alone may do that.
    NotAllowed = "not_allowed", Permanent, 403;
    /// The only owner of a group cannot leave it.
    OnlyOwner = "only_owner", Permanent, 409;
    /// The replica's own word: the person is no longer in the conversation, so nothing goes there.
    NotAMember = "not_a_member", Permanent, 404;
    /// The replica's own word: the group was deleted, so nothing goes there.
    GroupIsGone = "group_is_gone", Permanent, 404;
    /// The replica's own word: the conversation was deleted, so nothing goes there.
    ConversationIsGone = "conversation_is_gone", Permanent, 404;
    /// A reason alone: when it was due, the server had been set back to a backup, and may not know what became of it since.
    Restored = "restored", Permanent, 409;
    /// The replica's own word: it was sent so long ago that the server may have forgotten having done it.
    TriedLongAgo = "tried_long_ago", Permanent, 409;
    /// The replica's own word: what it needs was taken back.
    NeedIsGone = "need_is_gone", Permanent, 409;
    WrongCredentials = "wrong_credentials", Permanent, 401;
    /// What was shown is right, and this account wants a code of its authenticator app besides; `challenge` goes with it.
    SecondStep = "second_step", Permanent, 401;
    /// The first step of signing in was too long ago, or too many codes were wrong.
    SignInOver = "sign_in_over", Permanent, 403;
    /// The server lacks the key under which it keeps the secrets of authenticator apps; recovery codes are good.
    SecondStepBroken = "second_step_broken", Permanent, 503;
    /// The provider cannot be reached, or makes no sense.
    ProviderUnreachable = "provider_unreachable", Permanent, 503;
    /// What the provider's answer says is not believed: used, too old, for somebody else, or badly signed; one answer for all.
    ProviderRefused = "provider_refused", Permanent, 403;
    /// Nobody has linked this account of the provider, and nobody new is taken by it.
    ExternalUnknown = "external_unknown", Permanent, 403;
    /// The account at the provider signs in to somebody's account here already.
    ExternalTaken = "external_taken", Conflict, 409;
    /// Without it its person could not sign in any more.
    LastWayIn = "last_way_in", Permanent, 409;
    /// A password is asked for, and there is none.
    NoPassword = "no_password", Permanent, 403;
    UsernameTaken = "username_taken", Conflict, 409;
    InvalidUsername = "invalid_username", Permanent, 400;
    InvalidName = "invalid_name", Permanent, 400;
    WeakPassword = "weak_password", Permanent, 400;
    /// Wrong, too old, used, tried too often or never sent: one answer for all.
    WrongCode = "wrong_code", Permanent, 403;
    /// It is no picture that this server takes, or a larger one than it takes.
    InvalidPicture = "invalid_picture", Permanent, 400;
    /// A link into a group that is wrong, expired, used up or revoked: one answer for all.
    WrongInviteLink = "wrong_invite_link", Permanent, 404;
    InvalidEmail = "invalid_email", Permanent, 400;
    /// Said only to who has shown that the address is theirs as well.
    EmailTaken = "email_taken", Conflict, 409;
    /// The first account needs the code that the server printed.
    SetUpCodeRequired = "set_up_code_required", Permanent, 403;
    SignUpClosed = "sign_up_closed", Permanent, 403;
    /// Signing up takes an invitation, and this is none that is good: wrong, expired, used up or revoked.
    InviteRequired = "invite_required", Permanent, 403;
    /// A role cannot be deleted while somebody has it; the last admin stays one.
    RoleInUse = "role_in_use", Permanent, 409;
    /// The command line says how this is.
    SettingFixed = "setting_fixed", Permanent, 409;
    MessageTooLong = "message_too_long", Permanent, 400;
    /// A mutation id was used before for something else.
    IdReused = "id_reused", Permanent, 409;
    /// Somebody changed it in between; `current` is how it is now.
    EditConflict = "edit_conflict", Conflict, 409;
    /// The person took it back before it was applied; it never will be.
    Cancelled = "cancelled", Permanent, 409;
    EpochChanged = "epoch_changed", Retry, 409;
    /// The mutation that it is to follow has no answer yet.
    OutOfOrder = "out_of_order", Retry, 409;
    UnsupportedVersion = "unsupported_version", Permanent, 426;
    RateLimited = "rate_limited", Retry, 429;
    StorageFull = "storage_full", Retry, 507;
    Unavailable = "unavailable", Retry, 503;
    Internal = "internal", Retry, 500;
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry_after_ms: None, current: None, ended_by: None, challenge: None }
    }

    pub fn retry_after(mut self, ms: u64) -> Self {
        self.retry_after_ms = Some(ms);
        self
    }

    pub fn with_current(mut self, part: Part) -> Self {
        self.current = Some(Box::new(part));
        self
    }

    pub fn by_device(mut self, name: Option<String>) -> Self {
        self.ended_by = name;
        self
    }

    pub fn with_challenge(mut self, challenge: String) -> Self {
        self.challenge = Some(challenge);
        self
    }

    pub fn class(&self) -> ErrorClass {
        self.code.class()
    }

    /// The answer to who still has a session of an account that is no more.
    /// `by_oneself`: by its own person, who turns it on again by signing in.
    pub fn deactivated(by_oneself: bool) -> Self {
        let message = match by_oneself {
            true => "Your account is deactivated. Sign in to turn it on again.",
            false => {
                "Your account was deactivated by somebody who manages this server. Ask them to turn it on again; nothing of it is deleted."
            }
        };
        Self::new(ErrorCode::Deactivated, message)
    }

    pub fn account_deleted() -> Self {
        Self::new(ErrorCode::AccountDeleted, "This account was deleted. What is kept on this computer can be removed.")
    }

    /// The one answer for what does not exist and for what one may not see.
    pub fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "There is nothing here, or it is not yours to see.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_travel_as_words_and_new_ones_do_not_break_old_clients() {
        let error = ApiError::not_found();
        let json = serde_json::to_string(&error).unwrap();
        assert!(json.contains("\"not_found\""));
        assert_eq!(serde_json::from_str::<ApiError>(&json).unwrap(), error);
        let future: ApiError = serde_json::from_str(r#"{"code":"quota","message":"Full."}"#).unwrap();
        assert_eq!((future.code, future.class()), (ErrorCode::Unknown, ErrorClass::Permanent));
    }
}
