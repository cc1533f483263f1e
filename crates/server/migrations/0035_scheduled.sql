-- Messages that people have scheduled: the server sends them at their time. One that was sent or given up stays as a row that says so,
-- without its words: a replica that was away for long hears of it still.
CREATE TABLE scheduled_message (
    -- Whose it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The id that the message has once it is sent.
    id BYTEA NOT NULL,
    -- Where it is to be sent.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- What it says, as JSON; NULL once it is sent or given up.
    body TEXT,
    -- The message that it answers; NULL where it answers none, and once it is sent or given up.
    reply_to BYTEA,
    -- When it is to go out.
    send_at BIGINT NOT NULL,
    -- How often its person has changed it, or the server its state.
    revision BIGINT NOT NULL,
    -- When it was scheduled.
    created_at BIGINT NOT NULL,
    -- waiting, failed, sent or cancelled.
    state TEXT NOT NULL,
    -- Why it could not be sent: the code of an error. NULL where it was not tried in vain.
    reason TEXT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- Pulls of user streams.
CREATE INDEX scheduled_message_by_seq ON scheduled_message (account, seq);

-- What is due, in the order in which it goes out.
CREATE INDEX scheduled_message_due ON scheduled_message (send_at, id) WHERE state = 'waiting';
