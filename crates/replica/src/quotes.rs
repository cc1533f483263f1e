//! What a reply quotes: drawn for its reader from the rows that are here. The reply itself holds an id and no words.

use crate::{
    Replica, Result, StreamState, friends,
    outbox::{Projection, table},
    sql::get,
    tables::{account, hidden, message, person, stream},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId, UserId},
    mutations::Intent,
    rows::Person,
    stream::StreamId,
};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// The message that another one answers, as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub message: MessageId,
    pub of: Quoted,
}

/// What is known of it here.
#[derive(Clone, Debug, PartialEq)]
pub enum Quoted {
    Said {
        sender: UserId,
        /// `None` while nothing told their name.
        person: Option<Box<Person>>,
        mine: bool,
        /// I have blocked who wrote it: its text is not for the quote.
        blocked: bool,
        /// `None`: it was deleted.
        body: Option<Body>,
        /// Whom it names, of those who are known here.
        named: Vec<Person>,
    },
    /// I have hidden it.
    Hidden,
    /// `coming`: history is still to be fetched. Otherwise it is nothing that I may see, or was removed.
    Missing { coming: bool },
}

/// What quotes of one conversation are drawn from.
pub(crate) struct Quoting<'a> {
    pub conversation: ConversationId,
    pub projection: &'a Projection,
    pub blocked: &'a BTreeSet<UserId>,
    pub me: Option<&'a Person>,
    /// All of it that I may see is here.
    pub complete: bool,
}

impl Quoting<'_> {
    /// As it will be once what of mine waits is done.
    pub async fn quote(&self, tx: &mut SqliteConnection, message: MessageId) -> Result<Quote> {
        let of = match self.said(tx, message).await? {
            Some(_) if hidden::is_put_away(tx, message).await? => Quoted::Hidden,
            Some((sender, body)) => {
                let mine = self.me.is_some_and(|me| me.user == sender);
                let person = if mine { self.me.cloned() } else { person::find(tx, sender).await? };
                let named = person::named(tx, body.as_ref()).await?;
                Quoted::Said { sender, person: person.map(Box::new), mine, blocked: self.blocked.contains(&sender), body, named }
            }
            None => Quoted::Missing { coming: !self.complete },
        };
        Ok(Quote { message, of })
    }

    /// Who wrote it, and what it says.
    async fn said(&self, tx: &mut SqliteConnection, message: MessageId) -> Result<Option<(UserId, Option<Body>)>> {
        if let Some(mut row) = message::visible(tx, self.conversation, message).await? {
            self.projection.lay_over(&mut row);
            return Ok(Some((row.sender, row.body)));
        }
        let Some(me) = self.me else { return Ok(None) };
        let Some(entry) = table::entry(tx, message).await? else { return Ok(None) };
        if !matches!(&entry.intent, Intent::SendMessage(message) if message.conversation == self.conversation) {
            return Ok(None);
        }
        let body = match self.projection.lay_over_echo(entry).map(|entry| entry.intent) {
            Some(Intent::SendMessage(message)) => Some(message.body),
            _ => None,
        };
        Ok(Some((me.user, body)))
    }
}

/// The same for one message alone.
pub(crate) async fn quote(tx: &mut SqliteConnection, conversation: ConversationId, message: MessageId) -> Result<Quote> {
    let projection = Projection::of(tx, conversation).await?;
    let blocked = friends::blocked(tx).await?;
    let me = account::me(tx).await?.as_ref().map(person::of_account);
    let stream = stream::find(tx, StreamId::Conversation(conversation)).await?;
    let complete = stream.is_some_and(|stream| stream.state == StreamState::Complete);
    Quoting { conversation, projection: &projection, blocked: &blocked, me: me.as_ref(), complete }.quote(tx, message).await
}

impl Replica {
    /// A message as a reply to it quotes it.
    pub async fn quote(&self, conversation: ConversationId, message: MessageId) -> Result<Quote> {
        quote(&mut *self.read().await?, conversation, message).await
    }

    /// Whether I wrote a message, as far as it is here.
    pub async fn is_mine(&self, message: MessageId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE id = ? AND sender = (SELECT user FROM account)) AS mine";
        let row = sqlx::query(sql).bind(message.as_bytes()).fetch_one(&mut *self.read().await?).await?;
        get(&row, "mine")
    }
}
