//! What this machine can do at best, measured in the same run as everything else.

use crate::{Scale, corpus::text, figure::median};
use anyhow::Result;
use fastrand::Rng;
use serde::Serialize;
use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    fs::File,
    io::{Read as _, Seek as _, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    thread,
    time::Instant,
};
use uuid::Uuid;

/// Rows of one statement: what a replica writes at once.
const ROWS_PER_BATCH: usize = 1_000;
/// Rows of one commit of the server.
const ROWS_PER_COMMIT: usize = 256;
const TEXT_BYTES: usize = 100;

#[derive(Clone, Debug, Default, Serialize)]
pub struct Limits {
    /// One page written and synced, in ms.
    pub fsync_ms: f64,
    /// 128 bytes there and back over a socket on this computer, in ms.
    pub loopback_ms: f64,
    /// Bytes a second through one socket on this computer.
    pub loopback_bytes_s: f64,
    /// Bytes a second copied in memory.
    pub memcpy_bytes_s: f64,
    /// Rows a second into a plain table, each 256 of them synced.
    pub durable_rows_s: f64,
    /// Rows a second into a plain table with a full-text index, neither encrypted nor synced.
    pub indexed_rows_s: f64,
    /// 60 rows read by an index, in ms.
    pub page_ms: f64,
    /// The newest 50 messages with a word, in ms.
    pub search_ms: f64,
}

impl Limits {
    /// Measures in a folder on the disk that the cases use.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn measure(folder: &Path, scale: Scale) -> Result<Self> {
        let rounds = scale.of(20, 300, 1_000);
        let (loopback_ms, loopback_bytes_s) = loopback(rounds, scale.of(1, 256, 1024))?;
        let durable_rows_s = durable(folder, scale.of(1_000, 50_000, 200_000)).await?;
        let (indexed_rows_s, page_ms, search_ms) = indexed(folder, scale.of(1_000, 30_000, 100_000)).await?;
        Ok(Self {
            fsync_ms: fsync(folder, rounds)?,
            loopback_ms,
            loopback_bytes_s,
            memcpy_bytes_s: memcpy(rounds),
            durable_rows_s,
            indexed_rows_s,
            page_ms,
            search_ms,
        })
    }
}

pub fn ms(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1e3
}

fn fsync(folder: &Path, rounds: usize) -> Result<f64> {
    let mut file = File::create(folder.join("fsync"))?;
    let page = [7_u8; 4096];
    let mut measured = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        file.rewind()?;
        file.write_all(&page)?;
        let started = Instant::now();
        file.sync_data()?;
        measured.push(ms(started));
    }
    Ok(median(measured))
}

fn memcpy(rounds: usize) -> f64 {
    let from = vec![7_u8; 16 << 20];
    let mut to = vec![0_u8; 16 << 20];
    let copies = (0..rounds.min(30)).map(|_| {
        let started = Instant::now();
        to.copy_from_slice(std::hint::black_box(&from));
        std::hint::black_box(&mut to);
        from.len() as f64 / started.elapsed().as_secs_f64()
    });
    median(copies)
}

/// There and back in ms, and bytes a second one way.
fn loopback(rounds: usize, megabytes: usize) -> Result<(f64, f64)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let far = thread::spawn(move || -> std::io::Result<()> {
        let (mut socket, _) = listener.accept()?;
        socket.set_nodelay(true)?;
        let mut message = [0; 128];
        for _ in 0..rounds {
            socket.read_exact(&mut message)?;
            socket.write_all(&message)?;
        }
        let chunk = vec![7; 64 * 1024];
        for _ in 0..megabytes * 16 {
            socket.write_all(&chunk)?;
        }
        Ok(())
    });
    let mut socket = TcpStream::connect(address)?;
    socket.set_nodelay(true)?;
    let mut message = [0; 128];
    let mut measured = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        socket.write_all(&message)?;
        socket.read_exact(&mut message)?;
        measured.push(ms(started));
    }
    let started = Instant::now();
    let (mut buffer, mut bytes) = (vec![0; 64 * 1024], 0_usize);
    while let length @ 1.. = socket.read(&mut buffer)? {
        bytes += length;
    }
    let rate = bytes as f64 / started.elapsed().as_secs_f64();
    // The other side has sent everything: all that it could still say is how.
    let _ = far.join();
    Ok((median(measured), rate))
}

