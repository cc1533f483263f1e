//! Everything that can be done, done by everybody to everything.

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
use hearth_protocol::{
    account::WrappedKey,
    body::Body,
    digest::{DigestsRequest, DigestsResponse, Segment},
    error::ApiError,
    ids::{ConversationId, DeviceId, GroupId, InviteLinkId, MessageId, MutationId, UserId},
    mutations::{
        AddGroupMembers, AddMembers, ArrangeConversation, CreateConversation, CreateDirect, CreateGroup, DeleteConversation, DeleteGroup,
        DeleteMessage, EditConversation, EditGroup, EditMessage, FollowThread, HandOverGroup, HideMessage, Intent, MarkDelivered, MarkRead,
        MarkUnread, PinMessage, React, ReadThread, RemoveGroupMember, RemoveMember, RenameDevice, SendMessage, SetAbout, SetChannelPrivate,
        SetGroupRole, SetMemberRole, SetName, SetPrivacy, SetReadReceipts, SetSharedHistory, SetStatus, Star,
    },
    profile::{PrivacyField, SeenBy},
    rows::{Arrangement, MemberRole},
    search::{SearchPlace, SearchRequest},
    stream::{StreamId, StreamKind},
    sync::{From, Page},
};
use std::collections::BTreeSet;

/// What can be done to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Send,
    Forward,
    Schedule,
    NameEveryone,
    Reply(Whose),
    Edit(Whose),
    EditForwarded,
    Delete(Whose),
    React(Whose),
    TakeReactionBack,
    MarkRead,
    MarkUnread,
    MarkDelivered,
    Arrange,
    Star,
    Collect,
    Hide,
    SayInThread,
    FollowThread,
    ReadThread,
    Pin,
    Pull(StreamKind),
    History,
    Place,
    Search,
    Versions(Whose),
    Digests,
    AddMembers,
    RemoveMember(Whom),
    EditConversation,
    SetSharedHistory,
    DeleteConversation,
    SetMemberRole,
    SetPrivate,
    AddGroupMembers,
    InviteToGroup,
    RemoveGroupMember(Whom),
    EditGroup,
    SetGroupRole,
    HandOver,
    DeleteGroup,
    CreateLink(MemberRole),
    ListLinks,
    RevokeLink,
    JoinByLink { revoked: bool },
    LookAtLink,
    CreateChannel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    Anothers,
    Deleted,
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    Oneself,
    AMember,
    AnAdmin,
    TheOwner,
}

const ON_CONVERSATIONS: [Deed; 50] = [
    Deed::Send,
    Deed::Forward,
    Deed::Schedule,
    Deed::NameEveryone,
    Deed::Reply(Whose::Own),
    Deed::Reply(Whose::Anothers),
    Deed::Reply(Whose::Deleted),
    Deed::Reply(Whose::Missing),
    Deed::Edit(Whose::Own),
    Deed::Edit(Whose::Anothers),
    Deed::Edit(Whose::Deleted),
    Deed::Edit(Whose::Missing),
    Deed::EditForwarded,
    Deed::Delete(Whose::Own),
    Deed::Delete(Whose::Anothers),
    Deed::Delete(Whose::Deleted),
    Deed::Delete(Whose::Missing),
    Deed::React(Whose::Anothers),
    Deed::React(Whose::Deleted),
    Deed::React(Whose::Missing),
    Deed::TakeReactionBack,
    Deed::MarkRead,
    Deed::MarkUnread,
    Deed::MarkDelivered,
    Deed::Arrange,
    Deed::Star,
    Deed::Collect,
    Deed::Hide,
    Deed::SayInThread,
    Deed::FollowThread,
    Deed::ReadThread,
    Deed::Pin,
    Deed::Pull(StreamKind::Conversation),
    Deed::Pull(StreamKind::Members),
    Deed::Pull(StreamKind::Receipts),
    Deed::History,
    Deed::Place,
    Deed::Search,
    Deed::Versions(Whose::Anothers),
    Deed::Versions(Whose::Missing),
    Deed::Digests,
    Deed::AddMembers,
    Deed::RemoveMember(Whom::Oneself),
    Deed::RemoveMember(Whom::AMember),
    Deed::RemoveMember(Whom::TheOwner),
    Deed::EditConversation,
    Deed::SetSharedHistory,
    Deed::DeleteConversation,
    Deed::SetMemberRole,
    Deed::SetPrivate,
];

