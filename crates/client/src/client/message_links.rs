//! Links to messages. They lead to where the message is, and nowhere else.

use super::{Client, versions::message_gone};
use crate::view::{MessagePlace, Problem};
use hearth_protocol::message_link::MessageLink;

impl Client {
    /// Where a link to a message leads, by what this computer knows. A message that is still being fetched is where it will be.
    ///
    /// # Errors
    /// `bad_link` for what is none, `other_server` for one of another server, `not_a_member` where the conversation is none of mine,
    /// `message_gone`.
    pub async fn find_message(&self, link: &str) -> Result<MessagePlace, Problem> {
        let MessageLink { server, conversation, message } = link.parse().map_err(|_| bad_link())?;
        let session = self.session()?;
        if !self.is_on(&server) {
            let message = format!("This message is on another server, {}. Open the link with an account there.", server.authority());
            return Err(Problem::new("other_server", message));
        }
        let line = session.checked(session.replica.conversation(conversation).await)?.ok_or_else(not_a_member)?;
        let gone = match session.checked(session.replica.message_row(conversation, message).await)? {
            Some(row) => row.body.is_none(),
            // Where everything is here, there is nothing to wait for.
            None => line.complete,
        };
        if gone { Err(message_gone()) } else { Ok(MessagePlace { conversation, message }) }
    }
}

fn bad_link() -> Problem {
    Problem::new("bad_link", "This is not a link to a message. Ask for it again.")
}

fn not_a_member() -> Problem {
    Problem::new("not_a_member", "This message is in a conversation that you are not in. Ask somebody there to take you in.")
}
