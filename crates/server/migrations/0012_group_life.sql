-- Groups that are deleted, and links by which people join one.

-- When it was deleted; NULL while it is there.
ALTER TABLE group_info ADD COLUMN deleted_at BIGINT;

-- 1: the person is out of the group because it was deleted.
ALTER TABLE group_membership ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;

-- Links that are good, were good, or wait to be tidied away. One that is revoked is not here.
CREATE TABLE invite_link (
    -- The link's id, by which it is listed and revoked.
    id BYTEA NOT NULL PRIMARY KEY,
    -- SHA-256 of its secret; the secret itself, 256 random bits, is nowhere.
    hash BYTEA NOT NULL UNIQUE,
    -- The group that it leads into.
    group_id BYTEA NOT NULL REFERENCES group_info (id),
    -- What somebody is who joins by it: 'admin' or 'member'.
    role TEXT NOT NULL,
    -- Who made it: it is good while they may make such a link.
    created_by BYTEA NOT NULL REFERENCES account (id),
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- From then on it is worth nothing.
    expires_at BIGINT NOT NULL,
    -- How many may still join by it.
    uses_left BIGINT NOT NULL
);

-- A group's links.
CREATE INDEX invite_link_by_group ON invite_link (group_id);

-- Finds what is too old.
CREATE INDEX invite_link_by_expiry ON invite_link (expires_at);
