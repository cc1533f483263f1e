-- What builds before 0017 to 0039 have fetched lacks the fields that those came with, and of rows that they did not know one stood for many:
-- every copy of a stream that has such rows is fetched anew, and stays readable until then. Whoever adds a column for a new field of a row that
-- is here already does this again. What the server counted as unread, long ago maybe, would stand until then: what is here is counted.
UPDATE stream SET state = 'new', unread_count = NULL, unread_as_of = NULL WHERE kind < 2;
