-- The message that it answers; none where it answers none, and of a tombstone.
ALTER TABLE message ADD COLUMN reply_to BLOB;
-- The message that what waits answers: it goes out after that one.
ALTER TABLE outbox ADD COLUMN reply_to BLOB;
-- The message that what is being written answers.
ALTER TABLE draft ADD COLUMN reply_to BLOB;

-- Messages that name or answer me.
DROP INDEX notification_of_mentions;
CREATE INDEX notification_of_mentions ON notification (conversation, pos) WHERE kind IN ('mention', 'reply') AND read_at IS NULL;
