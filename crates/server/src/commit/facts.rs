//! What the committer knows by heart, and how an action looks things up: in memory first, then inside the transaction.

use super::ledger::Ledger;
use crate::{
    sight::{Sight, VIS_VER_FIRST, Windows},
    store::{
        StoreError,
        account::{self, AccountRecord},
        change_log, conversation, delivered, member,
        membership::{self, Membership},
        message, read_marker, retention, rows, stream,
    },
};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, MutationId, UserId},
    limits,
    row::{Row, RowKey},
    rows::{
        ConversationKind, ConversationRow, DeliveredRow, MemberRole, MemberRow, MembershipRow, Person, ReadMarkerRow, RetentionRow, Role,
    },
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// Facts kept before everything is forgotten and read again; about 100 bytes each.
const FACTS_MAX: usize = 500_000;

/// Answers remembered before they are forgotten: more than are under way at once.
const ANSWERED_MAX: usize = 20_000;

/// Who may see a stream, and what of it.
pub(crate) type Audience = Arc<[Viewer]>;

/// Somebody to whom a stream may be told.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub user: UserId,
    pub vis_ver: u64,
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

/// Somebody's windows changed: what waits for them under a lower version may not be told any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outdated {
    pub user: UserId,
    pub conversation: ConversationId,
    pub vis_ver: u64,
}

/// A conversation as actions need it.
pub(crate) struct ConversationFacts {
    pub kind: ConversationKind,
    pub shared_history: bool,
    pub last_pos: Pos,
    /// The first place that is kept; 0 where all is.
    pub retained: Pos,
    everybody: BTreeMap<UserId, Member>,
    audience: Option<Audience>,
}

