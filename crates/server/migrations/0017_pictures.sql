-- What people upload, and what they say of themselves with it. The bytes are in the media folder.
CREATE TABLE media (
    -- What others call it: another one for other bytes.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Who uploaded it.
    uploader BYTEA NOT NULL REFERENCES account (id),
    -- The conversation that it belongs to; NULL if to none.
    conversation BYTEA REFERENCES conversation (id),
    -- The group that it belongs to; NULL if to none.
    group_id BYTEA REFERENCES group_info (id),
    -- 'picture': what somebody looks like.
    kind TEXT NOT NULL,
    -- Its name in the folder, made by the server: nothing that anybody said is part of it.
    object_key TEXT NOT NULL UNIQUE,
    -- As it was found in the bytes, such as 'image/jpeg'.
    file_type TEXT NOT NULL,
    -- What its uploader called it; NULL where that is kept by nobody.
    name TEXT,
    -- In bytes.
    size BIGINT NOT NULL,
    -- In pixels; NULL for what has none.
    width BIGINT,
    -- The same.
    height BIGINT,
    -- In milliseconds; NULL for what has none.
    duration BIGINT,
    -- What is shown until it is there; NULL for none.
    thumbnail_hash BYTEA,
    -- SHA-256 of the bytes.
    sha256 BYTEA NOT NULL,
    -- When.
    uploaded_at BIGINT NOT NULL
);

-- What goes with an account.
CREATE INDEX media_by_uploader ON media (uploader);

-- What they look like; NULL for nothing but their initials.
ALTER TABLE profile ADD COLUMN picture BYTEA;

-- Who sees the picture.
ALTER TABLE profile ADD COLUMN picture_to TEXT NOT NULL DEFAULT 'everyone';

-- Who they are, in their own words.
ALTER TABLE profile ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- Whose picture it is.
CREATE UNIQUE INDEX profile_by_picture ON profile (picture) WHERE picture IS NOT NULL;
