//! What the server writes to people, in their language. Nothing in a letter comes from a request but the code: no link, and no name that
//! somebody made up.

use hearth_protocol::{code::CodePurpose, ids::UserId};
use hearth_words::{FluentValue, Spoken, Words};
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let texts = [
        include_str!("../../../../locales/en/letters.ftl"),
        include_str!("../../../../locales/ar/letters.ftl"),
        include_str!("../../../../locales/ja/letters.ftl"),
    ];
    Words::new("letters.ftl", texts, true)
});

/// A letter, ready to go.
#[derive(Clone)]
pub(crate) struct Letter {
    /// Whom it is to.
    pub user: UserId,
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

/// A part of a letter that stands in lines of its own.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    /// Digits, which are typed from left to right in every language.
    Code(String),
}

/// A letter in somebody's language.
pub(super) struct Written {
    pub subject: String,
    parts: Vec<Part>,
    spoken: Spoken,
}

impl Text {
    /// Says it in a language; `server` is what the server is called.
    pub(super) fn write(&self, spoken: Spoken, server: &str) -> Written {
        let say = |key: &str| {
            let left = if let Self::RecoveryCodeUsed { left } = self { *left } else { 0 };
            let values: [(&'static str, FluentValue<'static>); 2] = [("server", server.to_owned().into()), ("left", left.into())];
            WORDS.say_with(spoken, key, values)
        };
        let (subject, keys) = self.keys();
        let mut parts: Vec<Part> = keys.iter().map(|key| Part::Words(say(key))).collect();
        if let Self::Code { code, .. } = self {
            parts.insert(1, Part::Code(spaced(code)));
        }
        Written { subject: say(subject), parts, spoken }
    }

    /// The subject, and the paragraphs.
    fn keys(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Code { purpose: CodePurpose::SignIn, .. } => {
                ("letter-code-sign-in-subject", &["letter-code-sign-in", "letter-code-once", "letter-code-not-asked"])
            }
            Self::Code { purpose: CodePurpose::ResetPassword, .. } => {
                ("letter-code-password-subject", &["letter-code-password", "letter-code-once", "letter-code-not-asked"])
            }
            Self::Code { purpose: CodePurpose::VerifyEmail | CodePurpose::ChangeEmail, .. } => {
                ("letter-code-subject", &["letter-code-address", "letter-code-once", "letter-code-not-asked"])
            }
            Self::EmailChanged => ("letter-email-changed-subject", &["letter-email-changed", "letter-not-you-tell"]),
            Self::EmailRemoved => ("letter-email-removed-subject", &["letter-email-removed", "letter-not-you-tell"]),
            Self::PasswordChanged => ("letter-password-changed-subject", &["letter-password-changed", "letter-not-you-forgot"]),
            Self::TwoStep { on: true } => {
                ("letter-two-step-on-subject", &["letter-two-step-on", "letter-two-step-on-keep", "letter-not-you-tell"])
            }
            Self::TwoStep { on: false } => ("letter-two-step-off-subject", &["letter-two-step-off", "letter-not-you-password"]),
            Self::External { linked: true } => ("letter-linked-subject", &["letter-linked", "letter-not-you-unlink"]),
            Self::External { linked: false } => ("letter-unlinked-subject", &["letter-unlinked", "letter-not-you-password"]),
            Self::RecoveryCodeUsed { .. } => ("letter-recovery-code-subject", &["letter-recovery-code", "letter-not-you-password"]),
        }
    }
}

impl Written {
    /// As plain text, which every mail program shows.
    pub fn plain(&self) -> String {
        let part = |part: &Part| match part {
            Part::Words(words) => format!("{words}\n"),
            // Between words that run the other way the halves would change places.
            Part::Code(code) if self.spoken.is_rtl() => format!("\n    \u{2066}{code}\u{2069}\n\n"),
            Part::Code(code) => format!("\n    {code}\n\n"),
        };
        self.parts.iter().map(part).collect()
    }

