-- As 0040 does, for what came with 0041 to 0043: whoever adds a column for a new field of a row that is here already does this again, below it.
UPDATE stream SET state = 'new', unread_count = NULL, unread_as_of = NULL WHERE kind < 2;
