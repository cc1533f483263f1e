//! From what came to the system's notifications: the rules are asked about each message, and what they said is kept.

use super::{Client, lock};
use crate::{
    engine::wall_ms,
    notice::{self, Focus, Notice, Place, Said},
    rules::{self, Facts},
    session::Session,
    view::{NotifyLevel, Settings},
};
use hearth_protocol::{
    Millis, Pos,
    body::Body,
    ids::{ConversationId, MessageId},
    rows::{MessageRow, NotificationLevel, NotificationRow},
};
use hearth_replica::{At, ConversationItem, Item, NewMessage, Result, TimelineMessage};
use std::collections::{BTreeMap, BTreeSet};

/// What is on the screen of the system, and what is still to be told of.
#[derive(Default)]
pub(super) struct Telling {
    /// The conversations that have a notification, and which message it shows.
    shown: BTreeMap<ConversationId, (MessageId, Pos)>,
    /// Conversations with messages that came while away, since the last catching up, and the newest of these by their places.
    missed: BTreeMap<ConversationId, BTreeMap<Pos, MessageId>>,
}

/// Of a conversation the newest so many are looked through for what is for their reader by one of their words: after a long absence there
/// may be a hundred thousand.
const WORDED_MAX: usize = 200;

impl Telling {
    /// They came while away: they are told of all at once.
    pub(super) fn miss(&mut self, messages: &[NewMessage]) {
        for NewMessage { conversation, message } in messages {
            let newest = self.missed.entry(*conversation).or_default();
            newest.insert(message.pos, message.id);
            if newest.len() > WORDED_MAX {
                newest.pop_first();
            }
        }
    }
}

/// How its reader wants to be told and what they look at, at one moment.
pub(super) struct Moment {
    pub settings: Settings,
    pub focus: Focus,
    pub idle: bool,
    pub now: Millis,
}

impl Client {
    pub(super) fn moment(&self, session: &Session) -> Moment {
        Moment { settings: self.settings(), focus: *lock(&self.0.focus), idle: session.is_idle(), now: wall_ms() }
    }

    /// One notification per conversation, for the newest message of which its person is told there.
    pub(super) async fn notify(&self, session: &Session, telling: &mut Telling, news: Vec<NewMessage>) {
        let mut by_conversation: BTreeMap<ConversationId, Vec<NewMessage>> = BTreeMap::new();
        for new in news {
            by_conversation.entry(new.conversation).or_default().push(new);
        }
        let moment = self.moment(session);
        for (conversation, news) in by_conversation {
            let Ok(Some(line)) = session.replica.conversation(conversation).await else { continue };
            let mut last = None;
            for new in news {
                let Ok(facts) = facts(session, &line, &new.message, &moment).await else { continue };
                let verdict = rules::decide(&facts);
                let told = verdict.told;
                lock(&session.told).keep((conversation, new.message.id, new.message.pos), &facts, verdict, moment.now);
                if told {
                    last = Some(new);
                }
            }
            let Some(new) = last else { continue };
            if let Some((said, pos)) = self.said(session, line, new, &moment).await {
                telling.shown.insert(conversation, (said.message, pos));
                self.give_notice(Notice::Show(said));
            }
        }
    }

    /// What to show: where its person is told of everything it is the newest message, which may have come after `new`, because count and
    /// text belong together; where they are told of what is for them it is that.
    async fn said(&self, session: &Session, line: ConversationItem, new: NewMessage, moment: &Moment) -> Option<(Said, Pos)> {
        let everything = matches!(line.level, NotificationLevel::All | NotificationLevel::Unknown) && !rules::is_muted(&line, moment.now);
        let newest = if everything && !new.message.is_aside() {
            session.replica.timeline(new.conversation, At::End, 1).await.ok()?.messages.pop()
        } else {
            None
        };
        let (message, sender) = match newest {
            Some(TimelineMessage { item: Item::Row(message), sender, mine: false, blocked: false, .. }) if is_said(&message) => {
                (message, sender)
            }
            // Something has happened to it since, I wrote something since, or somebody whom I have blocked did, or it waits in the outbox.
            _ => (new.message.clone(), session.replica.person(new.message.sender).await.ok().flatten()),
        };
        let Moment { settings, now, .. } = moment;
        let text = match settings.notify {
            NotifyLevel::Text => Some(words(session, &message).await.ok()?),
            NotifyLevel::Sender | NotifyLevel::Nothing => None,
        };
        let by_keyword = lock(&session.told).by_keyword(line.id);
        let keywords = worded(session, &line, by_keyword, &settings.keywords).await.ok()?;
        // It counts itself, whatever has not come yet.
        let unread = rules::counted(&line, keywords, settings.mentions_break_mute, *now).max(1);
        let line = super::conversations::item_view(line);
        let sender = sender.map(|person| super::people::full_name(&person)).unwrap_or_default();
        let place = Place::new(line.kind, line.name);
        Some((Said { conversation: line.id, message: message.id, sender, place, unread, text }, message.pos))
    }

