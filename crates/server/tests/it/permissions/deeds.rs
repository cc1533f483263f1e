//! Everything that can be done, done by everybody to everything.

mod deed;
mod oneself;

use super::{
    Cells,
    collections::{ask_of_collections, collect},
    frames::{ask_of_typing, ask_of_watching},
    pictures::{ask_of_conversation_pictures, ask_of_group_pictures, ask_of_pictures},
    scheduled::{ask_of_scheduled, schedule},
    town::{CONVERSATIONS, Kind, Place, Town},
};
use crate::{
    channels,
    host::Host,
    invitations::invitation,
    links,
    person::{Person, message},
};
use deed::{Deed, ON_CONVERSATIONS, ON_GROUPS, Whom, Whose};
use hearth_protocol::{
    body::Body,
    digest::{DigestsRequest, DigestsResponse, Segment},
    error::ApiError,
    ids::{ConversationId, GroupId, InviteLinkId, MessageId, MutationId, UserId},
    mutations::{
        AddGroupMembers, AddMembers, ArrangeConversation, CreateConversation, CreateDirect, DeleteConversation, DeleteGroup, DeleteMessage,
        EditConversation, EditGroup, EditMessage, FollowThread, HandOverGroup, HideMessage, Intent, MarkDelivered, MarkRead, MarkUnread,
        PinMessage, React, ReadThread, RemoveGroupMember, RemoveMember, SendMessage, SetChannelPrivate, SetGroupRole, SetMemberRole,
        SetSharedHistory, Star, UnreadThread,
    },
    rows::{Arrangement, MemberRole},
    search::{SearchPlace, SearchRequest},
    stream::{StreamId, StreamKind},
    sync::{From, Page},
};
use oneself::ask_of_oneself;
use std::collections::BTreeSet;

/// Every answer that the server gives.
pub async fn ask_all(host: &Host, town: &Town) -> Cells {
    let mut cells = Cells::new();
    ask_of_pictures(town, &mut cells).await;
    ask_of_watching(host, town, &mut cells).await;
    for kind in CONVERSATIONS {
        for deed in ON_CONVERSATIONS {
            ask_everybody(town, deed, kind, &mut cells).await;
        }
    }
    for deed in ON_GROUPS {
        ask_everybody(town, deed, Kind::Team, &mut cells).await;
    }
    ask_of_group_pictures(town, &mut cells).await;
    ask_of_conversation_pictures(town, &mut cells).await;
    // While nobody has blocked anybody.
    super::many::ask_of_many(host, town, &mut cells).await;
    ask_nowhere(town, &mut cells).await;
    ask_of_oneself(town, &mut cells).await;
    super::ties::ask_of_ties(town, &mut cells).await;
    ask_of_scheduled(town, &mut cells).await;
    ask_of_collections(town, &mut cells).await;
    ask_of_typing(town, &mut cells).await;
    super::server::ask_of_server(town, &mut cells).await;
    for name in mutation_names() {
        assert!(cells.keys().any(|cell| cell.split(' ').next() == Some(name)), "nobody asks for {name}");
    }
    cells
}

macro_rules! names {
    ($($variant:ident($mutation:ty) = $name:literal),+ $(,)?) => {
        fn mutation_names() -> Vec<&'static str> {
            vec![$($name),+]
        }
    };
}

hearth_protocol::each_mutation!(names);

async fn ask_everybody(town: &Town, deed: Deed, kind: Kind, cells: &mut Cells) {
    let mut place = None;
    for standing in kind.standings().iter().filter(|standing| deed.makes_sense(kind, standing)) {
        let here = match place.take() {
            Some(place) => place,
            None => town.place(kind).await,
        };
        let actor = town.person(standing);
        deed.prepare(town, kind, actor, &here).await;
        let answer = deed.ask(town, kind, actor, &here).await;
        // What was done to a place is not to be seen by the next.
        if answer.is_err() || !deed.changes() {
            place = Some(here);
        }
        cells.insert(format!("{} {} {standing}", deed.name(), kind.name()), word(answer));
    }
}

pub(super) fn word(answer: Result<(), ApiError>) -> String {
    answer.map_or_else(|error| error.code.as_str().to_owned(), |()| "yes".into())
}

impl Deed {
    async fn prepare(self, town: &Town, kind: Kind, actor: &Person, place: &Place) {
        if let Self::Reply(Whose::Deleted) | Self::Edit(Whose::Deleted) | Self::Delete(Whose::Deleted) | Self::React(Whose::Deleted) = self
        {
            let by = if kind == Kind::Direct { actor } else { &town.owner };
            by.delete((place.conversation, place.by(actor))).await.expect("it is deleted");
        }
    }

