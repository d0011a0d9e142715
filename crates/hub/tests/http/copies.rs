//! The program at the command line: it looks whether all is well, copies the records, and puts a copy in their place.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{Client, Issuer, KEY, SCENARIO, Served, Voice, create_admin, files, hub, is_refusal, printed, run, serving};

const PASSWORD: &str = "saddle boots canyon";

/// A folder of records with an admin.
fn records() -> (TempDir, PathBuf) {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    create_admin(&folder, PASSWORD);
    (kept, folder)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The admin, signed in.
async fn admin(served: &Served) -> Client {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let signed_in = Client::new(&served.url(), None).post("/api/sign-in", &body).await;
    Client::new(&served.url(), signed_in.json()["token"].as_str())
}

async fn begin(client: &Client) -> String {
    let begun = client.post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await.json();
    begun["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_copy_that_is_made_while_a_hub_serves_is_whole_and_can_be_put_back() {
    let (kept, folder) = records();
    let copy = kept.path().join("copy.db");
    let to = copy.to_string_lossy().into_owned();
    let served = Served::start(&mut serving(&folder));
    let client = admin(&served).await;
    let before = begin(&client).await;
    let made = run(&folder, &["backup", "--to", &to]);
    assert!(made.status.success(), "{}", printed(&made));
    assert_eq!(mode(&copy), 0o600);
    let kept_bytes = fs::read(&copy).unwrap();
    let again = run(&folder, &["backup", "--to", &to]);
    assert!(!again.status.success() && printed(&again).contains("already"), "{}", printed(&again));
    assert_eq!(fs::read(&copy).unwrap(), kept_bytes, "no copy takes another's place");
    let after = begin(&client).await;
    for replace in [&[][..], &["--replace"]] {
        let refused = run(&folder, &[&["restore", "--from", &to], replace].concat());
        assert!(!refused.status.success() && printed(&refused).contains("serves"), "{}", printed(&refused));
    }
    assert_eq!(client.get(&format!("/api/sessions/{after}")).await.status, 200, "what is served is left alone");
    served.stop();

    let refused = run(&folder, &["restore", "--from", &to]);
    assert!(!refused.status.success() && printed(&refused).contains("--replace"), "{}", printed(&refused));
    let restored = run(&folder, &["restore", "--from", &to, "--replace"]);
    assert!(restored.status.success(), "{}", printed(&restored));
    let served = Served::start(&mut serving(&folder));
    let client = admin(&served).await;
    assert_eq!(client.get(&format!("/api/sessions/{before}")).await.status, 200);
    assert_eq!(is_refusal(&client.get(&format!("/api/sessions/{after}")).await, 404), "not_found");
    served.stop();
    for file in files(&folder) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }

    // What was set aside is whole: a folder of its own takes it.
    let aside = files(&folder.join("replaced")).into_iter().find(|file| file.ends_with("company.db")).unwrap();
    let other = kept.path().join("other");
    let restored = run(&other, &["restore", "--from", &aside.to_string_lossy()]);
    assert!(restored.status.success(), "{}", printed(&restored));
    let served = Served::start(&mut serving(&other));
    let client = admin(&served).await;
    assert_eq!(client.get(&format!("/api/sessions/{after}")).await.status, 200);
    served.stop();
}

#[test]
fn what_is_no_whole_copy_of_records_takes_nobodys_place() {
    let (kept, folder) = records();
    let copy = kept.path().join("copy.db");
    assert!(run(&folder, &["backup", "--to", &copy.to_string_lossy()]).status.success());
    let sound = fs::read(&copy).unwrap();
    let changed = |at: usize, bytes: &[u8]| {
        let mut other = sound.clone();
        other[at..at + bytes.len()].copy_from_slice(bytes);
        other
    };
    let before = fs::read(folder.join("company.db")).unwrap();
    // The stamp is at 68, the version at 60.
    for (what, bytes, said) in [
        ("nothing", Vec::new(), "no file of records"),
        ("words", b"Dear diary".repeat(100), "not made by this program"),
        ("a laptop's", changed(68, b"SMPR"), "not made by this program"),
        ("newer", changed(60, &99_u32.to_be_bytes()), "newer version"),
        ("of no version", changed(60, &0_u32.to_be_bytes()), "damaged"),
        ("half", sound[..sound.len() / 2].to_vec(), "damaged"),
        ("harmed", changed(4_096, &[0xff; 4_096]), "damaged"),
    ] {
        let bad = kept.path().join("bad.db");
        fs::write(&bad, &bytes).unwrap();
        let refused = run(&folder, &["restore", "--from", &bad.to_string_lossy(), "--replace"]);
        assert!(!refused.status.success() && printed(&refused).contains(said), "{what}: {}", printed(&refused));
        assert_eq!(fs::read(folder.join("company.db")).unwrap(), before, "{what}");
    }
    assert!(!folder.join("replaced").exists());
    let missing = run(&folder, &["restore", "--from", "/nowhere/copy.db"]);
    assert!(!missing.status.success() && printed(&missing).contains("no file of records"), "{}", printed(&missing));
    let empty = run(&kept.path().join("empty"), &["backup", "--to", &kept.path().join("b.db").to_string_lossy()]);
    assert!(!empty.status.success() && printed(&empty).contains("no file of records"), "{}", printed(&empty));
    assert!(!kept.path().join("b.db").exists());
}

#[test]
fn for_postgresql_its_own_programs_are_named() {
    let url = "postgres://hub:a-secret-word@127.0.0.1/company";
    for (arguments, named) in [(["backup", "--to", "copy.dump"], "pg_dump"), (["restore", "--from", "copy.dump"], "pg_restore")] {
        let said = hub(Path::new("/nowhere")).args(arguments).args(["--database-url", url]).output().unwrap();
        let said_text = printed(&said);
        assert!(!said.status.success() && said_text.contains(named) && said_text.contains("copy.dump"), "{said_text}");
        assert!(!said_text.contains("a-secret-word"), "{said_text}");
    }
}

/// Lines of the doctor's answer that begin with a word.
fn lines(output: &std::process::Output, word: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|line| line.strip_prefix(word)).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_hub_that_is_well_has_nothing_to_be_seen_to_also_while_it_serves() {
    let (_kept, folder) = records();
    let (voice, issuer) = (Voice::start(), Issuer::start());
    let told =
        ["--realtime-url", &voice.url, "--oidc-issuer", &issuer.url, "--oidc-client-id", "hub", "--public-url", "http://127.0.0.1:1/"];
    let looked = || hub(&folder).arg("doctor").args(told).env("OPENAI_API_KEY", KEY).output().unwrap();
    let first = looked();
    assert!(first.status.success(), "{}", printed(&first));
    assert_eq!(lines(&first, "problem"), [""; 0]);
    let found = lines(&first, "ok").join("\n");
    for about in [
        "configuration:",
        "rights:",
        "room:",
        "records:",
        "log: of Pecos",
        "voice: the service answers",
        "sign-in: the sign-in service answers",
    ] {
        assert!(found.contains(about), "{about}: {found}");
    }
    assert!(!printed(&first).contains(KEY));
    let served = Served::start(&mut serving(&folder));
    let second = looked();
    assert!(second.status.success(), "{}", printed(&second));
    served.stop();
}

#[test]
fn each_thing_that_is_not_right_is_named_with_what_to_do() {
    let (kept, folder) = records();
    let problem = |folder: &Path, further: &[&str], about: &str, todo: &str| {
        let looked = hub(folder).arg("doctor").args(further).output().unwrap();
        assert_eq!(looked.status.code(), Some(1), "{}", printed(&looked));
        let problems = lines(&looked, "problem");
        assert!(problems.iter().any(|line| line.contains(about) && line.contains(todo)), "{about}: {problems:?}");
    };
    problem(&folder, &["--listen", "0.0.0.0:3000"], "configuration:", "--behind-proxy");
    problem(&kept.path().join("empty"), &[], "records:", "admin create");
    problem(
        &folder,
        &["--oidc-issuer", "http://127.0.0.1:9", "--oidc-client-id", "hub", "--public-url", "http://127.0.0.1:1"],
        "sign-in:",
        "--oidc-issuer",
    );
    let key = kept.path().join("key");
    fs::write(&key, KEY).unwrap();
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    problem(&folder, &["--openai-key-file", &key.to_string_lossy(), "--realtime-url", "http://127.0.0.1:9/v1"], "voice:", "");
    fs::set_permissions(folder.join("company.db"), Permissions::from_mode(0o644)).unwrap();
    problem(&folder, &[], "rights:", "chmod");
    fs::set_permissions(folder.join("company.db"), Permissions::from_mode(0o600)).unwrap();

    let copy = kept.path().join("copy.db");
    assert!(run(&folder, &["backup", "--to", &copy.to_string_lossy()]).status.success());
    let mut newer = fs::read(&copy).unwrap();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let other = kept.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("company.db"), &newer).unwrap();
    problem(&other, &[], "records:", "newest sellme-hub");
    assert_eq!(fs::read(other.join("company.db")).unwrap(), newer, "nothing is changed by looking");

    let (_kept, tampered) = records();
    let db = rusqlite::Connection::open(tampered.join("company.db")).unwrap();
    db.execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", []).unwrap();
    drop(db);
    problem(&tampered, &[], "log: of Pecos", "missing");
}

