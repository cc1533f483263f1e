-- Messages that I have scheduled: the server sends them at their time.
CREATE TABLE scheduled (
    id BLOB PRIMARY KEY,            -- that of the message, once it is sent
    seq INTEGER NOT NULL,
    conversation BLOB NOT NULL,     -- where it is to be sent
    body TEXT,                      -- JSON; NULL once it is sent or given up
    reply_to BLOB,                  -- the message that it answers; NULL where it answers none, and once it is sent or given up
    send_at INTEGER NOT NULL,       -- when it is to go out, by the server's clock
    revision INTEGER NOT NULL,      -- counts changes from 0
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,            -- waiting, failed, sent or cancelled
    reason TEXT                     -- the code of the error for which it could not be sent
) STRICT, WITHOUT ROWID;

-- Those that are shown.
CREATE INDEX scheduled_open ON scheduled (conversation) WHERE state IN ('waiting', 'failed');
