-- Places of an older copy: what is here of them stays readable (rows with seq 0) until pages of the new copy replace it.
CREATE TABLE stale (
    conversation BLOB NOT NULL,
    from_pos INTEGER NOT NULL,      -- the interval is [from_pos, to_pos)
    to_pos INTEGER NOT NULL,
    PRIMARY KEY (conversation, from_pos)
) STRICT, WITHOUT ROWID;
