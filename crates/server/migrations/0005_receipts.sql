-- What has reached whom, and who has read it: rows of receipts streams.

-- Whether others may see what has reached the person and what they have read: 1 or 0.
ALTER TABLE account ADD COLUMN read_receipts BIGINT NOT NULL DEFAULT 1;

-- Ranges of messages that somebody has read, one each time that they read on.
CREATE TABLE read_receipt (
    -- In which conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- Who has read.
    account BYTEA NOT NULL REFERENCES account (id),
    -- Up to here they had read before.
    after_pos BIGINT NOT NULL,
    -- The pos of the newest message read.
    pos BIGINT NOT NULL,
    -- When they read it.
    read_at BIGINT NOT NULL,
    -- The place of this row's last change in the conversation's receipts stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, account, pos)
);

-- Pulls of receipts streams.
CREATE INDEX read_receipt_by_seq ON read_receipt (conversation, seq);

-- How far messages have reached a device of each member.
CREATE TABLE delivered (
    -- In which conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- Whom they have reached.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The pos of the newest message that is there.
    pos BIGINT NOT NULL,
    -- When it was.
    reached_at BIGINT NOT NULL,
    -- The place of this row's last change in the conversation's receipts stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, account)
);

-- Pulls of receipts streams.
CREATE INDEX delivered_by_seq ON delivered (conversation, seq);
