//! The steps that lead any older data file to the newest version. A released step is never changed.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::Result;

/// Proves that a file is ours: `SMPR` (SellMe PRT).
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"SMPR");

const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../../migrations/sqlite/0001-sessions.sql")),
    M::up(include_str!("../../../migrations/sqlite/0002-search-and-tallies.sql")),
    M::up(include_str!("../../../migrations/sqlite/0003-calls.sql")),
];

const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// The newest version, which is the number of steps.
#[allow(clippy::cast_possible_wrap)]
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

/// Leads the file to the newest version.
pub(crate) fn to_newest(db: &mut Connection) -> Result<()> {
    Ok(MIGRATIONS.to_latest(db)?)
}

/// Leads an empty file to an older version, for tests.
#[cfg(test)]
pub(crate) fn to_version(db: &mut Connection, version: usize) -> Result<()> {
    Ok(MIGRATIONS.to_version(db, version)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rusqlite::Connection;
    use sellme_core::{Millis, id::UserId, progress::tallies::Sum, session::Status, wire::HistoryQuery};
    use uuid::Uuid;

    use super::*;
    use crate::{Folder, SqliteStore, backup, connection, probe};

    #[test]
    fn every_step_holds_together() {
        assert!(MIGRATIONS.validate().is_ok(), "{:?}", MIGRATIONS.validate());
    }

    /// As the first version left it: a completed session with two turns, one that was left, and one that goes on.
    fn first_version(folder: &Folder) {
        folder.create().unwrap();
        let mut db: Connection = connection::writing(&folder.file(), APPLICATION_ID).unwrap();
        to_version(&mut db, 1).unwrap();
        db.execute_batch(
            "INSERT INTO profile (id, name, created_at) VALUES (x'00000000000000000000000000000001', 'Dana', 5);
             INSERT INTO session (id, person, product_id, scenario_id, seed, mode, visibility, status, started_at, ended_at, active_ms, turns,
               catalog_revision, win_path)
             VALUES (x'00000000000000000000000000000001', 1, 'hat', 'hat-judge', 1, 'typing', 'practice', 'IN_PROGRESS', 1000, NULL, 700, 2, 1, '[]'),
               (x'00000000000000000000000000000002', 1, 'hat', 'hat-judge', 1, 'typing', 'practice', 'ABANDONED', 2000, 2500, 300, 1, 1, '[]'),
               (x'00000000000000000000000000000003', 1, 'hat', 'hat-judge', 1, 'typing', 'practice', 'IN_PROGRESS', 3000, NULL, 100, 1, 1, '[]');
             INSERT INTO turn (session, idx, person, speaker, at_ms, text)
             VALUES (1, 0, 1, 'customer', 0, 'A fine brim'), (1, 1, 1, 'rep', 9, 'Thank you'), (2, 0, 1, 'customer', 0, 'No brim'), (3, 0, 1, 'rep', 0, 'brim?');
             UPDATE session SET status = 'COMPLETED', ended_at = 1900, outcome = 'sale', overall_score = 81, rapport = 90, contradicted = 0, objections = 0,
               resolved = 0 WHERE no = 1;",
        )
        .unwrap();
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_backed_up_and_led_to_the_newest() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path());
        first_version(&folder);
        let store = SqliteStore::open(&folder, Millis(9_000)).unwrap().store;
        let user = UserId(Uuid::from_u128(1));
        let tallies = store.tallies(user, 0, 0).await.unwrap();
        assert_eq!((tallies.completed, tallies.abandoned, tallies.sales, tallies.uncontradicted), (1, 1, 1, 1));
        assert_eq!((tallies.scores, tallies.practice_ms), (Sum { count: 1, sum: 81 }, Millis(700)));
        let brim = HistoryQuery { text: Some("brim".to_owned()), ..HistoryQuery::default() };
        let found = store.history(user, brim, Millis(9_000)).await.unwrap();
        let status: Vec<Status> = found.rows.iter().map(|(session, _)| session.status).collect();
        assert_eq!(status, [Status::Abandoned, Status::Completed], "both that are over, the newest first");
        assert_eq!(store.unfinished(user).await.unwrap().len(), 1);
        store.close();
        assert_eq!(probe::version(&folder.file()).unwrap(), NEWEST);
        let [backup] = backup::all(&folder).unwrap().try_into().unwrap();
        assert_eq!(probe::version(&backup.path).unwrap(), 1, "the backup is the file as it was");
        assert!(probe::is_sound(&backup.path).unwrap());
        SqliteStore::open(&folder, Millis(9_001)).unwrap();
        assert_eq!(backup::all(&folder).unwrap().len(), 1, "nothing is left to migrate");
    }

    #[tokio::test]
    async fn counts_that_were_kept_are_the_counts_that_a_migration_makes() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path());
        first_version(&folder);
        drop(SqliteStore::open(&folder, Millis(9_000)).unwrap());
        let db = connection::writing(&folder.file(), APPLICATION_ID).unwrap();
        // Three more end under the trigger, one of them unscored; then everything is added up anew.
        db.execute_batch(
            "INSERT INTO session (id, person, product_id, scenario_id, seed, mode, visibility, status, started_at, catalog_revision, win_path)
             VALUES (x'00000000000000000000000000000004', 1, 'hat', 'hat-judge', 1, 'typing', 'practice', 'IN_PROGRESS', 1, 1, '[]'),
               (x'00000000000000000000000000000005', 1, 'boot', 'boot-a', 1, 'typing', 'practice', 'IN_PROGRESS', 1, 1, '[]');
             UPDATE session SET status = 'COMPLETED', ended_at = 5000 WHERE no = 3;
             UPDATE session SET status = 'COMPLETED', ended_at = 6000, overall_score = 97, objections = 2, resolved = 2, contradicted = 1 WHERE no = 4;
             UPDATE session SET status = 'COMPLETED', ended_at = 7000, overall_score = 50, rapport = 40, outcome = 'sale' WHERE no = 5;",
        )
        .unwrap();
        let counts = |db: &Connection| -> Vec<Vec<rusqlite::types::Value>> {
            let mut statement = db.prepare("SELECT * FROM tally ORDER BY product_id, scenario_id").unwrap();
            let columns = statement.column_count();
            statement
                .query_map([], |row| (0..columns).map(|column| row.get(column)).collect::<rusqlite::Result<_>>())
                .unwrap()
                .collect::<rusqlite::Result<_>>()
                .unwrap()
        };
        let kept = counts(&db);
        let sql = include_str!("../../../migrations/sqlite/0002-search-and-tallies.sql");
        let (_, anew) = sql.split_once("END;\n\n").unwrap();
        let (anew, _) = anew.split_once(';').unwrap();
        db.execute("DELETE FROM tally", []).unwrap();
        db.execute(anew, []).unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept, counts(&db));
    }
}
