-- What the outbox shows is said by each mutation, and a membership says which version of its conversation I see.

ALTER TABLE outbox ADD COLUMN shows TEXT NOT NULL DEFAULT 'nothing';  -- as what: message, conversation, read, edit, deletion, nothing
ALTER TABLE outbox ADD COLUMN message BLOB;                           -- the message that an edit or a deletion is of
UPDATE outbox SET shows = CASE what
    WHEN 'send_message' THEN 'message' WHEN 'create_direct' THEN 'conversation' WHEN 'mark_read' THEN 'read' ELSE 'nothing' END;
CREATE INDEX outbox_message ON outbox (message) WHERE message IS NOT NULL;

ALTER TABLE membership ADD COLUMN vis_ver INTEGER NOT NULL DEFAULT 1;  -- copies and frames of a lower version are late
