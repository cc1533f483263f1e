-- What was deleted is kept as a tombstone for a time, and then purged.

-- When the message was deleted; NULL while it is not.
ALTER TABLE message ADD COLUMN deleted_at BIGINT;

-- No message at or below this pos is still to come, although the newest one may have been purged.
ALTER TABLE conversation ADD COLUMN purged_pos BIGINT NOT NULL DEFAULT 0;

-- Finds what is due to be purged.
CREATE INDEX message_by_deletion ON message (deleted_at) WHERE deleted_at IS NOT NULL;