    /// One for each thing that comes into the inbox while the window is not looked at.
    pub(super) async fn notify_of(&self, session: &Session, asked: Vec<NotificationRow>) {
        let Moment { settings, focus, now, .. } = self.moment(session);
        if asked.is_empty() || focus.focused || rules::is_silent(&settings, now) {
            return;
        }
        let Ok(inbox) = session.replica.inbox(super::inbox::INBOX_MAX).await else { return };
        for told in inbox.iter().filter(|told| !told.read && asked.iter().any(|row| row.id == told.id)) {
            if let Some(notice) = notice::told(&told.what, settings.notify) {
                self.give_notice(notice);
            }
        }
    }

    /// Read here or elsewhere, deleted, or not mine to see any more: its notification goes.
    pub(super) async fn withdraw(&self, session: &Session, telling: &mut Telling, changed: &BTreeSet<ConversationId>) {
        let shown: Vec<_> = telling.shown.iter().filter(|(at, _)| changed.contains(*at)).map(|(at, what)| (*at, *what)).collect();
        for (conversation, (message, pos)) in shown {
            if is_over(session, conversation, message, pos).await.unwrap_or(false) {
                telling.shown.remove(&conversation);
                self.give_notice(Notice::Withdraw { conversation });
            }
        }
    }

    pub(super) async fn summarise(&self, session: &Session, telling: &mut Telling) {
        let missed = std::mem::take(&mut telling.missed);
        let Moment { settings, now, .. } = self.moment(session);
        if rules::is_silent(&settings, now) {
            return;
        }
        let mut unread: u32 = 0;
        let mut conversations = vec![];
        for (conversation, newest) in missed {
            let Ok(Some(line)) = session.replica.conversation(conversation).await else { continue };
            let keywords = worded(session, &line, newest.into_values().collect(), &settings.keywords).await.unwrap_or(0);
            let counted = rules::counted(&line, keywords, settings.mentions_break_mute, now);
            if counted > 0 {
                unread = unread.saturating_add(counted);
                conversations.push(conversation);
            }
        }
        if let Some(notice) = notice::summary(unread, &conversations) {
            self.give_notice(notice);
        }
    }

    fn give_notice(&self, notice: Notice) {
        // Without a shell that listens there is nothing to show it on.
        let _ = self.0.notices.send(notice);
    }
}

/// What the rules look at.
pub(super) async fn facts(session: &Session, line: &ConversationItem, message: &MessageRow, moment: &Moment) -> Result<Facts> {
    let Moment { settings, focus, idle, now } = moment;
    // Of a thread that nobody has drawn me into I am told as where I want to hear of what is for me.
    let root = aside_of(message);
    let reading = match root {
        Some(root) => session.replica.reading(root).await?.filter(|reading| reading.following),
        None => None,
    };
    let everything = matches!(line.level, NotificationLevel::All | NotificationLevel::Unknown);
    Ok(Facts {
        mine: message.sender == session.user,
        blocked: session.replica.is_blocked(message.sender).await?,
        read: message.pos <= reading.map_or(line.read_pos, |reading| reading.pos),
        named: names_me(session, message),
        answered: answers_me(session, message).await?,
        keyword: keyword(session, message, &settings.keywords).await?,
        muted: rules::is_muted(line, *now),
        level: if everything && root.is_some() && reading.is_none() { NotificationLevel::Mentions } else { line.level },
        mentions_break_mute: settings.mentions_break_mute,
        shown: settings.notify,
        do_not_disturb: settings.is_undisturbed(*now),
        quiet_hours: rules::is_quiet_hour(&settings.quiet_hours, *now),
        idle: *idle,
        on_screen: focus.is_on(line.id, root),
    })
}

