-- 1: it tells what happened to the conversation. It is nobody's to read, to change or to erase, and never a conversation's last message.
ALTER TABLE message ADD COLUMN system BIGINT NOT NULL DEFAULT 0;
