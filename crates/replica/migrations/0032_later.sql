-- By this computer's clock, not before this: until then it can be taken back; null: it may go at once.
ALTER TABLE outbox ADD COLUMN not_before_local INTEGER;
-- It was forwarded: 1, or 0. Of a tombstone 0.
ALTER TABLE message ADD COLUMN forwarded INTEGER NOT NULL DEFAULT 0;
