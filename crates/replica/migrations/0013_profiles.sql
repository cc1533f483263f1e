-- What people tell of themselves besides their names, as far as I may see it: of no stream, and purged when the server says so.
-- Who adds a column here for a new field sets every ver to 0, so that it is told for those who are known already.
CREATE TABLE profile (
    user BLOB PRIMARY KEY,
    ver INTEGER NOT NULL,           -- 0: of another incarnation of the server's database, or of before an update
    status TEXT,
    status_until INTEGER,           -- from then on the status is over
    last_seen INTEGER
) STRICT, WITHOUT ROWID;

-- What I have said of myself, and who sees what.
ALTER TABLE account ADD COLUMN status TEXT;
ALTER TABLE account ADD COLUMN status_until INTEGER;
ALTER TABLE account ADD COLUMN status_to TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE account ADD COLUMN last_seen_to TEXT NOT NULL DEFAULT 'everyone';
