-- My devices, signed in or not. When they were last seen is a setting: what the server said when somebody last looked.
CREATE TABLE device (
    id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    signed_in_at INTEGER NOT NULL,
    ended_at INTEGER                -- none: it is signed in
) STRICT, WITHOUT ROWID;
