//! A throw-away PostgreSQL cluster for the whole test binary, one database for each test.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Makes the cluster, says so, and takes it away again when its input ends: that is when the test process does, however it ends.
/// Arguments: the folder of PostgreSQL's programs, and the cluster's own.
const GUARD: &str = r#"
trap '' INT TERM HUP
bin=$1 folder=$2
cd "$folder" || exit 1
options="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c listen_addresses='' -c unix_socket_directories='$folder'"
{ "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync &&
  "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "$options" start; } >"$folder/start" 2>&1 </dev/null ||
  { echo failed; exit 1; }
echo ready
cat >/dev/null
"$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
rm -rf "$folder"
"#;

struct Cluster {
    folder: PathBuf,
    databases: AtomicU32,
    /// Its input stays open as long as this process lives.
    _guard: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();

/// The URL of a new, empty database.
pub async fn new_database() -> String {
    let cluster = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start)).await.expect("the cluster starts");
    let name = format!("test{}", cluster.databases.fetch_add(1, Ordering::SeqCst));
    let mut connection = PgConnection::connect(&cluster.url("postgres")).await.expect("PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.expect("a database is made");
    connection.close().await.expect("the connection closes");
    cluster.url(&name)
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

fn start() -> Cluster {
    let programs = programs();
    let folder = tempfile::Builder::new().prefix("hearth-postgres").tempdir().expect("a temporary folder").keep();
    let mut command = if is_root() {
        // PostgreSQL refuses to run as root.
        let owned = Command::new("chown").arg("postgres").arg(&folder).status().expect("chown runs");
        assert!(owned.success(), "the Debian package postgresql makes the user postgres; install it");
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", GUARD, "guard"]).arg(&programs).arg(&folder);
    let mut guard = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a shell runs");
    let mut said = String::new();
    BufReader::new(guard.stdout.take().expect("an output")).read_line(&mut said).expect("the guard speaks");
    let log = || ["start", "log"].map(|file| fs::read_to_string(folder.join(file)).unwrap_or_default()).concat();
    assert_eq!(said.trim(), "ready", "PostgreSQL did not start:\n{}", log());
    Cluster { folder, databases: AtomicU32::new(0), _guard: guard }
}

/// The programs of the newest PostgreSQL on this computer.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let number = |path: &Path| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.filter(|path| path.join("bin/initdb").exists()).max_by_key(|path| number(path));
    newest.expect("PostgreSQL is not installed. Install the Debian package postgresql and run the tests again.").join("bin")
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id runs");
    output.stdout.trim_ascii() == b"0"
}
