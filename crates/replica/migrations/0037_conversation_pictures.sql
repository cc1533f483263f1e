-- What a conversation looks like; its bytes are kept as those of people are.
ALTER TABLE conversation ADD COLUMN picture BLOB;                -- what the server calls it; null: nothing of its own