    async fn ask(self, town: &Town, kind: Kind, actor: &Person, place: &Place) -> Result<(), ApiError> {
        let Place { conversation, group, .. } = *place;
        // In a direct conversation there are two.
        let other = if kind == Kind::Direct { &town.owner } else { &town.other };
        let message = |whose| match whose {
            Whose::Own | Whose::Deleted => place.by(actor),
            Whose::Anothers => place.by(other),
            Whose::Missing => MutationId::new(),
        };
        let whom = |whom| match whom {
            Whom::Oneself => actor.user,
            Whom::AMember => other.user,
            Whom::AnAdmin => town.admin.user,
            Whom::TheOwner => town.owner.user,
        };
        match self {
            Self::Pull(kind) => pull(actor, kind.of(if kind == StreamKind::Group { group.0 } else { conversation.0 })).await.map(drop),
            Self::History => actor.history(conversation, None, 10).await.map(drop),
            Self::Place => actor.place_at(conversation, 0).await.map(drop),
            Self::Search => search(actor, conversation).await,
            Self::Versions(which) => actor.versions((conversation, message(which))).await.map(drop),
            Self::Digests => digests(actor, conversation).await,
            Self::Reply(which) => intend(actor, reply(conversation, message(which))).await,
            Self::Edit(which) => intend(actor, edit(conversation, message(which))).await,
            Self::EditForwarded => {
                let forwarded = MutationId::new();
                actor.perform(forwarded, forward(conversation).into()).await?;
                intend(actor, edit(conversation, forwarded)).await
            }
            Self::Delete(which) => intend(actor, DeleteMessage { conversation, message: message(which) }).await,
            Self::React(which) => intend(actor, react(conversation, message(which), true)).await,
            Self::TakeReactionBack => intend(actor, react(conversation, message(Whose::Anothers), false)).await,
            Self::RemoveMember(of) => intend(actor, RemoveMember { conversation, member: whom(of) }).await,
            Self::SetMemberRole => intend(actor, SetMemberRole { conversation, member: other.user, role: MemberRole::Admin }).await,
            Self::RemoveGroupMember(of) => intend(actor, RemoveGroupMember { group, person: whom(of) }).await,
            _ => self.intend_plainly(town, actor, place).await,
        }
    }

    /// What is done to a place as a whole.
    async fn intend_plainly(self, town: &Town, actor: &Person, place: &Place) -> Result<(), ApiError> {
        let Place { conversation, group, .. } = *place;
        let bystander = BTreeSet::from([town.bystander.user]);
        match self {
            Self::Send => intend(actor, message(conversation, "hello")).await,
            Self::Forward => intend(actor, forward(conversation)).await,
            Self::Schedule => intend(actor, schedule(conversation)).await,
            Self::NameEveryone => intend(actor, to_everyone(conversation)).await,
            Self::MarkRead => intend(actor, MarkRead { conversation, pos: 1 }).await,
            Self::MarkUnread => intend(actor, MarkUnread { conversation, from: 1 }).await,
            Self::MarkDelivered => intend(actor, MarkDelivered { conversation, pos: 1 }).await,
            Self::Arrange => intend(actor, ArrangeConversation { conversation, change: Arrangement::Pinned(true) }).await,
            Self::Star => intend(actor, Star { conversation, message: place.first(), on: true }).await,
            Self::Collect => collect(actor, conversation, place.first()).await,
            Self::Hide => intend(actor, HideMessage { conversation, message: place.first(), on: true }).await,
            Self::SayInThread => intend(actor, SendMessage::in_thread(conversation, place.first(), Body::text("under it"))).await,
            Self::FollowThread => intend(actor, FollowThread { conversation, root: place.first(), on: true }).await,
            Self::ReadThread => intend(actor, ReadThread { conversation, root: place.first(), pos: 1 }).await,
            Self::UnreadThread => intend(actor, UnreadThread { conversation, root: place.first(), from: 1 }).await,
            Self::Pin => intend(actor, PinMessage { conversation, message: place.first(), on: true }).await,
            Self::AddMembers => intend(actor, AddMembers { conversation, members: bystander }).await,
            Self::SetPrivate => intend(actor, SetChannelPrivate { conversation, members: BTreeSet::new() }).await,
            Self::SetSharedHistory => intend(actor, SetSharedHistory { conversation, on: false }).await,
            Self::DeleteConversation => intend(actor, DeleteConversation { conversation }).await,
            Self::EditConversation => intend(actor, EditConversation { conversation, name: None, topic: Some("Another".into()) }).await,
            Self::AddGroupMembers => intend(actor, AddGroupMembers { group, people: [town.outsider.user].into() }).await,
            Self::InviteToGroup => intend(actor, invitation(group, actor, town.outsider.user, "")).await,
            Self::EditGroup => intend(actor, EditGroup { group, name: Some("Another".into()), about: None }).await,
            Self::SetGroupRole => intend(actor, SetGroupRole { group, person: town.other.user, role: MemberRole::Admin }).await,
            Self::HandOver => intend(actor, HandOverGroup { group, to: town.other.user }).await,
            Self::DeleteGroup => intend(actor, DeleteGroup { group }).await,
            Self::CreateChannel => intend(actor, channels::channel(group, "another")).await,
            _ => self.use_links(town, actor, group).await,
        }
    }

