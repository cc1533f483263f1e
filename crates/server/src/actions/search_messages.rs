use super::bad_request;
use crate::{
    app::App,
    rates::Cost,
    sight::Sight,
    store::{StoreError, block, marks, membership, message, moment, read_marker, session::Session},
};
use hearth_protocol::{
    Pos,
    body::Body,
    error::ApiError,
    ids::{ConversationId, MessageId, UserId},
    limits,
    row::Row,
    rows::{MessageRow, RowData},
    search::{SearchFound, SearchMark, SearchPlace, SearchRequest, SearchResponse, SearchWanted, SearchWords},
    stream::StreamId,
};
use hearth_text::{
    MessageKind,
    search::{
        term::Term,
        words::{Word, words},
    },
};
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// Messages that are read and looked through at once; between them others have their turn.
const CHUNK: u32 = 100;

/// Bytes of text that one answer looks through, about: a message has up to 64,000, and a request is paid for by messages as they mostly
/// are.
const TEXT_MAX: usize = 2_000_000;

/// Bytes of text after which others have their turn.
const TURN: usize = 100_000;

/// Looks for messages in conversations of somebody's, as far as they see them, by the rules of the replica. A place that is not theirs has
/// nothing, like one that never was.
pub(crate) async fn search_messages(app: &App, session: Session, request: &SearchRequest) -> Result<SearchResponse, ApiError> {
    check(request)?;
    app.rates().spend(session.user, Cost::Search { places: request.places.len(), messages: limits::SEARCH_MESSAGES_MAX })?;
    let mut snapshot = app.store().snapshot().await?;
    let blocked = block::people(&mut snapshot, session.user).await?;
    let terms = |of: &[SearchWords]| of.iter().map(term).collect::<Vec<_>>();
    let asked = Asked {
        user: session.user,
        blocked,
        words: terms(&request.wanted.words),
        no_words: terms(&request.wanted.no_words),
        wanted: &request.wanted,
    };
    let room = request.limit.clamp(1, limits::SEARCH_HITS_MAX) as usize;
    let mut looking = Looking { hits: vec![], room, left: limits::SEARCH_MESSAGES_MAX, text_left: TEXT_MAX };
    for place in &request.places {
        let stream = StreamId::Conversation(place.conversation);
        let Some(sight) = membership::sight(&mut snapshot, stream, session.user).await? else { continue };
        let next = looking.through(&mut snapshot, &asked, &sight, *place).await?;
        if next.is_some() {
            return Ok(SearchResponse { hits: looking.hits, next });
        }
    }
    Ok(SearchResponse { hits: looking.hits, next: None })
}

fn check(request: &SearchRequest) -> Result<(), ApiError> {
    let SearchWanted { words, no_words, senders, no_senders, not_between, .. } = &request.wanted;
    let few = [words.len(), no_words.len(), not_between.len()].into_iter().all(|count| count <= limits::SEARCH_TERMS_MAX);
    let people = senders.as_ref().map_or(0, BTreeSet::len).saturating_add(no_senders.len());
    if request.places.len() > limits::SEARCH_PLACES_MAX || !few || people > limits::SEARCH_PEOPLE_MAX {
        return Err(bad_request("A search names at most 200 conversations, 16,000 people, and 16 words or days of a kind."));
    }
    let cut = |term: &SearchWords| !term.words.is_empty() && term.words.len() <= limits::SEARCH_WORDS_MAX;
    if !words.iter().chain(no_words).all(cut) {
        return Err(bad_request("Words that stand next to each other are at least one and at most 32."));
    }
    Ok(())
}

fn term(of: &SearchWords) -> Term {
    Term { words: of.words.clone(), prefix: of.prefix }
}

/// What is asked, of whom it is told.
struct Asked<'r> {
    user: UserId,
    blocked: BTreeSet<UserId>,
    words: Vec<Term>,
    no_words: Vec<Term>,
    wanted: &'r SearchWanted,
}

/// How far it has come.
struct Looking {
    hits: Vec<SearchFound>,
    /// Hits of the answer, and messages that are still looked through.
    room: usize,
    left: u32,
    /// Bytes of what these say.
    text_left: usize,
}

impl Looking {
    /// Goes through one conversation, newest first. Where it stopped before the end it goes on.
    async fn through(
        &mut self,
        connection: &mut AnyConnection,
        asked: &Asked<'_>,
        sight: &Sight,
        place: SearchPlace,
    ) -> Result<Option<SearchPlace>, StoreError> {
        let SearchPlace { conversation, before_pos: mut before } = place;
        if let Some(until) = asked.wanted.until
            && let Some(end) = moment::place(connection, sight, until, true).await?
        {
            before = Some(before.map_or(end, |before| before.min(end)));
        }
        let read_pos =
            if asked.asks_for(SearchMark::Unread) { read_marker::find(connection, asked.user, conversation).await?.pos } else { 0 };
        loop {
            let limit = CHUNK.min(self.left);
            if limit == 0 || self.text_left == 0 {
                return Ok(Some(SearchPlace { conversation, before_pos: before }));
            }
            let mut rows = message::before(connection, sight, before, limit).await?;
            let last = rows.len() < limit as usize;
            let whole = !self.cut(&mut rows) && last;
            self.left -= limit.min(u32::try_from(rows.len()).unwrap_or(limit));
            let lowest = rows.first().and_then(|row| row.data.pos());
            // Places rise with the time: what stands below the first that is too old is older still.
            let older = rows.iter().any(|row| asked.is_too_old(row));
            let (mut met, mut looked) = (vec![], 0);
            for row in rows.into_iter().rev() {
                if looked >= TURN {
                    looked = 0;
                    tokio::task::yield_now().await;
                }
                looked += text_of(&row).map_or(0, str::len);
                if asked.is_met_by(&row, read_pos) {
                    met.push(row);
                }
            }
            for row in asked.marked(connection, conversation, met).await? {
                if self.hits.len() == self.room {
                    let before_pos = row.data.pos().map(|pos| pos.saturating_add(1));
                    return Ok(Some(SearchPlace { conversation, before_pos }));
                }
                self.hits.push(SearchFound { conversation, message: row });
            }
            match lowest {
                Some(lowest) if !whole && !older => before = Some(lowest),
                _ => return Ok(None),
            }
            tokio::task::yield_now().await;
        }
    }

