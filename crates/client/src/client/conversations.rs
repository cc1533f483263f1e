//! The list, timelines, drafts: what the replica has, in the page's words.

use super::{
    Client,
    mentions::{drawn_in, words},
    ordered::{asked, comparing},
    outbox::{change_view, delivery, is_forwarded},
    people::{full_name, person_view},
    replies::quote_view,
    threads::thread_view,
};
use crate::{
    engine::wall_ms,
    kinds::kind_of,
    session::Session,
    view::{
        At, Content, ConversationItem, Edge, Filter, GroupOf, HappenedTo, HappenedView, LastMessage, ListOrder, ListSection, Me,
        MessageView, Problem, ReactionView, TimelinePage,
    },
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, GroupId, MessageId, UserId},
    limits,
    rows::Person,
    system::SystemEvent,
};
use hearth_replica::{OutboxEntry, OutboxState};
use hearth_text::Nameable;
use std::collections::BTreeMap;

/// Lines of one call; more than any list shows at once.
const LINES_MAX: u32 = 10_000;

impl Client {
    /// Whether this account has a conversation, as far as it is open.
    pub async fn has_conversation(&self, conversation: ConversationId) -> bool {
        let Ok(session) = self.session() else { return false };
        session.checked(session.replica.conversation(conversation).await).is_ok_and(|found| found.is_some())
    }

    /// The first `limit` lines of the list.
    pub async fn list_conversations(&self, filter: Filter, order: ListOrder, limit: u32) -> Result<Vec<ConversationItem>, Problem> {
        let session = self.session()?;
        let compare = comparing(self.0.profile.language.spoken().unwrap_or_default().language())?;
        let items = session.replica.conversations_in(wanted(filter), asked(order, &compare), limit.min(LINES_MAX)).await;
        let items = session.checked(items)?;
        Ok(items.into_iter().map(item_view).collect())
    }

    /// The same in sections by group: what is of none first, then the groups by name. Of those that are not folded the first `limit` lines
    /// are there; `None` among the folded ones is what is of no group.
    pub async fn list_sections(
        &self,
        filter: Filter,
        order: ListOrder,
        folded: &[Option<GroupId>],
        limit: u32,
    ) -> Result<Vec<ListSection>, Problem> {
        let session = self.session()?;
        let compare = comparing(self.0.profile.language.spoken().unwrap_or_default().language())?;
        let sections = session.replica.sections(wanted(filter), asked(order, &compare), folded, limit.min(LINES_MAX), wall_ms()).await;
        Ok(session.checked(sections)?.into_iter().map(section_view).collect())
    }

    /// A window of a conversation's messages.
    ///
    /// # Errors
    /// `not_found` when `At::Message` is not on this computer: what is shown must not change then.
    pub async fn open_timeline(&self, conversation: ConversationId, at: At) -> Result<TimelinePage, Problem> {
        let session = self.session()?;
        let at = match at {
            At::Unread => hearth_replica::At::Unread,
            At::End => hearth_replica::At::End,
            At::Message { id } => hearth_replica::At::Message(id),
            At::Before { pos } => hearth_replica::At::Before(pos),
            At::After { pos } => hearth_replica::At::After(pos),
        };
        let rows = match session.checked(session.replica.timeline(conversation, at, limits::TIMELINE_PAGE).await) {
            Err(hearth_replica::Error::NoSuchMessage) => {
                return Err(Problem::new(
                    "not_found",
                    "This message is not on this computer yet. It is being fetched; try again in a moment.",
                ));
            }
            other => other?,
        };
        let me = session.me();
        Ok(TimelinePage {
            conversation,
            messages: rows.messages.into_iter().map(|message| message_view(message, &me)).collect(),
            before: edge(rows.before),
            after: edge(rows.after),
            read_pos: rows.read_pos,
            unread: rows.unread,
            removed: rows.removed,
        })
    }

