-- Lists of messages that I have made, or had.
CREATE TABLE collection (
    id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,             -- what I call it; empty once it is deleted
    at INTEGER NOT NULL,            -- when I made it
    ended_at INTEGER                -- when I deleted it; NULL while it is there
) STRICT, WITHOUT ROWID;

-- What is in them, or was.
CREATE TABLE collected (
    collection BLOB NOT NULL,
    item BLOB NOT NULL,             -- the message
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- message; what a newer build can collect is of another kind, and shown nowhere
    conversation BLOB NOT NULL,     -- where the message stands
    pos INTEGER NOT NULL,           -- the message's place there
    at INTEGER NOT NULL,            -- when I put it there, the last time
    ended_at INTEGER,               -- when it was taken out, its collection was deleted or the message went; NULL while it is in
    PRIMARY KEY (collection, item)
) STRICT, WITHOUT ROWID;

-- In which a message is.
CREATE INDEX collected_item ON collected (item) WHERE ended_at IS NULL;
