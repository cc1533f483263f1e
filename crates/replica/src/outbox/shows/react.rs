use super::{Pending, Shows};
use crate::{
    Result,
    outbox::{shown, table},
    tables::{account, reaction},
};
use hearth_protocol::mutations::React;
use sqlx::SqliteConnection;

impl Pending for React {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Reaction { message: self.message, emoji: self.emoji.clone(), on: self.on }
    }

    /// It replaces what was decided about the same emoji and has not gone out, or was refused; nothing goes where that leaves it as it is.
    async fn make_room(&self, tx: &mut SqliteConnection) -> Result<bool> {
        table::replace_reactions(tx, self.message, &self.emoji).await?;
        let mut on = match account::my_id(tx).await? {
            Some(me) => reaction::has(tx, self.message, me, &self.emoji).await?,
            None => false,
        };
        for waiting in shown::reactions(tx, Some(self.conversation)).await? {
            if waiting.message == self.message && waiting.emoji == self.emoji {
                on = waiting.on;
            }
        }
        Ok(on != self.on)
    }
}
