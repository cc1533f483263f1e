-- Messages that are pinned for everybody in their conversation, or were.
CREATE TABLE pin (
    -- In which conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- Which message. It may be purged by now: then the pin has ended before.
    message BYTEA NOT NULL,
    -- The message's pos.
    pos BIGINT NOT NULL,
    -- Who pinned it, the last time.
    pinned_by BYTEA NOT NULL REFERENCES account (id),
    -- When it was.
    pinned_at BIGINT NOT NULL,
    -- When it was unpinned or the message went; NULL while it is pinned.
    ended_at BIGINT,
    -- The place of this row's last change in the conversation's stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, message)
);

-- Pulls of conversation streams.
CREATE INDEX pin_by_seq ON pin (conversation, seq);
