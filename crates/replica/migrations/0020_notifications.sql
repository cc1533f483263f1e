-- What I am told of, until I have read it.
CREATE TABLE notification (
    id BLOB PRIMARY KEY,            -- that of what it is about
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- 'friend_request', 'group_invitation', 'mention', 'missed_call', or a newer server's
    conversation BLOB,              -- none for invitations
    created_at INTEGER NOT NULL,
    read_at INTEGER                 -- none: not yet
) STRICT, WITHOUT ROWID;

CREATE INDEX notification_by_time ON notification (created_at);
