-- As before; and how far a thread is read is told with what waits in the order in which it was made: how far I had read it before I marked
-- something in it as unread, where that put it, and how far I have read since.
DROP VIEW thread_now;
CREATE VIEW thread_now AS
    SELECT t.root AS root, t.conversation AS conversation,
        (SELECT max(min(max(t.read_pos, coalesce(max(CASE WHEN o.shows = 'thread_read' AND o.n < o.back_n THEN o.pos END), 0)),
                    coalesce(max(CASE WHEN o.n = o.back_n THEN o.pos END), 9223372036854775807)),
                coalesce(max(CASE WHEN o.shows = 'thread_read' AND o.n > o.back_n THEN o.pos END), 0))
         FROM (SELECT m.n AS n, m.shows AS shows, m.pos AS pos,
                    (SELECT coalesce(max(b.n), 0) FROM outbox b WHERE b.message = t.root AND b.shows = 'thread_unread') AS back_n
               FROM outbox m WHERE m.message = t.root AND m.shows IN ('thread_read', 'thread_unread')) o) AS read_pos,
        t.following AS following
    FROM (
        SELECT root, conversation, iif(following, read_pos, 9223372036854775807) AS read_pos,
            coalesce((SELECT o.shows = 'follow' FROM outbox o
                WHERE o.message = thread.root AND o.shows IN ('follow', 'leave') AND o.state <> 'failed' ORDER BY o.n DESC LIMIT 1), following) AS following
        FROM thread WHERE ended_at IS NULL
        UNION ALL
        SELECT message, conversation, 9223372036854775807, shows = 'follow' FROM outbox
        WHERE shows IN ('follow', 'leave') AND state <> 'failed' AND message IS NOT NULL
            AND n = (SELECT max(n) FROM outbox o WHERE o.message = outbox.message AND o.shows IN ('follow', 'leave') AND o.state <> 'failed')
            AND NOT EXISTS (SELECT 1 FROM thread WHERE root = outbox.message AND ended_at IS NULL)) t;
