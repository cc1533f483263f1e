//! From what happens in the engine to what the page and the system are told.

use super::{Client, lock};
use crate::{
    api::SessionEnd,
    engine::{Changed, Happened, wall_ms},
    notice::{self, Candidate, Notice},
    session::Session,
    view::{Connection, Status, Update},
};
use hearth_protocol::{
    ephemeral::{EphemeralFrom, Signal},
    ids::{ConversationId, UserId},
    rows::{MessageRow, NotificationLevel, NotificationRow},
};
use hearth_replica::{At, ConversationItem, Item, NewMessage, TimelineMessage};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::mpsc, time::timeout};

/// News taken together: during catch-up thousands arrive, and the page wants one update for them.
const AT_ONCE: usize = 256;

#[derive(Default)]
struct Watch {
    status: Status,
    /// Conversations with a notification on the screen.
    shown: BTreeSet<ConversationId>,
    /// Conversations with messages that came while away, since the last catching up.
    missed: BTreeSet<ConversationId>,
    /// Who was said to be typing and has not sent anything since.
    typing: BTreeSet<(ConversationId, UserId)>,
}

impl Client {
    /// Runs as long as the engine does.
    pub(super) async fn watch(self, session: Arc<Session>, mut happened: mpsc::Receiver<Happened>) {
        let mut watch = Watch::default();
        let mut batch = Vec::with_capacity(AT_ONCE);
        while next(&session, &mut happened, &mut batch).await {
            if batch.is_empty() {
                // A mute has ended: what waits there counts again.
                self.tell(Update::Conversations);
                self.tell_status(&session, &mut watch.status).await;
                continue;
            }
            let mut changed = BTreeSet::new();
            let (mut people_changed, mut groups_changed, mut devices_changed, mut friends_changed, mut inbox_changed) = Default::default();
            let mut asked = Vec::new();
            let mut news = Vec::new();
            let mut back = Vec::new();
            let mut caught_up = false;
            for event in batch.drain(..) {
                match event {
                    Happened::Connection(connection) => people_changed |= session.set_connection(connection),
                    Happened::Changed(Changed {
                        conversations,
                        people,
                        groups,
                        devices,
                        friends,
                        inbox,
                        told,
                        messages,
                        live,
                        taken_back,
                    }) => {
                        people_changed |= people;
                        groups_changed |= groups;
                        devices_changed |= devices;
                        friends_changed |= friends;
                        inbox_changed |= inbox;
                        changed.extend(conversations);
                        self.stop_typing(&mut watch, &messages);
                        back.extend(taken_back);
                        if live {
                            news.extend(messages);
                            asked.extend(told);
                        } else {
                            watch.missed.extend(messages.iter().map(|new| new.conversation));
                        }
                    }
                    Happened::CaughtUp => caught_up = true,
                    Happened::Present(people) => {
                        session.set_presence(people);
                        people_changed = true;
                    }
                    Happened::Signalled(from) => self.show_typing(&session, &mut watch, from).await,
                    Happened::SessionEnded { end } => self.end(&session, end).await,
                }
            }
            // Notices are decided by what was on the screen when the message came, so before the page hears of it.
            self.notify(&session, &mut watch, news).await;
            self.notify_of(&session, asked).await;
            self.withdraw(&session, &mut watch, &changed).await;
            self.tell_changed(&changed);
            if people_changed {
                self.tell(Update::People);
                self.look_at_my_name(&session).await;
            }
            if groups_changed {
                self.tell(Update::Groups);
            }
            if devices_changed {
                self.tell(Update::Devices);
            }
            if friends_changed {
                self.tell(Update::Friends);
            }
            if inbox_changed {
                self.tell(Update::Inbox);
            }
            self.tell_taken_back(&session, back).await;
            self.tell_status(&session, &mut watch.status).await;
            if caught_up {
                session.tell_screen().await;
                self.summarise(&session, &mut watch).await;
            }
        }
    }

    async fn show_typing(&self, session: &Session, watch: &mut Watch, from: EphemeralFrom) {
        let EphemeralFrom { conversation, user, signal: Signal::Typing, ttl_ms } = from;
        // Whose name is not here yet is not announced.
        if let Ok(Some(person)) = session.replica.person(user).await {
            watch.typing.insert((conversation, user));
            self.tell(Update::Typing { conversation, user, name: person.first_name, ttl_ms });
        }
    }

