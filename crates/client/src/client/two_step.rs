//! Two-step sign-in: the second step, turning it on and off, and recovery codes. All of it needs the server; whether it is on is known
//! offline.

use super::{Client, lock, server::needs_server};
use crate::{
    api::Failure,
    view::{Me, Problem, QrView, TwoStepSetUp},
};
use hearth_protocol::{
    Millis,
    error::ErrorCode,
    two_step::{BeginTwoStep, ConfirmTwoStep, FinishSignIn, ProveTwoStep},
};
use qrcode::{Color, QrCode};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// The light edge that scanners want, in squares.
const EDGE: usize = 4;

impl Client {
    /// The second step, after `second_step`: a code of the app, or a recovery code.
    ///
    /// # Errors
    /// `wrong_code`: another may be tried. `sign_in_over`: it begins again with the first step. `second_step_broken`: a recovery code is good.
    pub async fn finish_sign_in(&self, code: &str) -> Result<Me, Problem> {
        let _one = self.0.transition.lock().await;
        let (server, api) = self.front_door()?;
        let challenge = lock(&self.0.challenge).clone();
        let Some(challenge) = challenge else {
            return Err(Problem::new(ErrorCode::SignInOver.as_str(), "Begin again with your password."));
        };
        let signed = api.finish_sign_in(&FinishSignIn { challenge: challenge.to_string(), code: code.into() }).await?;
        self.admit(server, api, signed).await
    }

    /// Keeps what goes with the code, when the first step alone was not enough.
    pub(super) fn first_step(&self, failure: Failure) -> Problem {
        if let Failure::Refused(refused) = &failure {
            *lock(&self.0.challenge) = refused.challenge.clone().map(Zeroizing::new);
        }
        failure.into()
    }

    /// Since when signing in takes a second step, as this computer knows it.
    pub async fn two_step_since(&self) -> Result<Option<Millis>, Problem> {
        let session = self.session()?;
        Ok(session.checked(session.replica.me().await)?.and_then(|me| me.two_step_at))
    }

    /// Has the server make a secret for an authenticator app. Nothing is on until a code of the app is confirmed.
    ///
    /// # Errors
    /// `wrong_credentials`, `offline`.
    pub async fn begin_two_step(&self, password: Zeroizing<String>) -> Result<TwoStepSetUp, Problem> {
        let begun = self.server()?.begin_two_step(&BeginTwoStep { password: password.to_string() }).await.map_err(needs_server)?;
        let letters: Vec<char> = begun.secret.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(TwoStepSetUp { secret: groups.join(" "), qr: qr(&begun.uri)? })
    }

    /// Turns it on, by the app's first code; gives back the recovery codes, which nobody tells again.
    ///
    /// # Errors
    /// `wrong_code`; `sign_in_over` when it was begun too long ago; `offline`.
    pub async fn confirm_two_step(&self, code: &str) -> Result<Vec<String>, Problem> {
        let request = ConfirmTwoStep { code: code.into() };
        self.server()?.confirm_two_step(&request).await.map(|made| made.codes).map_err(needs_server)
    }

    /// Turns it off, for who shows both steps.
    ///
    /// # Errors
    /// `wrong_credentials`, `wrong_code`, `second_step_broken`, `offline`.
    pub async fn turn_off_two_step(&self, password: Zeroizing<String>, code: &str) -> Result<(), Problem> {
        self.server()?.turn_off_two_step(&prove(&password, code)).await.map_err(needs_server)
    }

    /// New recovery codes in place of the old ones; errors as above.
    pub async fn renew_recovery_codes(&self, password: Zeroizing<String>, code: &str) -> Result<Vec<String>, Problem> {
        self.server()?.renew_recovery_codes(&prove(&password, code)).await.map(|made| made.codes).map_err(needs_server)
    }

    /// How many recovery codes are left.
    pub async fn count_recovery_codes(&self) -> Result<u32, Problem> {
        self.server()?.count_recovery_codes().await.map(|codes| codes.left).map_err(needs_server)
    }
}

fn prove(password: &Zeroizing<String>, code: &str) -> ProveTwoStep {
    ProveTwoStep { password: password.to_string(), code: code.into() }
}

/// Draws a QR code here: what is in it is nobody else's.
fn qr(text: &str) -> Result<QrView, Problem> {
    let code = QrCode::new(text).map_err(Problem::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", index % width + EDGE, index / width + EDGE);
        }
    }
    let size = u32::try_from(width + 2 * EDGE).map_err(Problem::internal)?;
    Ok(QrView { size, path })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_qr_code_has_its_three_corners_and_a_light_edge() {
        let qr = qr("otpauth://totp/Hearth:elin?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hearth").unwrap();
        let last = qr.size - 1 - EDGE as u32;
        for corner in [(4, 4), (last, 4), (4, last)] {
            assert!(qr.path.contains(&format!("M{} {}h1", corner.0, corner.1)), "{corner:?}");
        }
        for edge in [0, 1, 2, 3, last + 1] {
            assert!(!qr.path.contains(&format!("M{edge} ")), "{edge}");
        }
    }
}
