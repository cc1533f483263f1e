-- Messages that I have hidden for myself, or had.
CREATE TABLE hidden (
    message BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    conversation BLOB NOT NULL,     -- where the message stands
    pos INTEGER NOT NULL,           -- the message's place there
    at INTEGER NOT NULL,            -- when I hid it, the last time
    ended_at INTEGER                -- when it was shown again or the message went; NULL while it is hidden
) STRICT, WITHOUT ROWID;

-- What is hidden as soon as what waits has arrived: of a message the last that was wanted counts.
CREATE VIEW put_away AS
    SELECT message FROM hidden
    WHERE ended_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message = hidden.message AND o.shows IN ('hide', 'unhide') AND o.state <> 'failed')
    UNION ALL
    SELECT message FROM outbox
    WHERE shows = 'hide' AND state <> 'failed' AND message IS NOT NULL
        AND n = (SELECT max(n) FROM outbox o WHERE o.message = outbox.message AND o.shows IN ('hide', 'unhide') AND o.state <> 'failed');

-- 1: I am out of the conversation because it was deleted.
ALTER TABLE membership ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
-- What it was called then; empty otherwise.
ALTER TABLE membership ADD COLUMN gone_name TEXT NOT NULL DEFAULT '';
