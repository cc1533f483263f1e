-- My contacts, and who was one. The names are in person.
CREATE TABLE contact (
    user BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    since INTEGER NOT NULL,
    ended_at INTEGER                -- none: we are contacts
) STRICT, WITHOUT ROWID;

-- Whom I have blocked, or had.
CREATE TABLE block (
    user BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    since INTEGER NOT NULL,
    ended_at INTEGER                -- none: it holds
) STRICT, WITHOUT ROWID;

-- What I ask people, and what they ask me.
CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- 'friend', or a newer server's
    sender BLOB NOT NULL,
    receiver BLOB NOT NULL,
    content TEXT NOT NULL,
    status TEXT NOT NULL,           -- 'pending', 'accepted', 'rejected', 'withdrawn'
    created_at INTEGER NOT NULL,
    answered_at INTEGER
) STRICT, WITHOUT ROWID;
