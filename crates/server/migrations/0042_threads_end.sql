-- The root's place in its conversation; 0 of one that was purged before this was kept.
ALTER TABLE thread ADD COLUMN pos BIGINT NOT NULL DEFAULT 0;
UPDATE thread SET pos = COALESCE((SELECT m.pos FROM message m WHERE m.id = thread.root), 0);

-- When the root went, or the person out of the conversation; NULL while they stand to the thread.
ALTER TABLE thread ADD COLUMN ended_at BIGINT;

-- What goes with what is no longer kept of a conversation.
CREATE INDEX thread_of_place ON thread (conversation, pos) WHERE ended_at IS NULL;

-- Finds what is over and due to be purged.
CREATE INDEX thread_by_end ON thread (ended_at) WHERE ended_at IS NOT NULL;
