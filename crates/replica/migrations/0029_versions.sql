-- What messages said before they were edited, of those of which somebody looked it up. It goes with the message.
CREATE TABLE message_version (
    message BLOB NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,      -- which version: the message's revision until the next edit
    body TEXT NOT NULL,             -- the envelope as JSON
    edited_at INTEGER,              -- when it was given this text; null: it was sent with it
    PRIMARY KEY (message, revision)
) STRICT, WITHOUT ROWID;
