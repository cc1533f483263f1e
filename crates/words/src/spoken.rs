//! Which language is spoken, and how its numbers are written.

use crate::{Digits, LANGUAGES};

/// A language that there are words of. It comes as a tag: the page's `ar-EG-u-nu-arab` says the digits, which the region decides and `Intl` knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// In [`LANGUAGES`].
    place: usize,
    digits: Digits,
}

impl Spoken {
    /// `None` for a language that there are no words of.
    pub fn of(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let language = parts.next()?;
        let place = LANGUAGES.iter().position(|there| there.eq_ignore_ascii_case(language))?;
        let numbers = parts.skip_while(|part| !part.eq_ignore_ascii_case("nu")).nth(1);
        let digits = if numbers.is_some_and(|system| system.eq_ignore_ascii_case("arab")) { Digits::ArabicIndic } else { Digits::Latin };
        Some(Self { place, digits })
    }

    /// The first of those that an `Accept-Language` header asks for of which there are words; of two that are wanted alike, the one that it
    /// names first.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for wanted in header.split(',') {
            let mut parts = wanted.split(';').map(str::trim);
            let Some(spoken) = parts.next().and_then(Self::of) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            let Some(weight) = weight.filter(|weight| *weight > 0.0) else { continue };
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, spoken));
            }
        }
        best.map(|(_, spoken)| spoken)
    }

    /// The language alone, as its folder is called.
    pub fn language(self) -> &'static str {
        LANGUAGES.get(self.place).copied().unwrap_or_default()
    }

    /// The shortest tag from which [`Spoken::of`] makes the same.
    pub fn tag(self) -> String {
        match self.digits {
            Digits::Latin => self.language().to_owned(),
            Digits::ArabicIndic => format!("{}-u-nu-arab", self.language()),
        }
    }

    pub fn digits(self) -> Digits {
        self.digits
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(self) -> bool {
        self.language() == "ar"
    }

    /// `rtl` or `ltr`, as HTML has it.
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    pub(crate) fn place(self) -> usize {
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(spoken: Option<Spoken>) -> Option<String> {
        spoken.map(Spoken::tag)
    }

    #[test]
    fn a_tag_says_language_and_digits() {
        for (said, tag) in [
            ("en", "en"),
            ("en-GB-u-nu-latn", "en"),
            ("ar", "ar"),
            ("AR-eg-u-NU-arab", "ar-u-nu-arab"),
            ("ar-u-ca-gregory-nu-arab", "ar-u-nu-arab"),
            ("ar-AE-u-nu-latn", "ar"),
            ("ja-JP", "ja"),
        ] {
            assert_eq!(Spoken::of(said).map(Spoken::tag).as_deref(), Some(tag), "{said}");
        }
        assert_eq!([Spoken::of(""), Spoken::of("tlh"), Spoken::of("arab")], [None; 3]);
        assert_eq!(Spoken::of("ar").map(Spoken::dir), Some("rtl"));
        assert_eq!(Spoken::default().dir(), "ltr");
    }

    #[test]
    fn a_tag_is_what_it_is_made_from() {
        for said in ["en", "ar", "ar-u-nu-arab", "ja"] {
            assert_eq!(tag(Spoken::of(said)).as_deref(), Some(said));
        }
    }

    #[test]
    fn what_is_wanted_most_is_spoken() {
        assert_eq!(tag(Spoken::accepted("ja")).as_deref(), Some("ja"));
        assert_eq!(tag(Spoken::accepted("tlh, en;q=0.5, ar-EG-u-nu-arab;q=0.8")).as_deref(), Some("ar-u-nu-arab"));
        assert_eq!(tag(Spoken::accepted("ja, en")).as_deref(), Some("ja"));
        assert_eq!(tag(Spoken::accepted("ja;q=0, en;q=x, ar;q=0.1")).as_deref(), Some("ar"));
        assert_eq!([Spoken::accepted(""), Spoken::accepted("*"), Spoken::accepted("tlh")], [None; 3]);
    }
}