    /// The same as a page, where it runs from right to left: plain text has no way to say so, and some programs put it to the left.
    pub fn page(&self) -> Option<String> {
        let part = |part: &Part| match part {
            Part::Words(words) => format!("<p>{}</p>\n", escaped(words)),
            Part::Code(code) => format!("<p dir=\"ltr\" style=\"text-align: center; font-size: 150%\"><b>{}</b></p>\n", escaped(code)),
        };
        let (lang, dir) = (self.spoken.language(), self.spoken.dir());
        let parts: String = self.parts.iter().map(part).collect();
        let page = format!(
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<meta charset=\"utf-8\">\n<body dir=\"{dir}\">\n{parts}</body>\n</html>\n"
        );
        self.spoken.is_rtl().then_some(page)
    }
}

/// What a server is called stays words in a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Two groups are easier to type than eight digits.
pub(super) fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn all() -> Vec<Text> {
        let code = |purpose| Text::Code { purpose, code: "12345678".into() };
        vec![
            code(CodePurpose::SignIn),
            code(CodePurpose::ResetPassword),
            code(CodePurpose::VerifyEmail),
            code(CodePurpose::ChangeEmail),
            Text::EmailChanged,
            Text::EmailRemoved,
            Text::PasswordChanged,
            Text::TwoStep { on: true },
            Text::TwoStep { on: false },
            Text::External { linked: true },
            Text::External { linked: false },
            Text::RecoveryCodeUsed { left: 7 },
        ]
    }

    fn in_language(text: &Text, tag: &str) -> Written {
        text.write(Spoken::of(tag).unwrap(), "Hörth & <Co>")
    }

    #[test]
    fn a_code_stands_in_a_line_of_its_own() {
        let code = Text::Code { purpose: CodePurpose::SignIn, code: "12345678".into() };
        let letter = in_language(&code, "en");
        assert_eq!(letter.subject, "Your code to sign in to Hörth & <Co>");
        assert_eq!(
            letter.plain(),
            "Type this code in Hearth to sign in on Hörth & <Co>:\n\n    1234 5678\n\nIt is good once, for 15 minutes. Nobody from \
             Hörth & <Co> will ever ask you for it.\nIf you did not ask for a code, you need not do anything.\n"
        );
        assert_eq!(letter.page(), None);
        let letter = in_language(&code, "ar-u-nu-arab");
        assert!(letter.plain().contains("\n\n    \u{2066}1234 5678\u{2069}\n\n"), "{}", letter.plain());
        assert!(letter.plain().contains("\u{2068}١٥\u{2069} دقيقة"), "{}", letter.plain());
        let page = letter.page().unwrap();
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("<p dir=\"ltr\""), "{page}");
        assert!(page.contains("Hörth &amp; &lt;Co&gt;") && !page.contains("<Co>"), "{page}");
    }

    #[test]
    fn what_is_left_is_counted_in_the_digits_of_its_reader() {
        let left = |left: u32, tag: &str| in_language(&Text::RecoveryCodeUsed { left }, tag).plain();
        assert!(left(1, "en").contains("1 is left") && left(7, "en").contains("7 are left"));
        assert!(left(7, "ar").contains('7') && left(7, "ar-u-nu-arab").contains('٧') && left(2, "ar").contains("رمزان"));
        assert!(left(7, "ja").contains("残りは7個"));
    }

    /// Whatever is said to somebody is said in their language: of Latin words there are names alone.
    #[test]
    fn no_letter_has_english_in_another_language() {
        for text in all() {
            for tag in ["ar", "ja"] {
                let letter = in_language(&text, tag);
                for said in [letter.subject.clone(), letter.plain()] {
                    let latin = said.replace("Hörth & <Co>", "").replace("Hearth", "");
                    assert!(!latin.contains(|c: char| c.is_ascii_alphabetic()), "{tag}: {said}");
                    assert!(said.contains("Hörth & <Co>"), "{tag}: {said}");
                }
            }
        }
    }

    #[test]
    fn every_word_of_the_file_is_in_a_letter() {
        let file = include_str!("../../../../locales/en/letters.ftl");
        let there = file.lines().filter(|line| line.starts_with("letter-")).filter_map(|line| line.split(' ').next());
        let all = all();
        let used: Vec<&str> = all.iter().map(Text::keys).flat_map(|(subject, keys)| keys.iter().copied().chain([subject])).collect();
        let left_over: Vec<&str> = there.filter(|key| !used.contains(key)).collect();
        assert!(left_over.is_empty(), "{left_over:?}");
    }
}
