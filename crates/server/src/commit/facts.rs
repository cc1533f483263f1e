//! What the committer knows by heart, and how an action looks things up: in memory first, then inside the transaction.

use crate::store::{StoreError, account, change_log, conversation, member, message, read_marker, stream};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, UserId},
    rows::{ConversationKind, Person},
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// Facts kept before everything is forgotten and read again; about 100 bytes each.
const FACTS_MAX: usize = 500_000;

/// Who may see a stream, each with the version of their window.
pub(crate) type Audience = Arc<[(UserId, u64)]>;

/// Somebody who is in a conversation now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub vis_ver: u64,
}

/// A conversation as actions need it.
pub(crate) struct ConversationFacts {
    pub kind: ConversationKind,
    pub last_pos: Pos,
    pub members: BTreeMap<UserId, Member>,
    audience: Option<Audience>,
}

impl ConversationFacts {
    pub fn new(kind: ConversationKind) -> Self {
        Self { kind, last_pos: 0, members: BTreeMap::new(), audience: None }
    }

    pub fn add_member(&mut self, user: UserId) {
        self.members.insert(user, Member { vis_ver: member::VIS_VER_FIRST });
        self.audience = None;
    }

    pub fn audience(&mut self) -> Audience {
        let members = &self.members;
        self.audience.get_or_insert_with(|| members.iter().map(|(user, member)| (*user, member.vis_ver)).collect()).clone()
    }
}

/// True as of change-log entry `n`: another process that committed since makes all of it worthless.
#[derive(Default)]
pub(super) struct Facts {
    n: u64,
    heads: HashMap<StreamId, Seq>,
    conversations: HashMap<ConversationId, ConversationFacts>,
    people: HashMap<UserId, Person>,
    markers: HashMap<(UserId, ConversationId), Pos>,
    /// Names given away in the batch that is not yet written.
    names: HashSet<String>,
    admin_exists: bool,
}

impl Facts {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Called with the shard's lock held, at the beginning of a transaction.
    pub fn begin(&mut self, n: u64) {
        let size = self.heads.len() + self.conversations.values().map(|facts| facts.members.len()).sum::<usize>() + self.markers.len();
        if n != self.n || size + self.people.len() > FACTS_MAX {
            self.clear();
            self.n = n;
        }
    }

    /// Called when the transaction is durable.
    pub fn committed(&mut self, n: u64) {
        self.n = n;
        self.names.clear();
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
            let Some(kind) = conversation::kind(self.connection, id).await? else { return Ok(None) };
            let mut facts = ConversationFacts::new(kind);
            facts.last_pos = message::last_pos(self.connection, id).await?;
            for (user, vis_ver) in member::present(self.connection, id).await? {
                facts.members.insert(user, Member { vis_ver });
            }
            self.facts.conversations.insert(id, facts);
        }
        Ok(self.facts.conversations.get_mut(&id))
    }

    /// The conversation, if the person is in it; `None` both if they are not and if there is none.
    pub async fn conversation_of(&mut self, id: ConversationId, user: UserId) -> Result<Option<&mut ConversationFacts>, StoreError> {
        Ok(self.conversation(id).await?.filter(|facts| facts.members.contains_key(&user)))
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

    pub(super) fn add_conversation(&mut self, id: ConversationId, facts: ConversationFacts) {
        self.facts.conversations.insert(id, facts);
    }

    pub(super) fn add_account(&mut self, person: Person, username_key: String, is_admin: bool) {
        self.facts.names.insert(username_key);
        self.facts.admin_exists |= is_admin;
        self.facts.people.insert(person.user, person);
    }

    pub(super) fn set_marker(&mut self, user: UserId, conversation: ConversationId, pos: Pos) {
        self.facts.markers.insert((user, conversation), pos);
    }

    /// Who may see a stream now.
    pub(super) async fn audience(&mut self, id: StreamId) -> Result<Audience, StoreError> {
        match id {
            StreamId::User(user) => Ok(Arc::new([(user, member::VIS_VER_FIRST)])),
            StreamId::Conversation(id) | StreamId::Members(id) => {
                Ok(self.conversation(id).await?.map(ConversationFacts::audience).unwrap_or_default())
            }
        }
    }

    /// The version under which somebody sees a stream; `None` if they may not.
    pub(super) async fn vis_ver(&mut self, id: StreamId, viewer: UserId) -> Result<Option<u64>, StoreError> {
        match id {
            StreamId::User(user) => Ok((user == viewer).then_some(member::VIS_VER_FIRST)),
            StreamId::Conversation(id) | StreamId::Members(id) => {
                Ok(self.conversation(id).await?.and_then(|facts| facts.members.get(&viewer)).map(|member| member.vis_ver))
            }
        }
    }

    pub(super) async fn lock(&mut self) -> Result<u64, StoreError> {
        let n = change_log::lock(self.connection).await?;
        self.facts.begin(n);
        Ok(n)
    }
}
