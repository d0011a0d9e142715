//! Records that were made by an earlier version come through every step with all that is in them.

use std::fs;

use rusqlite::Connection;
use sellme_app::company::{Admin, Manager, Paging, PeopleQuery};
use sellme_core::company::Role;
use sellme_store::{Folder, company::Place};
use sellme_tests::{
    company::{Office, PASSWORD, Records},
    postgres::Postgres,
};

rules!(what_was_kept_by_the_first_version_is_all_there_afterwards);

/// The tables of the first version, in each database's words.
const SQLITE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/company/sqlite/0001-company.sql"));
const POSTGRES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/company/postgres/0001-company.sql"));

/// Their names, in an order in which they can be filled.
fn tables(words: &str) -> impl Iterator<Item = &str> {
    words.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")).filter_map(|rest| rest.split_whitespace().next())
}

/// Leaves of the records what the first version would have kept, in its tables.
fn back_to_the_first_version(records: &Records) {
    match records {
        Records::Folder(folder) => {
            let (old, new) = (folder.path().join("first.db"), Folder::at(folder.path()).company_file());
            let db = Connection::open(&old).unwrap();
            db.execute_batch(SQLITE).unwrap();
            db.execute("ATTACH ?1 AS newer", [new.to_string_lossy()]).unwrap();
            for table in tables(SQLITE) {
                let columns: String =
                    db.query_row("SELECT group_concat(name, ', ') FROM pragma_table_info(?1, 'main')", [table], |row| row.get(0)).unwrap();
                db.execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")).unwrap();
            }
            let stamp: i32 = db.query_row("PRAGMA newer.application_id", [], |row| row.get(0)).unwrap();
            db.execute_batch(&format!("PRAGMA application_id = {stamp}; PRAGMA user_version = 1; DETACH newer")).unwrap();
            drop(db);
            for ending in ["-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{ending}", new.display()));
            }
            fs::rename(old, new).unwrap();
        }
        Records::Postgres(url) => {
            let ask = |sql: &str| Postgres::shared().ask_at(url, sql);
            ask("ALTER SCHEMA public RENAME TO newer; CREATE SCHEMA public");
            ask(POSTGRES);
            for table in tables(POSTGRES) {
                let columns = ask(&format!(
                    "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
                ));
                ask(&format!("INSERT INTO public.{table} ({columns}) SELECT {columns} FROM newer.{table}"));
            }
            ask("DROP SCHEMA newer CASCADE; CREATE TABLE sellme_version (version BIGINT NOT NULL); INSERT INTO sellme_version VALUES (1)");
        }
    }
}

async fn what_was_kept_by_the_first_version_is_all_there_afterwards(office: Office) {
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let lee = office.person_at("Lee", shop).await;
    let ada = office.person("Ada", Role::Admin).await;
    office.with_password(office.organisation, "dana@example.com").await;
    let token = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap().secret;
    let dana = office.company.holder(token.reveal()).await.unwrap().unwrap();
    let attempt = office.practise(&dana, 12).await;
    office.practise(&lee, 6).await;
    office.compute().await;
    let score = office.score(&dana, attempt.id).await;
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    let entries = office.company.check_audit(office.organisation).await.unwrap().unwrap();
    let company = office.company.clone();
    tokio::task::spawn_blocking(move || company.close()).await.unwrap();
    back_to_the_first_version(&office.records);
    assert!(matches!(office.records.place(), Place::Postgres(_)) || office.records.sql("PRAGMA user_version") == "1");

    let office = office.opened_again().await;
    let company = &office.company;
    assert_eq!(company.holder(token.reveal()).await.unwrap(), Some(dana.clone()), "whoever was signed in still is");
    assert_eq!(office.score(&dana, attempt.id).await, score);
    assert!(company.whole(&dana, attempt.id).await.unwrap().handed_in.is_some_and(|(_, transcript)| transcript.contains("rep")));
    assert_eq!(company.standing(&dana, dana.account).await.unwrap(), standing);
    assert_eq!(company.check_audit(office.organisation).await.unwrap(), Ok(entries), "the log is as it was");
    company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();

    let (by, all) = (Admin::of(ada.clone()).unwrap(), Paging { page: 1, size: 200 });
    let people = company.people(&by, &PeopleQuery::default(), all).await.unwrap();
    assert_eq!(people.items.iter().map(|person| person.account.name.as_str()).collect::<Vec<_>>(), ["Ada", "Dana", "Lee"], "by name");
    let found = company.people(&by, &PeopleQuery { text: Some("LEE@ex".to_owned()), ..PeopleQuery::default() }, all).await.unwrap();
    assert_eq!((found.total, found.items[0].shop_name.as_deref()), (1, Some("Store 1")), "by what older versions did not keep");
    let shops = company.shops(&Manager::of(ada).unwrap(), all).await.unwrap();
    assert_eq!(shops.items.iter().map(|shop| (shop.name.as_str(), shop.people)).collect::<Vec<_>>(), [("Store 1", 1)]);
    let code = company.offer_enrolment(&by, shop).await.unwrap().0;
    company.enrol(&code.reveal(), "Till").await.unwrap();
    company.invite(&by, lee.account, false).await.unwrap();
    assert_eq!(company.check_audit(office.organisation).await.unwrap(), Ok(entries + 4));
}
