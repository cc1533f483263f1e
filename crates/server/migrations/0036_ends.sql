-- When what was scheduled and due around the beginning of the epoch was stopped, for its authors to look at; NULL while that is to be done.
ALTER TABLE epoch ADD COLUMN schedules_stopped_at BIGINT;
UPDATE epoch SET schedules_stopped_at = began_at;

-- Who has something to be told of a message that is edited or goes: one that calls everyone may be thousands of people's.
CREATE INDEX notification_of_message ON notification (id) WHERE read_at IS NULL;

-- When it was sent or given up, and may be forgotten some time after; NULL while it waits or could not be sent.
ALTER TABLE scheduled_message ADD COLUMN ended_at BIGINT;
UPDATE scheduled_message SET ended_at = send_at WHERE state IN ('sent', 'cancelled');

-- Finds what has ended and is due to be purged.
CREATE INDEX hidden_by_end ON hidden (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX scheduled_message_by_end ON scheduled_message (ended_at) WHERE ended_at IS NOT NULL;