const ON_GROUPS: [Deed; 19] = [
    Deed::Pull(StreamKind::Group),
    Deed::AddGroupMembers,
    Deed::InviteToGroup,
    Deed::RemoveGroupMember(Whom::Oneself),
    Deed::RemoveGroupMember(Whom::AMember),
    Deed::RemoveGroupMember(Whom::AnAdmin),
    Deed::RemoveGroupMember(Whom::TheOwner),
    Deed::EditGroup,
    Deed::SetGroupRole,
    Deed::HandOver,
    Deed::DeleteGroup,
    Deed::CreateLink(MemberRole::Member),
    Deed::CreateLink(MemberRole::Admin),
    Deed::ListLinks,
    Deed::RevokeLink,
    Deed::JoinByLink { revoked: false },
    Deed::JoinByLink { revoked: true },
    Deed::LookAtLink,
    Deed::CreateChannel,
];

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
    fn name(self) -> String {
        let whose = |whose| match whose {
            Whose::Own => "own",
            Whose::Anothers => "anothers",
            Whose::Deleted => "deleted",
            Whose::Missing => "missing",
        };
        let whom = |whom| match whom {
            Whom::Oneself => "oneself",
            Whom::AMember => "a_member",
            Whom::AnAdmin => "an_admin",
            Whom::TheOwner => "the_owner",
        };
        match self {
            Self::Send => "send_message".into(),
            Self::Forward => "send_message forwarded".into(),
            Self::Schedule => "schedule_message".into(),
            Self::NameEveryone => "send_message everyone".into(),
            Self::EditForwarded => "edit_message forwarded".into(),
            Self::Reply(which) => format!("send_message reply_to_{}", whose(which)),
            Self::Edit(which) => format!("edit_message {}", whose(which)),
            Self::Delete(which) => format!("delete_message {}", whose(which)),
            Self::React(which) => format!("react {}", whose(which)),
            Self::TakeReactionBack => "take_reaction_back".into(),
            Self::MarkRead => "mark_read".into(),
            Self::MarkUnread => "mark_unread".into(),
            Self::MarkDelivered => "mark_delivered".into(),
            Self::Arrange => "arrange_conversation".into(),
            Self::Star => "star".into(),
            Self::Collect => "collect message".into(),
            Self::Hide => "hide_message".into(),
            Self::SayInThread => "send_message in_thread".into(),
            Self::FollowThread => "follow_thread".into(),
            Self::ReadThread => "read_thread".into(),
            Self::Pin => "pin_message".into(),
            Self::Pull(kind) => format!("pull {}", kind.as_str()),
            Self::History => "history".into(),
            Self::Place => "place".into(),
            Self::Search => "search".into(),
            Self::Versions(Whose::Missing) => "versions missing".into(),
            Self::Versions(_) => "versions there".into(),
            Self::Digests => "digests".into(),
            Self::AddMembers => "add_members".into(),
            Self::RemoveMember(of) => format!("remove_member {}", whom(of)),
            Self::EditConversation => "edit_conversation".into(),
            Self::SetSharedHistory => "set_shared_history".into(),
            Self::DeleteConversation => "delete_conversation".into(),
            Self::SetMemberRole => "set_member_role".into(),
            Self::SetPrivate => "set_channel_private".into(),
            Self::AddGroupMembers => "add_group_members".into(),
            Self::InviteToGroup => "invite_to_group".into(),
            Self::RemoveGroupMember(of) => format!("remove_group_member {}", whom(of)),
            Self::EditGroup => "edit_group".into(),
            Self::SetGroupRole => "set_group_role".into(),
            Self::HandOver => "hand_over_group".into(),
            Self::DeleteGroup => "delete_group".into(),
            Self::CreateLink(MemberRole::Admin) => "create_invite_link for_admins".into(),
            Self::CreateLink(_) => "create_invite_link for_members".into(),
            Self::ListLinks => "list_invite_links".into(),
            Self::RevokeLink => "revoke_invite_link".into(),
            Self::JoinByLink { revoked } => format!("join_by_link {}", if revoked { "revoked" } else { "good" }),
            Self::LookAtLink => "look_at_link".into(),
            Self::CreateChannel => "create_channel".into(),
        }
    }

    /// Who was never there has written nothing there, and nobody is a member beside the owner of whom they are.
    fn makes_sense(self, kind: Kind, standing: &str) -> bool {
        match self {
            Self::Reply(Whose::Own | Whose::Deleted)
            | Self::Edit(Whose::Own | Whose::Deleted)
            | Self::Delete(Whose::Own | Whose::Deleted)
            | Self::React(Whose::Deleted) => matches!(standing, "owner" | "admin" | "member" | "former"),
            Self::EditForwarded => matches!(standing, "owner" | "admin" | "member"),
            Self::Reply(Whose::Missing)
            | Self::Edit(Whose::Missing)
            | Self::Delete(Whose::Missing)
            | Self::React(Whose::Missing)
            | Self::Versions(Whose::Missing) => standing == "member",
            Self::RemoveGroupMember(Whom::AnAdmin) => standing != "admin",
            Self::RemoveMember(Whom::TheOwner) | Self::RemoveGroupMember(Whom::TheOwner) => kind != Kind::Direct && standing != "owner",
            _ => true,
        }
    }

    /// Whether a place is another one when it was done.
    fn changes(self) -> bool {
        !matches!(
            self,
            Self::Send
                | Self::Forward
                | Self::Schedule
                | Self::NameEveryone
                | Self::React(Whose::Anothers | Whose::Missing)
                | Self::TakeReactionBack
                | Self::Reply(Whose::Own | Whose::Anothers | Whose::Missing)
                | Self::MarkRead
                | Self::MarkUnread
                | Self::MarkDelivered
                | Self::Arrange
                | Self::Star
                | Self::Collect
                | Self::Hide
                | Self::SayInThread
                | Self::FollowThread
                | Self::ReadThread
                | Self::Pin
                | Self::Pull(_)
                | Self::History
                | Self::Place
                | Self::Search
                | Self::Versions(_)
                | Self::Digests
                | Self::ListLinks
                | Self::LookAtLink
        )
    }

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

