-- What people wrote and the server has acknowledged, for a week: a server that is set back to a backup has lost it, and gets it again.
CREATE TABLE acknowledged (
    n INTEGER PRIMARY KEY,          -- its place in the outbox, where it goes back to
    id BLOB NOT NULL UNIQUE,
    epoch BLOB,                     -- the incarnation of the server's database that took it
    intent TEXT NOT NULL,           -- JSON
    shows TEXT NOT NULL,            -- as in the outbox
    message BLOB,                   -- the message that it wrote, edited or deleted
    made_at_local INTEGER NOT NULL,
    at INTEGER,                     -- when it was acknowledged; none: the server's time was not known
    at_local INTEGER NOT NULL       -- the same by this computer's clock
) STRICT;
CREATE INDEX acknowledged_message ON acknowledged (message) WHERE message IS NOT NULL;
CREATE INDEX acknowledged_at ON acknowledged (at_local);

ALTER TABLE outbox ADD COLUMN replayed_local INTEGER;  -- when it came back from there; none: it was never acknowledged
