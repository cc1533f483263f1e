-- The replica: one person's copy of what they may see, and what they wrote that the server does not have yet.
-- Ids are 16-byte UUIDs; times are milliseconds since 1970 by the server's clock unless a name says local.

-- Single facts.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,          -- epoch: the server database's incarnation; messages: how many can be seen
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each shard's change log has been read.
CREATE TABLE watermark (
    shard INTEGER PRIMARY KEY,
    n INTEGER NOT NULL              -- the log number up to which heads are known
) STRICT;

-- My copy of each stream that I follow.
CREATE TABLE stream (
    id TEXT PRIMARY KEY,            -- kind:uuid
    kind INTEGER NOT NULL,          -- 0 user, 1 conversation, 2 members: the order in which they are pulled
    conversation BLOB,              -- of conversation and members streams
    state TEXT NOT NULL CHECK (state IN ('new', 'tail', 'complete')),
    epoch BLOB,                     -- of the rows that are here; none before the first row
    vis_ver INTEGER NOT NULL DEFAULT 0,    -- of the rows that are here
    resets INTEGER NOT NULL DEFAULT 0,     -- how often the copy was replaced
    cursor INTEGER NOT NULL DEFAULT 0,     -- every change up to here is here
    head INTEGER NOT NULL DEFAULT 0,       -- the newest change that I have heard of
    covered_to INTEGER NOT NULL DEFAULT 1, -- conversations: no message below this pos is newer than the cursor
    unread_count INTEGER,           -- the server's count, until the replica covers the range itself
    unread_as_of INTEGER,           -- the seq at which the server counted
    active_at INTEGER NOT NULL DEFAULT 0   -- the conversation's last activity, for the order of pulls
) STRICT, WITHOUT ROWID;
CREATE INDEX stream_behind ON stream (kind, active_at DESC) WHERE state = 'new' OR cursor < head;
CREATE INDEX stream_tail ON stream (active_at DESC) WHERE state = 'tail' AND kind = 1;
CREATE INDEX stream_conversation ON stream (conversation) WHERE conversation IS NOT NULL;

-- Ranges of changes that arrived before those that precede them.
CREATE TABLE ahead (
    stream TEXT NOT NULL,
    prev INTEGER NOT NULL,          -- the range is (prev, seq]
    seq INTEGER NOT NULL,
    PRIMARY KEY (stream, prev, seq)
) STRICT, WITHOUT ROWID;

-- Places of a conversation of which every message is here.
CREATE TABLE known (
    conversation BLOB NOT NULL,
    from_pos INTEGER NOT NULL,      -- the interval is [from_pos, to_pos)
    to_pos INTEGER NOT NULL,
    PRIMARY KEY (conversation, from_pos)
) STRICT, WITHOUT ROWID;

-- Me.
CREATE TABLE account (
    user BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,           -- -1: told at sign-in, not by the stream
    username TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The conversations that I am or was in.
CREATE TABLE membership (
    conversation BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    peer BLOB,                      -- the other person of a direct conversation
    joined_at INTEGER NOT NULL,
    left_at INTEGER
) STRICT, WITHOUT ROWID;

-- How far I have read.
CREATE TABLE read_marker (
    conversation BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A conversation's own facts.
CREATE TABLE conversation (
    id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    topic TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    folded TEXT NOT NULL            -- the name's words as search compares them, each after a space
) STRICT, WITHOUT ROWID;

-- Messages; those outside every known interval are kept hidden.
CREATE TABLE message (
    n INTEGER PRIMARY KEY,          -- created_at and a tie-break: the search index's row id, so that it yields newest first
    id BLOB NOT NULL UNIQUE,
    conversation BLOB NOT NULL,
    pos INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sender BLOB NOT NULL,
    body TEXT,                      -- the envelope as JSON; none for a tombstone
    text TEXT,                      -- the words that a search can find, if there are any
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    revision INTEGER NOT NULL,
    deleted INTEGER NOT NULL,       -- 1: a tombstone, for good
    hidden INTEGER NOT NULL         -- 1: outside every known interval, neither shown nor found
) STRICT;
CREATE INDEX message_place ON message (conversation, pos);
CREATE INDEX message_hidden ON message (conversation, pos) WHERE hidden = 1;

-- The words of the messages that can be seen. Without content of its own: the words are cut by this crate, and a removed
-- message's words are overwritten (secure-delete).
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', columnsize = 0, prefix = '1 2',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M* S*'"
);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
-- The cipher keeps 80 bytes of each page: a default leaf of 4,050 bytes would need two pages.
INSERT INTO message_words (message_words, rank) VALUES ('pgsz', 3900);

-- Who is or was in a conversation.
CREATE TABLE member (
    conversation BLOB NOT NULL,
    user BLOB NOT NULL,
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    PRIMARY KEY (conversation, user)
) STRICT, WITHOUT ROWID;

-- Everybody whose name came by, from account, member and membership rows and from people search.
CREATE TABLE person (
    user BLOB PRIMARY KEY,
    username TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    folded TEXT NOT NULL            -- the words of the names as search compares them, each after a space
) STRICT, WITHOUT ROWID;

-- Rows of kinds that this build does not know, until an update can read them.
CREATE TABLE unknown_row (
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    raw TEXT NOT NULL,              -- the row's data as it came, JSON
    PRIMARY KEY (stream, kind, id)
) STRICT, WITHOUT ROWID;

-- A conversation's line in the list: derived from the rows above and the outbox, in the same transaction as they change.
CREATE TABLE line (
    conversation BLOB PRIMARY KEY,
    listed INTEGER NOT NULL,        -- 1: I am in it, or it waits in the outbox to be made
    kind TEXT NOT NULL,
    peer BLOB,                      -- the other person of a direct conversation
    last_n INTEGER,                 -- message.n of the newest message
    outbox_n INTEGER,               -- outbox.n of the newest message that waits there
    active_at INTEGER NOT NULL,
    read_pos INTEGER NOT NULL,      -- my read marker, or further if the outbox says so
    unread INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX line_order ON line (active_at DESC) WHERE listed = 1;
CREATE INDEX line_unread ON line (unread) WHERE listed = 1 AND unread > 0;

-- Mutations that the server has not acknowledged.
CREATE TABLE outbox (
    n INTEGER PRIMARY KEY AUTOINCREMENT,   -- the order in which they were made
    id BLOB NOT NULL UNIQUE,
    lane TEXT NOT NULL,             -- what keeps its order
    conversation BLOB,
    what TEXT NOT NULL,             -- the mutation's name
    intent TEXT NOT NULL,           -- JSON
    pos INTEGER,                    -- of mark_read
    after TEXT NOT NULL,            -- JSON list of the ids that must be acknowledged first
    made_at_local INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,      -- how often it was sent
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'in_flight', 'failed')),
    error TEXT,                     -- JSON, the server's last answer
    next_try_local INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_conversation ON outbox (conversation, n);

-- What waits in a composer.
CREATE TABLE draft (
    conversation BLOB PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How the person wants this profile.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL             -- JSON
) STRICT, WITHOUT ROWID;
