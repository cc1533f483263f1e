//! What the committer knows by heart, and how an action looks things up: in memory first, then inside the transaction.

mod groups;

pub(crate) use groups::{GroupFacts, GroupMember};

use crate::{
    sight::{Home, Sight, VIS_VER_FIRST, Windows},
    store::{
        StoreError,
        account::{self, NewAccount},
        change_log, conversation, member,
        membership::{self, Membership},
        message, read_marker, rows, stream,
    },
};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, GroupId, UserId},
    row::{Row, RowKey},
    rows::{ConversationKind, ConversationRow, MemberRole, MemberRow, MembershipRow, Person, ReadMarkerRow, Role},
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// Facts kept before everything is forgotten and read again; about 100 bytes each.
const FACTS_MAX: usize = 500_000;

/// Who may see a stream, and what of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audience {
    /// The group that it closes with, if it is a group's or a channel's.
    pub group: Option<GroupId>,
    pub viewers: Arc<[Viewer]>,
}

/// Somebody to whom a stream may be told.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub user: UserId,
    pub vis_ver: u64,
    /// The version of their membership of the group, if there is one.
    pub group_ver: u64,
    pub windows: Windows,
}

/// Somebody who is or was in a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub role: MemberRole,
    pub joined_at: Millis,
    /// They are not in it any more; the rest is what they come back to.
    pub left: bool,
    pub vis_ver: u64,
    pub windows: Windows,
}

/// What somebody sees of something changed: what waits for them under a lower version may not be told any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outdated {
    pub user: UserId,
    pub scope: Scope,
    pub vis_ver: u64,
}

/// A conversation, or a group with all its channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Conversation(ConversationId),
    Group(GroupId),
}

/// A conversation as actions need it.
pub(crate) struct ConversationFacts {
    pub kind: ConversationKind,
    pub shared_history: bool,
    pub last_pos: Pos,
    /// Of a channel: who sees it follows from the group.
    pub home: Option<Home>,
    everybody: BTreeMap<UserId, Member>,
    /// With the state of the group from which it was derived; 0 where there is none.
    audience: Option<(u64, Audience)>,
}

impl ConversationFacts {
    pub fn new(kind: ConversationKind, shared_history: bool, home: Option<Home>) -> Self {
        Self { kind, shared_history, last_pos: 0, home, everybody: BTreeMap::new(), audience: None }
    }

    /// Somebody who is in the conversation now.
    pub fn member(&self, user: UserId) -> Option<&Member> {
        self.everybody.get(&user).filter(|member| !member.left)
    }

    /// Somebody who is or was in it.
    pub fn standing(&self, user: UserId) -> Option<&Member> {
        self.everybody.get(&user)
    }

    /// Everybody who is in it now.
    pub fn present(&self) -> impl Iterator<Item = (UserId, &Member)> {
        self.everybody.iter().filter(|(_, member)| !member.left).map(|(user, member)| (*user, member))
    }

    /// The member as they are known, to be changed.
    fn entry(&mut self, user: UserId) -> &mut Member {
        self.audience = None;
        self.everybody.entry(user).or_insert_with(|| Member {
            role: MemberRole::Member,
            joined_at: 0,
            left: false,
            vis_ver: VIS_VER_FIRST,
            windows: Windows::all(),
        })
    }

    fn audience(&mut self) -> Audience {
        if let Some((_, audience)) = &self.audience {
            return audience.clone();
        }
        let viewer =
            |(user, member): (UserId, &Member)| Viewer { user, vis_ver: member.vis_ver, group_ver: 0, windows: member.windows.clone() };
        let audience = Audience { group: None, viewers: self.present().map(viewer).collect() };
        self.audience.insert((0, audience)).1.clone()
    }

    /// Its members, as far as they are in the group.
    fn private_audience(&mut self, id: GroupId, group: &GroupFacts) -> Audience {
        if let Some((changes, audience)) = &self.audience
            && *changes == group.changes
        {
            return audience.clone();
        }
        let viewers = self.present().filter_map(|(user, member)| {
            let group_ver = group.member(user)?.vis_ver;
            Some(Viewer { user, vis_ver: member.vis_ver + group_ver, group_ver, windows: member.windows.clone() })
        });
        let audience = Audience { group: Some(id), viewers: viewers.collect() };
        self.audience.insert((group.changes, audience)).1.clone()
    }
}

/// True as of change-log entry `n`: another process that committed since makes all of it worthless.
#[derive(Default)]
pub(super) struct Facts {
    n: u64,
    heads: HashMap<StreamId, Seq>,
    conversations: HashMap<ConversationId, ConversationFacts>,
    groups: HashMap<GroupId, GroupFacts>,
    people: HashMap<UserId, Person>,
    markers: HashMap<(UserId, ConversationId), Pos>,
    /// Names given away in the batch that is not yet written.
    names: HashSet<String>,
    admin_exists: bool,
    /// Rows that the batch has changed and not yet written.
    unwritten: HashMap<(StreamId, RowKey), Row>,
    /// What of it the batch has changed for whom.
    outdated: Vec<Outdated>,
}