    /// Leaves of what comes next, from the newest on, what there is room for; the first in any case. Whether some of it went.
    fn cut(&mut self, rows: &mut Vec<Row>) -> bool {
        let mut from = rows.len();
        while from > 0 && self.text_left > 0 {
            from -= 1;
            let bytes = rows.get(from).and_then(text_of).map_or(0, str::len);
            self.text_left = self.text_left.saturating_sub(bytes);
        }
        rows.drain(..from);
        from > 0
    }
}

impl Asked<'_> {
    fn asks_for(&self, mark: SearchMark) -> bool {
        self.wanted.marks.contains(&mark) || self.wanted.no_marks.contains(&mark)
    }

    /// Whether a mark is as it is wanted.
    fn agrees(&self, mark: SearchMark, has: impl FnOnce() -> bool) -> bool {
        !self.asks_for(mark) || {
            let has = has();
            (has || !self.wanted.marks.contains(&mark)) && !(has && self.wanted.no_marks.contains(&mark))
        }
    }

    fn is_too_old(&self, row: &Row) -> bool {
        let sent = said(row).map(|message| message.created_at);
        self.wanted.from.zip(sent).is_some_and(|(from, sent)| sent < from)
    }

    /// Whether a message is all that it alone can say.
    fn is_met_by(&self, row: &Row, read_pos: Pos) -> bool {
        let Some(message) = said(row) else { return false };
        let (Some(body), sender, sent) = (&message.body, message.sender, message.created_at) else { return false };
        let Some(text) = text_of(row) else { return false };
        let wanted = self.wanted;
        let by = wanted.senders.as_ref().is_none_or(|senders| senders.contains(&sender));
        let not_by = self.blocked.contains(&sender) || wanted.no_senders.contains(&sender);
        let at = wanted.from.is_none_or(|from| sent >= from) && wanted.until.is_none_or(|until| sent < until);
        let not_at = wanted.not_between.iter().any(|(from, until)| *from <= sent && sent < *until);
        by && !not_by
            && at
            && !not_at
            && self.agrees(SearchMark::Unread, || sender != self.user && message.pos > read_pos && !message.is_aside())
            && self.agrees(SearchMark::Mention, || names(body, self.user, sender))
            && self.has_words(text)
            && self.agrees(SearchMark::Link, || has_link(text))
            && self.agrees(SearchMark::LinkAlone, || may_have_link(text) && MessageKind::of(text) == MessageKind::Link)
    }

    fn has_words(&self, text: &str) -> bool {
        if self.words.is_empty() && self.no_words.is_empty() {
            return true;
        }
        let cut: Vec<Word> = words(text);
        let stands = |term: &Term| !term.hits(&cut).is_empty();
        self.words.iter().all(stands) && !self.no_words.iter().any(stands)
    }

    /// Of those that are met the ones that rows beside them do not rule out.
    async fn marked(
        &self,
        connection: &mut AnyConnection,
        conversation: ConversationId,
        mut met: Vec<Row>,
    ) -> Result<Vec<Row>, StoreError> {
        let ids = |met: &[Row]| met.iter().filter_map(said).map(|message| message.id).collect::<Vec<MessageId>>();
        let hidden = marks::hidden(connection, self.user, &ids(&met)).await?;
        met.retain(|row| said(row).is_some_and(|message| !hidden.contains(&message.id)));
        for mark in [SearchMark::Starred, SearchMark::Pinned, SearchMark::Reaction] {
            if !self.asks_for(mark) {
                continue;
            }
            let with = match mark {
                SearchMark::Starred => marks::starred(connection, self.user, &ids(&met)).await?,
                SearchMark::Pinned => marks::pinned(connection, conversation, &ids(&met)).await?,
                _ => marks::reacted(connection, conversation, &ids(&met)).await?,
            };
            met.retain(|row| said(row).is_some_and(|message| self.agrees(mark, || with.contains(&message.id))));
        }
        Ok(met)
    }
}

fn said(row: &Row) -> Option<&MessageRow> {
    if let RowData::Message(message) = &row.data { Some(message) } else { None }
}

/// What a message says, as far as it is looked through.
fn text_of(row: &Row) -> Option<&str> {
    said(row)?.body.as_ref()?.searchable()
}

/// Whether a message names somebody; who names everyone does not mean themselves.
fn names(body: &Body, user: UserId, sender: UserId) -> bool {
    (body.names_everyone() && sender != user) || body.mentions().any(|named| named == user)
}

/// Most texts cannot have one, and need not be read for it.
fn may_have_link(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["https:", "mailto:", "hearth://message/"].iter().any(|scheme| lower.contains(scheme))
}

fn has_link(text: &str) -> bool {
    may_have_link(text) && hearth_text::has_link(text)
}
