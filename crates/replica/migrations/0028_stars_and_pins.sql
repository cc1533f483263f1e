-- Messages that I have starred, or had.
CREATE TABLE star (
    message BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    conversation BLOB NOT NULL,     -- where the message stands
    pos INTEGER NOT NULL,           -- the message's place there
    at INTEGER NOT NULL,            -- when I starred it, the last time
    ended_at INTEGER                -- when the star was taken off or the message went; NULL while it is on
) STRICT, WITHOUT ROWID;

-- Those of a window, and the newest of all.
CREATE INDEX star_of ON star (conversation) WHERE ended_at IS NULL;
CREATE INDEX star_newest ON star (at DESC) WHERE ended_at IS NULL;

-- Messages that are pinned for everybody in their conversation, or were.
CREATE TABLE pin (
    conversation BLOB NOT NULL,
    message BLOB NOT NULL,
    seq INTEGER NOT NULL,
    pos INTEGER NOT NULL,           -- the message's place
    pinner BLOB NOT NULL,           -- who pinned it, the last time
    at INTEGER NOT NULL,            -- when that was
    ended_at INTEGER,               -- when it was unpinned or the message went; NULL while it is pinned
    PRIMARY KEY (conversation, message)
) STRICT, WITHOUT ROWID;