#[test]
fn whoever_looks_at_records_of_an_older_program_leaves_them_as_they_are() {
    let (kept, folder) = records();
    let file = folder.join("company.db");
    let db = rusqlite::Connection::open(&file).unwrap();
    let newest: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    db.execute_batch(&format!("PRAGMA user_version = {}; PRAGMA wal_checkpoint(TRUNCATE)", newest - 1)).unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    let looked = run(&folder, &["audit", "verify"]);
    let said = printed(&looked);
    assert!(!looked.status.success() && said.contains(&format!("of version {}", newest - 1)) && said.contains("to serve"), "{said}");
    assert!(lines(&run(&folder, &["doctor"]), "ok").iter().any(|line| line.contains("the next start leads them")));
    assert_eq!(fs::read(&file).unwrap(), before);
    let nowhere = kept.path().join("nowhere");
    assert!(!run(&nowhere, &["audit", "verify"]).status.success());
    assert!(!nowhere.exists(), "nothing is made by looking");
}

#[test]
fn the_newest_entry_that_was_noted_elsewhere_has_to_be_in_the_log_still() {
    let (_kept, folder) = records();
    let verify = |expected: &[&str]| run(&folder, &[&["audit", "verify"], expected].concat());
    let said = printed(&verify(&[]));
    let mark = said.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(mark.starts_with("2:"), "{said}");
    assert!(verify(&["--expect", &mark]).status.success());
    let other = format!("2:{}", "0".repeat(64));
    let missing = verify(&["--expect", &mark, "--expect", &other]);
    assert!(!missing.status.success() && printed(&missing).contains(&other), "{}", printed(&missing));
    let unreadable = verify(&["--expect", "2:abc"]);
    assert_eq!(unreadable.status.code(), Some(2), "{}", printed(&unreadable));
}
