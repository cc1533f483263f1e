-- How people have their conversations; what nobody has arranged has no row.
CREATE TABLE arrangement (
    -- Whose arrangement it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Of which conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- Since when it stands above the others; NULL where it does not.
    pinned_at BIGINT,
    -- Put away with every message up to this pos; NULL where it is not.
    archived_to BIGINT,
    -- Until then its person is told of nothing; NULL where they are.
    muted_until BIGINT,
    -- Of what they are told: 'all', 'mentions' or 'nothing'.
    level TEXT NOT NULL,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, conversation)
);

-- Pulls of user streams.
CREATE INDEX arrangement_by_seq ON arrangement (account, seq);
