//! A PostgreSQL of a test's own: a cluster in a folder that goes away, reached on this machine alone and with a password that nobody else knows. What it confirms is on
//! the disk, as in a real one. It sorts as English does where it is not told otherwise, so that whoever forgets to tell it is found out.

use std::{
    env,
    fs::{self, File, Permissions},
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::fault;

/// Whom the tests are to it, and what their first database is called. The role owns its databases and may make more; it is no superuser, as a company's would not be.
const NAME: &str = "sellme";
const SUPERUSER: &str = "postgres";

/// Where Debian keeps the programs, one folder a version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Ports below those that the system gives to outgoing connections: while the server is down, nobody who asks for it again and again can be given its port, or reach
/// himself.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// How long it may take to start (after a crash it reads its log first) or to stop.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Small, and as durable as it can be. Only on this machine, by TCP alone.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = on
synchronous_commit = on
full_page_writes = on
track_commit_timestamp = on
shared_buffers = 16MB
max_connections = 100
";

/// What it proves with who it is, signed by `ca.pem` beside it; for 127.0.0.1.
const CERTIFICATE: &str = include_str!("../fixtures/tls/server.pem");
const CERTIFICATE_KEY: &str = include_str!("../fixtures/tls/server.key");

/// A running server with a cluster of its own. It ends with this value or with the run of tests, even where that is killed.
#[derive(Debug)]
pub struct Postgres {
    folder: TempDir,
    port: u16,
    password: String,
    server: Option<Child>,
    databases: AtomicU32,
    /// Whoever tidies up holds the other end: it sees when this process is gone.
    _held: ChildStdin,
    tidier: Child,
}

impl Postgres {
    /// The one of this test binary, for tests that do not stop it. Each takes a [`database`](Self::database) of its own.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Makes a cluster and starts it; a second or two.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// The same with a certificate, by which connections can be encrypted. `tests/fixtures/tls/ca.pem` vouches for it.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_with_certificate() -> Self {
        Self::start_with("ssl = on\nssl_cert_file = 'server.pem'\nssl_key_file = 'server.key'\n")
    }

    fn start_with(settings: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("sellme-postgres-").tempdir().expect("a temporary folder");
        let (tidier, held) = tidier(folder.path());
        let password = password();
        initialise(folder.path(), &password, settings);
        let mut postgres = Self { folder, port: 0, password, server: None, databases: AtomicU32::new(0), _held: held, tidier };
        let begun = (0..5).any(|_| {
            postgres.port = free_port();
            postgres.try_start()
        });
        assert!(begun, "the server does not start:\n{}", postgres.log());
        postgres.ask_as(SUPERUSER, SUPERUSER, &format!("CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{}'", postgres.password));
        postgres.ask_as(SUPERUSER, SUPERUSER, &format!("CREATE DATABASE {NAME} OWNER {NAME}"));
        postgres
    }

    /// Starts it again after [`stop`](Self::stop) or [`kill`](Self::kill), where it was.
    ///
    /// # Panics
    /// Where it runs, or does not start.
    pub fn start_again(&mut self) {
        assert!(self.server.is_none(), "it runs");
        assert!(self.try_start(), "the server does not start again:\n{}", self.log());
    }

    /// Ends it in good order; whoever is connected is sent away.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn stop(&mut self) {
        assert!(self.end("-INT"), "the server does not stop:\n{}", self.log());
    }

    /// Ends it as a crash would: nothing is put in order, the next start recovers from its log.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn kill(&mut self) {
        assert!(self.end("-QUIT"), "the server does not end:\n{}", self.log());
    }

    /// Where it is reached: `postgres://sellme:…@127.0.0.1:PORT/sellme`, the same after every start.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of(NAME, NAME)
    }

    /// Where a new, empty database on it is reached.
    ///
    /// # Panics
    /// Where it does not run.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("{NAME}_{}", self.databases.fetch_add(1, Ordering::Relaxed) + 1);
        self.ask(&format!("CREATE DATABASE {name}"));
        self.url_of(NAME, &name)
    }

    /// What `psql` prints for one command in the first database: a line a row, `|` between columns.
    ///
    /// # Panics
    /// Where it is refused, or the server does not run.
    pub fn ask(&self, sql: &str) -> String {
        self.ask_as(NAME, NAME, sql)
    }

    /// The same for a database at an address that [`database`](Self::database) gave.
    ///
    /// # Panics
    /// As [`ask`](Self::ask).
    pub fn ask_at(&self, url: &str, sql: &str) -> String {
        assert!(self.server.is_some(), "it does not run");
        ask(url, sql)
    }

    /// Does this in a transaction at an address that [`database`](Self::database) gave, and leaves that open: what it locks is held until the value is let go.
    ///
    /// # Panics
    /// Where it is refused.
    #[must_use]
    pub fn hold(&self, url: &str, sql: &str) -> Held {
        let mut psql = program("psql");
        psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url]);
        let mut psql = psql.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a program that starts");
        let mut asking = psql.stdin.take().expect("a pipe");
        writeln!(asking, "BEGIN;\n{sql};\n\\echo held").expect("a pipe that is read");
        let said = BufReader::new(psql.stdout.take().expect("a pipe")).lines().map_while(Result::ok).any(|line| line == "held");
        assert!(said, "it is refused");
        Held { psql, asking: Some(asking) }
    }

    /// Waits until somebody waits for a lock in the database at this address. Gives the connection's process.
    ///
    /// # Panics
    /// Where nobody does.
    #[must_use]
    pub fn waiting(&self, url: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let sql =
                "SELECT min(pid) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND d.datname = current_database()";
            match self.ask_at(url, sql) {
                none if none.is_empty() => assert!(Instant::now() < until, "nobody waits"),
                process => return process,
            }
            thread::sleep(LOOK_AGAIN);
        }
    }

    /// The folder of everything that it has.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process of the server, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    fn url_of(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    fn ask_as(&self, role: &str, database: &str, sql: &str) -> String {
        ask(&self.url_of(role, database), sql)
    }

    /// True where it runs and answers; false where it ended instead, as it does where somebody else took the port.
    fn try_start(&mut self) -> bool {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log")).expect("a log");
        let mut postgres = program("postgres");
        postgres.arg("-D").arg(data(self.folder.path())).args(["-p", &self.port.to_string()]);
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let mut server = postgres.spawn().expect("a server");
        let until = Instant::now() + PATIENCE;
        while !self.is_ready(server.id()) {
            if server.try_wait().expect("a process").is_some() {
                return false;
            }
            if Instant::now() > until {
                drop(server.kill());
                drop(server.wait());
                return false;
            }
            thread::sleep(LOOK_AGAIN);
        }
        self.server = Some(server);
        true
    }

    /// True once the server says in its own file that it takes connections: the process on the first line, how it is on the last.
    fn is_ready(&self, process: u32) -> bool {
        let said = fs::read_to_string(data(self.folder.path()).join("postmaster.pid")).unwrap_or_default();
        said.lines().next() == Some(&process.to_string()) && said.lines().last().is_some_and(|last| last.trim() == "ready")
    }

    /// Sends the signal where it runs. False where it does not end by it, and is made to.
    fn end(&mut self, signal: &str) -> bool {
        let Some(mut server) = self.server.take() else { return true };
        drop(Command::new("kill").args([signal, &server.id().to_string()]).status());
        let until = Instant::now() + PATIENCE;
        while server.try_wait().is_ok_and(|ended| ended.is_none()) {
            if Instant::now() > until {
                drop(server.kill());
                drop(server.wait());
                return false;
            }
            thread::sleep(LOOK_AGAIN);
        }
        true
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The folder goes right after, so nothing has to be put in order in it.
        self.end("-QUIT");
        drop(self.tidier.kill());
        drop(self.tidier.wait());
    }
}

