-- What waits in a composer, or in the box of a thread.
CREATE TABLE typed (
    conversation BLOB NOT NULL,
    root BLOB NOT NULL,             -- the message that the thread is about; empty: it is the conversation's
    text TEXT NOT NULL,
    reply_to BLOB,                  -- the message that it is to answer
    PRIMARY KEY (conversation, root)
) STRICT, WITHOUT ROWID;
INSERT INTO typed (conversation, root, text, reply_to) SELECT conversation, x'', text, reply_to FROM draft;
DROP TABLE draft;
ALTER TABLE typed RENAME TO draft;

-- The root's place in its conversation.
ALTER TABLE thread ADD COLUMN pos INTEGER NOT NULL DEFAULT 0;
-- When the root went or I was out of the conversation; none while I stand to the thread.
ALTER TABLE thread ADD COLUMN ended_at INTEGER;

-- As before; where that is over I stand to it as if I had never followed it.
DROP VIEW thread_now;
CREATE VIEW thread_now AS
    SELECT root, conversation,
        iif(following, max(read_pos, coalesce(
            (SELECT max(o.pos) FROM outbox o WHERE o.message = thread.root AND o.shows = 'thread_read'), 0)), 9223372036854775807) AS read_pos,
        coalesce((SELECT o.shows = 'follow' FROM outbox o
            WHERE o.message = thread.root AND o.shows IN ('follow', 'leave') AND o.state <> 'failed' ORDER BY o.n DESC LIMIT 1), following) AS following
    FROM thread WHERE ended_at IS NULL
    UNION ALL
    SELECT message, conversation, 9223372036854775807, shows = 'follow' FROM outbox
    WHERE shows IN ('follow', 'leave') AND state <> 'failed' AND message IS NOT NULL
        AND n = (SELECT max(n) FROM outbox o WHERE o.message = outbox.message AND o.shows IN ('follow', 'leave') AND o.state <> 'failed')
        AND NOT EXISTS (SELECT 1 FROM thread WHERE root = outbox.message AND ended_at IS NULL);