    /// Keeps what stands in a composer, and what it is to answer; an empty text that answers nothing removes it.
    pub async fn save_draft(&self, conversation: ConversationId, text: &str, reply_to: Option<MessageId>) -> Result<(), Problem> {
        let session = self.session()?;
        session.checked(session.replica.save_draft(conversation, text, reply_to).await)?;
        self.draft_kept(&session, conversation).await
    }

    /// The same of the box of a thread.
    pub async fn save_thread_draft(
        &self,
        conversation: ConversationId,
        root: MessageId,
        text: &str,
        reply_to: Option<MessageId>,
    ) -> Result<(), Problem> {
        let session = self.session()?;
        session.checked(session.replica.save_thread_draft(conversation, root, text, reply_to).await)?;
        self.draft_kept(&session, conversation).await
    }

    async fn draft_kept(&self, session: &Session, conversation: ConversationId) -> Result<(), Problem> {
        if session.checked(session.replica.give_up_draft(conversation, wall_ms()).await)? {
            self.changed_here(session, None).await;
        }
        self.tell(crate::view::Update::Conversations);
        Ok(())
    }
}

fn wanted(filter: Filter) -> hearth_replica::Filter {
    match filter {
        Filter::All => hearth_replica::Filter::Current,
        Filter::Archived => hearth_replica::Filter::Archived,
        Filter::Unread => hearth_replica::Filter::Unread,
        Filter::Direct => hearth_replica::Filter::Direct,
        Filter::Groups => hearth_replica::Filter::Groups,
    }
}

fn section_view(section: hearth_replica::Section) -> ListSection {
    let hearth_replica::Section { group, group_picture: picture, count, unread, mentions, asides, items } = section;
    let group = group.map(|(id, name)| GroupOf { id, name, picture });
    ListSection { group, count, unread, mentions, asides, items: items.into_iter().map(item_view).collect() }
}

pub(super) fn edge(edge: hearth_replica::Edge) -> Edge {
    match edge {
        hearth_replica::Edge::End => Edge::End,
        hearth_replica::Edge::More => Edge::More,
        hearth_replica::Edge::Gap => Edge::Gap,
    }
}

/// A line of the list; a direct conversation is named after the other person.
pub(super) fn item_view(item: hearth_replica::ConversationItem) -> ConversationItem {
    let name = match &item.peer {
        Some(peer) => full_name(peer),
        None => item.name,
    };
    ConversationItem {
        id: item.id,
        kind: item.kind,
        name,
        group: item.group.map(|(id, name)| GroupOf { id, name, picture: item.group_picture }),
        private: item.private,
        picture: item.picture,
        topic: item.topic,
        peer: item.peer.as_ref().map(person_view),
        last: item.last.map(last_view),
        unread: item.unread,
        mentions: item.mentions,
        asides: item.asides,
        draft: item.draft,
        draft_quote: item.draft_quote.map(quote_view),
        complete: item.complete,
        pinned: item.pinned,
        archived: item.archived,
        muted_until: item.muted_until,
        level: item.level,
    }
}

fn last_view(last: hearth_replica::LastMessage) -> LastMessage {
    let said = last.body.as_ref().filter(|_| !last.blocked);
    LastMessage {
        blocked: last.blocked,
        sender: if last.mine { None } else { Some(last.sender_first_name.unwrap_or_default()) },
        text: words(said, &last.named),
        at: last.at,
        state: last.mine.then(|| last.outbox.as_ref().map_or(last.delivery.into(), delivery)),
    }
}

