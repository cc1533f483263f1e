-- The message in whose thread this one stands, also once it is deleted; none of those that are of no thread.
ALTER TABLE message ADD COLUMN thread_root BLOB;
-- 1: it stands in its thread alone, is not in the conversation's timeline and does not count as unread there.
ALTER TABLE message ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_thread ON message (thread_root, pos) WHERE thread_root IS NOT NULL;

-- How I stand to threads.
CREATE TABLE thread (
    root BLOB PRIMARY KEY,          -- the message that the thread is about
    seq INTEGER NOT NULL,
    conversation BLOB NOT NULL,     -- where that stands
    read_pos INTEGER NOT NULL,      -- the place in the conversation up to which I have read the thread
    following INTEGER NOT NULL,     -- 0: I have left it
    at INTEGER NOT NULL             -- when that last changed
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_of ON thread (conversation);

-- How I stand to threads as soon as what waits has arrived. From where on I have not read one that I have just begun to follow, the server
-- says: until then nothing of it is unread.
CREATE VIEW thread_now AS
    SELECT root, conversation,
        iif(following, max(read_pos, coalesce(
            (SELECT max(o.pos) FROM outbox o WHERE o.message = thread.root AND o.shows = 'thread_read'), 0)), 9223372036854775807) AS read_pos,
        coalesce((SELECT o.shows = 'follow' FROM outbox o
            WHERE o.message = thread.root AND o.shows IN ('follow', 'leave') AND o.state <> 'failed' ORDER BY o.n DESC LIMIT 1), following) AS following
    FROM thread
    UNION ALL
    SELECT message, conversation, 9223372036854775807, shows = 'follow' FROM outbox
    WHERE shows IN ('follow', 'leave') AND state <> 'failed' AND message IS NOT NULL
        AND n = (SELECT max(n) FROM outbox o WHERE o.message = outbox.message AND o.shows IN ('follow', 'leave') AND o.state <> 'failed')
        AND NOT EXISTS (SELECT 1 FROM thread WHERE root = outbox.message);

-- The root of the thread with which it is read; none of what is read with its conversation.
ALTER TABLE notification ADD COLUMN thread_root BLOB;

-- Unread asides of the threads there that I follow.
ALTER TABLE line ADD COLUMN asides INTEGER NOT NULL DEFAULT 0;
