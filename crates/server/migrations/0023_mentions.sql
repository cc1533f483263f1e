-- The place of the message that names somebody; NULL for what is no message. Whoever has read so far has read it.
ALTER TABLE notification ADD COLUMN pos BIGINT;
-- Who wrote that message, or called; NULL for what is neither.
ALTER TABLE notification ADD COLUMN sender BYTEA;

-- How often somebody is named in a conversation beyond what they have read.
CREATE INDEX notification_of_mentions ON notification (account, conversation, pos) WHERE kind = 'mention' AND read_at IS NULL;
