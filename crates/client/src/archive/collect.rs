//! What goes where in an archive.

use super::{
    manifest::{Counts, From, Listed, Manifest, ServerOf, VERSION},
    readme,
    source::Source,
    writer::Writer,
};
use crate::{
    engine::wall_ms,
    kinds::kind_of,
    view::{ArchiveMade, ArchiveProgress, Problem, Settings},
};
use hearth_protocol::{
    Millis, Pos,
    ids::{ConversationId, GroupId, MessageId, MutationId, UserId},
    mutations::Intent,
    row::Row,
    rows::{AccountRow, ConversationKind, MembershipRow, MessageRow, Person, RowData},
    stream::StreamId,
    versions::MessageVersion,
};
use hearth_text::MessageKind;
use hearth_words::Spoken;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Whose archive it is.
pub(crate) struct Owner {
    pub user: UserId,
    pub server_name: String,
    pub server_address: String,
    pub settings: Settings,
    /// The language in which it is said what is in it.
    pub spoken: Spoken,
}

/// One line of `messages.jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    mine: bool,
    /// The sender's name; empty where their account is deleted.
    from: &'a str,
    deleted: bool,
    /// What it is; null where it was deleted, and for what this version cannot read.
    kind: Option<MessageKind>,
    #[serde(flatten)]
    message: &'a MessageRow,
    /// What people have put on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<Reacted<'a>>,
}

#[derive(Serialize)]
struct Reacted<'a> {
    emoji: &'a str,
    user: UserId,
    /// Their name, as above.
    from: &'a str,
    at: Option<Millis>,
}

/// One entry of `outbox.json`.
#[derive(Serialize)]
struct Waiting {
    id: MutationId,
    made_at: Millis,
    change: Intent,
}

/// One entry of `versions.json`.
#[derive(Serialize)]
struct Said {
    conversation: ConversationId,
    message: MessageId,
    #[serde(flatten)]
    version: MessageVersion,
}

#[derive(Serialize)]
struct Draft {
    conversation: ConversationId,
    /// In whose thread it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_root: Option<MessageId>,
    text: String,
    /// The message that it is to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<MessageId>,
}

/// What is known while it goes on.
struct Collection<'a> {
    source: &'a Source,
    writer: Writer,
    me: UserId,
    names: BTreeMap<UserId, String>,
    counts: Counts,
    listed: Vec<Listed>,
    tell: &'a (dyn Fn(ArchiveProgress) + Send + Sync),
    progress: ArchiveProgress,
}

/// Writes everything that is the owner's, or that they may read, and tells how far it is.
///
/// # Errors
/// `archive_cancelled`; `offline` when the server went away meanwhile; `disk_full`, `archive_unwritten`. Then nothing is left of it.
pub(crate) async fn collect(
    source: &Source,
    owner: Owner,
    place: &std::path::Path,
    tell: &(dyn Fn(ArchiveProgress) + Send + Sync),
) -> Result<ArchiveMade, Problem> {
    let progress = ArchiveProgress { done: 0, conversations: 0, messages: 0 };
    let (writer, me) = (Writer::create(place).await?, owner.user);
    let mut to = Collection { source, writer, me, names: BTreeMap::new(), counts: Counts::default(), listed: vec![], tell, progress };
    to.writer.bytes(readme::NAME, readme::page(owner.spoken).into_bytes()).await?;
    let mine = to.person(owner.settings).await?;
    let present = present(&mine);
    let channels = to.groups(&present).await?;
    to.conversations(&mine, &present, channels).await?;
    to.finish(owner.server_name, owner.server_address, place).await
}

