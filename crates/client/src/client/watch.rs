//! From what happens in the engine to what the page and the system are told.

use super::{Client, telling::Telling};
use crate::{
    api::SessionEnd,
    engine::{Changed, Happened, wall_ms},
    session::Session,
    view::{Connection, Status, Update},
};
use hearth_protocol::{
    ephemeral::{EphemeralFrom, Signal},
    ids::{ConversationId, UserId},
};
use hearth_replica::NewMessage;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::{sync::mpsc, time::timeout};

/// News taken together: during catch-up thousands arrive, and the page wants one update for them.
const AT_ONCE: usize = 256;

#[derive(Default)]
struct Watch {
    status: Status,
    telling: Telling,
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
            let mut collections_changed = false;
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
                        collections,
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
                        collections_changed |= collections;
                        inbox_changed |= inbox;
                        changed.extend(conversations);
                        self.stop_typing(&mut watch, &messages);
                        back.extend(taken_back);
                        if live {
                            news.extend(messages);
                            asked.extend(told);
                        } else {
                            watch.telling.miss(&messages);
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
            self.notify(&session, &mut watch.telling, news).await;
            self.notify_of(&session, asked).await;
            self.withdraw(&session, &mut watch.telling, &changed).await;
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
            if collections_changed {
                self.tell(Update::Collections);
            }
            if inbox_changed {
                self.tell(Update::Inbox);
            }
            self.tell_taken_back(&session, back).await;
            self.tell_status(&session, &mut watch.status).await;
            if caught_up {
                session.tell_screen().await;
                self.summarise(&session, &mut watch.telling).await;
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
            self.tell(Update::Collections);
            self.look_at_my_name(session).await;
        }
        self.tell(Update::Status { status: self.status(session).await });
    }

    pub(super) async fn set_connection(&self, session: &Session, connection: Connection) {
        if session.set_connection(connection) {
            self.tell(Update::People);
        }
        self.tell(Update::Status { status: self.status(session).await });
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
        let status = self.status(session).await;
        if *last != status {
            *last = status.clone();
            self.tell(Update::Status { status });
        }
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
