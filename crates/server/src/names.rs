//! Usernames and people's names: what is accepted, and how they are compared.

pub(crate) use hearth_protocol::name::visible;

use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    name::is_seen,
};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_security::{MixedScript as _, skeleton};

/// Nobody may look like the server itself.
const RESERVED: &[&str] =
    &["admin", "administrator", "hearth", "hearthd", "moderator", "root", "server", "support", "system", "everyone", "here", "all"];

/// A username as it is compared: compatibility forms and case do not count.
pub(crate) fn fold(text: &str) -> String {
    // Upper case first: that unites what lower case alone leaves apart (ß and ss, the two sigmas).
    text.nfkc().collect::<String>().to_uppercase().to_lowercase().nfkc().collect()
}

/// What a folded username looks like: those that nobody tells apart at a glance have one look, whatever alphabet they are of (the
/// skeletons of Unicode's UTS 39; folded, as those have capitals for some digits).
pub(crate) fn look(username_key: &str) -> String {
    fold(&skeleton(username_key).collect::<String>())
}

/// Checks a username that somebody wants; gives it back as it will be shown.
pub(crate) fn username(wanted: &str) -> Result<String, ApiError> {
    let refuse = |message: &str| Err(ApiError::new(ErrorCode::InvalidUsername, message));
    let name: String = wanted.trim().nfkc().collect();
    let chars = name.chars().count();
    if !(limits::USERNAME_CHARS_MIN..=limits::USERNAME_CHARS_MAX).contains(&chars) {
        return refuse("A username has 2 to 32 characters.");
    }
    let legal = |c: char| (c.is_alphanumeric() || is_combining_mark(c)) && is_seen(c) || matches!(c, '.' | '_' | '-');
    let first_legal = name.chars().next().is_some_and(char::is_alphanumeric);
    if !first_legal || !name.chars().all(legal) || name.ends_with('.') || name.contains("..") {
        return refuse("A username starts with a letter or digit and has only letters, digits, dots, dashes and underscores.");
    }
    if !name.as_str().is_single_script() {
        return refuse("A username keeps to one alphabet, so that nobody can imitate somebody else's with letters that look alike.");
    }
    if RESERVED.contains(&fold(&name).as_str()) {
        return refuse("This username is kept for the server. Choose another one.");
    }
    Ok(name)
}

/// Checks a first or last name; gives it back without outer spaces and controls.
pub(crate) fn person_name(wanted: &str, required: bool) -> Result<String, ApiError> {
    let name = visible(wanted);
    if required && name.is_empty() {
        return Err(ApiError::new(ErrorCode::InvalidName, "Type a first name."));
    }
    if name.chars().count() > limits::NAME_CHARS_MAX {
        return Err(ApiError::new(ErrorCode::InvalidName, "A name has at most 64 characters. Shorten it."));
    }
    Ok(name)
}

/// What the people search looks into: each word folded, after a space.
pub(crate) fn search_key(username: &str, first_name: &str, last_name: &str) -> String {
    let words = fold(&format!("{username} {first_name} {last_name}"));
    words.split_whitespace().fold(String::new(), |key, word| format!("{key} {word}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_of_any_script_are_accepted_and_compared_without_case() {
        for name in ["alice", "Maren.Solberg", "дарья", "θάλεια", "राज", "李雷", "נועה", "سارة_1", "j-p", "42"] {
            assert!(username(name).is_ok(), "{name}");
        }
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_eq!(fold("Ａlice"), fold("ALICE"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }

    #[test]
    fn others_are_refused() {
        for name in
            ["a", "", ".alice", "alice.", "al..ice", "al ice", "alice@home", "admin", "HEARTH", "\u{202e}ecila", "аlice", &"x".repeat(33)]
                // Letters and marks that nobody sees.
                .into_iter()
                .chain(["\u{3164}\u{3164}", "\u{1160}\u{1160}", "\u{ffa0}\u{ffa0}", "bob\u{34f}", "bob\u{fe0f}", "\u{17b4}\u{17b4}"])
        {
            assert_eq!(username(name).unwrap_err().code, ErrorCode::InvalidUsername, "{name}");
        }
        assert_eq!(person_name("  ", true).unwrap_err().code, ErrorCode::InvalidName);
        for (one, other) in [("scope", "ѕсоре"), ("bob", "b0b"), ("corn", "com")] {
            assert_eq!(look(&fold(one)), look(&fold(other)), "{one} {other}");
        }
        assert_ne!(look("alice"), look("alicia"));
        assert_eq!(person_name(" Ada\u{202e}\n ", true).unwrap(), "Ada");
        assert_eq!(person_name("A\u{2028}d\u{2029}a\u{61c} \u{2066}L\u{2069}\u{fffb}", true).unwrap(), "Ada L");
        for blank in ["\u{3164}", "\u{2800} \u{2800}", "\u{200d}\u{200c}", "\u{ad}\u{fe0f}"] {
            assert_eq!(person_name(blank, true).unwrap_err().code, ErrorCode::InvalidName, "{blank:?}");
        }
        assert_eq!(search_key("maren.s", "Maren", "Solberg Lie"), " maren.s maren solberg lie");
    }
}
