-- It was forwarded: 1, or 0. From where, nobody is told. Of a tombstone 0.
ALTER TABLE message ADD COLUMN forwarded BIGINT NOT NULL DEFAULT 0;
