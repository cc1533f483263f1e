//! What Hearth says to people outside the window, in each language: the shell's words, the archive's and the letters', out of the same Fluent
//! files as the page's.

mod numbers;
mod spoken;

pub use fluent_bundle::FluentValue;
pub use numbers::Digits;
pub use spoken::Spoken;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// The tags of the languages, which are the folders in `locales/`. What one lacks is said in the first one.
pub const LANGUAGES: [&str; 3] = ["en", "ar", "ja"];

type Bundle = FluentBundle<Arc<FluentResource>>;

/// The words of one file in all languages.
pub struct Words(Vec<Said>);

/// What a language says, with each kind of digits.
struct Said {
    latin: Bundle,
    arabic_indic: Bundle,
}

impl Words {
    /// `texts` are the file in each of [`LANGUAGES`]. Isolating keeps what is put into a right-to-left sentence from turning it, by marks that
    /// some desktops show as boxes in menus.
    pub fn new(file: &str, texts: [&str; LANGUAGES.len()], isolating: bool) -> Self {
        Self(LANGUAGES.into_iter().zip(texts).map(|(tag, text)| Said::new(file, tag, text, isolating)).collect())
    }

    /// The text of `key`.
    pub fn say(&self, spoken: Spoken, key: &str) -> String {
        self.say_with(spoken, key, [])
    }

    /// The text of `key` with its arguments.
    pub fn say_with(&self, spoken: Spoken, key: &str, values: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>) -> String {
        let arguments: FluentArgs = values.into_iter().collect();
        let has_words = |bundle: &&Bundle| bundle.get_message(key).is_some_and(|message| message.value().is_some());
        let own = self.0.get(spoken.place()).map(|said| said.with(spoken.digits())).filter(has_words);
        let bundle = own.or_else(|| self.0.first().map(|said| &said.latin));
        let Some((bundle, pattern)) = bundle.and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?))) else {
            tracing::error!(key, "no words for this key");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "words do not fit");
        }
        text
    }
}

impl Said {
    fn new(file: &str, tag: &str, text: &str, isolating: bool) -> Self {
        let resource = Arc::new(FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, errors)| {
            tracing::error!(file, tag, ?errors, "these words do not parse");
            partial
        }));
        let isolating = isolating && Spoken::of(tag).is_some_and(Spoken::is_rtl);
        let bundle = || {
            let mut bundle: Bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
            bundle.set_use_isolating(isolating);
            bundle.add_resource_overriding(resource.clone());
            bundle
        };
        let (mut latin, mut arabic_indic) = (bundle(), bundle());
        latin.set_formatter(Some(numbers::in_latin));
        arabic_indic.set_formatter(Some(numbers::in_arabic_indic));
        Self { latin, arabic_indic }
    }

    fn with(&self, digits: Digits) -> &Bundle {
        match digits {
            Digits::Latin => &self.latin,
            Digits::ArabicIndic => &self.arabic_indic,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const EN: &str =
        "waits = { $count ->\n    [one] One waits\n   *[other] { $count } wait\n}\nin = In { $place }\nminutes = { 15 } minutes\n";
    const AR: &str = "waits = { $count ->\n    [one] واحد\n    [two] اثنان\n   *[other] { $count }\n}\nin = في { $place }\n";

    fn words() -> Words {
        Words::new("test.ftl", [EN, AR, ""], true)
    }

    fn in_language(tag: &str, key: &str, values: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>) -> String {
        words().say_with(Spoken::of(tag).unwrap(), key, values)
    }

    #[test]
    fn numbers_choose_their_words_and_have_the_digits_that_are_spoken() {
        let waits = |tag, count: u32| in_language(tag, "waits", [("count", count.into())]);
        assert_eq!([waits("en", 1), waits("en", 1_234)], ["One waits", "1,234 wait"]);
        assert_eq!([waits("ar", 2), waits("ar", 1_234)], ["اثنان", "1,234"]);
        assert_eq!(waits("ar-EG-u-nu-arab", 1_234), "١٬٢٣٤");
        assert_eq!(in_language("en", "minutes", []), "15 minutes");
    }

    #[test]
    fn what_a_language_lacks_is_english_and_what_nobody_has_shows_itself() {
        assert_eq!(in_language("ja", "waits", [("count", 3.into())]), "3 wait");
        assert_eq!(in_language("ar-u-nu-arab", "minutes", []), "15 minutes");
        assert_eq!(in_language("en", "nothing", []), "nothing");
    }

    #[test]
    fn a_name_turns_no_sentence_that_runs_the_other_way() {
        assert_eq!(in_language("ar", "in", [("place", "Home".into())]), "في \u{2068}Home\u{2069}");
        assert_eq!(in_language("en", "in", [("place", "Home".into())]), "In Home");
        assert_eq!(
            Words::new("test.ftl", [EN, AR, ""], false).say_with(Spoken::of("ar").unwrap(), "in", [("place", "Home".into())]),
            "في Home"
        );
    }
}