impl Facts {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Called with the shard's lock held, at the beginning of a transaction.
    pub fn begin(&mut self, n: u64) {
        let members = self.conversations.values().map(|facts| facts.everybody.len()).sum::<usize>();
        let in_groups = self.groups.values().map(|facts| facts.everybody.len()).sum::<usize>();
        let size = self.heads.len() + members + in_groups + self.markers.len() + self.people.len();
        if n != self.n || size > FACTS_MAX {
            self.clear();
            self.n = n;
        }
    }

    /// Called when the transaction is durable.
    pub fn committed(&mut self, n: u64) {
        self.n = n;
        self.names.clear();
        self.unwritten.clear();
        self.outdated.clear();
    }
}

/// What an action sees: the state with every earlier mutation of the batch applied.
pub(crate) struct View<'a> {
    connection: &'a mut AnyConnection,
    facts: &'a mut Facts,
}

impl<'a> View<'a> {
    pub(super) fn new(connection: &'a mut AnyConnection, facts: &'a mut Facts) -> Self {
        Self { connection, facts }
    }

    /// The conversation, whoever asks; `None` if there is none.
    pub async fn conversation(&mut self, id: ConversationId) -> Result<Option<&mut ConversationFacts>, StoreError> {
        if !self.facts.conversations.contains_key(&id) {
            let Some(nature) = conversation::nature(self.connection, id).await? else { return Ok(None) };
            let mut facts = ConversationFacts::new(nature.kind, nature.shared_history, nature.home);
            facts.last_pos = message::last_pos(self.connection, id).await?;
            for found in member::everybody(self.connection, id).await? {
                let member::Belonging { user, role, joined_at, left, vis_ver } = found;
                facts.everybody.insert(user, Member { role, joined_at, left, vis_ver, windows: Windows::of(Vec::new()) });
            }
            let mut spans: BTreeMap<UserId, Vec<_>> = BTreeMap::new();
            for (user, span) in membership::windows(self.connection, id).await? {
                spans.entry(user).or_default().extend(span);
            }
            for (user, spans) in spans {
                if let Some(member) = facts.everybody.get_mut(&user) {
                    member.windows = Windows::of(spans);
                }
            }
            self.facts.conversations.insert(id, facts);
        }
        Ok(self.facts.conversations.get_mut(&id))
    }

    /// The conversation, if the person is in it; `None` both if they are not and if there is none.
    pub async fn conversation_of(&mut self, id: ConversationId, user: UserId) -> Result<Option<&mut ConversationFacts>, StoreError> {
        if self.seat(id, user).await?.is_none() {
            return Ok(None);
        }
        self.conversation(id).await
    }

    pub async fn person(&mut self, user: UserId) -> Result<Option<Person>, StoreError> {
        if !self.facts.people.contains_key(&user) {
            let Some(person) = account::person(self.connection, user).await? else { return Ok(None) };
            self.facts.people.insert(user, person);
        }
        Ok(self.facts.people.get(&user).cloned())
    }

    /// The pos of somebody's read marker; 0 before the first.
    pub async fn marker(&mut self, user: UserId, conversation: ConversationId) -> Result<Pos, StoreError> {
        match self.facts.markers.get(&(user, conversation)) {
            Some(pos) => Ok(*pos),
            None => {
                let pos = read_marker::pos(self.connection, user, conversation).await?;
                self.facts.markers.insert((user, conversation), pos);
                Ok(pos)
            }
        }
    }

    pub async fn is_name_taken(&mut self, username_key: &str) -> Result<bool, StoreError> {
        Ok(self.facts.names.contains(username_key) || account::is_taken(self.connection, username_key).await?)
    }

    pub async fn admin_exists(&mut self) -> Result<bool, StoreError> {
        if !self.facts.admin_exists {
            self.facts.admin_exists = account::admin_exists(self.connection).await?;
        }
        Ok(self.facts.admin_exists)
    }

    /// Takes the stream's next seq.
    pub(super) async fn next_seq(&mut self, id: StreamId) -> Result<Seq, StoreError> {
        let head = match self.facts.heads.get(&id) {
            Some(head) => *head,
            None => stream::head(self.connection, id).await?.0,
        };
        self.facts.heads.insert(id, head + 1);
        Ok(head + 1)
    }

    /// One row at its newest, earlier mutations of the batch included.
    pub async fn row(&mut self, stream: StreamId, key: RowKey) -> Result<Option<Row>, StoreError> {
        match self.facts.unwritten.get(&(stream, key.clone())) {
            Some(row) => Ok(Some(row.clone())),
            None => rows::one(self.connection, stream, &key).await,
        }
    }

