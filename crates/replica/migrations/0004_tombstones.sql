-- Up to here the server has purged tombstones: what is older is late.
ALTER TABLE stream ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_tombstone ON message (conversation, seq) WHERE deleted = 1;
