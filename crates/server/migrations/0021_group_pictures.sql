-- What a group looks like; NULL for nothing but its initials.
ALTER TABLE group_info ADD COLUMN picture BYTEA;

-- Whose picture it is.
CREATE UNIQUE INDEX group_info_by_picture ON group_info (picture) WHERE picture IS NOT NULL;
