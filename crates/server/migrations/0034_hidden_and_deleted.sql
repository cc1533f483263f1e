-- Messages that people have hidden, each for themselves. What is shown again, or was hidden and is gone, stays as a row that says so: a replica
-- that was away for long hears of it still.
CREATE TABLE hidden (
    -- Who has hidden it.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Which message. It may be purged by now: then hiding it has ended before.
    message BYTEA NOT NULL,
    -- Where the message stands.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The message's pos there.
    pos BIGINT NOT NULL,
    -- When it was hidden, the last time.
    hidden_at BIGINT NOT NULL,
    -- When it was shown again or the message went; NULL while it is hidden.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, message)
);

-- Pulls of user streams.
CREATE INDEX hidden_by_seq ON hidden (account, seq);

-- Who has hidden a message that goes.
CREATE INDEX hidden_of_message ON hidden (message) WHERE ended_at IS NULL;

-- What of it goes with what is no longer kept of a conversation.
CREATE INDEX hidden_of_place ON hidden (conversation, pos) WHERE ended_at IS NULL;

-- When a conversation was deleted; NULL while it is there.
ALTER TABLE conversation ADD COLUMN deleted_at BIGINT;

-- Those from which what was said is to be removed.
CREATE INDEX conversation_deleted ON conversation (id) WHERE deleted_at IS NOT NULL;

-- 1: the person is out of the conversation because it was deleted.
ALTER TABLE membership ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;

-- What a conversation was called that was deleted, for those who saw it then; empty otherwise.
ALTER TABLE membership ADD COLUMN gone_name TEXT NOT NULL DEFAULT '';
