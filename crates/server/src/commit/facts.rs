//! What the committer knows by heart, and how an action looks things up: in memory first, then inside the transaction.

mod conversations;
mod groups;
mod learn;
mod links;
mod marked;
mod people;
mod reactions;
mod sessions;
mod ties;

pub(crate) use conversations::{ConversationFacts, Member};
pub(crate) use groups::{GroupFacts, GroupMember};
pub(crate) use reactions::Reactions;

use super::ledger::Ledger;
use crate::{
    names,
    sight::{Sight, VIS_VER_FIRST, Windows},
    store::{
        StoreError, account, change_log, conversation, delivered, external, login, member, membership, message, mutation,
        read_marker::{self, Marker},
        retention,
        role::Standing,
        rows, scheduled, stream,
    },
};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, GroupId, MessageId, MutationId, UserId},
    row::{Row, RowKey},
    rows::Person,
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// Facts kept before everything is forgotten and read again; about 100 bytes each.
const FACTS_MAX: usize = 500_000;

/// Answers remembered before they are forgotten: more than are under way at once.
const ANSWERED_MAX: usize = 20_000;

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

/// True as of change-log entry `n`: another process that committed since makes all of it worthless.
#[derive(Default)]
pub(super) struct Facts {
    n: u64,
    heads: HashMap<StreamId, Seq>,
    conversations: HashMap<ConversationId, ConversationFacts>,
    groups: HashMap<GroupId, GroupFacts>,
    people: HashMap<UserId, (Person, Standing)>,
    markers: HashMap<(UserId, ConversationId), Marker>,
    delivered: HashMap<(UserId, ConversationId), Pos>,
    /// What is pinned, with its places.
    pins: HashMap<ConversationId, BTreeMap<MessageId, Pos>>,
    /// Who lets others see what has reached them and what they have read.
    sharing: HashMap<UserId, bool>,
    contacts: HashMap<UserId, BTreeSet<UserId>>,
    /// Whom people have blocked.
    blocked: HashMap<UserId, BTreeSet<UserId>>,
    /// Names given away in the batch that is not yet written, and what they look like.
    names: HashSet<String>,
    /// Accounts at providers, by issuer and subject, that somebody in that batch signs up by.
    externals: HashSet<(String, String)>,
    admin_exists: bool,
    /// What the batch has changed for whom.
    outdated: Vec<Outdated>,
    /// Whose profiles look different to others after the batch.
    profiles: BTreeSet<UserId>,
    /// Mutations that were lately applied, or refused for good, which leaves no other trace: what follows them may go on.
    answered: HashSet<(UserId, MutationId)>,
}

impl Facts {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Called with the shard's lock held, at the beginning of a transaction.
    pub fn begin(&mut self, n: u64) {
        let members = self.conversations.values().map(|facts| facts.everybody.len()).sum::<usize>();
        let in_groups = self.groups.values().map(|facts| facts.everybody.len()).sum::<usize>();
        let marks = self.markers.len() + self.delivered.len() + self.sharing.len();
        let pins = self.pins.values().map(|pins| 1 + pins.len()).sum::<usize>();
        let around = self.contacts.values().chain(self.blocked.values()).map(|people| 1 + people.len()).sum::<usize>();
        if n != self.n || self.heads.len() + members + in_groups + marks + pins + around + self.people.len() > FACTS_MAX {
            self.clear();
            self.n = n;
        }
        if self.answered.len() > ANSWERED_MAX {
            self.answered.clear();
        }
    }

    /// Called when the transaction is durable.
    pub fn committed(&mut self, n: u64) {
        self.n = n;
        self.names.clear();
        self.externals.clear();
        self.outdated.clear();
        self.profiles.clear();
    }
}

/// What an action sees: the state with every earlier mutation of the batch applied.
pub(crate) struct View<'a> {
    connection: &'a mut AnyConnection,
    facts: &'a mut Facts,
    /// What the batch has changed and not yet written.
    unwritten: Option<&'a Ledger>,
}

impl<'a> View<'a> {
    pub(super) fn new(connection: &'a mut AnyConnection, facts: &'a mut Facts) -> Self {
        Self { connection, facts, unwritten: None }
    }

    /// The same with the rows that earlier mutations of the batch have changed.
    pub(super) fn after<'b>(&'b mut self, unwritten: &'b Ledger) -> View<'b> {
        View { connection: self.connection, facts: self.facts, unwritten: Some(unwritten) }
    }

