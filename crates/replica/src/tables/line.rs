//! A conversation's line in the list, derived from rows and outbox.

use crate::{
    Result, Shows, StreamState,
    outbox::shown,
    shows,
    sql::{from_json, get, number},
    tables::{arrangement, hidden::put_away, thread},
};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    limits,
    rows::{ArrangementRow, ConversationKind},
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// What a line is derived from.
struct Facts {
    row: SqliteRow,
    /// The conversation that waits in the outbox to be made: its kind, and the other person of a direct one.
    made: Option<(ConversationKind, Option<UserId>)>,
    /// My read marker, or where the outbox says.
    read_pos: i64,
}

/// Derives the line again. Every transaction that changes what it stands on ends with this.
pub(crate) async fn refresh(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>) -> Result<()> {
    let facts = Facts::gather(tx, conversation).await?;
    let row = &facts.row;
    let own_kind: Option<String> = get(row, "own_kind")?;
    let member_kind: Option<String> = get(row, "member_kind")?;
    let channel = get::<bool>(row, "channel")?.then(|| ConversationKind::Channel.as_str().to_owned());
    let mine = member_kind.or(channel);
    let followed = get::<Option<&str>>(row, "state")?.is_some();
    let listed = own_kind.is_some() || (mine.is_some() && followed) || facts.made.is_some();
    if !listed && !followed {
        return delete(tx, conversation).await;
    }
    let kind = own_kind.or(mine).or(facts.made.map(|(kind, _)| kind.as_str().into())).unwrap_or_else(|| "direct".into());
    let unread = unread(tx, conversation, me, &facts).await?;
    let asides = thread::unread_in(tx, conversation, me).await?;
    let peer = match get::<Option<Vec<u8>>>(row, "peer")? {
        None if kind == "direct" => match facts.made {
            Some((_, Some(peer))) => Some(peer.as_bytes().to_vec()),
            _ => other_member(tx, conversation, me).await?,
        },
        peer => peer,
    };
    let active_at: i64 = get(row, "active_at")?;
    let mut arrangement = arrangement::read(conversation, row)?;
    if get(row, "arranges")? {
        let waiting = shown::arrangements(tx, conversation).await?;
        arrangement = waiting.into_iter().fold(arrangement, |arrangement, (change, at)| arrangement.with(change, at));
    }
    let archived = is_archived(&arrangement, row)?;
    sqlx::query(
        "INSERT INTO line (conversation, listed, kind, peer, last_n, outbox_n, active_at, read_pos, unread,
             archived, pin_order, muted_until, level, asides) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET listed = excluded.listed, kind = excluded.kind, peer = excluded.peer,
             last_n = excluded.last_n, outbox_n = excluded.outbox_n, active_at = excluded.active_at,
             read_pos = excluded.read_pos, unread = excluded.unread, archived = excluded.archived, pin_order = excluded.pin_order,
             muted_until = excluded.muted_until, level = excluded.level, asides = excluded.asides",
    )
    .bind(conversation.as_bytes())
    .bind(listed)
    .bind(kind)
    .bind(peer)
    .bind(get::<Option<i64>>(row, "last_n")?)
    .bind(get::<Option<i64>>(row, "outbox_n")?)
    .bind(active_at)
    .bind(facts.read_pos)
    .bind(unread)
    .bind(archived)
    .bind(arrangement.pinned_at.unwrap_or(i64::MAX))
    .bind(arrangement.muted_until)
    .bind(arrangement.level.as_str())
    .bind(asides)
    .execute(&mut *tx)
    .await?;
    if get::<Option<i64>>(row, "stream_active_at")?.is_some_and(|stream| stream != active_at) {
        sqlx::query("UPDATE stream SET active_at = ? WHERE conversation = ?")
            .bind(active_at)
            .bind(conversation.as_bytes())
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// Whether it is put away still: what came after it was brings it back, mine as well, but for what came while it was muted.
fn is_archived(arrangement: &ArrangementRow, row: &SqliteRow) -> Result<bool> {
    let Some(upto) = arrangement.archived_to else { return Ok(false) };
    let echoes = number(get(row, "echoes")?);
    // What waits gets a place after all that there is, asides as well.
    let last = if echoes > 0 { number(get(row, "newest_pos")?).saturating_add(echoes) } else { number(get(row, "last_pos")?) };
    let muted = arrangement.is_muted(get(row, "active_at")?);
    Ok(last <= upto || muted)
}

/// Nothing is here of the conversation any more.
async fn delete(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM line WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// My read marker with what waits: how far I read before I marked something as unread, where that put it, and how far I read since.
macro_rules! read_pos {
    () => {
        "max(min(max(coalesce(r.pos, 0), o.before), o.back), o.since)"
    };
}

/// ?1 is the conversation, ?2 its stream. Of the outbox: the newest message, what it says of reading, a conversation to be made.
const FACTS: &str = concat!(
    "
    SELECT c.kind AS own_kind, m.kind AS member_kind, m.peer AS peer,
        EXISTS (SELECT 1 FROM channel ch WHERE ch.conversation = ?1 AND ch.closed = 0) AS channel,
        ",
    read_pos!(),
    " AS read_pos, o.n AS outbox_n, o.made AS made, o.arranges AS arranges, o.echoes AS echoes,
        a.pinned_at AS pinned_at, a.archived_to AS archived_to, a.muted_until AS muted_until, a.level AS level,
        s.state AS state, coalesce(s.cursor, 0) AS cursor, coalesce(s.covered_to, 1) AS covered_to, s.active_at AS stream_active_at,
        s.unread_count AS unread_count, coalesce(s.unread_as_of, 0) AS unread_as_of,
        (SELECT m.n FROM message m WHERE m.conversation = ?1 AND m.system = 0 AND m.aside = 0 AND NOT ",
    put_away!(),
    " ORDER BY m.pos DESC LIMIT 1) AS last_n, coalesce(last.pos, 0) AS last_pos,
        coalesce((SELECT max(pos) FROM message WHERE conversation = ?1), 0) + o.asides AS newest_pos,
        max(coalesce(last.created_at, c.created_at, m.joined_at, 0), coalesce(o.at, 0)) AS active_at,
        EXISTS (SELECT 1 FROM known k WHERE k.conversation = ?1 AND k.to_pos >= s.covered_to
            AND k.from_pos <= max(1 + ",
    read_pos!(),
    ", coalesce(kept.pos, 1))) AS covered
    FROM (SELECT max(CASE WHEN echo THEN n END) AS n, coalesce(sum(echo), 0) AS echoes, coalesce(sum(aside), 0) AS asides, max(CASE WHEN echo THEN made_at_local END) AS at,
            coalesce(max(CASE WHEN shows = 'read' AND n < back_n THEN pos END), 0) AS before,
            coalesce(max(CASE WHEN n = back_n THEN pos END), 9223372036854775807) AS back,
            coalesce(max(CASE WHEN shows = 'read' AND n > back_n THEN pos END), 0) AS since,
            max(CASE WHEN shows = 'conversation' THEN intent END) AS made,
            coalesce(max(shows = 'arrangement' AND state <> 'failed'), 0) AS arranges
        FROM (SELECT n, shows, state, pos, intent, made_at_local,
                (SELECT coalesce(max(n), 0) FROM outbox WHERE conversation = ?1 AND shows = 'unread') AS back_n, shows = 'message'
                AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0) AS echo,
                shows = 'aside' AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0) AS aside
              FROM outbox WHERE conversation = ?1)) o
    LEFT JOIN conversation c ON c.id = ?1
    LEFT JOIN membership m ON m.conversation = ?1 AND m.left_at IS NULL
    LEFT JOIN read_marker r ON r.conversation = ?1
    LEFT JOIN arrangement a ON a.conversation = ?1
    LEFT JOIN retention kept ON kept.conversation = ?1
    LEFT JOIN stream s ON s.id = ?2
    LEFT JOIN message last ON last.n = (SELECT n FROM message WHERE conversation = ?1 AND system = 0 AND aside = 0 ORDER BY pos DESC LIMIT 1)"
);

impl Facts {
    async fn gather(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Self> {
        let row =
            sqlx::query(FACTS).bind(conversation.as_bytes()).bind(StreamId::Conversation(conversation).to_string()).fetch_one(tx).await?;
        let made = match get::<Option<&str>>(&row, "made")?.map(from_json).transpose()?.as_ref().map(shows) {
            Some(Shows::Conversation { kind, peer, .. }) => Some((kind, peer)),
            _ => None,
        };
        let read_pos = get(&row, "read_pos")?;
        Ok(Self { row, made, read_pos })
    }
}

/// My own count once every message after the marker is here; the server's until then, and what came since.
async fn unread(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>, facts: &Facts) -> Result<i64> {
    let row = &facts.row;
    let limit = i64::from(limits::UNREAD_SHOWN_MAX);
    let server: Option<i64> = get(row, "unread_count")?;
    let as_of: i64 = get(row, "unread_as_of")?;
    let copied = get::<Option<&str>>(row, "state")?.and_then(StreamState::parse).is_some_and(|state| state != StreamState::New);
    let last_pos: i64 = get(row, "last_pos")?;
    if !copied && last_pos > 0 && facts.read_pos >= last_pos {
        // The last message came with the count, and I have read it.
        return Ok(0);
    }
    let covered = get::<bool>(row, "covered")? || facts.read_pos.saturating_add(1) >= get::<i64>(row, "covered_to")?;
    let own = server.is_none() || !holds(Rule::UnreadCovered) || (copied && covered && get::<i64>(row, "cursor")? >= as_of);
    if last_pos == 0 && !own {
        return Ok(server.unwrap_or(0).min(limit));
    }
    let counted: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation = ?1 AND pos > ?2 AND hidden = 0 AND deleted = 0 AND system = 0 AND aside = 0
                AND sender <> ?3 AND sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL) AND (?4 OR (seq > ?5 AND revision = 0)) LIMIT ?6)",
    )
    .bind(conversation.as_bytes())
    .bind(facts.read_pos)
    .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
    .bind(own)
    .bind(as_of)
    .bind(limit)
    .fetch_one(&mut *tx)
    .await?;
    let unread =
        if own { counted } else { server.unwrap_or(0).saturating_add(counted) - deleted_since(tx, conversation, me, facts).await? };
    Ok(unread.clamp(0, limit))
}

/// Of the messages that the server counted, those that were deleted since.
async fn deleted_since(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>, facts: &Facts) -> Result<i64> {
    let deleted = sqlx::query_scalar(
        "SELECT count(*) FROM message WHERE conversation = ?1 AND deleted = 1 AND aside = 0 AND seq > ?2 AND pos > ?3 AND sender <> ?4
            AND sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL) AND pos < (SELECT pos FROM message WHERE conversation = ?1 AND seq <= ?2 ORDER BY pos DESC LIMIT 1)",
    )
    .bind(conversation.as_bytes())
    .bind(get::<i64>(&facts.row, "unread_as_of")?)
    .bind(facts.read_pos)
    .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
    .fetch_one(tx)
    .await?;
    Ok(deleted)
}

async fn other_member(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>) -> Result<Option<Vec<u8>>> {
    let me = me.map(|me| me.as_bytes().to_vec()).unwrap_or_default();
    let other = sqlx::query_scalar("SELECT user FROM member WHERE conversation = ? AND user <> ? ORDER BY user LIMIT 1")
        .bind(conversation.as_bytes())
        .bind(me)
        .fetch_optional(tx)
        .await?;
    Ok(other)
}

/// The furthest that I have read, as the line knows it.
pub(crate) async fn read_pos(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<u64> {
    let pos: Option<i64> =
        sqlx::query_scalar("SELECT read_pos FROM line WHERE conversation = ?").bind(conversation.as_bytes()).fetch_optional(tx).await?;
    Ok(pos.map_or(0, crate::sql::number))
}
