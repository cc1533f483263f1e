-- Emoji that people have put on messages: rows of conversation streams, which stand where their message stands and go with it.
CREATE TABLE reaction (
    -- On which message.
    message BYTEA NOT NULL REFERENCES message (id),
    -- The emoji, as Unicode has it in full.
    emoji TEXT NOT NULL,
    -- Whose it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The message's conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The message's place.
    pos BIGINT NOT NULL,
    -- When it was put there; NULL once it was taken back.
    reacted_at BIGINT,
    -- When it was taken back: such a row is purged with the tombstones of messages.
    removed_at BIGINT,
    -- The place of this row's last change in the conversation's stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (message, emoji, account)
);

-- Pulls of conversation streams.
CREATE INDEX reaction_by_seq ON reaction (conversation, seq);

-- Pages of messages.
CREATE INDEX reaction_by_pos ON reaction (conversation, pos);

-- What somebody has put anywhere, when their account is deleted.
CREATE INDEX reaction_by_account ON reaction (account, conversation);
