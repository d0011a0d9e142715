//! What only a database server can do: take too long, change between two questions, prove who it is.

use sellme_app::company::{Admin, Paging, PeopleQuery};
use sellme_core::{
    Code, Error, Millis,
    company::Role,
    id::{OrganisationId, UserId},
};
use sellme_store::{
    StoreError,
    company::{CompanyStore, Place},
};
use sellme_tests::{
    company::{Office, Records},
    device::MORNING,
    postgres::Postgres,
};
use uuid::Uuid;

const CA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tls/ca.pem");

/// Opens the records at this address.
async fn open(url: &str) -> Result<CompanyStore, StoreError> {
    let place = Place::Postgres(url.to_owned());
    tokio::task::spawn_blocking(move || CompanyStore::open(&place, Millis(MORNING))).await.unwrap()
}

async fn close(store: CompanyStore) {
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_the_database_too_long_is_given_up_and_its_connection_goes_on() {
    let (postgres, records) = (Postgres::shared(), Records::postgres());
    let Place::Postgres(url) = records.place() else { panic!("a database") };
    let store = open(&format!("{url}&options=-c%20statement_timeout%3D2000")).await.unwrap();
    let holding = postgres.hold(&url, "LOCK TABLE organisation, account");
    let (asking, writing) = (store.clone(), store.clone());
    let asked = [
        tokio::spawn(async move { asking.organisations().await.map(|_| ()) }),
        tokio::spawn(async move { writing.set_on_board(OrganisationId(Uuid::nil()), UserId(Uuid::nil()), true).await }),
    ];
    let waiting = postgres.waiting(&url);
    for asked in asked {
        let refused = asked.await.unwrap().unwrap_err();
        assert!(matches!(refused, StoreError::TimedOut(_)), "{refused:?}");
        assert_eq!(Error::from(refused).code, Code::DatabaseBusy);
    }
    assert_eq!(postgres.ask_at(&url, &format!("SELECT count(*) FROM pg_stat_activity WHERE pid = {waiting}")), "1");
    drop(holding);
    assert!(store.organisations().await.unwrap().is_empty());
    close(store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_and_how_many_there_are_in_all_are_of_one_moment() {
    let office = Office::new(Records::postgres()).await;
    let Place::Postgres(url) = office.records.place() else { panic!("a database") };
    let by = Admin::of(office.person("Ada", Role::Admin).await).unwrap();
    office.person("Lee", Role::Trainee).await;
    // People are counted; where they work is asked for with the page alone.
    let holding = Postgres::shared().hold(&url, "LOCK TABLE shop");
    let company = office.company.clone();
    let trainees = PeopleQuery { role: Some(Role::Trainee), ..PeopleQuery::default() };
    let asked = tokio::spawn(async move { company.people(&by, &trainees, Paging { page: 1, size: 200 }).await.unwrap() });
    let _ = Postgres::shared().waiting(&url);
    office.records.sql("UPDATE account SET role = 'trainee'");
    drop(holding);
    let page = asked.await.unwrap();
    assert_eq!((page.items.len(), page.total), (1, 1), "Ada became one in between");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_a_newer_program_changes_is_read_on_by_an_older_one() {
    let office = Office::new(Records::postgres()).await;
    let by = Admin::of(office.person("Ada", Role::Admin).await).unwrap();
    let look = || async {
        // On every connection, however many there are.
        for _ in 0..40 {
            let page = office.company.people(&by, &PeopleQuery::default(), Paging { page: 1, size: 200 }).await.unwrap();
            assert_eq!(page.items.len(), 1);
        }
    };
    look().await;
    office.records.sql("ALTER TABLE account ALTER COLUMN name TYPE TEXT COLLATE \"default\"");
    look().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_believed_by_the_certificates_that_the_address_names() {
    let postgres = Postgres::start_with_certificate();
    let url = format!("{}?sslmode=require", postgres.url());
    let stranger = open(&url).await.unwrap_err();
    assert!(matches!(stranger, StoreError::Unreachable(_)), "nobody whom the machine trusts vouches for it: {stranger:?}");
    let nowhere = open(&format!("{url}&sslrootcert=/nowhere/ca.pem")).await.unwrap_err();
    assert!(matches!(nowhere, StoreError::Value("sslrootcert")), "{nowhere:?}");
    let store = open(&format!("{url}&sslrootcert={CA}")).await.unwrap();
    assert!(store.organisations().await.unwrap().is_empty());
    let encrypted =
        "SELECT count(*) > 0 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'sellme-hub'";
    assert_eq!(postgres.ask(encrypted), "t");
    close(store).await;
}
