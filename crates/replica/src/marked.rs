//! What I have starred and what is pinned, as the server has told it, with what of mine waits in the outbox laid over it.

use crate::{
    Replica, Result, friends,
    outbox::{Projection, shown},
    tables::{account, hidden, message, person, pin, retention, star},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId, UserId},
    rows::{MessageRow, Person, StarRow},
};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// A message that I have starred, or that is pinned.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    pub conversation: ConversationId,
    pub message: MessageId,
    /// When it was starred or pinned; by this computer's clock while that waits in the outbox.
    pub at: Millis,
    /// Who has pinned it; `None` for a star, and while nothing told their name.
    pub by: Option<Person>,
    /// What it says; `None` while it is not on this computer.
    pub said: Option<Said>,
}

/// The message itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// As it will be when what of mine waits has arrived.
    pub row: MessageRow,
    /// `None` while nothing told their name.
    pub sender: Option<Person>,
    /// Whom it names, as far as their names are here.
    pub named: Vec<Person>,
    pub mine: bool,
    /// I have blocked who wrote it.
    pub blocked: bool,
}

/// What a window shows beside its messages.
pub(crate) struct Marks {
    pub stars: BTreeSet<MessageId>,
    pub pins: BTreeSet<MessageId>,
}

impl Marks {
    pub async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Self> {
        let mut stars: BTreeSet<_> = star::of(tx, conversation).await?.into_iter().collect();
        let mut pins: BTreeSet<_> = pin::of(tx, conversation).await?.into_iter().map(|row| row.id).collect();
        for waiting in shown::marks(tx, Some(conversation)).await? {
            let marks = if waiting.pin { &mut pins } else { &mut stars };
            if waiting.on {
                marks.insert(waiting.message)
            } else {
                marks.remove(&waiting.message)
            };
        }
        Ok(Self { stars, pins })
    }
}

impl Replica {
    /// What I have starred, the newest first, also of conversations that I am not in any more. Not what is deleted or removed by now, and
    /// not what waits to be taken off: fewer than `limit` are all.
    pub async fn starred(&self, limit: u32) -> Result<Vec<Marked>> {
        self.stars(None, limit).await
    }

    /// The same of one conversation.
    pub async fn starred_in(&self, conversation: ConversationId, limit: u32) -> Result<Vec<Marked>> {
        self.stars(Some(conversation), limit).await
    }

    async fn stars(&self, of: Option<ConversationId>, limit: u32) -> Result<Vec<Marked>> {
        let mut tx = self.read().await?;
        let (mut on, mut off) = (BTreeMap::new(), BTreeSet::new());
        for waiting in shown::marks(&mut tx, of).await?.into_iter().filter(|waiting| !waiting.pin) {
            if waiting.on {
                on.insert(waiting.message, (waiting.conversation, waiting.at));
            } else {
                on.remove(&waiting.message);
                off.insert(waiting.message);
            }
        }
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut reader = Reader::new(&mut tx).await?;
        let mut marked: Vec<Marked> = vec![];
        let mut after = 0;
        loop {
            let rows = star::newest(reader.tx, of, after, limit).await?;
            let last = rows.len() < wanted;
            for StarRow { id: message, conversation, pos, at, .. } in rows {
                if off.contains(&message) {
                    continue;
                }
                on.remove(&message);
                if pos >= retention::pos(reader.tx, conversation).await? {
                    marked.extend(reader.marked(conversation, message, at).await?);
                }
            }
            if last || marked.len() >= wanted {
                break;
            }
            after = after.saturating_add(limit);
        }
        for (message, (conversation, at)) in on {
            marked.extend(reader.marked(conversation, message, at).await?);
        }
        let mut marked = newest_first(marked);
        marked.truncate(wanted);
        Ok(marked)
    }

    /// What is pinned in a conversation, what was pinned last first.
    pub async fn pins(&self, conversation: ConversationId) -> Result<Vec<Marked>> {
        let mut tx = self.read().await?;
        let me = account::my_id(&mut tx).await?;
        let mut pins: BTreeMap<MessageId, (Option<UserId>, Millis)> =
            pin::of(&mut tx, conversation).await?.into_iter().map(|row| (row.id, (Some(row.by), row.at))).collect();
        for waiting in shown::marks(&mut tx, Some(conversation)).await?.into_iter().filter(|waiting| waiting.pin) {
            if waiting.on {
                pins.entry(waiting.message).or_insert((me, waiting.at));
            } else {
                pins.remove(&waiting.message);
            }
        }
        let mut reader = Reader::new(&mut tx).await?;
        let mut marked = Vec::with_capacity(pins.len());
        for (message, (by, at)) in pins {
            let Some(mark) = reader.marked(conversation, message, at).await? else { continue };
            let by = match by {
                Some(by) => person::find(reader.tx, by).await?,
                None => None,
            };
            marked.push(Marked { by, ..mark });
        }
        Ok(newest_first(marked))
    }
}

/// What was marked last first.
pub(crate) fn newest_first(mut marked: Vec<Marked>) -> Vec<Marked> {
    marked.sort_by_key(|marked| std::cmp::Reverse((marked.at, marked.message)));
    marked
}

/// Whether a message that is not deleted is on this computer.
pub(crate) enum Found {
    Here(Box<Said>),
    NotHere,
}

impl Found {
    pub fn here(self) -> Option<Said> {
        if let Self::Here(said) = self { Some(*said) } else { None }
    }
}

/// Reads messages as they are shown, asking once for what many of them need.
pub(crate) struct Reader<'t> {
    tx: &'t mut SqliteConnection,
    me: Option<UserId>,
    blocked: BTreeSet<UserId>,
    waiting: BTreeMap<ConversationId, Projection>,
}

impl<'t> Reader<'t> {
    pub async fn new(tx: &'t mut SqliteConnection) -> Result<Self> {
        let (me, blocked) = (account::my_id(tx).await?, friends::blocked(tx).await?);
        Ok(Self { tx, me, blocked, waiting: BTreeMap::new() })
    }

    /// `None`: it is deleted or hidden, or will be as soon as what of mine waits has arrived.
    pub async fn said(&mut self, conversation: ConversationId, message: MessageId) -> Result<Option<Found>> {
        if hidden::is_put_away(self.tx, message).await? {
            return Ok(None);
        }
        let Some(mut row) = message::visible(self.tx, conversation, message).await? else { return Ok(Some(Found::NotHere)) };
        if !self.waiting.contains_key(&conversation) {
            let waiting = Projection::of(self.tx, conversation).await?;
            self.waiting.insert(conversation, waiting);
        }
        if let Some(projection) = self.waiting.get(&conversation) {
            projection.lay_over(&mut row);
        }
        if row.body.is_none() {
            return Ok(None);
        }
        let sender = person::find(self.tx, row.sender).await?;
        let named = person::named(self.tx, row.body.as_ref()).await?;
        let (mine, blocked) = (self.me == Some(row.sender), self.blocked.contains(&row.sender));
        Ok(Some(Found::Here(Box::new(Said { row, sender, named, mine, blocked }))))
    }

    /// The same of a message that is marked since a time. By whom is not told.
    pub async fn marked(&mut self, conversation: ConversationId, message: MessageId, at: Millis) -> Result<Option<Marked>> {
        let said = self.said(conversation, message).await?;
        Ok(said.map(|said| Marked { conversation, message, at, by: None, said: said.here() }))
    }
}
