use super::*;

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

#[test]
fn letters_lose_case_and_accents_and_keep_their_place() {
    assert_eq!(folded("Crème  BRÛLÉE, naïve!"), ["creme", "brulee", "naive"]);
    assert_eq!(folded("İstanbul Ωμέγα ﬁn Ｗｉｄｅ"), ["istanbul", "ωμεγα", "fin", "wide"]);
    let text = "a Crème b";
    let word = &words(text)[1];
    assert_eq!(&text[word.start..word.end], "Crème");
}

#[test]
fn vowel_points_and_stretching_fall_away() {
    assert_eq!(folded("שָׁלוֹם"), folded("שלום"));
    assert_eq!(folded("مُحَمَّد"), folded("محمد"));
    assert_eq!(folded("ســـلام"), folded("سلام"));
    assert_eq!(folded("أحمد"), folded("احمد"));
}

#[test]
fn vowel_signs_that_carry_meaning_stay() {
    assert_eq!(folded("हिन्दी").len(), 1);
    assert_ne!(folded("हिन्दी"), folded("हन्द"));
}

#[test]
fn unspaced_scripts_become_pairs_and_a_last_character() {
    assert_eq!(folded("东京都 x"), ["东京", "京都", "都", "x"]);
    assert_eq!(folded("水"), ["水"]);
    assert_eq!(folded("안녕하세요"), ["안녕", "녕하", "하세", "세요", "요"]);
    assert_eq!(folded("iPhone手机"), ["iphone", "手机", "机"]);
    assert_eq!(folded("ﾃﾞｰﾀ"), folded("データ"));
    assert_eq!(folded("สวัสดี").len(), "สวัสดี".chars().count());
}

#[test]
fn emoji_are_words_whatever_their_skin() {
    assert_eq!(folded("ok👍🏽!"), ["ok", "\u{e000}1f44d"]);
    assert_eq!(folded("👍"), ["\u{e000}1f44d"]);
    assert_eq!(folded("❤️"), folded("❤"));
    assert_eq!(folded("👩‍🚀").len(), 2);
}

#[test]
fn nothing_panics_and_places_are_boundaries() {
    for text in ["", "\0", "\u{301}", "a\u{301}\u{302}", "\u{200d}", "🇩🇪🇫", "é\u{feff}x", "゛", "\u{e000}", "𐌰𐌱"] {
        for word in words(text) {
            assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end) && word.start < word.end, "{text:?}");
            assert!(!word.folded.is_empty());
        }
    }
}

#[test]
fn names_are_folded_whole() {
    assert_eq!(fold_name("Élodie O'Neill"), " elodie o neill");
    assert_eq!(fold_name("王小明"), " 王小明");
}
