-- How I have my conversations; what I have not arranged has no row.
CREATE TABLE arrangement (
    conversation BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    pinned_at INTEGER,              -- since when it stands above the others
    archived_to INTEGER,            -- put away with every message up to this pos
    muted_until INTEGER,            -- told of nothing until then
    level TEXT NOT NULL             -- told of 'all', 'mentions' or 'nothing'
) STRICT, WITHOUT ROWID;

-- What came of it, and of what waits in the outbox.
ALTER TABLE line ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
-- When it was pinned; the greatest number for what is not.
ALTER TABLE line ADD COLUMN pin_order INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE line ADD COLUMN muted_until INTEGER;
ALTER TABLE line ADD COLUMN level TEXT NOT NULL DEFAULT 'all';

-- When the next mute ends.
CREATE INDEX line_muted ON line (muted_until) WHERE muted_until IS NOT NULL;

DROP INDEX line_order;
CREATE INDEX line_order ON line (archived, pin_order, active_at DESC) WHERE listed = 1;
