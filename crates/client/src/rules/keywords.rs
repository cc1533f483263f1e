//! Words that somebody wants to be told of, found in what others write: whole words, whatever their case, in any script.
//!
//! A keyword is cut into pieces as the text is, and found where the same pieces stand in a row. Letters and digits with what belongs to them are
//! one piece, as are the signs of an emoji; every other sign is one of its own, and white space is none. Scripts that put no space
//! between words, and Korean, which puts them only between some, are cut into single characters: there a keyword is found anywhere.

use caseless::default_case_fold_str;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// The first of them that the text has.
pub fn keyword_in(text: &str, keywords: &[String]) -> Option<String> {
    if keywords.is_empty() {
        return None;
    }
    let text = pieces(text);
    keywords
        .iter()
        .find(|keyword| {
            let keyword = pieces(keyword);
            !keyword.is_empty() && text.windows(keyword.len()).any(|here| here == keyword)
        })
        .cloned()
}

/// Folded, so that what is written alike but for its case or its encoding is equal.
fn pieces(text: &str) -> Vec<String> {
    // Folding may take apart what was one character, and what is compatible may have a case.
    let folded: String = default_case_fold_str(&text.nfkc().collect::<String>()).nfkc().collect();
    let mut pieces = Vec::new();
    for segment in folded.split_word_bounds().filter(|segment| !segment.trim().is_empty()) {
        if segment.chars().any(char::is_alphanumeric) {
            cut(segment, &mut pieces);
        } else {
            pieces.push(segment.to_owned());
        }
    }
    pieces
}

/// Unicode's words hold signs ("don't", "a.b") that begin or end a word for us: "Bob's" has "Bob".
fn cut(segment: &str, pieces: &mut Vec<String>) {
    let mut word = String::new();
    for c in segment.chars() {
        let belongs = c.is_alphanumeric() || is_combining_mark(c);
        if belongs && !is_korean(c) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            pieces.push(std::mem::take(&mut word));
        }
        // As it is typed, and as programs set it.
        pieces.push(if c == '’' { '\''.to_string() } else { c.to_string() });
    }
    if !word.is_empty() {
        pieces.push(word);
    }
}

fn is_korean(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11ff | 0x3131..=0x318e | 0xac00..=0xd7ff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, keyword: &str) -> bool {
        keyword_in(text, &[keyword.to_owned()]).is_some()
    }

    #[test]
    fn whole_words_whatever_their_case() {
        for (text, keyword) in [
            ("The lamp is out", "LAMP"),
            ("Lamp", "lamp"),
            ("(lamp)", "lamp"),
            ("Bob's lamp", "bob"),
            ("now.Bob", "bob"),
            ("I don’t know", "don't"),
            ("we ship the release  candidate", "Release Candidate"),
            ("more C++, please", "c++"),
            ("STRASSE 12", "straße"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("Ёлка горит", "ёлка"),
            ("ﬁre", "FIRE"),
            ("cafe\u{301} open", "Café"),
            ("ｌａｍｐ", "lamp"),
            ("今日は天気がいい", "天気"),
            ("アリスさんへ", "アリス"),
            ("지민아 안녕", "지민"),
            ("สวัสดีครับ", "ครับ"),
            ("السلام عليكم", "عليكم"),
            ("it is 🔥 here", "🔥"),
        ] {
            assert!(has(text, keyword), "{text:?} has {keyword:?}");
        }
    }

    #[test]
    fn parts_of_words_and_nothing_are_not_found() {
        for (text, keyword) in [
            ("clamp", "lamp"),
            ("lamps", "lamp"),
            ("lamp_post2", "post"),
            ("release the candidate", "release candidate"),
            ("release, candidate", "release candidate"),
            ("🔥", "💧"),
            ("天", "天気"),
            ("lamp", ""),
            ("lamp", "  "),
            ("", "lamp"),
        ] {
            assert!(!has(text, keyword), "{text:?} does not have {keyword:?}");
        }
    }

    #[test]
    fn a_word_is_found_between_any_two_others() {
        let words = ["lamp", "Straße", "天気", "don't", "🔥", "ёлка", "지민"];
        for before in words {
            for word in words {
                for after in words {
                    let text = format!("{before} {word} {after}");
                    assert!(has(&text, word) && has(&text.to_uppercase(), word), "{text:?} has {word:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_the_list_is_told() {
        let keywords = ["none".to_owned(), "two".to_owned(), "one".to_owned()];
        assert_eq!(keyword_in("one two", &keywords).as_deref(), Some("two"));
        assert_eq!(keyword_in("three", &keywords), None);
    }
}
