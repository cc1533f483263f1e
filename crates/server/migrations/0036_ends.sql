-- When what was scheduled and due around the beginning of the epoch was stopped, for its authors to look at; NULL while that is to be done.
ALTER TABLE epoch ADD COLUMN schedules_stopped_at BIGINT;
UPDATE epoch SET schedules_stopped_at = began_at;

-- Who has something to be told of a message that is edited or goes: one that calls everyone may be thousands of people's.
CREATE INDEX notification_of_message ON notification (id) WHERE read_at IS NULL;
