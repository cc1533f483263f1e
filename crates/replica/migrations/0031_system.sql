-- 1: it tells what happened to the conversation; it does not count as unread and is never the conversation's last message.
ALTER TABLE message ADD COLUMN system INTEGER NOT NULL DEFAULT 0;

-- What came of that before this was known.
UPDATE message SET system = 1 WHERE text IS NULL AND body IS NOT NULL AND body ->> '$.kind' = 'system';
UPDATE line SET
    last_n = (SELECT n FROM message m WHERE m.conversation = line.conversation AND m.system = 0 ORDER BY m.pos DESC LIMIT 1),
    unread = (SELECT count(*) FROM message m WHERE m.conversation = line.conversation AND m.pos > line.read_pos AND m.hidden = 0
        AND m.deleted = 0 AND m.system = 0 AND m.sender <> (SELECT user FROM account)
        AND m.sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL))
WHERE conversation IN (SELECT conversation FROM message WHERE system = 1);
