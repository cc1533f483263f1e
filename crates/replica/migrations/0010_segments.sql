-- The search index merges a level's segments at twelve instead of four: a message is rewritten less often on its way to its place, for
-- a few more segments that a search reads.
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 12);
