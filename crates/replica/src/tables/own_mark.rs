//! Marks of mine on messages, which are rows alike in tables alike: stars, and what I have hidden.

/// The row kind of such a table. One that has ended shows nowhere, and the server purges it with the tombstones.
macro_rules! own_mark {
    ($row:ty, $table:literal) => {
        impl $crate::apply::rows::Kept for $row {
            const DUMP: &'static str = concat!(
                "SELECT lower(hex(message)) || ' ' || seq || ' ' || json_array(lower(hex(conversation)), pos, at) FROM ",
                $table,
                " WHERE ended_at IS NULL ORDER BY message"
            );
            const WIRE: &'static str = concat!(
                "SELECT seq, json_object('id', lower(hex(message)), 'conversation', lower(hex(conversation)), 'pos', pos, 'at', at,
                    'ended_at', ended_at) FROM ",
                $table,
                " WHERE ?1 IS NOT NULL"
            );

            async fn apply(
                changes: &mut $crate::apply::Changes<'_>,
                _arrival: &$crate::apply::rows::Arrival<'_>,
                rows: &[(hearth_protocol::Seq, &Self)],
            ) -> $crate::Result<()> {
                const UPSERT: &str = concat!(
                    "INSERT INTO ",
                    $table,
                    " (message, seq, conversation, pos, at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
                      ON CONFLICT (message) DO UPDATE SET seq = excluded.seq, conversation = excluded.conversation, pos = excluded.pos,
                          at = excluded.at, ended_at = excluded.ended_at
                      WHERE excluded.seq > ",
                    $table,
                    ".seq"
                );
                for (seq, row) in rows {
                    let query = sqlx::query(UPSERT)
                        .bind(row.id.as_bytes())
                        .bind($crate::sql::int(*seq))
                        .bind(row.conversation.as_bytes())
                        .bind($crate::sql::int(row.pos))
                        .bind(row.at)
                        .bind(row.ended_at);
                    if $crate::sql::run(changes.tx, query).await? {
                        changes.touch(row.conversation);
                    }
                }
                Ok(())
            }

            async fn clear(
                changes: &mut $crate::apply::Changes<'_>,
                _stream: hearth_protocol::stream::StreamId,
                keep_after: Option<hearth_protocol::Seq>,
            ) -> $crate::Result<()> {
                const DELETE: &str = concat!("DELETE FROM ", $table, " WHERE seq <= ? RETURNING conversation");
                let gone: Vec<Vec<u8>> = sqlx::query_scalar(DELETE)
                    .bind(keep_after.map_or(i64::MAX, $crate::sql::int))
                    .fetch_all(&mut *changes.tx)
                    .await?;
                for bytes in gone {
                    changes.touch($crate::sql::id(&bytes)?);
                }
                Ok(())
            }
        }
    };
}
pub(super) use own_mark;
