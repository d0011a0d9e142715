//! Progress, history and room of ten thousand sessions.

use std::{error::Error, fs, path::Path};

use sellme_core::{
    Millis,
    catalog::Catalog,
    embedded,
    id::{SessionId, UserId},
    progress::judge,
    scoring::{Context, score},
    session::{Mode, Profile, Session, Status, Visibility},
    wire::HistoryQuery,
};
use sellme_store::{Folder, FolderLock, SqliteStore, StoredSession};
use uuid::Uuid;

use crate::{
    numbers::Numbers,
    talk::{EVERYWHERE, Lines, RARE, scenarios},
    timing::{print, timed, wait},
};

/// 2026-11-23, 12:00 UTC.
const NOON: Millis = Millis(1_795_435_200_000);
/// The day of [`NOON`].
const TODAY: i32 = 20_780;
const MANY: usize = 10_000;
const FEW: usize = 100;
const USER: UserId = UserId(Uuid::from_u128(0x1000));

/// Fills a folder and asks about it.
pub(crate) fn measure(path: &Path) -> Result<(), Box<dyn Error>> {
    let folder = Folder::at(path);
    fs::create_dir_all(path)?;
    let _lock = FolderLock::take(&folder)?;
    let store = SqliteStore::open(&folder, NOON)?.store;
    wait(store.create_profile(&Profile { id: USER, name: "Dana".to_owned(), created_at: NOON }))?;
    wait(store.choose_profile(USER))?;
    let catalog = embedded::catalog()?;
    let lines = Lines::read()?;
    fill(&store, catalog, &lines, 0, FEW)?;
    timed("progress-100", || progress(&store))?;
    fill(&store, catalog, &lines, FEW, MANY)?;
    timed("progress-10000", || progress(&store))?;
    history(&store, "history-rare", RARE, MANY / 100)?;
    history(&store, "history-common", EVERYWHERE, MANY)?;
    store.close();
    print("folder-mb", size(path)? as f64 / 1e6);
    Ok(())
}

fn progress(store: &SqliteStore) -> Result<(), Box<dyn Error>> {
    let tallies = wait(store.tallies(USER, 60, TODAY))?;
    std::hint::black_box(judge(&tallies, TODAY));
    Ok(())
}

fn history(store: &SqliteStore, name: &str, word: &str, expected: usize) -> Result<(), Box<dyn Error>> {
    let query = HistoryQuery { text: Some(word.to_owned()), ..HistoryQuery::default() };
    let found = wait(store.history(USER, query.clone(), NOON))?;
    let marked = found.rows.iter().filter(|(_, snippet)| snippet.is_some()).count();
    if (found.matching as usize, found.rows.len(), marked) != (expected, 50, 50) {
        return Err(
            format!("{word} is in {} sessions, {} shown, {marked} marked; {expected} hold it", found.matching, found.rows.len()).into()
        );
    }
    timed(name, || {
        wait(store.history(USER, query.clone(), NOON))?;
        Ok(())
    })
}

/// Takes in sessions, each scored as if it had been practised here.
fn fill(store: &SqliteStore, catalog: &Catalog, lines: &Lines, from: usize, until: usize) -> Result<(), Box<dyn Error>> {
    for begin in (from..until).step_by(500) {
        let sessions = (begin..until.min(begin + 500)).map(|number| practised(catalog, lines, number)).collect();
        wait(store.import(sessions))?;
        eprintln!("{} sessions", until.min(begin + 500));
    }
    Ok(())
}

fn practised(catalog: &Catalog, lines: &Lines, number: usize) -> StoredSession {
    let mut numbers = Numbers::new(number as u64);
    let all = scenarios(catalog);
    let &(product, scenario) = numbers.one(&all);
    let turns = lines.conversation(product, scenario, number, &mut numbers);
    let context =
        Context { product: Some(product), scenario: Some(scenario), policies: &catalog.policies, catalog_revision: Some(catalog.revision) };
    let report = score(&context, &turns);
    // Five a day, over five and a half years.
    let started_at = Millis(NOON.0 - ((MANY - number) as i64) * 17_280_000);
    let session = Session {
        id: SessionId(Uuid::from_u128(0xA000_0000 + number as u128)),
        user_id: USER,
        product_id: product.id.clone(),
        scenario_id: scenario.id.clone(),
        seed: u32::try_from(number).unwrap_or(0),
        mode: Mode::Typing,
        visibility: Visibility::Practice,
        status: Status::Completed,
        paused: false,
        outcome: Some(report.outcome),
        overall_score: report.overall_score,
        started_at,
        ended_at: Some(Millis(started_at.0 + 900_000)),
        active_ms: Millis(840_000),
        turns: 40,
        catalog_revision: catalog.revision,
        win_path: scenario.needs.iter().map(|need| format!("need:{}", need.id)).chain(["ask".to_owned()]).collect(),
    };
    StoredSession { session, turns, signals: Vec::new(), report: Some(report), calls: Vec::new(), recording: None }
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}
