-- Who made a conversation or a group, as its own row says.
ALTER TABLE conversation ADD COLUMN created_by BLOB;             -- null: not told
ALTER TABLE group_info ADD COLUMN created_by BLOB;               -- null: not told
