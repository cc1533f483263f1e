//! Codes of authenticator apps (RFC 6238), as every app understands them: SHA-1, six digits, 30 seconds.

use crate::secret;
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// What RFC 4226 recommends: 160 bits.
const SECRET_BYTES: usize = 20;
/// A phone's clock may be half a minute wrong either way.
const SKEW: u16 = 1;

pub(crate) fn new_secret() -> Result<Zeroizing<Vec<u8>>, ApiError> {
    secret::random::<SECRET_BYTES>().map(|bytes| Zeroizing::new(bytes.to_vec()))
}

/// The secret for typing, and with what the app shows beside the code, as a URI.
pub(crate) fn shown(secret: &[u8], server: &str, username: &str) -> Result<(String, String), ApiError> {
    // A colon ends the issuer in the URI.
    let issuer = server.replace(':', " ");
    let named = Builder::new().with_skew(SKEW).with_secret(secret).with_issuer(Some(issuer)).with_account_name(username);
    let totp = named.build().map_err(unusable)?;
    Ok((totp.secret().to_base32(), totp.to_url().map_err(unusable)?))
}

/// The step, counted since 1970, whose code this is, if it is one of those that are good now. Compared in constant time.
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Millis) -> Result<Option<u64>, ApiError> {
    let totp: Totp = Builder::new().with_skew(SKEW).with_secret(secret).build().map_err(unusable)?;
    Ok(totp.check(typed, u64::try_from(now / 1_000).unwrap_or_default()))
}

fn unusable(error: totp_rs::TotpError) -> ApiError {
    tracing::error!(%error, "an authenticator app's secret cannot be used");
    ApiError::new(ErrorCode::Internal, "The server failed. Tell its owner.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_standards_own_codes_are_known_by_their_step() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            let step = u64::try_from(seconds).unwrap() / 30;
            let at = |seconds: i64| step_of(secret, code, seconds * 1_000).unwrap();
            assert_eq!(at(seconds), Some(step));
            assert_eq!((at(seconds - 30), at(seconds + 30)), (Some(step), Some(step)), "a clock that is half a minute off");
            assert_eq!((at(seconds + 90), at((seconds - 90).max(0)).filter(|_| seconds > 90)), (None, None));
        }
        for typed in ["", "28708", "2870820", "abcdef", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(secret, typed, 59_000).unwrap(), None, "{typed}");
        }
    }

    #[test]
    fn the_app_is_told_the_same_in_two_ways() {
        let (typed, uri) = shown(b"12345678901234567890", "Home: ours", "elin").unwrap();
        assert_eq!(typed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(uri, "otpauth://totp/Home%20%20ours:elin?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Home%20%20ours");
        assert_eq!(new_secret().unwrap().len(), SECRET_BYTES);
    }
}
