//! Messages that answer others, and the line by which they quote them.

use super::{Client, mentions::words, people::full_name};
use crate::view::{Problem, QuoteView, QuotedView};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    mutations::SendMessage,
};
use hearth_replica::{Quote, Quoted};

/// Characters of a quote: more than fits in a line.
const QUOTE_CHARS_MAX: usize = 200;

impl Client {
    /// Writes a message that answers another one of the conversation, as [`Client::send_message`] does. That one may wait in the outbox itself.
    ///
    /// # Errors
    /// The message is empty or too long, or the disk is full: then nothing changed, the draft included.
    pub async fn reply_to_message(&self, conversation: ConversationId, message: MessageId, text: &str) -> Result<MessageId, Problem> {
        let body = self.body(conversation, text).await?;
        self.say(SendMessage { reply_to: Some(message), ..SendMessage::new(conversation, body) }).await
    }
}

pub(super) fn quote_view(quote: Quote) -> QuoteView {
    let message = quote.message;
    match quote.of {
        Quoted::Missing { coming } => {
            QuoteView { message, sender: None, name: String::new(), mine: false, what: QuotedView::Missing { coming } }
        }
        Quoted::Hidden => QuoteView { message, sender: None, name: String::new(), mine: false, what: QuotedView::Hidden },
        Quoted::Said { sender, person, mine, blocked, body, named } => {
            let what = match &body {
                None => QuotedView::Deleted,
                Some(_) if blocked => QuotedView::Blocked,
                Some(Body::Text { .. }) => QuotedView::Text { text: first_line(&words(body.as_ref(), &named)) },
                Some(Body::System(_) | Body::Unknown(_)) => QuotedView::Unknown,
            };
            QuoteView { message, sender: Some(sender), name: person.as_deref().map(full_name).unwrap_or_default(), mine, what }
        }
    }
}

/// The first line that says something.
fn first_line(words: &str) -> String {
    words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().chars().take(QUOTE_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_that_says_something() {
        assert_eq!(first_line(" \n\n the rope \nand the lamp"), "the rope");
        assert_eq!(first_line(&"x".repeat(1_000)).len(), QUOTE_CHARS_MAX);
        assert_eq!(first_line(""), "");
    }
}
