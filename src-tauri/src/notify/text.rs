//! Text from strangers, made fit for a notification.

/// Services cut long texts anyway, some of them badly.
const CHARS_MAX: usize = 300;

/// One line: a name or a title.
pub fn line(text: &str) -> String {
    clean(text, |_| false)
}

/// Several lines: what was written.
pub fn lines(text: &str) -> String {
    clean(text, |c| c == '\n')
}

fn clean(text: &str, keeps: fn(char) -> bool) -> String {
    let mut clean: String = text
        .chars()
        .filter_map(|c| match c {
            c if keeps(c) => Some(c),
            '\n' | '\t' => Some(' '),
            c if c.is_control() || is_bidi_control(c) => None,
            c => Some(c),
        })
        .take(CHARS_MAX + 1)
        .collect();
    if clean.chars().count() > CHARS_MAX {
        clean = clean.chars().take(CHARS_MAX - 1).chain(['…']).collect();
    }
    clean
}

/// Marks that turn the text around them, and could make one name look like another.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escaped for services that read markup, which is what makes plain text of it there.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux has markup in notifications"))]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_controls_and_turned_text_do_not_get_through() {
        assert_eq!(escaped("<b>&\"'</b>"), "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;");
        assert_eq!(escaped("&amp;"), "&amp;amp;");
        assert_eq!(line("Ada\u{202e}\u{7}\nB\tC"), "Ada B C");
        assert_eq!(lines("a\nb\u{0}\u{2066}c"), "a\nbc");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = lines(&"é".repeat(5_000));
        assert_eq!((long.chars().count(), long.ends_with('…')), (300, true));
        assert_eq!(lines(&"é".repeat(300)).chars().count(), 300);
        assert!(!lines(&"é".repeat(300)).ends_with('…'));
    }
}