pub(super) fn message_view(message: hearth_replica::TimelineMessage, me: &Me) -> MessageView {
    let sender_name = message.sender.as_ref().map(full_name).unwrap_or_default();
    let named = drawn_in(&message, me.user);
    let quote = message.quote.map(quote_view);
    let is_system = matches!(&message.item, hearth_replica::Item::Row(row) if row.body.as_ref().is_some_and(Body::is_system));
    match message.item {
        hearth_replica::Item::Row(row) => MessageView {
            id: row.id,
            pos: Some(row.pos),
            sender: row.sender,
            sender_name,
            mine: message.mine,
            blocked: message.blocked,
            kind: kind_of(row.body.as_ref()),
            content: content(row.body, &named, (&message.named, me.user)),
            forwarded: row.forwarded,
            starred: message.starred,
            pinned: message.pinned,
            quote,
            at: row.created_at,
            // A change that was refused is said beside the message, which itself is where it was.
            // What happened is not on its way to anybody.
            state: (message.mine && !is_system)
                .then(|| message.change.as_ref().filter(|change| !refused(change)).map_or(message.delivery.into(), delivery)),
            edited: row.edited_at.is_some(),
            change: message.change.as_ref().map(change_view),
            reactions: message.reactions.iter().map(reaction_view).collect(),
            thread: message.thread.as_ref().map(thread_view),
            thread_root: row.thread_root,
        },
        hearth_replica::Item::Outbox(entry) => MessageView {
            id: entry.id,
            pos: None,
            sender: me.user,
            sender_name: me.name.clone(),
            mine: true,
            blocked: false,
            state: Some(delivery(&entry)),
            at: entry.made_at_local,
            kind: kind_of(super::outbox::body_of(&entry.intent).as_ref()),
            content: content(super::outbox::body_of(&entry.intent), &named, (&message.named, me.user)),
            forwarded: is_forwarded(&entry.intent),
            starred: false,
            pinned: false,
            quote,
            edited: false,
            change: None,
            reactions: vec![],
            thread: None,
            thread_root: super::outbox::thread_root_of(&entry.intent),
        },
    }
}

fn reaction_view(reaction: &hearth_replica::Reaction) -> ReactionView {
    let hearth_replica::Reaction { emoji, count, mine, who } = reaction;
    ReactionView { emoji: emoji.clone(), count: *count, mine: *mine, who: who.iter().map(full_name).collect() }
}

fn refused(change: &OutboxEntry) -> bool {
    change.state == OutboxState::Failed
}

fn content(body: Option<Body>, named: &[Nameable], (people, me): (&[Person], UserId)) -> Content {
    match body {
        Some(Body::System(event)) => Content::System { happened: happened(event, people, me) },
        Some(body @ Body::Unknown(_)) if body.is_system() => Content::System { happened: HappenedView::Unknown },
        Some(Body::Text { text, .. }) => Content::Text { blocks: hearth_text::formatted(&text, named), text },
        Some(Body::Unknown(raw)) => {
            Content::Unknown { name: raw.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned() }
        }
        None => Content::Deleted,
    }
}

/// What happened to a conversation, with those to whom it happened by the names that are known here.
fn happened(event: SystemEvent, people: &[Person], me: UserId) -> HappenedView {
    let people: BTreeMap<UserId, &Person> = people.iter().map(|person| (person.user, person)).collect();
    let to = |user: UserId| {
        let person = people.get(&user).copied();
        let deleted = person.is_some_and(Person::is_deleted);
        HappenedTo { user, me: user == me, deleted, name: person.map(full_name).unwrap_or_default() }
    };
    match event {
        SystemEvent::Edited { name, topic } => HappenedView::Edited { name, topic },
        SystemEvent::Added { people } => HappenedView::Added { people: people.into_iter().map(to).collect() },
        SystemEvent::Removed { person, heir } => HappenedView::Removed { person: to(person), heir: heir.map(to) },
        SystemEvent::Left { heir } => HappenedView::Left { heir: heir.map(to) },
        SystemEvent::HistorySet { shared } => HappenedView::HistorySet { shared },
        SystemEvent::PictureSet { removed } => HappenedView::PictureSet { removed },
        SystemEvent::RoleSet { person, role } => HappenedView::RoleSet { person: to(person), role },
    }
}
