-- Messages that people have starred, each for themselves. A star that was taken off, or went with its message, stays as a row that says so:
-- a replica that was away for long hears of it still.
CREATE TABLE star (
    -- Whose star it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- On which message. It may be purged by now: then the star has ended before.
    message BYTEA NOT NULL,
    -- Where the message stands.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The message's pos there.
    pos BIGINT NOT NULL,
    -- When it was starred, the last time.
    starred_at BIGINT NOT NULL,
    -- When the star was taken off or the message went; NULL while it is on.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, message)
);

-- Pulls of user streams.
CREATE INDEX star_by_seq ON star (account, seq);

-- Whose stars go with a message.
CREATE INDEX star_of_message ON star (message) WHERE ended_at IS NULL;

-- Whose go with what is no longer kept of a conversation.
CREATE INDEX star_of_place ON star (conversation, pos) WHERE ended_at IS NULL;
