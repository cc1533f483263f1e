-- Groups that are deleted: whoever was in one is told so, rather than that they are out of it.
ALTER TABLE group_membership ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;    -- 1: it was deleted
