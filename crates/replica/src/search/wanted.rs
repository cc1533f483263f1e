//! What a query asks for, in this replica's own ids: the people and conversations that its filters name, and moments as places in the order
//! of the messages.

use super::{
    filter::{Called, Mark, QueryProblem, SearchFilter},
    query::{Query, QueryPart, Reading},
    words::fold_name,
};
use crate::{
    Result, friends,
    outbox::shown,
    people::needles,
    sql::{get, id, json, optional_id},
    tables::{account, message, person},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, UserId},
    rows::Person,
};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// People or conversations that one filter can mean.
const MEANT_MAX: i64 = 1_000;

/// A piece of what was typed, with what it means here.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    pub part: QueryPart,
    /// Why it asks for nothing, or why nothing can be found by it.
    pub problem: Option<QueryProblem>,
    /// Whom a name means.
    pub people: Vec<Person>,
    /// Which conversations, by name.
    pub conversations: Vec<MeantConversation>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MeantConversation {
    pub id: ConversationId,
    /// Empty for a direct one: `peer` names it.
    pub name: String,
    pub peer: Option<Person>,
}

impl MeantConversation {
    /// Its name as names are compared.
    fn folded(&self) -> String {
        match &self.peer {
            Some(peer) => fold_name(&format!("{} {}", peer.first_name, peer.last_name)),
            None => fold_name(&self.name),
        }
    }
}

/// Every message is looked for that is all of this.
#[derive(Debug)]
pub(super) struct Wanted {
    /// What the index is asked; it has what must not be there too.
    pub words: Option<String>,
    /// What must not be there, where no word must be.
    pub no_words: Option<String>,
    /// Numbers of messages: `[from, until)`.
    pub from: i64,
    pub until: i64,
    pub not_between: Vec<(i64, i64)>,
    /// One of them, if there are any filters for people.
    pub senders: Option<BTreeSet<UserId>>,
    pub not_senders: BTreeSet<UserId>,
    pub conversations: Option<BTreeSet<ConversationId>>,
    pub not_conversations: BTreeSet<ConversationId>,
    pub marks: Vec<(Mark, bool)>,
    pub here: Here,
}

/// What of this replica every question needs.
#[derive(Debug, Default)]
pub(super) struct Here {
    pub me: Option<UserId>,
    pub blocked: BTreeSet<UserId>,
    /// Stars and pins that wait in the outbox: which messages will have one, and which will have none.
    pub starred: Vec<(Vec<u8>, bool)>,
    pub pinned: Vec<(Vec<u8>, bool)>,
    /// My reactions that wait: message, emoji, and whether they are put on.
    pub reactions: Vec<(Vec<u8>, String, bool)>,
}

impl Here {
    async fn look(tx: &mut SqliteConnection) -> Result<Self> {
        let mut here = Self { me: account::my_id(tx).await?, blocked: friends::blocked(tx).await?, ..Self::default() };
        // What was wanted last is what will be.
        let mut marks: BTreeMap<(bool, Vec<u8>), bool> = BTreeMap::new();
        for mark in shown::marks(tx, None).await? {
            marks.insert((mark.pin, mark.message.as_bytes().to_vec()), mark.on);
        }
        for ((pin, message), on) in marks {
            if pin { here.pinned.push((message, on)) } else { here.starred.push((message, on)) }
        }
        let mut reactions = BTreeMap::new();
        for react in shown::reactions(tx, None).await? {
            reactions.insert((react.message.as_bytes().to_vec(), react.emoji), react.on);
        }
        here.reactions.extend(reactions.into_iter().map(|((message, emoji), on)| (message, emoji, on)));
        Ok(here)
    }
}

impl Wanted {
    /// What a query means here, part by part, and together. `None`: there is nothing to look for.
    pub async fn of(tx: &mut SqliteConnection, query: &Query) -> Result<(Vec<Understood>, Option<Self>)> {
        let plain = |part: &QueryPart| {
            let problem = if let Reading::Problem(_, problem) = part.reading { Some(problem) } else { None };
            Understood { part: part.clone(), problem, people: vec![], conversations: vec![] }
        };
        let mut parts: Vec<Understood> = query.parts.iter().map(plain).collect();
        let words = query.expression();
        let no_words = if words.is_none() { query.expression_without() } else { None };
        let mut wanted = Self {
            words,
            no_words,
            from: i64::MIN,
            until: i64::MAX,
            not_between: vec![],
            senders: None,
            not_senders: BTreeSet::new(),
            conversations: None,
            not_conversations: BTreeSet::new(),
            marks: vec![],
            here: Here::look(tx).await?,
        };
        let mut anything = wanted.words.is_some() || wanted.no_words.is_some();
        for (at, without, filter) in query.filters() {
            anything = true;
            if let Some(understood) = parts.get_mut(at) {
                wanted.take(tx, without, filter, understood).await?;
            }
        }
        Ok((parts, anything.then_some(wanted)))
    }

