-- Where the marker was before its person marked something as unread: nobody is told of that reading again.
ALTER TABLE read_marker ADD COLUMN furthest BIGINT NOT NULL DEFAULT 0;

UPDATE read_marker SET furthest = pos;
