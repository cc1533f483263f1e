-- From where on a conversation is kept: messages below were removed by the server's policy.
CREATE TABLE retention (
    conversation BLOB PRIMARY KEY,
    pos INTEGER NOT NULL,           -- the first place that is kept
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