    /// What they were typing is here.
    fn stop_typing(&self, watch: &mut Watch, messages: &[NewMessage]) {
        for NewMessage { conversation, message } in messages {
            if watch.typing.remove(&(*conversation, message.sender)) {
                self.tell(Update::Typing { conversation: *conversation, user: message.sender, name: String::new(), ttl_ms: 0 });
            }
        }
    }

    /// For changes made here: the page asks again, the numbers are told again.
    pub(super) async fn changed_here(&self, session: &Session, conversation: Option<ConversationId>) {
        self.tell_changed(&conversation.into_iter().collect());
        if conversation.is_none() {
            // What is of no conversation may be of a group.
            self.tell(Update::Groups);
            self.look_at_my_name(session).await;
        }
        self.tell(Update::Status { status: session.status().await });
    }

    pub(super) async fn set_connection(&self, session: &Session, connection: Connection) {
        if session.set_connection(connection) {
            self.tell(Update::People);
        }
        self.tell(Update::Status { status: session.status().await });
    }

    fn tell_changed(&self, conversations: &BTreeSet<ConversationId>) {
        if conversations.is_empty() {
            return;
        }
        for conversation in conversations {
            self.tell(Update::Timeline { conversation: *conversation });
        }
        self.tell(Update::Conversations);
    }

    async fn tell_status(&self, session: &Session, last: &mut Status) {
        let status = session.status().await;
        if *last != status {
            *last = status.clone();
            self.tell(Update::Status { status });
        }
    }

    /// One notification per conversation, for the newest message of which its person is told there.
    async fn notify(&self, session: &Session, watch: &mut Watch, news: Vec<NewMessage>) {
        let mut by_conversation: BTreeMap<ConversationId, Vec<NewMessage>> = BTreeMap::new();
        for new in news {
            by_conversation.entry(new.conversation).or_default().push(new);
        }
        for (conversation, mut news) in by_conversation {
            let Ok(Some(line)) = session.replica.conversation(conversation).await else { continue };
            let told_of = notice::level(&line, wall_ms());
            let Some(new) = (match told_of {
                NotificationLevel::All | NotificationLevel::Unknown => news.pop(),
                NotificationLevel::Mentions => last_for_me(session, news).await,
                NotificationLevel::Nothing => None,
            }) else {
                continue;
            };
            let Some(candidate) = self.candidate(session, line, new, told_of).await else { continue };
            let level = self.0.profile.settings().notify;
            let focus = *lock(&self.0.focus);
            if let Some(notice) = notice::decide(&candidate, level, focus) {
                watch.shown.insert(candidate.conversation);
                self.give_notice(notice);
            }
        }
    }

    /// One for each thing that comes into the inbox while the window is not looked at.
    async fn notify_of(&self, session: &Session, asked: Vec<NotificationRow>) {
        if asked.is_empty() || lock(&self.0.focus).focused {
            return;
        }
        let Ok(inbox) = session.replica.inbox(super::inbox::INBOX_MAX).await else { return };
        let level = self.0.profile.settings().notify;
        for told in inbox.iter().filter(|told| !told.read && asked.iter().any(|row| row.id == told.id)) {
            if let Some(notice) = notice::told(&told.what, level) {
                self.give_notice(notice);
            }
        }
    }

    /// The newest message of the conversation, which may have come after `new`: count and text belong together. Who is told of what is for
    /// them is told of that.
    async fn candidate(&self, session: &Session, line: ConversationItem, new: NewMessage, told_of: NotificationLevel) -> Option<Candidate> {
        let newest = if told_of == NotificationLevel::Mentions {
            None
        } else {
            session.replica.timeline(new.conversation, At::End, 1).await.ok()?.messages.pop()
        };
        let (message, sender) = match newest {
            Some(TimelineMessage { item: Item::Row(message), sender, mine: false, blocked: false, .. }) if is_said(&message) => {
                (message, sender)
            }
            // Something has happened to it since, I wrote something since, or somebody whom I have blocked did, or it waits in the outbox.
            _ => (new.message.clone(), session.replica.person(new.message.sender).await.ok().flatten()),
        };
        let named = session.replica.named(message.body.as_ref()).await.ok()?;
        let unread = notice::counted(&line, told_of);
        let line = super::conversations::item_view(line);
        Some(Candidate {
            conversation: line.id,
            conversation_name: line.name,
            kind: line.kind,
            message: message.id,
            sender: sender.map(|person| super::people::full_name(&person)).unwrap_or_default(),
            text: super::mentions::words(message.body.as_ref(), &named),
            unread,
        })
    }

