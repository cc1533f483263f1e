-- The message of the same conversation in whose thread this one stands, also once it is deleted; NULL of those that are of no thread.
ALTER TABLE message ADD COLUMN thread_root BYTEA;

-- 1: it stands in its thread alone. The conversation does not count it as unread, nor as its last message.
ALTER TABLE message ADD COLUMN aside BIGINT NOT NULL DEFAULT 0;

-- How people stand to threads. A thread that somebody has left stays as a row that says so.
CREATE TABLE thread (
    -- Who follows it, or has left it.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The message that the thread is about. It may be gone by now.
    root BYTEA NOT NULL,
    -- Where that stands.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The place in the conversation up to which the person has read the thread.
    read_pos BIGINT NOT NULL,
    -- 1: the person follows it.
    following BIGINT NOT NULL,
    -- When this last changed.
    changed_at BIGINT NOT NULL,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, root)
);

-- Pulls of user streams.
CREATE INDEX thread_by_seq ON thread (account, seq);

-- The root of the thread with which it is read, of what is said there alone; NULL of what is read with its conversation.
ALTER TABLE notification ADD COLUMN thread_root BYTEA;
