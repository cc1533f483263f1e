-- What a group was called that was deleted while I was in it; empty otherwise.
ALTER TABLE group_membership ADD COLUMN gone_name TEXT NOT NULL DEFAULT '';
