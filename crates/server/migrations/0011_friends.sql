-- Who knows whom, who asks whom, and who wants nothing to do with whom: rows of user streams.

-- Contacts: one row for each of the two.
CREATE TABLE contact (
    -- Whose contact it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Who that is.
    other BYTEA NOT NULL REFERENCES account (id),
    -- When they became contacts, the last time.
    since BIGINT NOT NULL,
    -- When one of them removed the other; NULL while they are contacts.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, other)
);

-- Pulls of user streams.
CREATE INDEX contact_by_seq ON contact (account, seq);

-- Blocks: in the stream of who blocks alone.
CREATE TABLE block (
    -- Who wants nothing to do with somebody.
    account BYTEA NOT NULL REFERENCES account (id),
    -- With whom.
    other BYTEA NOT NULL REFERENCES account (id),
    -- Since when, the last time.
    since BIGINT NOT NULL,
    -- When it was taken back; NULL while it holds.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, other)
);

-- Pulls of user streams.
CREATE INDEX block_by_seq ON block (account, seq);

-- Who has blocked somebody.
CREATE INDEX block_by_other ON block (other, account);

-- Invitations: once for the sender and once for the receiver, who need not be told the same.
CREATE TABLE invitation (
    -- Whose copy it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Which invitation; the same in both copies.
    id BYTEA NOT NULL,
    -- 'friend'.
    kind TEXT NOT NULL,
    -- Who asks.
    sender BYTEA NOT NULL REFERENCES account (id),
    -- Who is asked.
    receiver BYTEA NOT NULL REFERENCES account (id),
    -- Into which group; NULL for friends.
    group_id BYTEA,
    -- What the sender says to it.
    content TEXT NOT NULL,
    -- 'pending', 'accepted', 'rejected' or 'withdrawn'.
    status TEXT NOT NULL,
    -- When it was asked, the last time.
    created_at BIGINT NOT NULL,
    -- When it was answered or taken back; NULL while it is pending.
    answered_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- Pulls of user streams.
CREATE INDEX invitation_by_seq ON invitation (account, seq);

-- What an account that goes has asked and was asked.
CREATE INDEX invitation_by_sender ON invitation (sender);

CREATE INDEX invitation_by_receiver ON invitation (receiver);

-- The profile's version at the last change that contacts may see: they see what everybody does, and more.
ALTER TABLE profile ADD COLUMN contacts_ver BIGINT NOT NULL DEFAULT 0;

UPDATE profile SET contacts_ver = shown_ver;
