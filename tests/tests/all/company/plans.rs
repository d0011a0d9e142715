//! What is asked all the time goes by an index, however much there is.

use rusqlite::Connection;
use sellme_store::Folder;
use sellme_tests::{
    company::{Office, Records},
    postgres::Postgres,
};

rules!(the_oldest_of_the_queue_and_the_newest_sessions_are_found_by_an_index);

/// How a database goes about a statement, in its own words.
fn plan(records: &Records, statement: &str) -> String {
    match records {
        Records::Folder(folder) => {
            let db = Connection::open(Folder::at(folder.path()).company_file()).unwrap();
            let mut asked = db.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
            let steps = asked.query_map([], |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap);
            steps.collect::<Vec<_>>().join("\n")
        }
        // In a table with next to nothing in it, all ways are as good.
        Records::Postgres(url) => Postgres::shared()
            .ask_at(url, &format!("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; EXPLAIN {statement}")),
    }
}

async fn the_oldest_of_the_queue_and_the_newest_sessions_are_found_by_an_index(office: Office) {
    let of = office.records.id(office.organisation.0);
    for (statement, index) in [
        (
            "SELECT organisation, session FROM pending WHERE (leased_until <= 5 OR leased_until > 9) AND (failed_by IS NULL OR failed_by <> '1') ORDER BY queued_at LIMIT 8"
                .to_owned(),
            "pending_by_time",
        ),
        (format!("SELECT score FROM session WHERE organisation = {of} ORDER BY started_at DESC, id DESC LIMIT 50"), "session_by_start"),
    ] {
        let plan = plan(&office.records, &statement);
        assert!(plan.contains(index), "{statement}:\n{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("->  Sort"), "{statement}:\n{plan}");
    }
}