impl ConversationFacts {
    pub fn new(kind: ConversationKind, shared_history: bool) -> Self {
        Self { kind, shared_history, last_pos: 0, retained: 0, everybody: BTreeMap::new(), audience: None }
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

    /// Whether its people are told what has reached the others and what they have read.
    pub fn tells_receipts(&self) -> bool {
        self.present().take(limits::RECEIPTS_MEMBERS_MAX + 1).count() <= limits::RECEIPTS_MEMBERS_MAX
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
        let viewer = |(user, member): (&UserId, &Member)| Viewer { user: *user, vis_ver: member.vis_ver, windows: member.windows.clone() };
        let everybody = &self.everybody;
        self.audience.get_or_insert_with(|| everybody.iter().filter(|(_, member)| !member.left).map(viewer).collect()).clone()
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
    delivered: HashMap<(UserId, ConversationId), Pos>,
    /// Who lets others see what has reached them and what they have read.
    sharing: HashMap<UserId, bool>,
    /// Names given away in the batch that is not yet written.
    names: HashSet<String>,
    admin_exists: bool,
    /// Whose windows the batch has changed.
    outdated: Vec<Outdated>,
    /// Mutations that were lately applied, or refused for good, which leaves no other trace: what follows them may go on.
    answered: HashSet<(UserId, MutationId)>,
}

impl Facts {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Called with the shard's lock held, at the beginning of a transaction.
    pub fn begin(&mut self, n: u64) {
        let size = self.heads.len() + self.conversations.values().map(|facts| facts.everybody.len()).sum::<usize>() + self.markers.len();
        let size = size + self.delivered.len() + self.sharing.len();
        if n != self.n || size + self.people.len() > FACTS_MAX {
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
        self.outdated.clear();
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
            let Some((kind, shared_history)) = conversation::nature(self.connection, id).await? else { return Ok(None) };
            let mut facts = ConversationFacts::new(kind, shared_history);
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
        Ok(self.conversation(id).await?.filter(|facts| facts.member(user).is_some()))
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
        match self.unwritten.and_then(|ledger| ledger.row(stream, &key)) {
            Some(row) => Ok(Some(row)),
            None => rows::one(self.connection, stream, &key).await,
        }
    }

    /// Takes the conversation's next place.
    pub async fn next_pos(&mut self, id: ConversationId) -> Result<Pos, StoreError> {
        let facts = self.existing(id).await?;
        facts.last_pos += 1;
        Ok(facts.last_pos)
    }

    pub fn learn_conversation(&mut self, row: &ConversationRow) {
        let new = || ConversationFacts::new(row.kind, row.shared_history);
        self.facts.conversations.entry(row.id).or_insert_with(new).shared_history = row.shared_history;
    }

    pub async fn learn_retention(&mut self, conversation: ConversationId, row: &RetentionRow) -> Result<(), StoreError> {
        self.existing(conversation).await?.retained = row.pos;
        Ok(())
    }

    pub async fn learn_member(&mut self, conversation: ConversationId, row: &MemberRow) -> Result<(), StoreError> {
        let member = self.existing(conversation).await?.entry(row.person.user);
        (member.role, member.joined_at, member.left) = (row.role, row.joined_at, row.left_at.is_some());
        Ok(())
    }

    pub async fn learn_membership(&mut self, user: UserId, membership: &Membership) -> Result<(), StoreError> {
        let member = self.existing(membership.row.conversation).await?.entry(user);
        (member.vis_ver, member.windows) = (membership.row.vis_ver, membership.windows.clone());
        let MembershipRow { conversation, vis_ver, .. } = membership.row;
        if vis_ver > VIS_VER_FIRST {
            self.facts.outdated.push(Outdated { user, conversation, vis_ver });
        }
        Ok(())
    }

    pub fn learn_account(&mut self, record: &AccountRecord) {
        let row = record.row();
        self.facts.sharing.insert(row.user, row.read_receipts);
        let AccountRecord::New(account) = record else { return };
        self.facts.names.insert(account.username_key.clone());
        self.facts.admin_exists |= account.role == Role::Admin;
        self.facts.people.insert(account.id, account.person());
    }

    pub fn learn_marker(&mut self, user: UserId, row: &ReadMarkerRow) {
        self.facts.markers.insert((user, row.conversation), row.pos);
    }

    pub fn learn_delivered(&mut self, conversation: ConversationId, row: &DeliveredRow) {
        self.facts.delivered.insert((row.user, conversation), row.pos);
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

    /// Who may see a stream now.
    pub(super) async fn audience(&mut self, id: StreamId) -> Result<Audience, StoreError> {
        match id {
            StreamId::User(user) => Ok(Arc::new([Viewer { user, vis_ver: VIS_VER_FIRST, windows: Windows::all() }])),
            StreamId::Conversation(id) | StreamId::Members(id) | StreamId::Receipts(id) => {
                Ok(self.conversation(id).await?.map(ConversationFacts::audience).unwrap_or_default())
            }
        }
    }

    /// What somebody may see of a stream now; `None` if nothing.
    pub(super) async fn sight(&mut self, stream: StreamId, viewer: UserId) -> Result<Option<Sight>, StoreError> {
        let Some(id) = stream.conversation() else {
            return Ok((stream == StreamId::User(viewer)).then(|| Sight::whole(stream)));
        };
        let Some(facts) = self.conversation(id).await? else { return Ok(None) };
        let (retained, member) = (facts.retained, facts.member(viewer));
        Ok(member.map(|member| Sight { stream, vis_ver: member.vis_ver, windows: member.windows.clone(), retained }))
    }

    pub(super) async fn lock(&mut self) -> Result<u64, StoreError> {
        let n = change_log::lock(self.connection).await?;
        self.facts.begin(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_stop_above_a_hundred_people() {
        let mut facts = ConversationFacts::new(ConversationKind::Group, true);
        let people: Vec<UserId> = (0..=limits::RECEIPTS_MEMBERS_MAX).map(|_| UserId::new()).collect();
        people.iter().for_each(|user| facts.entry(*user).left = false);
        assert!(!facts.tells_receipts());
        facts.entry(people[0]).left = true;
        assert!(facts.tells_receipts(), "who has left does not count");
    }
}
