-- What builds before 0017 to 0036 have fetched lacks the fields that those came with, and of rows that they did not know one stood for many:
-- every copy of a stream that has such rows is fetched anew, and stays readable until then. Whoever adds a column for a new field of a row that
-- is here already does this again.
UPDATE stream SET state = 'new' WHERE kind < 2;
