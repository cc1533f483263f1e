//! Codes by mail, passwords and addresses. All of it needs the server.

use super::{Client, server::needs_server};
use crate::view::{EmailView, Me, PasswordRating, Problem};
use hearth_protocol::{
    code::{AskCode, ChangeEmail, ChangePassword, CodePurpose, ConfirmEmail, RemoveEmail, ResetPassword, SignInWithCode},
    limits,
};
use zeroize::Zeroizing;
use zxcvbn::zxcvbn;

impl Client {
    /// Asks for a code to sign in or for a new password; gives back whether codes go out by mail. Whether there is such an account, nobody
    /// is told.
    pub async fn ask_code(&self, purpose: CodePurpose, username: &str) -> Result<bool, Problem> {
        let (_, api) = self.front_door()?;
        let device = self.device()?.id;
        Ok(api.ask_code(&AskCode { purpose, username: username.into(), device }).await?.mail)
    }

    /// Signs in with a code instead of the password.
    ///
    /// # Errors
    /// `wrong_code` for one that is wrong, too old or used; `second_step` as with the password.
    pub async fn sign_in_with_code(&self, username: &str, code: &str) -> Result<Me, Problem> {
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let request = SignInWithCode { username: username.into(), code: code.into(), device: self.device()? };
        let signed = api.sign_in_with_code(&request).await.map_err(|failure| self.first_step(failure))?;
        self.admit(server, api, signed).await
    }

    /// Sets a new password by a code. Every device of the account is signed out.
    ///
    /// # Errors
    /// `wrong_code`, `weak_password`.
    pub async fn reset_password(&self, username: &str, code: &str, password: Zeroizing<String>) -> Result<(), Problem> {
        let (_, api) = self.front_door()?;
        let (username, code, device) = (username.into(), code.into(), self.device()?.id);
        Ok(api.reset_password(&ResetPassword { username, code, password: password.to_string(), device }).await?)
    }

    /// Changes the password; my other devices are signed out.
    ///
    /// # Errors
    /// `wrong_credentials` when the current one is not right, `weak_password`, `offline`.
    pub async fn change_password(&self, current: Zeroizing<String>, password: Zeroizing<String>) -> Result<(), Problem> {
        let request = ChangePassword { current: current.to_string(), password: password.to_string() };
        self.server()?.change_password(&request).await.map_err(needs_server)
    }

    /// Has a code sent to another address of mine; gives back whether codes go out by mail.
    ///
    /// # Errors
    /// `wrong_credentials` when the password is not right, `invalid_email`, `offline`.
    pub async fn change_email(&self, email: &str, password: Zeroizing<String>) -> Result<bool, Problem> {
        let request = ChangeEmail { email: email.into(), password: password.to_string() };
        self.server()?.change_email(&request).await.map(|asked| asked.mail).map_err(needs_server)
    }

    /// Goes on without an address, on all my devices. As with all that asks for the password: an empty one right after [`super::Errand::Prove`], where I
    /// have none.
    ///
    /// # Errors
    /// `wrong_credentials`, `no_password`; `invalid_email` where the server needs an address; `offline`.
    pub async fn remove_email(&self, password: Zeroizing<String>) -> Result<(), Problem> {
        let request = RemoveEmail { password: password.to_string() };
        self.server()?.remove_email(&request).await.map_err(needs_server)
    }

    /// Has the code sent once more that verifies the address given at sign-up.
    pub async fn resend_email_code(&self) -> Result<bool, Problem> {
        self.server()?.resend_email_code().await.map(|asked| asked.mail).map_err(needs_server)
    }

    /// Shows that an address is mine. The account's row tells it to all my devices.
    ///
    /// # Errors
    /// `wrong_code`, `email_taken`, `offline`.
    pub async fn confirm_email(&self, purpose: CodePurpose, code: &str) -> Result<(), Problem> {
        self.server()?.confirm_email(&ConfirmEmail { purpose, code: code.into() }).await.map_err(needs_server)
    }

    /// My address as this computer knows it, offline as well.
    pub async fn own_email(&self) -> Result<Option<EmailView>, Problem> {
        let session = self.session()?;
        let me = session.checked(session.replica.me().await)?;
        let view = |email: hearth_protocol::rows::Email| EmailView { verified: email.verified_at.is_some(), address: email.address };
        Ok(me.and_then(|me| me.email).map(view))
    }
}

/// How hard a password is to guess for who knows these words. It is computed here: a password that is being typed is nobody else's.
pub fn rate_password(password: &str, about: &[String]) -> PasswordRating {
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let rated = zxcvbn(password, &about);
    PasswordRating { score: rated.score().into(), accepted: rated.guesses() >= limits::PASSWORD_GUESSES_MIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_rated_by_who_chose_it() {
        let about = ["elin".to_owned(), "Elin".to_owned(), "Brandt".to_owned()];
        assert!(!rate_password("elinbrandt", &about).accepted);
        assert!(!rate_password("", &[]).accepted);
        let good = rate_password("correct horse battery", &about);
        assert!(good.accepted && good.score >= 3, "{good:?}");
    }
}
