-- What was sent and not answered may have arrived: it is taken back at the server before it is forgotten here.

ALTER TABLE outbox ADD COLUMN tried_local INTEGER;    -- when it first went out; none: it cannot have arrived
ALTER TABLE outbox ADD COLUMN taking_back TEXT;       -- it is to be taken back instead of sent, to: discard, edit, send_anew
UPDATE outbox SET tried_local = made_at_local WHERE tries > 0;
