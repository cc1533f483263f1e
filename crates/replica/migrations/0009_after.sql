-- 1 while the server has named a head below the cursor: it is asked for what follows, and refuses a cursor that it cannot have given.
-- 2 once it has: nothing of this copy is kept.
ALTER TABLE stream ADD COLUMN doubted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stream_doubted ON stream (id) WHERE doubted = 1;
