-- What a group looks like; its bytes are kept as those of people are.
ALTER TABLE group_info ADD COLUMN picture BLOB;                 -- what the server calls it; null: nothing
