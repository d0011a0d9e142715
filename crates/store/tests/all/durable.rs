//! “Acknowledged” means on the disk: synced after it was written and before anybody is told.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::support::{
    Place, id,
    program::{acknowledged, turns},
    synced::{self, Seen},
    wait,
};

const TURNS: usize = 12;

#[test]
fn the_log_is_synced_between_a_turn_and_its_acknowledgement() {
    let place = Place::new();
    let trace = place.temp.path().join("trace");
    let run = Command::new("strace")
        .args(["-f", "-y", "-s", "40", "-e", synced::CALLS, "-o"])
        .arg(&trace)
        .arg(turns())
        .arg(place.folder.path())
        .arg(TURNS.to_string())
        .output()
        .expect("strace is needed to see what is synced: `apt-get install strace`");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(acknowledged(&run.stdout).len(), TURNS);
    let seen = synced::seen(&fs::read_to_string(&trace).unwrap(), "sellme.db-wal", "acknowledged ");
    let mut checked = 0;
    for (at, _) in seen.iter().enumerate().filter(|(_, seen)| **seen == Seen::Answered) {
        let since = seen[..at].iter().rposition(|seen| *seen == Seen::Answered).map_or(0, |last| last + 1);
        let before = &seen[since..at];
        assert!(before.contains(&Seen::LogWritten), "turn {checked} was acknowledged before it was written");
        assert_eq!(before.last(), Some(&Seen::LogSynced), "turn {checked} was acknowledged before the log was synced");
        checked += 1;
    }
    assert_eq!(checked, TURNS, "the watcher saw every acknowledgement");
}

#[test]
fn the_writer_runs_with_full_synchronisation_and_the_log_written_ahead() {
    let place = Place::new();
    let store = place.open();
    let found = wait(store.pragmas()).unwrap();
    let setting = |name: &str| found.iter().find(|(setting, _)| setting == name).map(|(_, value)| value.clone()).unwrap();
    assert_eq!(setting("journal_mode"), "wal");
    assert_eq!(setting("synchronous"), "2", "2 is FULL");
    assert_eq!(
        (setting("fullfsync"), setting("checkpoint_fullfsync")),
        ("1".to_owned(), "1".to_owned()),
        "macOS keeps written bytes in the drive without"
    );
    assert_eq!(setting("foreign_keys"), "1");
    assert_eq!(setting("secure_delete"), "1");
    assert_eq!(setting("trusted_schema"), "0");
    assert!(setting("busy_timeout").parse::<u32>().unwrap() >= 1_000);
    assert_eq!(setting("application_id"), i32::from_be_bytes(*b"SMPR").to_string());
}

#[test]
fn every_acknowledged_turn_survives_a_kill_and_the_session_goes_on() {
    let place = Place::new();
    let mut said = BTreeSet::new();
    for kill in 0..12_u64 {
        let mut child = Command::new(turns()).arg(place.folder.path()).arg("100000").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // At another moment each time; some fall within a write, a sync, or an answer.
        let enough = 1 + (kill * 7) % 23;
        for line in lines.by_ref().take(usize::try_from(enough).unwrap()) {
            said.extend(acknowledged(line.unwrap().as_bytes()));
        }
        std::thread::sleep(std::time::Duration::from_micros(kill * 137));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            said.extend(acknowledged(line.as_bytes()));
        }
    }
    assert!(said.len() > 12, "the kills came before anything was said: {said:?}");
    let stored = wait(place.open().session(id(1))).unwrap();
    let kept: BTreeSet<u32> = stored.turns.iter().map(|turn| turn.index).collect();
    assert!(said.is_subset(&kept), "lost {:?}", said.difference(&kept));
    assert_eq!(stored.session.turns as usize, kept.len());
}