/// A transaction that is open until this value is let go.
#[derive(Debug)]
pub struct Held {
    psql: Child,
    asking: Option<ChildStdin>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // It ends with what it is asked, and the server takes back what was not committed.
        drop(self.asking.take());
        drop(self.psql.wait());
    }
}

/// Waits until this process is gone, however it went (a value that is kept to the end of the run is never dropped), then ends the server and removes the folder. In a
/// group of its own, so that what interrupts the run at a terminal does not reach it.
fn tidier(folder: &Path) -> (Child, ChildStdin) {
    const SCRIPT: &str = r#"
read -r _
server=$1/data/postmaster.pid
tries=0
[ -e "$server" ] && kill -QUIT "$(head -n 1 "$server")"
while [ -e "$server" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$1"
"#;
    let mut command = Command::new("sh");
    command.args(["-c", SCRIPT, "sh"]).arg(folder).process_group(0);
    let mut tidier = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a shell");
    let held = tidier.stdin.take().expect("a pipe");
    (tidier, held)
}

/// Makes a cluster in this folder, whose superuser has this password, with these settings beside the usual ones.
fn initialise(folder: &Path, password: &str, settings: &str) {
    let given = folder.join("password");
    fs::write(&given, password).expect("a written file");
    fault::give_away(folder);
    let mut initdb = program("initdb");
    initdb.arg("-D").arg(data(folder)).arg(format!("--pwfile={}", given.display())).arg(format!("--username={SUPERUSER}"));
    // What is lost if the machine ends now is not worth waiting for the disk.
    initdb.args([
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=en",
        "--no-sync",
        "--no-instructions",
    ]);
    said(&mut initdb);
    fs::remove_file(given).expect("a removed file");
    let mut file = File::options().append(true).open(data(folder).join("postgresql.conf")).expect("the settings of the cluster");
    file.write_all([SETTINGS, settings].concat().as_bytes()).expect("written settings");
    for (name, text) in [("server.pem", CERTIFICATE), ("server.key", CERTIFICATE_KEY)] {
        let path = data(folder).join(name);
        fs::write(&path, text).expect("a written file");
        // Nobody else may read a key, or the server refuses to start.
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("changed permissions");
        fault::give_away(&path);
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// One of PostgreSQL's programs, with nothing of what the surroundings say of another server, and without the rights of root, which the server refuses to have.
fn program(name: &str) -> Command {
    let installed = fs::read_dir(DEBIAN).into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin").join(name))).filter(|(_, path)| path.is_file())
    });
    // Elsewhere they are on the path.
    let path = installed.max().map_or_else(|| PathBuf::from(name), |(_, path)| path);
    let mut command = Command::new(path);
    command.env_clear().env("LC_ALL", "C").current_dir("/");
    if let Some(path) = env::var_os("PATH") {
        command.env("PATH", path);
    }
    fault::without_rights(&mut command);
    command
}

fn ask(url: &str, sql: &str) -> String {
    let mut psql = program("psql");
    psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]);
    said(&mut psql)
}

/// What a program prints that ends well.
fn said(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("PostgreSQL is not installed; `cargo xtask setup` does: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
}

/// 128 bits of chance.
fn password() -> String {
    let mut bytes = [0; 16];
    File::open("/dev/urandom").and_then(|mut chance| chance.read_exact(&mut bytes)).expect("chance");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A port that nobody listens on, each time another, and others in another process.
fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let many = u32::from(PORTS.end - PORTS.start);
    let ports = (0..many).map(|_| {
        let next = std::process::id().wrapping_mul(37).wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % many;
        PORTS.start + u16::try_from(next).expect("a small number")
    });
    ports.into_iter().find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
