//! The process is killed at any moment, again and again: what was acknowledged is there afterwards, and the same command goes on where it stopped.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use sellme_store::{Folder, SqliteStore};
use sellme_tests::{place::Place, script};
use serde_json::Value;

const KILLS: usize = 50;

/// A small stream of choices, the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// The script with a line of its own, so that each round is a session of its own.
fn lines(round: usize) -> String {
    format!("Good morning, this is visit number {round}. What brings you by?\n{}", script::text())
}

fn arguments<'a>(file: &'a str, form: &'a str) -> [&'a str; 8] {
    ["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", file, form]
}

/// Starts the script, reads what it acknowledges, and kills it after `turns` of them and a wait. Gives back what was acknowledged.
fn kill(place: &Place, file: &str, turns: usize, wait: Duration) -> Vec<Value> {
    let mut child = place.sellme(&arguments(file, "--jsonl")).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let printed = Arc::new(Mutex::new(Vec::new()));
    let theirs = Arc::clone(&printed);
    let reader = thread::spawn(move || {
        // A line that was cut short was not acknowledged.
        for line in out.split(b'\n').map_while(Result::ok) {
            if let Ok(value) = serde_json::from_slice::<Value>(&line) {
                theirs.lock().unwrap().push(value);
            }
        }
    });
    let deadline = Instant::now() + Duration::from_secs(20);
    while turns > 0 && printed.lock().unwrap().len() < turns && !reader.is_finished() {
        assert!(Instant::now() < deadline, "the program says nothing");
        thread::sleep(Duration::from_micros(200));
    }
    thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    Arc::into_inner(printed).unwrap().into_inner().unwrap()
}

/// The turns that are in the data file, read beside it so that the next start finds everything as the kill left it.
async fn stored(place: &Place, id: &str) -> Vec<Value> {
    let store = SqliteStore::open_to_read(&Folder::at(place.data())).unwrap();
    let found = store.session(id.parse().unwrap()).await.unwrap();
    found.turns.iter().map(|turn| serde_json::to_value(turn).unwrap()).collect()
}

#[tokio::test]
async fn every_turn_that_was_acknowledged_survives_a_kill_and_the_session_goes_on() {
    let place = Place::new();
    let mut dice = Dice(0x5e11_3e5e);
    let (mut kills, mut cut, mut round) = (0, 0, 0);
    while kills < KILLS {
        round += 1;
        let file = place.write("lines.txt", lines(round));
        let file = file.to_str().unwrap();
        let mut acknowledged: Vec<Value> = Vec::new();
        let times = 6 + dice.below(4);
        for _ in 0..times {
            // From the first moments of the start to the moments around the end.
            let turns = usize::try_from(dice.below(5)).unwrap() + acknowledged.len();
            let wait = Duration::from_micros(dice.below(if turns == 0 { 120_000 } else { 6_000 }));
            let printed = kill(&place, file, turns, wait);
            kills += 1;
            let finished = printed.last().is_some_and(|line| line.get("report").is_some());
            let turns: Vec<Value> = printed.into_iter().filter(|line| line.get("turn").is_some()).collect();
            cut += usize::from(!turns.is_empty() && !finished);
            // What a later run prints begins with what an earlier one acknowledged.
            for (before, now) in acknowledged.iter().zip(&turns) {
                assert_eq!(before, now);
            }
            if turns.len() > acknowledged.len() {
                acknowledged = turns;
            }
            if let Some(first) = acknowledged.first() {
                let stored = stored(&place, first["sessionId"].as_str().unwrap()).await;
                let said: Vec<&Value> = acknowledged.iter().map(|line| &line["turn"]).collect();
                assert!(stored.len() >= said.len(), "{} turns were acknowledged, {} are there", said.len(), stored.len());
                assert_eq!(stored[..said.len()].iter().collect::<Vec<_>>(), said);
            }
        }
        let ended = place.run(&arguments(file, "--json")).json();
        let turns = ended["turns"].as_array().unwrap();
        assert!(acknowledged.iter().zip(turns).all(|(line, turn)| line["turn"] == *turn), "the session did not go on with what was said");
        // The same as without a kill.
        let other = Place::new();
        let whole = other.write("lines.txt", lines(round));
        let straight = other.run(&arguments(whole.to_str().unwrap(), "--json")).json();
        assert_eq!((&ended["report"], &ended["turns"]), (&straight["report"], &straight["turns"]));
    }
    assert!(cut >= KILLS / 3, "only {cut} of {kills} kills came in the middle");
    assert_eq!(place.run(&["sessions", "list", "--json"]).json()["total"], round, "every session is there once");
}
