//! Stars and what I have hidden, which are mine alone, and pins, which are everybody's.

use super::{Client, conversations::item_view, mentions::words, people::person_view};
use crate::{
    session::Session,
    view::{MarkedView, PinList, Problem, SaidView, StarredPage},
};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    limits,
    mutations::{HideMessage, PinMessage, Star},
    rows::ConversationKind,
};
use hearth_replica::{ConversationItem, Marked, Said};
use std::collections::BTreeMap;

impl Client {
    /// Stars a message for me, on all my devices, or takes its star off; it goes out by itself.
    pub async fn star(&self, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
        self.enqueue(Star { conversation, message, on }.into()).await.map(drop)
    }

    /// What I have starred, the newest first, in the conversations that I am in. Answers offline like online.
    pub async fn list_starred(&self, limit: u32) -> Result<StarredPage, Problem> {
        let session = self.session()?;
        let limit = stars_at_most(limit);
        let starred = session.checked(session.replica.starred(limit.saturating_add(1)).await)?;
        page(&session, starred, limit).await
    }

    /// The same of one conversation.
    pub async fn list_starred_in(&self, conversation: ConversationId, limit: u32) -> Result<StarredPage, Problem> {
        let session = self.session()?;
        let limit = stars_at_most(limit);
        let starred = session.checked(session.replica.starred_in(conversation, limit.saturating_add(1)).await)?;
        page(&session, starred, limit).await
    }

    /// Hides a message for me, on all my devices, or shows it again; it goes out by itself. Who hides something has seen it: up to there it is
    /// read.
    pub async fn hide_message(&self, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
        let session = self.session()?;
        if on && let Some(row) = session.checked(session.replica.message_row(conversation, message).await)? {
            match row.thread_root.filter(|_| row.is_aside()) {
                Some(root) => self.read_thread(conversation, root, row.pos).await?,
                None => self.mark_read(conversation, row.pos).await?,
            }
        }
        self.enqueue(HideMessage { conversation, message, on }.into()).await.map(drop)
    }

    /// Pins a message for everybody in its conversation, or unpins it; it goes out by itself.
    pub async fn pin_message(&self, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
        self.enqueue(PinMessage { conversation, message, on }.into()).await.map(drop)
    }

    /// What is pinned there, what was pinned last first, and whether I may change that. Answers offline like online.
    pub async fn list_pins(&self, conversation: ConversationId) -> Result<PinList, Problem> {
        let session = self.session()?;
        let Some(line) = line(&session, conversation).await? else { return Ok(PinList { items: vec![], may: false }) };
        let may = may_pin(&session, &line).await?;
        let name = item_view(line).name;
        let pins = session.checked(session.replica.pins(conversation).await)?;
        Ok(PinList { items: pins.into_iter().map(|pin| marked_view(pin, name.clone())).collect(), may })
    }
}

fn stars_at_most(limit: u32) -> u32 {
    limit.min(u32::try_from(limits::STARS_MAX).unwrap_or(u32::MAX))
}

/// The first so many of them, as the page shows them; one more says that there are more.
pub(super) async fn page(session: &Session, mut marked: Vec<Marked>, limit: u32) -> Result<StarredPage, Problem> {
    let more = marked.len() > limit as usize;
    marked.truncate(limit as usize);
    let mut names: BTreeMap<ConversationId, Option<String>> = BTreeMap::new();
    let mut items = Vec::with_capacity(marked.len());
    for one in marked {
        let name = match names.get(&one.conversation) {
            Some(name) => name.clone(),
            None => {
                let name = line(session, one.conversation).await?.map(|line| item_view(line).name);
                names.insert(one.conversation, name.clone());
                name
            }
        };
        // What I am not in any more has no line, and comes back with it.
        items.extend(name.map(|name| marked_view(one, name)));
    }
    Ok(StarredPage { items, more })
}

pub(super) async fn line(session: &Session, conversation: ConversationId) -> Result<Option<ConversationItem>, Problem> {
    Ok(session.checked(session.replica.conversation(conversation).await)?)
}

/// In a channel those who manage its group, elsewhere everybody who is there. It is the server's own rule: nobody is offered what it would
/// refuse.
async fn may_pin(session: &Session, line: &ConversationItem) -> Result<bool, Problem> {
    if line.kind != ConversationKind::Channel {
        return Ok(true);
    }
    let groups = session.checked(session.replica.groups().await)?;
    let home = line.group.as_ref().and_then(|(home, _)| groups.iter().find(|group| group.id == *home));
    Ok(home.is_some_and(|group| group.role.manages()))
}

fn marked_view(marked: Marked, name: String) -> MarkedView {
    let Marked { conversation, message, at, by, said } = marked;
    MarkedView { message, conversation, name, at, by: by.as_ref().map(person_view), said: said.map(said_view) }
}

pub(super) fn said_view(said: Said) -> SaidView {
    let Said { row, sender, named, mine, blocked } = said;
    let body = row.body.as_ref().filter(|_| !blocked);
    SaidView { sender: sender.as_ref().map(person_view), mine, blocked, text: words(body, &named), at: row.created_at }
}
