//! What the server writes to people. Nothing in a letter comes from a request but the code: no link, and no name that somebody made up.

use hearth_protocol::code::CodePurpose;

/// A letter, ready to go.
#[derive(Clone)]
pub(crate) struct Letter {
    /// The address; empty where the code is printed for the server's owner instead.
    pub to: String,
    /// Whose it is, for the server's own console.
    pub username: String,
    pub text: Text,
}

/// What a letter is about.
#[derive(Clone)]
pub(crate) enum Text {
    Code {
        purpose: CodePurpose,
        code: String,
    },
    /// To the old address.
    EmailChanged,
    /// To the one that it was.
    EmailRemoved,
    PasswordChanged,
    TwoStep {
        on: bool,
    },
    RecoveryCodeUsed {
        left: u32,
    },
    /// An account at a provider signs in to theirs from now on, or no more.
    External {
        linked: bool,
    },
}

impl Text {
    pub fn subject(&self, server: &str) -> String {
        match self {
            Self::Code { purpose: CodePurpose::SignIn, .. } => format!("Your code to sign in to {server}"),
            Self::Code { purpose: CodePurpose::ResetPassword, .. } => format!("Your code for a new password on {server}"),
            Self::Code { .. } => format!("Your code for {server}"),
            Self::EmailChanged => format!("Your address on {server} was changed"),
            Self::EmailRemoved => format!("Your address on {server} was removed"),
            Self::PasswordChanged => format!("Your password on {server} was changed"),
            Self::TwoStep { on: true } => format!("Two-step sign-in on {server} is on"),
            Self::TwoStep { on: false } => format!("Two-step sign-in on {server} is off"),
            Self::External { linked: true } => format!("An account was linked with yours on {server}"),
            Self::External { linked: false } => format!("An account was unlinked from yours on {server}"),
            Self::RecoveryCodeUsed { .. } => format!("A recovery code was used on {server}"),
        }
    }

    pub fn body(&self, server: &str) -> String {
        match self {
            Self::Code { purpose, code } => {
                let what = match purpose {
                    CodePurpose::SignIn => "to sign in",
                    CodePurpose::ResetPassword => "to choose a new password",
                    CodePurpose::VerifyEmail | CodePurpose::ChangeEmail => "to show that this address is yours",
                };
                format!(
                    "Type this code in Hearth {what} on {server}:\n\n    {}\n\nIt is good once, for 15 minutes. Nobody from {server} will ever ask you for it.\n\
                     If you did not ask for a code, you need not do anything.\n",
                    spaced(code)
                )
            }
            Self::EmailChanged => format!(
                "The address of your account on {server} was changed to another one; codes will not come here any more.\n\
                 If it was not you, tell the owner of the server.\n"
            ),
            Self::EmailRemoved => format!(
                "This address was removed from your account on {server}: codes will not come here any more, and a forgotten password cannot be mended by one.\n\
                 If it was not you, tell the owner of the server.\n"
            ),
            Self::PasswordChanged => format!(
                "The password of your account on {server} was changed, and your other devices were signed out.\n\
                 If it was not you, choose \"Forgot your password?\" in Hearth, or tell the owner of the server.\n"
            ),
            Self::TwoStep { on: true } => format!(
                "Two-step sign-in was turned on for your account on {server}: signing in takes a code of your authenticator app as well.\n\
                 Keep your recovery codes where you find them without your phone.\n\
                 If it was not you, tell the owner of the server.\n"
            ),
            Self::TwoStep { on: false } => format!(
                "Two-step sign-in was turned off for your account on {server}: your password alone is enough again.\n\
                 If it was not you, change your password, or tell the owner of the server.\n"
            ),
            Self::External { linked: true } => format!(
                "An account at a sign-in provider was linked with your account on {server}: whoever signs in there gets into yours as well.\n\
                 If it was not you, unlink it in Hearth's settings and change your password, or tell the owner of the server.\n"
            ),
            Self::External { linked: false } => format!(
                "An account at a sign-in provider was unlinked from your account on {server}: it does not get in there any more.\n\
                 If it was not you, change your password, or tell the owner of the server.\n"
            ),
            Self::RecoveryCodeUsed { left } => format!(
                "One of your recovery codes was used on {server}. {left} are left; in Hearth's settings you can make new ones.\n\
                 If it was not you, change your password, or tell the owner of the server.\n"
            ),
        }
    }
}

/// Two groups are easier to type than eight digits.
pub(super) fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}
