//! For tests alone: the visible state as text, and faults.

use crate::{
    Replica, Result, StreamState,
    apply::rows::DUMPS,
    connection::Durability,
    search::Index,
    sql::{damaged, get, id, json, number, optional_id},
    tables::{
        message::{self, COLUMNS},
        meta,
    },
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, Epoch, MessageId, UserId},
    rows::{MessageRow, ReactionRow},
    stream::StreamId,
};
use sqlx::{AssertSqlSafe, Row, SqliteConnection, sqlite::SqliteRow};
use std::collections::{BTreeMap, BTreeSet};

/// What a person can see besides rows, in an order that does not depend on how it came. Cursors, hidden rows and the outbox are not in it.
const DERIVED: &[(&str, &str)] = &[
    ("person", "SELECT lower(hex(user)) || ' ' || json_array(username, first_name, last_name) FROM person ORDER BY user"),
    ("unknown_row", "SELECT stream || ' ' || kind || ' ' || id || ' ' || seq || ' ' || raw FROM unknown_row ORDER BY stream, kind, id"),
    ("known", "SELECT lower(hex(conversation)) || ' ' || from_pos || ' ' || to_pos FROM known ORDER BY conversation, from_pos"),
    (
        "line",
        "SELECT lower(hex(conversation)) || ' ' || json_array(kind, lower(hex(peer)), last_n IS NULL, active_at, read_pos, unread, asides,
            archived, pin_order, muted_until, level) FROM line WHERE listed = 1 ORDER BY conversation",
    ),
    ("messages", "SELECT value FROM meta WHERE name = 'messages' AND value <> '0'"),
];

/// What a person has before them, and what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    pub standings: BTreeMap<StreamId, Standing>,
    /// The messages that can be seen, with their rows' seqs: those of rows that are not hidden, and (0) those that wait in the outbox.
    pub shown: BTreeMap<(ConversationId, MessageId), Seq>,
    /// Known intervals that lack a message: a person would read across a gap without a sign of it.
    pub holes: Vec<(ConversationId, String)>,
    /// People who have lost their name, with their account.
    pub nameless: BTreeSet<UserId>,
}

const GLANCE: &str = "
    SELECT state, id, epoch, NULL, vis_ver, resets, cursor, head FROM stream
    UNION ALL SELECT 'shown', '', conversation, id, seq, 0, 0, 0 FROM message WHERE hidden = 0
    UNION ALL SELECT 'shown', '', conversation, id, 0, 0, 0, 0 FROM outbox WHERE what = 'send_message'
    UNION ALL SELECT 'hole', '', k.conversation, NULL, k.from_pos, k.to_pos, k.here, 0 FROM (
        SELECT conversation, from_pos, to_pos, (SELECT count(*) FROM message m WHERE m.conversation = known.conversation
            AND m.pos >= known.from_pos AND m.pos < known.to_pos AND m.hidden = 0) AS here
        FROM known WHERE EXISTS (SELECT 1 FROM stream s WHERE s.conversation = known.conversation AND s.kind = 1)) k
    WHERE k.here <> k.to_pos - k.from_pos
    UNION ALL SELECT 'nameless', '', user, NULL, 0, 0, 0, 0 FROM person WHERE username = ''";

/// Where a stream stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub stream: StreamId,
    pub state: StreamState,
    pub epoch: Option<Epoch>,
    pub vis_ver: u64,
    /// How often the copy was replaced: with epoch and version the copy's generation.
    pub resets: u64,
    pub cursor: Seq,
    pub head: Seq,
}

/// A conversation's unread messages, as its line says and as they are counted one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadCounts {
    pub conversation: ConversationId,
    pub line: u64,
    pub counted: u64,
    pub mentions: u64,
    /// The same of the threads there that I follow, together.
    pub asides: u64,
    pub asides_counted: u64,
}

/// Where markers are after these moves, one after the other.
fn moved(marks: Vec<(String, i64, bool)>, markers: &mut BTreeMap<String, i64>) {
    for (of, pos, back) in marks {
        let marker = markers.entry(of).or_default();
        *marker = if back { pos.min(*marker) } else { pos.max(*marker) };
    }
}

/// The threads that its person follows and how far they have read them, from the rows and then what waits, one after the other.
async fn threads_read(tx: &mut SqliteConnection) -> Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64, bool)> =
        sqlx::query_as("SELECT lower(hex(root)), read_pos, following FROM thread WHERE ended_at IS NULL").fetch_all(&mut *tx).await?;
    let decided: Vec<(String, bool)> = sqlx::query_as(
        "SELECT lower(hex(message)), intent ->> '$.follow_thread.on' FROM outbox WHERE what = 'follow_thread' AND state <> 'failed' ORDER BY n",
    )
    .fetch_all(&mut *tx)
    .await?;
    let marks: Vec<(String, i64, bool)> = sqlx::query_as(
        "SELECT lower(hex(message)), pos, what = 'unread_thread' FROM outbox WHERE what IN ('read_thread', 'unread_thread') ORDER BY n",
    )
    .fetch_all(tx)
    .await?;
    let mut follows: BTreeMap<String, bool> = rows.iter().map(|(root, _, following)| (root.clone(), *following)).collect();
    // Whoever begins to follow has read all that there is.
    let mut read: BTreeMap<String, i64> =
        rows.into_iter().map(|(root, pos, following)| (root, if following { pos } else { i64::MAX })).collect();
    for (root, on) in decided {
        read.entry(root.clone()).or_insert(i64::MAX);
        follows.insert(root, on);
    }
    moved(marks, &mut read);
    read.retain(|root, _| follows.get(root).copied().unwrap_or(false));
    Ok(read)
}

