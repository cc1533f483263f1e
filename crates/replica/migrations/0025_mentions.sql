-- The place of the message that names me; none for what is no message.
ALTER TABLE notification ADD COLUMN pos INTEGER;
-- Who wrote it, or called; none for what is neither.
ALTER TABLE notification ADD COLUMN sender BLOB;

CREATE INDEX notification_of_mentions ON notification (conversation, pos) WHERE kind = 'mention' AND read_at IS NULL;