    pub(super) fn learn_row(&mut self, stream: StreamId, row: &Row) {
        self.facts.unwritten.insert((stream, row.data.key()), row.clone());
    }

    /// Takes the conversation's next place.
    pub async fn next_pos(&mut self, id: ConversationId) -> Result<Pos, StoreError> {
        let facts = self.existing(id).await?;
        facts.last_pos += 1;
        Ok(facts.last_pos)
    }

    pub async fn learn_conversation(&mut self, row: &ConversationRow) -> Result<(), StoreError> {
        let (known, home) = (self.facts.conversations.get(&row.id).and_then(|facts| facts.home), Home::of(row));
        let new = || ConversationFacts::new(row.kind, row.shared_history, home);
        let facts = self.facts.conversations.entry(row.id).or_insert_with(new);
        (facts.shared_history, facts.home, facts.audience) = (row.shared_history, home, None);
        match home {
            Some(home) => self.learn_home(row.id, known, home).await,
            None => Ok(()),
        }
    }

    pub async fn learn_member(&mut self, conversation: ConversationId, row: &MemberRow) -> Result<(), StoreError> {
        let member = self.existing(conversation).await?.entry(row.person.user);
        (member.role, member.joined_at, member.left) = (row.role, row.joined_at, row.left_at.is_some());
        Ok(())
    }

    pub async fn learn_membership(&mut self, user: UserId, membership: &Membership) -> Result<(), StoreError> {
        let MembershipRow { conversation, vis_ver, .. } = membership.row;
        let facts = self.existing(conversation).await?;
        let home = facts.home;
        let member = facts.entry(user);
        (member.vis_ver, member.windows) = (vis_ver, membership.windows.clone());
        if vis_ver > VIS_VER_FIRST {
            let in_group = match home {
                Some(home) => self.group(home.group).await?.and_then(|group| group.standing(user)).map_or(0, |member| member.vis_ver),
                None => 0,
            };
            self.facts.outdated.push(Outdated { user, scope: Scope::Conversation(conversation), vis_ver: vis_ver + in_group });
        }
        Ok(())
    }

    pub fn learn_account(&mut self, account: &NewAccount) {
        self.facts.names.insert(account.username_key.clone());
        self.facts.admin_exists |= account.role == Role::Admin;
        self.facts.people.insert(account.id, account.person());
    }

    pub fn learn_marker(&mut self, user: UserId, row: &ReadMarkerRow) {
        self.facts.markers.insert((user, row.conversation), row.pos);
    }

    /// A conversation that a change stands on.
    async fn existing(&mut self, id: ConversationId) -> Result<&mut ConversationFacts, StoreError> {
        self.conversation(id).await?.ok_or(StoreError::Unreadable("conversation of a change"))
    }

    pub(super) fn outdated(&mut self) -> Vec<Outdated> {
        std::mem::take(&mut self.facts.outdated)
    }

    /// Who may see a stream now.
    pub(super) async fn audience(&mut self, id: StreamId) -> Result<Audience, StoreError> {
        match id {
            StreamId::User(user) => {
                let me = Viewer { user, vis_ver: VIS_VER_FIRST, group_ver: 0, windows: Windows::all() };
                Ok(Audience { group: None, viewers: Arc::new([me]) })
            }
            StreamId::Group(id) => Ok(self.group(id).await?.map(|facts| facts.audience(id)).unwrap_or_default()),
            StreamId::Conversation(id) | StreamId::Members(id) => match self.conversation(id).await?.map(|facts| facts.home) {
                Some(Some(home)) => self.channel_audience(id, home).await,
                Some(None) => Ok(self.existing(id).await?.audience()),
                None => Ok(Audience::default()),
            },
        }
    }

    /// What somebody may see of a stream now; `None` if nothing.
    pub(super) async fn sight(&mut self, stream: StreamId, viewer: UserId) -> Result<Option<Sight>, StoreError> {
        let seen = match stream {
            StreamId::User(user) => (user == viewer).then_some((VIS_VER_FIRST, Windows::all())),
            StreamId::Group(id) => self.group_member(id, viewer).await?.map(|member| (member.vis_ver, Windows::all())),
            StreamId::Conversation(id) | StreamId::Members(id) => {
                self.seat(id, viewer).await?.map(|member| (member.vis_ver, member.windows))
            }
        };
        Ok(seen.map(|(vis_ver, windows)| Sight { stream, vis_ver, windows }))
    }

    pub(super) async fn lock(&mut self) -> Result<u64, StoreError> {
        let n = change_log::lock(self.connection).await?;
        self.facts.begin(n);
        Ok(n)
    }
}
