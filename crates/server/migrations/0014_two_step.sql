-- Two-step sign-in: a code of an authenticator app besides the password.

-- Since when signing in takes the second step; NULL: it does not.
ALTER TABLE account ADD COLUMN two_step_at BIGINT;

-- What the authenticator app of an account knows; there is a row exactly for those accounts that have two_step_at.
CREATE TABLE totp (
    -- Whose it is.
    account BYTEA NOT NULL PRIMARY KEY REFERENCES account (id),
    -- The shared secret, encrypted under a key that is not in the database and bound to the account.
    secret BYTEA NOT NULL,
    -- Which key that was: the beginning of its hash.
    sealed_by TEXT NOT NULL,
    -- The 30 seconds (counted since 1970) whose code was taken last: that one and older ones are worth nothing.
    last_step BIGINT NOT NULL,
    -- Wrong codes since tries_since; every try counts until it was right.
    tries BIGINT NOT NULL,
    -- When the first of them was.
    tries_since BIGINT NOT NULL
);

-- Codes for who has lost the app: each is there until it is used.
CREATE TABLE recovery_code (
    -- Whose code it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- SHA-256: the code has 80 random bits.
    hash BYTEA NOT NULL,
    PRIMARY KEY (account, hash)
);
