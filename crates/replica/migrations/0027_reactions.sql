-- What people have put on messages. It shows where its message does.
CREATE TABLE reaction (
    message BLOB NOT NULL,
    emoji TEXT NOT NULL,
    user BLOB NOT NULL,             -- whose it is
    conversation BLOB NOT NULL,
    pos INTEGER NOT NULL,           -- the message's place
    at INTEGER,                     -- when it was put there; NULL once it was taken back
    seq INTEGER NOT NULL,           -- 0: of an older copy
    PRIMARY KEY (message, emoji, user)
) STRICT, WITHOUT ROWID;

-- What goes with a range of messages.
CREATE INDEX reaction_place ON reaction (conversation, pos);
