//! The words of a paragraph: marks, code and links.

mod address;
mod lexer;
mod marks;

use crate::{target, tree::Inline};
use lexer::{Token, lex};
use marks::Marks;

/// What a paragraph says.
pub(crate) fn inlines(text: &str) -> Vec<Inline> {
    build(&lex(text), true)
}

/// A link binds closer than marks and has no links in it.
fn build(tokens: &[Token<'_>], links: bool) -> Vec<Inline> {
    let mut marks = Marks::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Text(text) => marks.text(text),
            Token::Code(code) => marks.push(Inline::Code { code: (*code).to_owned() }),
            Token::Mark(mark) => marks.mark(mark),
            Token::Address { typed, url } if links => {
                let host = target::host_beside(typed, url);
                marks.push(Inline::Link { url: (*typed).to_owned(), host, inlines: vec![Inline::text(*typed)] });
            }
            Token::Address { typed, .. } => marks.text(typed),
            Token::Open { close: Some(close) } if links => match tokens.get(*close) {
                Some(Token::Close { typed, target: Some((address, url)), label }) if !typed.is_empty() => {
                    let inlines = build(tokens.get(at..*close).unwrap_or_default(), false);
                    marks.push(Inline::Link { url: (*address).to_owned(), host: target::host_beside(label, url), inlines });
                    at = close + 1;
                }
                _ => marks.text("["),
            },
            Token::Open { .. } => marks.text("["),
            Token::Close { typed, .. } => marks.text(typed),
        }
    }
    marks.finish()
}