/// What needs no place: making one, and what is one's own.
async fn ask_of_oneself(town: &Town, cells: &mut Cells) {
    let (actor, other) = (&town.outsider, &town.other);
    let direct = CreateDirect { conversation: ConversationId::direct(actor.user, other.user), peer: other.user };
    let mine: [(&str, Intent); 8] = [
        ("create_direct", direct.into()),
        ("create_conversation", conversation(other.user).into()),
        ("create_group", CreateGroup { group: GroupId::new(), name: "Ours".into(), about: String::new() }.into()),
        ("set_read_receipts", SetReadReceipts { on: false }.into()),
        ("set_status", SetStatus { text: "away".into(), until: None }.into()),
        ("set_about", SetAbout { text: "a baker".into() }.into()),
        ("set_name", SetName { first_name: "Somebody".into(), last_name: "Else".into() }.into()),
        ("set_privacy", SetPrivacy { field: PrivacyField::Status, to: SeenBy::Nobody }.into()),
    ];
    for (name, intent) in mine {
        cells.insert(format!("{name} own anybody"), word(intend(actor, intent).await));
    }
    for (standing, person) in [("anybody", actor), ("server_admin", town.person("server_admin"))] {
        for (whose, of) in [("own", person), ("anothers", other)] {
            let answer = pull(person, StreamId::User(of.user)).await;
            cells.insert(format!("pull user {whose} {standing}"), word(answer.map(drop)));
        }
    }
    ask_of_devices(town, cells).await;
}

async fn ask_of_devices(town: &Town, cells: &mut Cells) {
    let (actor, other, admin) = (&town.outsider, &town.other, town.person("server_admin"));
    let (mine, theirs) = (town.elsewhere.device, other.device);
    let key = WrappedKey { wrapped: "a2V5".into() };
    for (standing, who, device) in [("own", actor, mine), ("own", other, theirs), ("nowhere", &town.owner, DeviceId::new())] {
        let kept = who.put(&format!("/v1/devices/{device}/key"), &key).await.map(drop);
        cells.insert(format!("keep_key {standing} anybody"), word(kept));
    }
    let unlinked = actor.post::<serde_json::Value>(&format!("/v1/external/{}/unlink", DeviceId::new()), &serde_json::json!({})).await;
    cells.insert("unlink_external nowhere anybody".into(), word(unlinked.map(drop)));
    for (standing, who, device) in [
        ("anothers anybody", actor, theirs),
        ("anothers server_admin", admin, theirs),
        ("nowhere anybody", actor, DeviceId::new()),
        // Last: it ends the session that it is about.
        ("own anybody", actor, mine),
    ] {
        let fetched = who.get::<WrappedKey>(&format!("/v1/devices/{device}/key")).await.map(drop);
        cells.insert(format!("fetch_key {standing}"), word(fetched));
        let renamed = intend(who, RenameDevice { device, name: "renamed".into() }).await;
        cells.insert(format!("rename_device {standing}"), word(renamed));
        let ended = who.post::<serde_json::Value>(&format!("/v1/devices/{device}/sign-out"), &serde_json::json!({})).await.map(drop);
        cells.insert(format!("sign_out_device {standing}"), word(ended));
    }
}