    /// What has to do with links into a group; nowhere there is none.
    async fn use_links(self, town: &Town, actor: &Person, group: GroupId) -> Result<(), ApiError> {
        if let Self::CreateLink(role) = self {
            return links::make(actor, group, role, 10).await.map(drop);
        }
        if self == Self::ListLinks {
            return links::list(actor, group).await.map(drop);
        }
        let made = links::make(&town.owner, group, MemberRole::Member, 10).await.ok();
        let (id, secret) = made.map_or_else(|| (InviteLinkId::new(), "x".repeat(43)), |made| (made.link.id, made.secret));
        match self {
            Self::RevokeLink => links::revoke(actor, id).await,
            Self::LookAtLink => links::look(actor, &secret).await.map(drop),
            Self::JoinByLink { revoked } => {
                if revoked {
                    // Nowhere there is nothing to revoke.
                    drop(links::revoke(&town.owner, id).await);
                }
                links::join(actor, &secret).await.map(drop)
            }
            other => panic!("{other:?} is asked for elsewhere"),
        }
    }
}

pub(super) async fn intend(actor: &Person, intent: impl Into<Intent>) -> Result<(), ApiError> {
    actor.perform(MutationId::new(), intent.into()).await.map(drop)
}

fn reply(conversation: ConversationId, to: MutationId) -> SendMessage {
    SendMessage { reply_to: Some(to), ..SendMessage::new(conversation, Body::text("so it is")) }
}

pub(super) fn to_everyone(conversation: ConversationId) -> SendMessage {
    SendMessage::new(conversation, Body::text("@everyone, hello").calling_everyone())
}

fn forward(conversation: ConversationId) -> SendMessage {
    SendMessage::forwarding(conversation, "said elsewhere")
}

pub(super) fn edit(conversation: ConversationId, message: MutationId) -> EditMessage {
    EditMessage { conversation, message, based_on: 0, body: Body::text("something else") }
}

/// The version of the copy.
async fn pull(actor: &Person, stream: StreamId) -> Result<u64, ApiError> {
    match actor.page(stream, From::Tail { messages: 10 }, 100).await {
        Page::Tail { part, .. } => Ok(part.vis_ver),
        Page::Gone { .. } => Err(ApiError::not_found()),
        other => panic!("{other:?}"),
    }
}

/// Nothing is found where somebody may not look.
async fn search(actor: &Person, conversation: ConversationId) -> Result<(), ApiError> {
    let places = vec![SearchPlace { conversation, before_pos: None }];
    let found = actor.search(&SearchRequest { places, limit: 10, ..SearchRequest::default() }).await?;
    if found.hits.is_empty() { Err(ApiError::not_found()) } else { Ok(()) }
}

async fn digests(actor: &Person, conversation: ConversationId) -> Result<(), ApiError> {
    // The version that whoever may see it has.
    let vis_ver = pull(actor, StreamId::Conversation(conversation)).await.unwrap_or(1);
    let segments = vec![Segment { conversation, vis_ver, from_pos: 1, to_pos: 100 }];
    let answer: DigestsResponse = actor.post("/v1/sync/digests", &DigestsRequest { epoch: actor.epoch, segments }).await?;
    answer.digests.into_iter().next().flatten().map(drop).ok_or_else(ApiError::not_found)
}

/// What is done to what does not exist.
async fn ask_nowhere(town: &Town, cells: &mut Cells) {
    let nowhere = Place::nowhere();
    let deeds = ON_CONVERSATIONS.into_iter().chain(ON_GROUPS).chain([Deed::Pull(StreamKind::User)]);
    let about_it = |deed: &Deed| match deed {
        Deed::Reply(whose) | Deed::Edit(whose) | Deed::Delete(whose) | Deed::React(whose) | Deed::Versions(whose) => {
            *whose == Whose::Missing
        }
        Deed::TakeReactionBack | Deed::EditForwarded => false,
        Deed::RemoveMember(whom) | Deed::RemoveGroupMember(whom) => *whom == Whom::AMember,
        _ => true,
    };
    for deed in deeds.filter(about_it) {
        let answer = deed.ask(town, Kind::Team, &town.outsider, &nowhere).await;
        cells.insert(format!("{} nowhere anybody", deed.name()), word(answer));
    }
    let (actor, nobody) = (&town.outsider, UserId::new());
    let direct = CreateDirect { conversation: ConversationId::direct(actor.user, nobody), peer: nobody };
    cells.insert("create_direct nowhere anybody".into(), word(intend(actor, direct).await));
    cells.insert("create_conversation nowhere anybody".into(), word(intend(actor, conversation(nobody)).await));
}

pub(super) fn react(conversation: ConversationId, message: MessageId, on: bool) -> React {
    React { conversation, message, emoji: "👍".into(), on }
}

pub(super) fn conversation(with: UserId) -> CreateConversation {
    CreateConversation { conversation: ConversationId::new(), name: "Us".into(), members: [with].into(), shared_history: true }
}
