-- What a conversation looks like; its bytes are kept as those of people are.
ALTER TABLE conversation ADD COLUMN picture BLOB;                -- what the server calls it; null: nothing of its own

-- What builds before it have fetched lacks it: those copies are fetched anew, and stay readable until then.
UPDATE stream SET state = 'new' WHERE kind = 1;
