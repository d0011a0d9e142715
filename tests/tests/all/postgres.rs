//! The private database server of the tests: it starts, answers, starts again with what it confirmed, and leaves nothing behind.

use std::{
    env, fs, io,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use sellme_tests::postgres::Postgres;

/// What `psql` prints where only the address is known.
fn ask(url: &str, sql: &str) -> io::Result<String> {
    let output = Command::new("psql").args(["-XtAc", sql, url]).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(io::Error::other(text(&output.stderr))) }
}

/// One that has ended but was not asked for yet has no command any more.
fn is_running(process: u32) -> bool {
    fs::read(format!("/proc/{process}/cmdline")).is_ok_and(|command| !command.is_empty())
}

fn waits_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn it_answers_at_its_address_and_only_to_who_knows_the_password() {
    let postgres = Postgres::shared();
    let url = postgres.url();
    assert!(url.starts_with("postgres://sellme:") && url.contains("@127.0.0.1:") && url.ends_with("/sellme"), "{url}");
    assert_eq!(ask(&url, "select 1").unwrap(), "1");
    let (before, after) = url.split_once('@').unwrap();
    let refused = ask(&format!("{before}x@{after}"), "select 1").unwrap_err();
    assert!(refused.to_string().contains("password authentication failed"), "{refused}");
}

#[test]
fn what_it_confirms_is_on_the_disk_and_the_role_has_no_more_rights_than_it_needs() {
    let postgres = Postgres::shared();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(postgres.ask(&format!("show {setting}")), "on", "{setting}");
    }
    assert_eq!(postgres.ask("select rolsuper from pg_roles where rolname = current_user"), "f");
}

#[test]
fn every_database_of_it_is_empty_and_ones_own() {
    let postgres = Postgres::shared();
    let (one, other) = (postgres.database(), postgres.database());
    assert_eq!(ask(&one, "create table hats (name text)").unwrap(), "CREATE TABLE");
    assert_eq!(ask(&other, "select count(*) from pg_tables where tablename = 'hats'").unwrap(), "0");
}

#[test]
fn it_starts_again_where_it_was_with_what_it_confirmed() {
    let mut postgres = Postgres::start();
    let url = postgres.url();
    postgres.ask("create table hats (name text)");
    for (round, end) in [Postgres::stop, Postgres::kill].into_iter().enumerate() {
        postgres.ask(&format!("insert into hats values ('hat {round}')"));
        end(&mut postgres);
        assert_eq!(postgres.id(), None);
        assert!(ask(&url, "select 1").is_err());
        postgres.start_again();
        assert_eq!(postgres.url(), url);
        assert_eq!(ask(&url, "select count(*) from hats").unwrap(), (round + 1).to_string());
    }
}

#[test]
fn it_leaves_nothing_behind() {
    let postgres = Postgres::start();
    let (process, folder) = (postgres.id().unwrap(), postgres.folder().to_owned());
    assert!(is_running(process) && folder.is_dir());
    drop(postgres);
    assert!(!is_running(process));
    assert!(!folder.exists());
}

/// For [`a_run_of_tests_that_is_killed_leaves_nothing_behind`]: what it starts and kills.
const HELD: &str = "SELLME_TEST_HOLDS_POSTGRES";

#[test]
fn a_run_of_tests_that_is_killed_leaves_nothing_behind() {
    if let Some(file) = env::var_os(HELD) {
        let postgres = Postgres::start();
        let file = Path::new(&file);
        fs::write(file.with_extension("new"), format!("{}\n{}", postgres.id().unwrap(), postgres.folder().display())).unwrap();
        fs::rename(file.with_extension("new"), file).unwrap();
        thread::sleep(Duration::from_secs(60));
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("held");
    let mut run = Command::new(env::current_exe().unwrap());
    run.args(["--exact", "postgres::a_run_of_tests_that_is_killed_leaves_nothing_behind"]).env(HELD, &file).stdout(Stdio::null());
    let mut run = run.spawn().unwrap();
    waits_until("no server was started", || file.exists());
    let held = fs::read_to_string(&file).unwrap();
    let (process, folder) = held.split_once('\n').unwrap();
    let process = process.parse().unwrap();
    assert!(is_running(process) && Path::new(folder).is_dir());
    run.kill().unwrap();
    run.wait().unwrap();
    waits_until("the server still runs", || !is_running(process));
    waits_until("the folder is still there", || !Path::new(folder).exists());
}
