//! A rep's turn, from the words to both turns stored, against two durable inserts into the same disk, taken in turns in the same run.
//! `cargo xtask bench turn` runs it and judges what it prints: one JSON line for each measurement.
//!
//! `cargo run --release -p sellme-app --example bench_turn -- FOLDER` (an empty folder on the disk that is to be measured; `floor` after it measures the floor alone)
#![allow(clippy::print_stdout, reason = "what it measured is read from what it prints")]

mod floor;
mod reps;

use std::{
    error::Error,
    path::PathBuf,
    sync::Arc,
    time::{Instant, SystemTime},
};

use sellme_app::{App, Device};
use sellme_core::{Millis, embedded, session::Mode};
use sellme_store::{Folder, FolderLock, SqliteStore};

use floor::Floor;

/// How many turns are measured.
const TURNS: usize = 150;

struct Clock;

impl Device for Clock {
    fn now(&self) -> Millis {
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or_default())
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        // Different at every call, which is all that an id needs here.
        let nanos = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos().to_le_bytes();
        std::array::from_fn(|index| nanos[index])
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::args().nth(1).ok_or("names no folder")?);
    let folder = Folder::at(path.join("data"));
    std::fs::create_dir_all(folder.path())?;
    let mut floor = Floor::open(&folder.path().join("floor.db"))?;
    if std::env::args().nth(2).is_some_and(|only| only == "floor") {
        return only_floor(&mut floor);
    }
    let _lock = FolderLock::take(&folder)?;
    let store = SqliteStore::open(&folder, Clock.now())?.store;
    let app = App::new(store.clone(), Arc::new(embedded::catalog()?.clone()), Arc::new(Clock), folder.exports());
    app.create_profile("Dana").await?;

    let (mut said, mut inserted, mut over) = (Vec::new(), Vec::new(), Vec::new());
    'measuring: for seed in 1.. {
        for rep in reps::read()? {
            let session = app.start_seeded(&rep.scenario, Some(seed), Mode::Typing).await?.session;
            for line in &rep.lines {
                let from = Instant::now();
                floor.two(line)?;
                let below = ms(from);
                let from = Instant::now();
                let answered = app.say(session.id, line).await?;
                let whole = ms(from);
                inserted.push(below);
                said.push(whole);
                over.push(whole - below);
                if said.len() == TURNS {
                    break 'measuring;
                }
                if answered.state.ended {
                    break;
                }
            }
            app.complete(session.id).await?;
        }
    }
    print("say", median(said));
    print("two-inserts", median(inserted));
    print("say-over-two-inserts", median(over));
    store.close();
    Ok(())
}

/// The floor alone, for a turn that is measured elsewhere.
fn only_floor(floor: &mut Floor) -> Result<(), Box<dyn Error>> {
    let mut inserted = Vec::with_capacity(TURNS);
    for line in reps::read()?.iter().flat_map(|rep| &rep.lines).cycle().take(TURNS) {
        let from = Instant::now();
        floor.two(line)?;
        inserted.push(ms(from));
    }
    print("two-inserts", median(inserted));
    Ok(())
}

fn ms(from: Instant) -> f64 {
    from.elapsed().as_secs_f64() * 1e3
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn print(name: &str, value: f64) {
    println!("{}", serde_json::json!({ "name": name, "value": value }));
}
