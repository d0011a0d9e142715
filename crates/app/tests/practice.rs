//! Practising on a store that refuses, with time that passes, and with a catalogue that changes.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Desk, SCENARIO, catalog, names};

#[tokio::test]
async fn a_report_names_the_catalogue_that_it_was_scored_with() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let begun = app.start(SCENARIO).await.unwrap().session;
    drop(app);
    let mut newer = catalog();
    newer.revision += 1;
    let app = desk.open_with(newer.clone());
    let end = app.complete(begun.id).await.unwrap();
    assert_eq!(end.report.unwrap().catalog_revision, Some(newer.revision));
    assert_eq!(end.session.catalog_revision, begun.catalog_revision, "the session keeps what it was begun with");
}

#[tokio::test]
async fn a_backup_that_was_begun_after_a_session_is_whole_once_the_program_has_closed() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = app.start(SCENARIO).await.unwrap().session.id;
    app.complete(id).await.unwrap();
    drop(app);
    let backups = names(desk.data().join("backups"));
    assert!(backups.len() == 1 && backups[0].ends_with(".db"), "{backups:?}");
}
