//! Says one turn after the other and prints a line for each that was acknowledged. For tests of bad luck: killed, watched, without room, without rights.
//!
//! `turns FOLDER COUNT`: prints `ready`, then `acknowledged N` after turn N is on the disk, then `done`; a refusal prints `refused CODE` and ends with 1.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/all/support/mod.rs"]
#[allow(dead_code, reason = "it needs but a part of what the tests have")]
mod support;

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use sellme_core::{
    Millis,
    session::{Speaker, Turn},
};
use sellme_store::{Folder, FolderLock, SqliteStore, StoreError};
use support::{NOON, id, profile, session, user, wait};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let folder = Folder::at(words.next().expect("names a folder"));
    let count = words.next().and_then(|count| count.parse().ok()).expect("says how many turns");
    match talk(&folder, count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let error = sellme_core::Error::from(error);
            say(&format!("refused {}", serde_json::to_string(&error).unwrap()));
            ExitCode::FAILURE
        }
    }
}

fn talk(folder: &Folder, count: u32) -> Result<(), StoreError> {
    let _lock = FolderLock::take(folder)?;
    let store = SqliteStore::open(folder, NOON)?.store;
    if wait(store.profiles())?.is_empty() {
        wait(store.create_profile(&profile(1, "Dana")))?;
        wait(store.create_session(&session(1, user(1), NOON)))?;
    }
    let first = wait(store.session(id(1)))?.session.turns;
    say("ready");
    for index in first..first + count {
        let turn = Turn::typed(index, Speaker::Rep, format!("turn {index} {}", "and some more words ".repeat(20)));
        wait(store.append_turn(id(1), &turn, &[], Millis(i64::from(index))))?;
        say(&format!("acknowledged {index}"));
    }
    say("done");
    Ok(())
}

/// One write for each line, so that a watcher sees when it was said.
fn say(line: &str) {
    let mut out = stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