/// What was shown of it is nothing to be told of any more.
async fn is_over(session: &Session, conversation: ConversationId, message: MessageId, pos: Pos) -> Result<bool> {
    let Some(line) = session.replica.conversation(conversation).await? else { return Ok(true) };
    let row = session.replica.message_row(conversation, message).await?;
    let Some(row) = row.filter(|row| row.body.is_some()) else { return Ok(true) };
    Ok((line.unread == 0 && aside_of(&row).is_none()) || pos <= read_to(session, &line, &row).await?)
}

/// The root of the thread in which alone a message stands.
fn aside_of(message: &MessageRow) -> Option<MessageId> {
    message.thread_root.filter(|_| message.is_aside())
}

/// How far I have read what a message is read with: an aside its thread, if I have ever stood to it, any other one its conversation. Of a
/// thread to which I never have, the conversation is all there is to read.
async fn read_to(session: &Session, line: &ConversationItem, message: &MessageRow) -> Result<Pos> {
    match aside_of(message) {
        Some(root) => Ok(session.replica.reading(root).await?.map_or(line.read_pos, |reading| reading.pos)),
        None => Ok(line.read_pos),
    }
}

/// Somebody wrote it.
fn is_said(message: &MessageRow) -> bool {
    message.body.as_ref().is_some_and(|body| !body.is_system())
}

async fn words(session: &Session, message: &MessageRow) -> Result<String> {
    let named = session.replica.named(message.body.as_ref()).await?;
    Ok(super::mentions::words(message.body.as_ref(), &named))
}

async fn keyword(session: &Session, message: &MessageRow, keywords: &[String]) -> Result<Option<String>> {
    if keywords.is_empty() {
        return Ok(None);
    }
    Ok(rules::keyword_in(&words(session, message).await?, keywords))
}

/// How many of these messages, of the first so many, are for their reader by one of their words alone and not read: as they are by now, and
/// not what somebody wrote whom they have blocked.
async fn worded(session: &Session, line: &ConversationItem, messages: Vec<MessageId>, keywords: &[String]) -> Result<u32> {
    let mut found = 0;
    for id in messages.into_iter().take(if keywords.is_empty() { 0 } else { WORDED_MAX }) {
        let Some(message) = session.replica.message_row(line.id, id).await?.filter(is_said) else { continue };
        let for_me = message.pos > read_to(session, line, &message).await?
            && keyword(session, &message, keywords).await?.is_some()
            && !names_me(session, &message)
            && !answers_me(session, &message).await?
            && !session.replica.is_blocked(message.sender).await?;
        found += u32::from(for_me);
    }
    Ok(found)
}

fn names_me(session: &Session, message: &MessageRow) -> bool {
    message.body.as_ref().is_some_and(|body| calls_everyone(body) || body.mentions().any(|named| named == session.user))
}

/// As the server has it: nobody is called by what cannot be seen.
fn calls_everyone(body: &Body) -> bool {
    let sees = |text: &str| text.to_lowercase().contains(&format!("@{}", hearth_text::EVERYONE));
    body.names_everyone() && body.searchable().is_some_and(sees)
}

async fn answers_me(session: &Session, message: &MessageRow) -> Result<bool> {
    match message.reply_to {
        Some(original) => session.replica.is_mine(original).await,
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_protocol::ids::UserId;

    #[test]
    fn of_what_came_while_away_the_newest_are_looked_through() {
        let (conversation, mut telling) = (ConversationId::new(), Telling::default());
        let came = |pos| {
            let (id, sender, body) = (MessageId::new(), UserId::new(), Some(Body::text("lamp")));
            let message = MessageRow {
                id,
                pos,
                sender,
                body,
                created_at: 1,
                edited_at: None,
                revision: 0,
                reply_to: None,
                forwarded: false,
                thread_root: None,
                in_conversation: false,
            };
            NewMessage { conversation, message }
        };
        // Pages come from the newest backwards as well.
        for pages in [400..1_000, 1..400] {
            telling.miss(&pages.map(came).collect::<Vec<_>>());
        }
        let places: Vec<Pos> = telling.missed[&conversation].keys().copied().collect();
        assert_eq!(places, (800..1_000).collect::<Vec<Pos>>());
    }

    #[test]
    fn everyone_is_called_where_one_can_see_it() {
        let calls = |text: &str| calls_everyone(&Body::text(text).calling_everyone());
        assert_eq!(["@everyone, home", "look up, @Everyone", "between the lines"].map(calls), [true, true, false]);
        assert!(!calls_everyone(&Body::text("@everyone is a word")));
    }
}
