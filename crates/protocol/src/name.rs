//! Texts for one line, as names are. The client says so kindly, the server because it must.

use unicode_security::skeleton;

/// A pattern without dots: a character of its own, and looks like a space.
const BRAILLE_BLANK: char = '\u{2800}';

/// A text for one line: without control characters and without those that break it or turn the direction of writing around. One of which
/// nothing would be seen is empty.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
            || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    let shown: String = text.chars().filter(|c| !hidden(*c)).collect();
    let empty = shown.chars().all(|c| c.is_whitespace() || c == BRAILLE_BLANK || !is_seen(c));
    if empty { String::new() } else { shown.trim().to_owned() }
}

/// Whether a character is drawn at all: joiners, fillers and the like are not, though some of them count as letters.
pub fn is_seen(c: char) -> bool {
    skeleton(c.encode_utf8(&mut [0; 4])).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_would_see_is_empty() {
        for blank in ["", "  ", "\u{3164}", "\u{2800} \u{2800}", "\u{200d}\u{200c}", "\u{ad}\u{fe0f}", "\u{202e}\n"] {
            assert_eq!(visible(blank), "", "{blank:?}");
        }
        assert_eq!(visible(" A\u{2028}d\u{2029}a\u{61c} \u{2066}L\u{2069}\u{fffb}\n "), "Ada L");
        assert_eq!(visible("👩\u{200d}🚀 नी\u{200d}ल"), "👩\u{200d}🚀 नी\u{200d}ल", "what joins others stays");
    }
}
