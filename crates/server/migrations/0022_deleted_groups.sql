-- What a group was called that was deleted, for those who were in it then; empty otherwise.
ALTER TABLE group_membership ADD COLUMN gone_name TEXT NOT NULL DEFAULT '';