async fn open(folder: &Path, name: &str, synchronous: SqliteSynchronous) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join(name))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .pragma("cache_size", "-16000");
    let mut connection = options.connect().await?;
    let schema = "CREATE TABLE message (n INTEGER PRIMARY KEY, id TEXT UNIQUE, conversation INTEGER, pos INTEGER, sender TEXT, body TEXT);
        CREATE INDEX place ON message (conversation, pos);
        CREATE VIRTUAL TABLE words USING fts5 (body, content = '')";
    sqlx::raw_sql(schema).execute(&mut connection).await?;
    Ok(connection)
}

/// A batch as one parameter: `[[n, id, conversation, pos, sender, body], ..]`.
fn batch(dice: &mut Rng, first: usize, count: usize) -> Result<String> {
    let row = |n: usize, dice: &mut Rng| (n, Uuid::now_v7(), n % 50, n, Uuid::nil(), text(dice, TEXT_BYTES));
    let rows: Vec<_> = (first..first + count).map(|n| row(n, dice)).collect();
    Ok(serde_json::to_string(&rows)?)
}

const INSERT: &str = "INSERT INTO message (n, id, conversation, pos, sender, body)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)";

async fn durable(folder: &Path, rows: usize) -> Result<f64> {
    let mut connection = open(folder, "durable.db", SqliteSynchronous::Full).await?;
    let mut dice = Rng::with_seed(1);
    let mut seconds = 0.0;
    for first in (0..rows).step_by(ROWS_PER_COMMIT) {
        let batch = batch(&mut dice, first, ROWS_PER_COMMIT.min(rows - first))?;
        let started = Instant::now();
        sqlx::query(INSERT).bind(batch).execute(&mut connection).await?;
        seconds += started.elapsed().as_secs_f64();
    }
    connection.close().await?;
    Ok(rows as f64 / seconds)
}

/// Rows a second, a page's ms, a search's ms.
async fn indexed(folder: &Path, rows: usize) -> Result<(f64, f64, f64)> {
    let mut connection = open(folder, "indexed.db", SqliteSynchronous::Normal).await?;
    let mut dice = Rng::with_seed(2);
    let mut seconds = 0.0;
    for first in (0..rows).step_by(ROWS_PER_BATCH) {
        let batch = batch(&mut dice, first, ROWS_PER_BATCH.min(rows - first))?;
        let started = Instant::now();
        let mut transaction = connection.begin().await?;
        sqlx::query(INSERT).bind(&batch).execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO words (rowid, body) SELECT value ->> 0, value ->> 5 FROM json_each(?)")
            .bind(&batch)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        seconds += started.elapsed().as_secs_f64();
    }
    let page = "SELECT id, sender, body FROM message WHERE conversation = 7 ORDER BY pos DESC LIMIT 60";
    let search = "SELECT m.id, m.sender, m.body FROM words w JOIN message m ON m.n = w.rowid WHERE words MATCH 'coffee'
        ORDER BY w.rowid DESC LIMIT 50";
    let mut measured = Vec::new();
    for sql in [page, search] {
        let mut each = Vec::new();
        for _ in 0..20 {
            let started = Instant::now();
            sqlx::query(sql).fetch_all(&mut connection).await?;
            each.push(ms(started));
        }
        measured.push(median(each));
    }
    connection.close().await?;
    Ok((rows as f64 / seconds, measured.first().copied().unwrap_or_default(), measured.last().copied().unwrap_or_default()))
}