    async fn take(&mut self, tx: &mut SqliteConnection, without: bool, filter: &SearchFilter, part: &mut Understood) -> Result<()> {
        match filter {
            SearchFilter::From(called) => {
                part.people = self.people(tx, called).await?;
                part.problem = part.people.is_empty().then_some(QueryProblem::Nobody);
                let users = part.people.iter().map(|person| person.user);
                if without { self.not_senders.extend(users) } else { self.senders.get_or_insert_default().extend(users) }
            }
            SearchFilter::In(called) => {
                part.conversations = conversations(tx, called).await?;
                part.problem = part.conversations.is_empty().then_some(QueryProblem::NoConversation);
                let ids = part.conversations.iter().map(|meant| meant.id);
                if without { self.not_conversations.extend(ids) } else { self.conversations.get_or_insert_default().extend(ids) }
            }
            SearchFilter::Before(day) if without => self.begin(day.from),
            SearchFilter::Before(day) => self.end(day.from),
            SearchFilter::After(day) if without => self.end(day.until),
            SearchFilter::After(day) => self.begin(day.until),
            SearchFilter::On(day) if without => self.not_between.push((message::number_at(day.from), message::number_at(day.until))),
            SearchFilter::On(day) => {
                self.begin(day.from);
                self.end(day.until);
            }
            SearchFilter::Marked(mark) => self.marks.push((*mark, !without)),
        }
        Ok(())
    }

    fn begin(&mut self, at: Millis) {
        self.from = self.from.max(message::number_at(at));
    }

    fn end(&mut self, at: Millis) {
        self.until = self.until.min(message::number_at(at));
    }

    /// Whether the filters leave a conversation in.
    pub fn looks_in(&self, conversation: ConversationId) -> bool {
        let among = self.conversations.as_ref().is_none_or(|wanted| wanted.contains(&conversation));
        among && !self.not_conversations.contains(&conversation)
    }

    pub fn marked(&self, mark: Mark) -> bool {
        self.marks.contains(&(mark, true))
    }

    /// Whether a filter says what kind of message it must be, so that there may be few of them.
    pub fn narrows(&self) -> bool {
        self.senders.is_some() || self.conversations.is_some() || self.marks.iter().any(|(_, is)| *is)
    }

    async fn people(&self, tx: &mut SqliteConnection, called: &Called) -> Result<Vec<Person>> {
        let wanted = match called {
            Called::Me => {
                let Some(me) = self.here.me else { return Ok(vec![]) };
                return Ok(person::find(tx, me).await?.into_iter().collect());
            }
            Called::Username(username) => ("username = ?1 COLLATE NOCASE", username.clone()),
            Called::Name(name) => (NAMED, json(&needles(name))?),
        };
        if wanted.1 == NO_WORDS {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT user AS person, username, first_name, last_name FROM person WHERE username <> '' AND {}
             ORDER BY first_name, last_name, username LIMIT ?2",
            wanted.0
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(wanted.1).bind(MEANT_MAX).fetch_all(tx).await?;
        rows.iter().filter_map(|row| person::read(row).transpose()).collect()
    }
}

/// A name without a letter.
const NO_WORDS: &str = "[]";
/// Each needle of ?1 is in the folded name.
const NAMED: &str = "NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(folded, value) = 0)";

/// By their names, or by those with whom I have them alone; of a username only the latter. A name that is typed as it stands means those
/// that are called so, and not those of which it is a part.
async fn conversations(tx: &mut SqliteConnection, called: &Called) -> Result<Vec<MeantConversation>> {
    let (wanted, parameter) = match called {
        Called::Me => return Ok(vec![]),
        Called::Username(username) => ("l.kind = 'direct' AND p.username = ?1 COLLATE NOCASE", username.clone()),
        Called::Name(name) => (
            "NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(coalesce(c.folded, '') || coalesce(p.folded, ''), value) = 0)",
            json(&needles(name))?,
        ),
    };
    if parameter == NO_WORDS {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT l.conversation AS conversation, coalesce(c.name, '') AS name, l.peer AS peer, p.user AS person, p.username, p.first_name, p.last_name
         FROM line l LEFT JOIN conversation c ON c.id = l.conversation LEFT JOIN person p ON p.user = l.peer
         WHERE {wanted} ORDER BY l.active_at DESC"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(parameter).fetch_all(tx).await?;
    let mut meant = vec![];
    for row in &rows {
        let peer: Option<UserId> = optional_id(get(row, "peer")?)?;
        meant.push(MeantConversation {
            id: id(get(row, "conversation")?)?,
            name: get(row, "name")?,
            peer: if peer.is_some() { person::read(row)? } else { None },
        });
    }
    if let Called::Name(name) = called {
        let typed = fold_name(name);
        if meant.iter().any(|one| one.folded() == typed) {
            meant.retain(|one| one.folded() == typed);
        }
    }
    meant.truncate(usize::try_from(MEANT_MAX).unwrap_or(usize::MAX));
    Ok(meant)
}
