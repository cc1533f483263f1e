-- Memberships get a table of their own, and what somebody may see becomes a list of windows.

-- That somebody is or was in a conversation, and which version of it they see: rows of user streams.
CREATE TABLE membership (
    -- The person.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- When they joined, the last time.
    joined_at BIGINT NOT NULL,
    -- When they left or were removed; NULL while they are in it.
    left_at BIGINT,
    -- Counts changes of their windows; a replica's copy of another version is reset.
    vis_ver BIGINT NOT NULL,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, conversation)
);

-- Pulls of user streams.
CREATE INDEX membership_by_seq ON membership (account, seq);

-- What somebody may see of a conversation: the messages in any of their windows.
CREATE TABLE member_window (
    -- The conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The person.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The window begins at this pos.
    from_pos BIGINT NOT NULL,
    -- It ends before this pos; NULL means that it is open.
    to_pos BIGINT,
    PRIMARY KEY (conversation, account, from_pos)
);

INSERT INTO membership (account, conversation, joined_at, left_at, vis_ver, seq)
SELECT account, conversation, joined_at, left_at, vis_ver, membership_seq FROM member;

INSERT INTO member_window (conversation, account, from_pos, to_pos) SELECT conversation, account, from_pos, to_pos FROM member;

DROP INDEX member_by_account;
ALTER TABLE member DROP COLUMN from_pos;
ALTER TABLE member DROP COLUMN to_pos;
ALTER TABLE member DROP COLUMN vis_ver;
ALTER TABLE member DROP COLUMN membership_seq;