    /// The conversation, whoever asks; `None` if there is none.
    pub async fn conversation(&mut self, id: ConversationId) -> Result<Option<&mut ConversationFacts>, StoreError> {
        if !self.facts.conversations.contains_key(&id) {
            let Some(nature) = conversation::nature(self.connection, id).await? else { return Ok(None) };
            let mut facts = ConversationFacts::new(nature.kind, nature.shared_history, nature.home);
            facts.last_pos = message::last_pos(self.connection, id).await?;
            facts.retained = retention::pos(self.connection, id).await?;
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

    /// Somebody's read marker.
    pub async fn marker(&mut self, user: UserId, conversation: ConversationId) -> Result<Marker, StoreError> {
        match self.facts.markers.get(&(user, conversation)) {
            Some(marker) => Ok(*marker),
            None => {
                let marker = read_marker::find(self.connection, user, conversation).await?;
                self.facts.markers.insert((user, conversation), marker);
                Ok(marker)
            }
        }
    }

    /// The newest pos that has reached somebody; 0 before the first.
    pub async fn delivered(&mut self, user: UserId, conversation: ConversationId) -> Result<Pos, StoreError> {
        match self.facts.delivered.get(&(user, conversation)) {
            Some(pos) => Ok(*pos),
            None => {
                let pos = delivered::pos(self.connection, user, conversation).await?;
                self.facts.delivered.insert((user, conversation), pos);
                Ok(pos)
            }
        }
    }

    /// Whether somebody lets others see what has reached them and what they have read.
    pub async fn shares_receipts(&mut self, user: UserId) -> Result<bool, StoreError> {
        match self.facts.sharing.get(&user) {
            Some(shares) => Ok(*shares),
            None => {
                let shares = account::shares_receipts(self.connection, user).await?;
                self.facts.sharing.insert(user, shares);
                Ok(shares)
            }
        }
    }

    pub async fn is_name_taken(&mut self, username_key: &str) -> Result<bool, StoreError> {
        let names = &self.facts.names;
        Ok(names.contains(username_key)
            || names.contains(&names::look(username_key))
            || account::is_taken(self.connection, username_key).await?)
    }

    /// Whether an account at a provider signs in to an account here.
    pub async fn is_external_taken(&mut self, issuer: &str, subject: &str) -> Result<bool, StoreError> {
        let in_batch = self.facts.externals.contains(&(issuer.to_owned(), subject.to_owned()));
        Ok(in_batch || external::find(self.connection, issuer, subject).await?.is_some())
    }

    /// Whether somebody else has verified an address.
    pub async fn is_address_taken(&mut self, address_key: &str, user: UserId) -> Result<bool, StoreError> {
        login::is_address_taken(self.connection, address_key, user).await
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
        match self.unwritten.and_then(|ledger| ledger.row(stream, &key)) {
            Some(row) => Ok(Some(row)),
            None => rows::one(self.connection, stream, &key).await,
        }
    }

    /// When a message was sent to a conversation, which is known for ever, also once the message is gone; of one that was scheduled while
    /// its row says so. `None` for what never was there.
    pub async fn sent_at(&mut self, conversation: ConversationId, message: MessageId) -> Result<Option<Millis>, StoreError> {
        if let Some((touched, at)) = mutation::sent(self.connection, message).await? {
            return Ok(touched.iter().any(|rows| rows.stream == StreamId::Conversation(conversation)).then_some(at));
        }
        let by_the_server = scheduled::sent_to(self.connection, message).await?;
        Ok(by_the_server.filter(|(there, _)| *there == conversation).map(|(_, at)| at))
    }

    /// Takes the conversation's next place.
    pub async fn next_pos(&mut self, id: ConversationId) -> Result<Pos, StoreError> {
        let facts = self.existing(id).await?;
        facts.last_pos += 1;
        Ok(facts.last_pos)
    }

    /// A conversation that a change stands on.
    async fn existing(&mut self, id: ConversationId) -> Result<&mut ConversationFacts, StoreError> {
        self.conversation(id).await?.ok_or(StoreError::Unreadable("conversation of a change"))
    }

    pub(super) fn learn_answer(&mut self, actor: UserId, id: MutationId) {
        self.facts.answered.insert((actor, id));
    }

    pub(super) fn is_answered(&self, actor: UserId, id: MutationId) -> bool {
        self.facts.answered.contains(&(actor, id))
    }

    pub(super) fn outdated(&mut self) -> Vec<Outdated> {
        std::mem::take(&mut self.facts.outdated)
    }

    /// Somebody's profile looks different to others from here on.
    pub fn note_profile(&mut self, user: UserId) {
        self.facts.profiles.insert(user);
    }

    pub(super) fn profiles(&mut self) -> BTreeSet<UserId> {
        std::mem::take(&mut self.facts.profiles)
    }

    /// Who may see a stream now.
    pub(super) async fn audience(&mut self, id: StreamId) -> Result<Audience, StoreError> {
        match id {
            StreamId::User(user) => {
                let me = Viewer { user, vis_ver: VIS_VER_FIRST, group_ver: 0, windows: Windows::all() };
                Ok(Audience { group: None, viewers: Arc::new([me]) })
            }
            StreamId::Group(id) => Ok(self.group(id).await?.map(|facts| facts.audience(id)).unwrap_or_default()),
            StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => {
                match self.conversation(id).await?.map(|facts| facts.home) {
                    Some(Some(home)) => self.channel_audience(id, home).await,
                    Some(None) => Ok(self.existing(id).await?.audience()),
                    None => Ok(Audience::default()),
                }
            }
        }
    }

    /// What somebody may see of a stream now; `None` if nothing.
    pub(super) async fn sight(&mut self, stream: StreamId, viewer: UserId) -> Result<Option<Sight>, StoreError> {
        let id = match stream {
            StreamId::User(user) => return Ok((user == viewer).then(|| Sight::whole(stream))),
            StreamId::Group(id) => {
                let member = self.group_member(id, viewer).await?;
                return Ok(member.map(|member| Sight { vis_ver: member.vis_ver, ..Sight::whole(stream) }));
            }
            StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => id,
        };
        let Some(Member { vis_ver, windows, .. }) = self.seat(id, viewer).await? else { return Ok(None) };
        let retained = self.existing(id).await?.retained;
        Ok(Some(Sight { stream, vis_ver, windows, retained }))
    }

    pub(super) async fn lock(&mut self) -> Result<u64, StoreError> {
        let n = change_log::lock(self.connection).await?;
        self.facts.begin(n);
        Ok(n)
    }
}