impl Collection<'_> {
    /// What is of the person alone; gives back the rows of their stream.
    async fn person(&mut self, settings: Settings) -> Result<Vec<Row>, Problem> {
        let copy = self.source.copy(StreamId::User(self.me)).await?;
        let mine = copy.ok_or_else(|| Problem::internal("the server does not know its account"))?.rows;
        self.learn(&mine);
        for (file, kind) in [
            ("devices.json", "device"),
            ("contacts.json", "contact"),
            ("blocks.json", "block"),
            ("invitations.json", "invitation"),
            ("notifications.json", "notification"),
            ("memberships.json", "membership"),
            ("group_memberships.json", "group_membership"),
            ("read_markers.json", "read_marker"),
            ("arrangements.json", "arrangement"),
            ("stars.json", "star"),
            ("hidden.json", "hidden"),
            ("collections.json", "collection"),
            ("collected.json", "collected"),
            ("threads.json", "thread"),
            ("scheduled.json", "scheduled"),
        ] {
            self.writer.json(file, &of_kind(&mine, kind)?).await?;
        }
        let account = mine.iter().find_map(|row| if let RowData::Account(account) = &row.data { Some(account) } else { None });
        self.writer.json("account.json", &account).await?;
        if let Some(picture) = account.and_then(|account: &AccountRow| account.picture)
            && let Some(bytes) = self.source.picture(picture).await?
        {
            self.writer.bytes("picture.jpg", bytes).await?;
        }
        self.unknown("", &mine).await?;
        if let Some(external) = self.source.asked(async |api| api.external_accounts().await).await? {
            self.writer.json("external_accounts.json", &external).await?;
        }
        if let Some(seen) = self.source.asked(async |api| api.devices().await).await? {
            self.writer.json("devices_seen.json", &seen.devices).await?;
        }
        self.writer.json("people.json", &self.source.profiles().await?).await?;
        self.writer.json("settings.json", &settings).await?;
        self.unsent().await?;
        Ok(mine)
    }

    /// What this version does not know of what came, whole; no file where there is nothing.
    async fn unknown<'r>(&mut self, folder: &str, rows: impl IntoIterator<Item = &'r Row>) -> Result<(), Problem> {
        let strange: Vec<&Row> = rows.into_iter().filter(|row| matches!(row.data, RowData::Unknown { .. })).collect();
        if strange.is_empty() {
            return Ok(());
        }
        self.writer.json(format!("{folder}unknown.json"), &strange).await
    }

    /// What this computer alone has.
    async fn unsent(&mut self) -> Result<(), Problem> {
        let drafts = self.source.replica.drafts().await?;
        let draft =
            |hearth_replica::Draft { conversation, thread_root, text, reply_to }| Draft { conversation, thread_root, text, reply_to };
        let drafts: Vec<Draft> = drafts.into_iter().map(draft).collect();
        let entries = self.source.replica.outbox().await?.into_iter().filter(|entry| !entry.is_quiet());
        let waiting: Vec<Waiting> =
            entries.map(|entry| Waiting { id: entry.id, made_at: entry.made_at_local, change: entry.intent }).collect();
        (self.counts.drafts, self.counts.waiting) = (drafts.len() as u64, waiting.len() as u64);
        let said = self.source.replica.all_versions().await?.into_iter();
        let said: Vec<Said> = said.map(|(conversation, message, version)| Said { conversation, message, version }).collect();
        self.writer.json("versions.json", &said).await?;
        self.writer.json("drafts.json", &drafts).await?;
        self.writer.json("outbox.json", &waiting).await
    }

    /// The groups that I am in; gives back their public channels.
    async fn groups(&mut self, present: &BTreeSet<GroupId>) -> Result<BTreeSet<ConversationId>, Problem> {
        let mut channels = BTreeSet::new();
        for group in present {
            let Some(copy) = self.source.copy(StreamId::Group(*group)).await? else { continue };
            self.learn(&copy.rows);
            channels.extend(copy.rows.iter().filter_map(|row| match &row.data {
                RowData::Channel(row) if !row.closed => Some(row.conversation),
                _ => None,
            }));
            for (file, kind) in [("group", "group"), ("members", "group_member"), ("channels", "channel")] {
                self.writer.json(format!("groups/{group}/{file}.json"), &of_kind(&copy.rows, kind)?).await?;
            }
            self.unknown(&format!("groups/{group}/"), &copy.rows).await?;
            self.counts.groups += 1;
        }
        Ok(channels)
    }

    async fn conversations(
        &mut self,
        mine: &[Row],
        present: &BTreeSet<GroupId>,
        channels: BTreeSet<ConversationId>,
    ) -> Result<(), Problem> {
        let mut all: BTreeMap<ConversationId, Option<Person>> = channels.into_iter().map(|channel| (channel, None)).collect();
        // In a private channel of a group that one has left, one is no more.
        let open = |row: &MembershipRow| row.left_at.is_none() && row.group.is_none_or(|group| present.contains(&group));
        all.extend(mine.iter().filter_map(|row| match &row.data {
            RowData::Membership(row) if open(row) => Some((row.conversation, row.peer.clone())),
            _ => None,
        }));
        self.progress.conversations = all.len() as u64;
        for (conversation, peer) in all {
            (self.tell)(self.progress);
            self.conversation(conversation, peer).await?;
            self.progress.done += 1;
        }
        (self.tell)(self.progress);
        Ok(())
    }

    /// One conversation: what it is, who is in it, what was read, and everything that was said.
    async fn conversation(&mut self, id: ConversationId, peer: Option<Person>) -> Result<(), Problem> {
        let Some(copy) = self.source.copy(StreamId::Conversation(id)).await? else { return Ok(()) };
        let members = self.source.copy(StreamId::Members(id)).await?.map(|copy| copy.rows).unwrap_or_default();
        self.learn(&members);
        let receipts = self.source.copy(StreamId::Receipts(id)).await?.map(|copy| copy.rows).unwrap_or_default();
        let about = copy.rows.iter().find_map(|row| if let RowData::Conversation(about) = &row.data { Some(about) } else { None });
        let mut strange = Vec::new();
        let Some((messages, sent)) = self.messages(id, copy.end, &mut strange).await? else { return Ok(()) };
        let at = |file: &str| format!("conversations/{id}/{file}.json");
        self.writer.json(at("conversation"), &about).await?;
        self.writer.json(at("retention"), &of_kind(&copy.rows, "retention")?).await?;
        self.writer.json(at("pins"), &of_kind(&copy.rows, "pin")?).await?;
        self.writer.json(at("members"), &of_kind(&members, "member")?).await?;
        self.writer.json(at("read"), &of_kind(&receipts, "read_receipt")?).await?;
        self.writer.json(at("delivered"), &of_kind(&receipts, "delivered")?).await?;
        self.unknown(&format!("conversations/{id}/"), copy.rows.iter().chain(&members).chain(&receipts).chain(&strange)).await?;
        let (complete, missing) = match self.source.server {
            Some(_) => (true, 0),
            None => {
                let coverage = self.source.replica.coverage(id).await?;
                (coverage.complete, coverage.missing)
            }
        };
        let name = about.map(|about| about.name.clone()).filter(|name| !name.is_empty());
        let name = name.or_else(|| peer.as_ref().map(name_of)).unwrap_or_default();
        let kind = about.map(|about| about.kind).or(peer.map(|_| ConversationKind::Direct));
        let group = about.and_then(|about| about.group);
        self.counts.conversations += 1;
        self.counts.messages += messages;
        self.counts.mine += sent;
        self.listed.push(Listed { id, kind, name, group, messages, mine: sent, complete, missing });
        Ok(())
    }

    /// Writes the messages, the oldest first, though they are read from the newest on; gives back how many, and how many of them are mine.
    /// What comes with them and is not known is put aside.
    async fn messages(&mut self, id: ConversationId, end: Pos, strange: &mut Vec<Row>) -> Result<Option<(u64, u64)>, Problem> {
        let mut pages = self.writer.spool().await?;
        let (mut count, mut sent, mut before) = (0, 0, end);
        loop {
            self.source.wanted.check()?;
            let Some((rows, more)) = self.source.messages(id, before).await? else { return Ok(None) };
            let read = count;
            let mut page = Vec::new();
            for row in &rows {
                let RowData::Message(message) = &row.data else { continue };
                let mine = message.sender == self.me;
                let name = |user: &UserId| self.names.get(user).map_or("", String::as_str);
                let on_it = rows.iter().filter_map(|row| match &row.data {
                    RowData::Reaction(row) if row.message == message.id => Some(row),
                    _ => None,
                });
                let reactions = on_it.map(|row| Reacted { emoji: &row.emoji, user: row.user, from: name(&row.user), at: row.at }).collect();
                let (from, kind) = (name(&message.sender), kind_of(message.body.as_ref()));
                let line = Line { mine, from, deleted: message.body.is_none(), kind, message, reactions };
                serde_json::to_writer(&mut page, &line).map_err(Problem::internal)?;
                page.push(b'\n');
                (count, sent) = (count + 1, sent + u64::from(mine));
            }
            strange.extend(rows.into_iter().filter(|row| matches!(row.data, RowData::Unknown { .. })));
            pages = pages.add(page).await?;
            self.progress.messages += count - read;
            match more {
                Some(more) => before = more,
                None => break,
            }
            (self.tell)(self.progress);
        }
        self.writer.pages(format!("conversations/{id}/messages.jsonl"), pages).await?;
        Ok(Some((count, sent)))
    }

    /// Remembers the names that rows bring.
    fn learn(&mut self, rows: &[Row]) {
        let mut learn = |person: &Person| self.names.insert(person.user, name_of(person));
        for row in rows {
            match &row.data {
                RowData::Member(row) => drop(learn(&row.person)),
                RowData::GroupMember(row) => drop(learn(&row.person)),
                RowData::Contact(row) => drop(learn(&row.person)),
                RowData::Account(me) => {
                    let (user, username) = (me.user, me.username.clone());
                    let (first_name, last_name) = (me.first_name.clone(), me.last_name.clone());
                    learn(&Person { user, username, first_name, last_name });
                }
                RowData::Membership(row) => {
                    row.peer.as_ref().map(&mut learn);
                }
                _ => {}
            }
        }
    }

    async fn finish(mut self, name: String, address: String, place: &std::path::Path) -> Result<ArchiveMade, Problem> {
        let from = if self.source.server.is_some() { From::Server } else { From::ThisComputer };
        let incomplete = self.listed.iter().filter(|listed| !listed.complete).count() as u64;
        let account = self.source.replica.me().await?;
        let files = self.writer.entries().to_vec();
        let manifest = Manifest {
            format: "hearth-archive",
            version: VERSION,
            made_at: wall_ms(),
            made_by: env!("CARGO_PKG_VERSION"),
            server: ServerOf { name, address, epoch: self.source.replica.epoch().await? },
            user: self.me,
            username: account.map(|account| account.username).unwrap_or_default(),
            from,
            complete: from == From::Server && incomplete == 0,
            counts: self.counts,
            conversations: &self.listed,
            files: &files,
        };
        self.writer.json("manifest.json", &manifest).await?;
        self.source.wanted.check()?;
        let bytes = self.writer.finish().await?;
        Ok(ArchiveMade {
            path: place.display().to_string(),
            conversations: self.counts.conversations,
            messages: self.counts.messages,
            bytes,
            from_here: from == From::ThisComputer,
            incomplete,
        })
    }
}

/// The groups that I am in.
fn present(mine: &[Row]) -> BTreeSet<GroupId> {
    let group = |row: &Row| match &row.data {
        RowData::GroupMembership(row) if row.left_at.is_none() => Some(row.group),
        _ => None,
    };
    mine.iter().filter_map(group).collect()
}

/// The data of the rows of a kind, in the order of their ids.
fn of_kind(rows: &[Row], kind: &str) -> Result<Vec<Value>, Problem> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for row in rows {
        let key = row.data.key();
        if key.kind == kind {
            let mut wire = serde_json::to_value(row).map_err(Problem::internal)?;
            found.insert(key.id, wire.get_mut("data").map(Value::take).unwrap_or_default());
        }
    }
    Ok(found.into_values().collect())
}

fn name_of(person: &Person) -> String {
    format!("{} {}", person.first_name, person.last_name).trim().to_owned()
}
