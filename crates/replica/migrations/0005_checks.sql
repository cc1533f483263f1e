-- Copies are compared with the server's by digests, a stretch at a time.
CREATE TABLE checked (
    conversation BLOB PRIMARY KEY,
    next_pos INTEGER NOT NULL,      -- every known place below was equal in this round
    due_local INTEGER NOT NULL      -- when it is compared, by this computer's clock
) STRICT, WITHOUT ROWID;
CREATE INDEX checked_due ON checked (due_local);
