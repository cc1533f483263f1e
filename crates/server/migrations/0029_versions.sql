-- What messages said before they were edited. It goes with the message.
CREATE TABLE message_version (
    -- The message.
    message BYTEA NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    -- Which version of it: its revision until the next edit.
    revision BIGINT NOT NULL,
    -- The body's envelope as JSON, as the message had it.
    body TEXT NOT NULL,
    -- When the message was given this text; NULL for the one that was sent.
    edited_at BIGINT,
    PRIMARY KEY (message, revision)
);
