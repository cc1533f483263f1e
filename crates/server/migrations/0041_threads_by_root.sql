-- How many people stand to one thread, read in one go.
CREATE INDEX thread_by_root ON thread (root);
