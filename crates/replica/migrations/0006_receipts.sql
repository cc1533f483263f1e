-- What has reached whom, and who has read it: copied of conversations that were open, and kept from then on.

-- Ranges of messages that somebody has read.
CREATE TABLE read_receipt (
    conversation BLOB NOT NULL,
    user BLOB NOT NULL,
    from_pos INTEGER NOT NULL,      -- the range is (from_pos, to_pos]
    to_pos INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, user, to_pos)
) STRICT, WITHOUT ROWID;

-- How far messages have reached a device of somebody's.
CREATE TABLE delivered (
    conversation BLOB NOT NULL,
    user BLOB NOT NULL,
    pos INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, user)
) STRICT, WITHOUT ROWID;

-- What the server is to be told of the messages of others that are here.
CREATE TABLE delivery (
    conversation BLOB PRIMARY KEY,
    reached INTEGER NOT NULL,       -- the highest place of one of them
    told INTEGER NOT NULL DEFAULT 0,           -- up to here there is nothing more to tell
    told_at_local INTEGER NOT NULL DEFAULT 0   -- when it was told the last time
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_due ON delivery (told_at_local) WHERE told < reached;

-- 1: others may see what has reached me and what I have read.
ALTER TABLE account ADD COLUMN read_receipts INTEGER NOT NULL DEFAULT 1;