    /// Read here or elsewhere: its notification goes.
    async fn withdraw(&self, session: &Session, watch: &mut Watch, changed: &BTreeSet<ConversationId>) {
        let candidates: Vec<_> = watch.shown.intersection(changed).copied().collect();
        for conversation in candidates {
            if let Ok(Some(item)) = session.replica.conversation(conversation).await
                && item.unread == 0
            {
                watch.shown.remove(&conversation);
                self.give_notice(Notice::Withdraw { conversation });
            }
        }
    }

    async fn summarise(&self, session: &Session, watch: &mut Watch) {
        let mut unread = 0;
        let mut conversations = vec![];
        for conversation in std::mem::take(&mut watch.missed) {
            let Ok(Some(line)) = session.replica.conversation(conversation).await else { continue };
            let counted = notice::counted(&line, notice::level(&line, wall_ms()));
            if counted > 0 {
                unread += counted;
                conversations.push(conversation);
            }
        }
        let only = if let [only] = conversations.as_slice() { Some(*only) } else { None };
        let level = self.0.profile.settings().notify;
        if let Some(notice) = notice::summary(unread, conversations.len(), only, level) {
            self.give_notice(notice);
        }
    }

    fn give_notice(&self, notice: Notice) {
        // Without a shell that listens there is nothing to show it on.
        let _ = self.0.notices.send(notice);
    }

    /// What ended the session is remembered first, so that it stays closed whatever happens meanwhile. Closing the session waits for
    /// what this task still has to read, so it is another one's.
    pub(super) async fn end(&self, session: &Arc<Session>, end: Option<SessionEnd>) {
        if let Some(end) = &end
            && let Err(error) = self.0.folder.set_ended(Some(end))
        {
            tracing::warn!(%error, "what ended the session is not kept");
        }
        self.forget_token().await;
        if let Some(end) = end {
            tokio::spawn(self.clone().lock_out(session.clone(), end));
        }
    }

    /// The token is worth nothing any more; the key and the replica stay.
    async fn forget_token(&self) {
        let forgotten = async {
            let mut secrets = self.0.secrets.read().await?;
            secrets.token = None;
            self.0.secrets.write(secrets).await
        };
        if let Err(closed) = forgotten.await {
            tracing::warn!(?closed, "the ended session's token could not be removed");
        }
    }
}

/// Waits for news, or until a mute ends: then there are none. `false`: there will be none any more.
async fn next(session: &Session, happened: &mut mpsc::Receiver<Happened>, batch: &mut Vec<Happened>) -> bool {
    let ends = session.replica.next_mute_end(wall_ms()).await.ok().flatten();
    let left = ends.and_then(|at| u64::try_from(at - wall_ms()).ok()).map(Duration::from_millis);
    let news = happened.recv_many(batch, AT_ONCE);
    match left {
        Some(left) => timeout(left, news).await.map_or(true, |count| count > 0),
        None => news.await > 0,
    }
}

/// Somebody wrote it.
fn is_said(message: &MessageRow) -> bool {
    message.body.as_ref().is_some_and(|body| !body.is_system())
}

/// The newest of them that names or answers me.
async fn last_for_me(session: &Session, mut news: Vec<NewMessage>) -> Option<NewMessage> {
    while let Some(new) = news.pop() {
        // News are what others have said: who names everyone is not among them.
        let named =
            new.message.body.as_ref().is_some_and(|body| body.names_everyone() || body.mentions().any(|named| named == session.user));
        if named || answers_me(session, &new).await {
            return Some(new);
        }
    }
    None
}

async fn answers_me(session: &Session, new: &NewMessage) -> bool {
    match new.message.reply_to {
        Some(original) => session.replica.is_mine(original).await.unwrap_or(false),
        None => false,
    }
}
