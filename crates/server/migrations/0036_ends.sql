-- When what was scheduled and due around the beginning of the epoch was stopped, for its authors to look at; NULL while that is to be done.
ALTER TABLE epoch ADD COLUMN schedules_stopped_at BIGINT;
UPDATE epoch SET schedules_stopped_at = began_at;
