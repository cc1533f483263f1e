//! How numbers are written. Fluent for Rust writes them as programs do; the page's `Intl` writes them as its locale has them.

use fluent_bundle::FluentValue;

/// Which digits numbers are written with, by the names of Unicode's numbering systems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// `latn`
    #[default]
    Latin,
    /// `arab`
    ArabicIndic,
}

impl Digits {
    /// A text with its digits written with these.
    pub fn write(self, text: &str) -> String {
        match self {
            Self::Latin => text.to_owned(),
            Self::ArabicIndic => text.chars().map(arabic_indic).collect(),
        }
    }

    /// A whole number with its thousands apart, as each of our languages has it.
    pub fn number(self, number: u64) -> String {
        self.grouped(&number.to_string())
    }

    /// The same for what Fluent makes of a number: it may have a sign, and what follows a point is left as it is.
    fn grouped(self, plain: &str) -> String {
        let whole_ends = plain.find('.').unwrap_or(plain.len());
        let (whole, rest) = plain.split_at_checked(whole_ends).unwrap_or((plain, ""));
        let digits = whole.chars().filter(char::is_ascii_digit).count();
        let (mut written, mut left) = (String::with_capacity(plain.len() + digits / 3), digits);
        for c in whole.chars() {
            if c.is_ascii_digit() {
                if left < digits && left % 3 == 0 {
                    written.push(self.between_thousands());
                }
                left -= 1;
            }
            written.push(c);
        }
        written.push_str(rest);
        self.write(&written)
    }

    fn between_thousands(self) -> char {
        match self {
            Self::Latin => ',',
            Self::ArabicIndic => '\u{66c}',
        }
    }
}

fn arabic_indic(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c)
}

/// For a bundle of [`Digits::Latin`].
pub(crate) fn in_latin<M>(value: &FluentValue, _: &M) -> Option<String> {
    written(value, Digits::Latin)
}

/// For a bundle of [`Digits::ArabicIndic`].
pub(crate) fn in_arabic_indic<M>(value: &FluentValue, _: &M) -> Option<String> {
    written(value, Digits::ArabicIndic)
}

/// `None` for what is no number: Fluent writes that itself.
fn written(value: &FluentValue, digits: Digits) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(digits.grouped(&number.as_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let latin = [0, 7, 999, 1_000, 12_345, 1_234_567].map(|number| Digits::Latin.number(number));
        assert_eq!(latin, ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!([Digits::ArabicIndic.number(15), Digits::ArabicIndic.number(1_000)], ["١٥", "١٬٠٠٠"]);
        assert_eq!([Digits::Latin.grouped("-1234.5678"), Digits::Latin.grouped("-123")], ["-1,234.5678", "-123"]);
    }

    #[test]
    fn only_digits_change() {
        assert_eq!(Digits::ArabicIndic.write("05:30 pm, ٣"), "٠٥:٣٠ pm, ٣");
        assert_eq!(Digits::Latin.write("05:30"), "05:30");
    }
}
