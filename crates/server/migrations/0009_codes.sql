-- Addresses, names that look alike, and codes that stand in for a password or prove an address.

-- The address as it was typed; NULL for none.
ALTER TABLE account ADD COLUMN email TEXT;

-- The address folded, by which it is compared.
ALTER TABLE account ADD COLUMN email_key TEXT;

-- When its person proved that it is theirs; NULL until then.
ALTER TABLE account ADD COLUMN email_verified_at BIGINT;

-- When the password was last set anew; NULL for one that is still the first.
ALTER TABLE account ADD COLUMN password_changed_at BIGINT;

-- An address is one account's, once it is proved; before that anybody may claim it, as claiming proves nothing.
CREATE UNIQUE INDEX account_by_email ON account (email_key) WHERE email_verified_at IS NOT NULL;

-- What the username looks like: those that look alike have the same one. NULL only until the server that brings this has started.
ALTER TABLE account ADD COLUMN username_look TEXT;

-- Finds a name that looks like another.
CREATE INDEX account_by_look ON account (username_look);

-- Codes that are under way: one for each account and purpose, so that a newer one ends the older.
CREATE TABLE one_time_code (
    -- Whose code it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- 'verify_email', 'sign_in', 'reset_password' or 'change_email'.
    purpose TEXT NOT NULL,
    -- The Argon2id hash with its parameters and salt (PHC string); the code itself is nowhere.
    hash TEXT NOT NULL,
    -- The address that it proves; empty where it proves none.
    email TEXT NOT NULL,
    -- From then on it is worth nothing.
    expires_at BIGINT NOT NULL,
    -- How often somebody has tried; after five times it is worth nothing.
    attempts BIGINT NOT NULL,
    PRIMARY KEY (account, purpose)
);

-- Finds what is too old.
CREATE INDEX one_time_code_by_expiry ON one_time_code (expires_at);
