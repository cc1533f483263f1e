-- What a conversation of several people or a channel looks like; NULL for nothing but its initials, or for what its group looks like.
ALTER TABLE conversation ADD COLUMN picture BYTEA;

-- Whose picture it is.
CREATE UNIQUE INDEX conversation_by_picture ON conversation (picture) WHERE picture IS NOT NULL;
