-- The owner may decide for how long messages are kept.

-- From where on a conversation is kept: rows of conversation streams.
CREATE TABLE retention (
    -- The conversation.
    conversation BYTEA NOT NULL PRIMARY KEY REFERENCES conversation (id),
    -- The first pos that is kept; messages below are gone, or go within the hour.
    pos BIGINT NOT NULL,
    -- When the rest was given up.
    removed_at BIGINT NOT NULL,
    -- The place of this row's last change in the conversation's stream.
    seq BIGINT NOT NULL
);
