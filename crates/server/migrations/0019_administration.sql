-- Administration: roles that admins make, accounts that wait, settings, invitations to the server, and what was done.

-- Roles besides 'admin', 'member' and 'guest', which everybody knows.
CREATE TABLE role (
    -- The role's id in text, as it stands in account.role.
    id TEXT NOT NULL PRIMARY KEY,
    -- What it is called.
    name TEXT NOT NULL,
    -- The name folded: no two have the same.
    name_key TEXT NOT NULL UNIQUE,
    -- What it allows: words with spaces between them.
    permissions TEXT NOT NULL,
    -- When it was made.
    created_at BIGINT NOT NULL
);

-- What somebody becomes when their address is verified; NULL: they are what they are.
ALTER TABLE account ADD COLUMN role_waits TEXT;

-- Since when nobody can sign in to it; NULL while it is in use.
ALTER TABLE account ADD COLUMN deactivated_at BIGINT;

-- 1: by its own person, who turns it on again by signing in.
ALTER TABLE account ADD COLUMN deactivated_by_oneself BIGINT NOT NULL DEFAULT 0;

-- 1: the account waits, which everybody is told who is told of the profile.
ALTER TABLE profile ADD COLUMN deactivated BIGINT NOT NULL DEFAULT 0;

-- What the people who manage the server have decided; what is missing is as the command line says.
CREATE TABLE server_setting (
    -- The field's name in ServerSettings.
    name TEXT NOT NULL PRIMARY KEY,
    -- Its value, as JSON.
    value TEXT NOT NULL
);

-- Invitations to sign up that are good, were good, or wait to be tidied away. One that is revoked is not here.
CREATE TABLE server_invite (
    -- The invitation's id, by which it is listed and revoked.
    id BYTEA NOT NULL PRIMARY KEY,
    -- SHA-256 of its secret; the secret itself, 256 random bits, is nowhere.
    hash BYTEA NOT NULL UNIQUE,
    -- What somebody is who signs up by it.
    role TEXT NOT NULL,
    -- Who made it, while they may make such invitations; NULL for the owner at the server's computer.
    created_by BYTEA REFERENCES account (id),
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- From then on it is worth nothing.
    expires_at BIGINT NOT NULL,
    -- How many may still sign up by it.
    uses_left BIGINT NOT NULL
);

-- Finds what is too old.
CREATE INDEX server_invite_by_expiry ON server_invite (expires_at);

-- Every administrative act, for ever.
CREATE TABLE audit_log (
    -- Counts from 1.
    n BIGINT NOT NULL PRIMARY KEY,
    -- When it was done.
    at BIGINT NOT NULL,
    -- Who did it; NULL for the owner at the server's computer.
    actor BYTEA,
    -- Whom it concerns, if anybody.
    subject BYTEA,
    -- What was done, as JSON.
    act TEXT NOT NULL
);
