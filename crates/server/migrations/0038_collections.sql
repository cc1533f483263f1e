-- Lists of messages that people have made, each for themselves. One that was deleted stays as a row that says so: a replica that was away for
-- long hears of it still.
CREATE TABLE collection (
    -- Whose it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Its id, made by a client: another person's may be the same.
    id BYTEA NOT NULL,
    -- What it is called; empty once it is deleted.
    name TEXT NOT NULL,
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- When it was deleted; NULL while it is there.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- Pulls of user streams.
CREATE INDEX collection_by_seq ON collection (account, seq);

-- Finds which that were deleted are due to be purged.
CREATE INDEX collection_by_end ON collection (ended_at) WHERE ended_at IS NOT NULL;

-- What is in them, or was.
CREATE TABLE collected (
    -- Whose collection it is in.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Which one.
    collection BYTEA NOT NULL,
    -- The message. It may be purged by now: then this has ended before.
    item BYTEA NOT NULL,
    -- What it is: 'message'.
    kind TEXT NOT NULL,
    -- Where the message stands.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The message's pos there.
    pos BIGINT NOT NULL,
    -- When it was put there, the last time.
    collected_at BIGINT NOT NULL,
    -- When it was taken out, its collection was deleted or the message went; NULL while it is in.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, collection, item)
);

-- Pulls of user streams.
CREATE INDEX collected_by_seq ON collected (account, seq);

-- In what a message is that goes.
CREATE INDEX collected_of_message ON collected (item) WHERE ended_at IS NULL;

-- What goes with what is no longer kept of a conversation.
CREATE INDEX collected_of_place ON collected (conversation, pos) WHERE ended_at IS NULL;

-- Finds what was taken out and is due to be purged.
CREATE INDEX collected_by_end ON collected (ended_at) WHERE ended_at IS NOT NULL;
