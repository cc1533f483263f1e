-- What people are told of until they have read it: rows of user streams.
CREATE TABLE notification (
    -- Who is told.
    account BYTEA NOT NULL REFERENCES account (id),
    -- What it is about: an invitation's id, a message's or a call's.
    id BYTEA NOT NULL,
    -- 'friend_request', 'group_invitation', 'mention' or 'missed_call'.
    kind TEXT NOT NULL,
    -- Where it happened; NULL for invitations.
    conversation BYTEA,
    -- The last time that it was worth telling.
    created_at BIGINT NOT NULL,
    -- When it was read, or came to its end; NULL before.
    read_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- Pulls of user streams.
CREATE INDEX notification_by_seq ON notification (account, seq);
