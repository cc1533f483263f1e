-- The devices on which people have signed in, as they see them listed: rows of user streams. Sessions from before this are listed when they
-- next connect.
CREATE TABLE device (
    -- Whose device it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The profile's device id.
    id BYTEA NOT NULL,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- 'linux', 'macos', 'windows' or what the client said.
    platform TEXT NOT NULL,
    -- When it signed in, the last time.
    signed_in_at BIGINT NOT NULL,
    -- When it was signed out; NULL while it has a session.
    ended_at BIGINT,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, id)
);

-- Pulls of user streams.
CREATE INDEX device_by_seq ON device (account, seq);

-- The name of the device from which the session was ended; NULL if it was by itself, or by the server.
ALTER TABLE session ADD COLUMN ended_by TEXT;