impl Replica {
    /// Takes the oldest message that is shown out, as no rule of the replica could. False if there is none.
    pub async fn lose_a_message(&self) -> Result<bool> {
        let mut tx = self.write(Durability::Undoable).await?;
        let oldest: Option<(i64, Option<String>)> =
            sqlx::query_as("SELECT n, text FROM message WHERE deleted = 0 AND hidden = 0 ORDER BY n LIMIT 1")
                .fetch_optional(&mut *tx)
                .await?;
        let Some((n, text)) = oldest else { return Ok(false) };
        let mut index = Index::default();
        index.hide(n, text.as_deref());
        let more = index.write(&mut tx).await?;
        meta::add_messages(&mut tx, more).await?;
        sqlx::query("DELETE FROM message WHERE n = ?").bind(n).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Looks for damage: the answer is empty when there is none.
    pub async fn check(&self) -> Result<Vec<String>> {
        let mut tx = self.read().await?;
        // The search index's check trusts what this connection remembers of it; a query makes it look whether others have written.
        let _: Vec<i64> =
            sqlx::query_scalar("SELECT rowid FROM message_words WHERE message_words MATCH 'x' LIMIT 1").fetch_all(&mut *tx).await?;
        let found: Vec<String> = sqlx::query_scalar("PRAGMA quick_check").fetch_all(&mut *tx).await?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// Everything that must hold after each single write, in one statement: the simulator looks thousands of times.
    pub async fn glance(&self) -> Result<Glance> {
        type Line = (String, String, Option<Vec<u8>>, Option<Vec<u8>>, i64, i64, i64, i64);
        let lines: Vec<Line> = sqlx::query_as(GLANCE).fetch_all(&mut *self.look().await?).await?;
        let mut glance = Glance::default();
        for (what, name, first, second, a, b, c, d) in lines {
            match (what.as_str(), first, second) {
                ("shown", Some(conversation), Some(message)) => {
                    let seq = glance.shown.entry((id(&conversation)?, id(&message)?)).or_default();
                    *seq = number(a).max(*seq);
                }
                ("hole", Some(conversation), _) => {
                    let conversation: ConversationId = id(&conversation)?;
                    glance.holes.push((conversation, format!("{conversation}: of [{a}, {b}) only {c} are here")));
                }
                ("nameless", Some(user), _) => {
                    glance.nameless.insert(id(&user)?);
                }
                (state, epoch, _) => {
                    let stream = name.parse().map_err(damaged)?;
                    let standing = Standing {
                        stream,
                        state: StreamState::parse(state).ok_or_else(|| damaged("a stream's state"))?,
                        epoch: optional_id(epoch)?,
                        vis_ver: number(a),
                        resets: number(b),
                        cursor: number(c),
                        head: number(d),
                    };
                    glance.standings.insert(stream, standing);
                }
            }
        }
        Ok(glance)
    }

    /// What stands on messages that are not hidden, as the server has it.
    pub async fn reaction_rows(&self) -> Result<Vec<ReactionRow>> {
        let sql = "SELECT r.message, r.pos, r.user, r.emoji, r.at FROM reaction r JOIN message m ON m.id = r.message AND m.hidden = 0
            WHERE r.at IS NOT NULL ORDER BY r.message, r.emoji, r.user";
        let read = |row: &SqliteRow| {
            let at = get::<Option<i64>>(row, "at")?;
            Ok(ReactionRow {
                message: id(get(row, "message")?)?,
                pos: number(get(row, "pos")?),
                user: id(get(row, "user")?)?,
                emoji: get(row, "emoji")?,
                at,
            })
        };
        sqlx::query(sql).fetch_all(&mut *self.read().await?).await?.iter().map(read).collect()
    }

    /// Every message that is not hidden, by conversation and place.
    pub async fn messages(&self) -> Result<Vec<(ConversationId, MessageRow)>> {
        let mut tx = self.read().await?;
        let sql = format!("SELECT m.conversation, {COLUMNS} FROM message m WHERE m.hidden = 0 ORDER BY m.conversation, m.pos, m.id");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *tx).await?;
        rows.iter().map(|row| Ok((id(get(row, "conversation")?)?, message::read(row)?))).collect()
    }

    /// What is hidden for its person, by the rows and the outbox.
    pub async fn put_away(&self) -> Result<Vec<MessageId>> {
        let found: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT message FROM put_away ORDER BY message").fetch_all(&mut *self.read().await?).await?;
        found.iter().map(|bytes| id(bytes)).collect()
    }

    /// The roots of the threads that its person follows and the place up to which they are read, by the rows and the outbox.
    pub async fn followed(&self) -> Result<BTreeMap<MessageId, u64>> {
        let sql = "SELECT root, read_pos FROM thread_now WHERE following";
        let found: Vec<(Vec<u8>, i64)> = sqlx::query_as(sql).fetch_all(&mut *self.read().await?).await?;
        found.iter().map(|(root, read_pos)| Ok((id(root)?, number(*read_pos)))).collect()
    }

    /// Unread messages, counted from the rows alone: after the marker as the outbox moves it, one mark after the other, not mine, not
    /// deleted, said by somebody, not by one whom I have blocked.
    pub async fn count_unread(&self) -> Result<Vec<UnreadCounts>> {
        let mut tx = self.read().await?;
        let marks: Vec<(String, i64, bool)> = sqlx::query_as(
            "SELECT lower(hex(conversation)), pos, back FROM (SELECT conversation, pos, 0 AS n, 0 AS back FROM read_marker
                UNION ALL SELECT conversation, pos, n, shows = 'unread' FROM outbox WHERE shows IN ('read', 'unread')) ORDER BY n",
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut markers = BTreeMap::new();
        moved(marks, &mut markers);
        let threads = threads_read(&mut tx).await?;
        let rows: Vec<(Vec<u8>, i64, i64, i64, i64, i64)> = sqlx::query_as(concat!(
            "SELECT l.conversation, l.unread,
                (SELECT count(*) FROM message m WHERE m.conversation = l.conversation AND m.hidden = 0 AND m.deleted = 0
                    AND coalesce(m.body ->> '$.kind' <> 'system', 1) AND m.aside = 0 AND m.sender <> (SELECT user FROM account)
                    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.user = m.sender AND b.ended_at IS NULL)
                    AND m.pos > coalesce(?1 ->> lower(hex(l.conversation)), 0)),
                ",
            crate::list::mentions!(),
            ", l.asides,
                (SELECT count(*) FROM message m WHERE m.conversation = l.conversation AND m.aside = 1 AND m.hidden = 0 AND m.deleted = 0
                    AND m.sender <> (SELECT user FROM account)
                    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.user = m.sender AND b.ended_at IS NULL)
                    AND NOT EXISTS (SELECT 1 FROM put_away h WHERE h.message = m.id)
                    AND m.pos > (?2 ->> lower(hex(m.thread_root))))",
            " FROM line l WHERE l.listed = 1 ORDER BY l.conversation",
        ))
        .bind(json(&markers)?)
        .bind(json(&threads)?)
        .fetch_all(&mut *tx)
        .await?;
        rows.iter()
            .map(|(conversation, line, counted, mentions, asides, asides_counted)| {
                let (line, counted, mentions) = (number(*line), number(*counted), number(*mentions));
                let (asides, asides_counted) = (number(*asides), number(*asides_counted));
                Ok(UnreadCounts { conversation: id(conversation)?, line, counted, mentions, asides, asides_counted })
            })
            .collect()
    }

    /// Every visible synced row, one a line, in a fixed order: two replicas of one person are equal when these are.
    pub async fn dump(&self) -> Result<String> {
        let mut tx = self.read().await?;
        let mut out = String::new();
        for (table, sql) in DUMPS.iter().chain(DERIVED) {
            for row in sqlx::query(AssertSqlSafe(*sql)).fetch_all(&mut *tx).await? {
                let line: Option<String> = row.try_get(0)?;
                out.push_str(&format!("{table} {}\n", line.unwrap_or_default()));
            }
        }
        Ok(out)
    }

    /// Lets the file grow to so many pages and no further, as a full disk would; `None` lifts it.
    pub async fn limit_pages(&self, pages: Option<u32>) -> Result<u32> {
        let mut tx = self.write(Durability::Forever).await?;
        let sql = format!("PRAGMA max_page_count = {}", pages.unwrap_or(u32::MAX - 1));
        let limit: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(crate::sql::small(limit))
    }

    /// Empties the file, as if it were new: its connections and what they have prepared are of use again.
    #[cfg(feature = "sim")]
    pub async fn wipe(&self) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'message_words%'",
        )
        .fetch_all(&mut *tx)
        .await?;
        let empty: String = tables.iter().map(|table| format!("DELETE FROM {table};")).collect();
        let words = "INSERT INTO message_words (message_words) VALUES ('delete-all');";
        sqlx::raw_sql(AssertSqlSafe(empty + words)).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// Marks the file as written by a Hearth of the future.
    pub async fn pretend_newer(&self) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        sqlx::query("PRAGMA user_version = 9999").execute(&mut *tx).await?;
        tx.commit().await
    }
}
