//! Several people on one device.
#![allow(clippy::unwrap_used)]

mod support;

use sellme_core::Code;

use support::Desk;

#[tokio::test]
async fn a_profile_that_was_made_practises() {
    let desk = Desk::new();
    // Were it two steps, the second would be refused, and the name would be taken by somebody who cannot be chosen.
    desk.faults.refuse("choose_profile", 0);
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    assert_eq!(app.profile().await.unwrap(), Some(dana));
}

#[tokio::test]
async fn a_profile_that_could_not_be_made_leaves_the_name_free_and_the_one_before_practising() {
    let desk = Desk::new();
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    desk.faults.refuse("create_profile", 0);
    assert_eq!(app.create_profile("Zeb").await.unwrap_err().code, Code::DiskFull);
    assert_eq!(app.profile().await.unwrap(), Some(dana));
    app.create_profile("Zeb").await.unwrap();
}

#[tokio::test]
async fn whoever_stays_after_a_deletion_is_listed_and_can_be_chosen() {
    let desk = Desk::new();
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    app.create_profile("Zeb").await.unwrap();
    app.delete_everything("Zeb").await.unwrap();
    drop(app);
    let app = desk.open();
    assert_eq!(app.profile().await.unwrap(), None);
    assert_eq!(app.profiles().await.unwrap(), std::slice::from_ref(&dana));
    assert_eq!(app.choose_profile(dana.id).await.unwrap(), dana);
    assert_eq!(app.profile().await.unwrap(), Some(dana));
}
