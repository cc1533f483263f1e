-- The message of the same conversation that this one answers; NULL where it answers none, and of a tombstone.
ALTER TABLE message ADD COLUMN reply_to BYTEA;

-- How often somebody is named or answered in a conversation beyond what they have read.
DROP INDEX notification_of_mentions;
CREATE INDEX notification_of_mentions ON notification (account, conversation, pos) WHERE kind IN ('mention', 'reply') AND read_at IS NULL;
