-- What people tell others of themselves besides their names, each viewer for themselves.
CREATE TABLE profile (
    -- Whose it is. Who has never said anything and was never connected has none.
    account BYTEA NOT NULL PRIMARY KEY REFERENCES account (id),
    -- A few words; NULL for none.
    status TEXT,
    -- From then on the status is not told any more; NULL: until it is changed.
    status_until BIGINT,
    -- Who sees the status: 'everyone' or 'nobody'.
    status_to TEXT NOT NULL DEFAULT 'everyone',
    -- Who sees when the person was last connected.
    last_seen_to TEXT NOT NULL DEFAULT 'everyone',
    -- When they were last connected, or noted as being so; NULL before the first time.
    last_seen BIGINT,
    -- Counts every change.
    own_ver BIGINT NOT NULL DEFAULT 0,
    -- Its number at the last change that somebody else may see: what is hidden does not even show that it moves.
    shown_ver BIGINT NOT NULL DEFAULT 0
);
