//! A clock that is set back by a day: nobody is locked out, nothing waits for yesterday's tomorrow.

use sellme_app::Device;
use sellme_core::{Code, company::Role};
use sellme_store::company::CompanyStore;
use sellme_tests::{
    company::{CLAIMED, Office, PASSWORD, claim, refused},
    device::DAY,
};

rules!(
    a_token_from_tomorrow_works_and_so_does_signing_in,
    a_lock_from_tomorrow_locks_nobody_out_for_a_day,
    what_somebody_took_from_the_queue_is_theirs_for_a_minute,
    what_somebody_took_whose_clock_is_a_little_ahead_is_theirs_as_well,
    what_was_taken_tomorrow_does_not_wait_for_tomorrow,
    a_session_that_ends_before_it_began_counts_like_any_other,
);

async fn a_token_from_tomorrow_works_and_so_does_signing_in(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    let before = company.sign_in("dana@example.com", PASSWORD, None, "before").await.unwrap();
    office.device.pass(-DAY);
    let holder = company.holder(before.secret.reveal()).await.unwrap().unwrap();
    let after = company.sign_in("dana@example.com", PASSWORD, None, "after").await.unwrap();
    assert_eq!(company.tokens(&holder).await.unwrap().len(), 2);
    company.sign_out(&holder, holder.token).await.unwrap();
    assert_eq!(company.holder(before.secret.reveal()).await.unwrap(), None);
    assert!(company.holder(after.secret.reveal()).await.unwrap().is_some());
    assert!(company.check_audit(office.organisation).await.unwrap().is_ok());
}

async fn a_lock_from_tomorrow_locks_nobody_out_for_a_day(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    for _ in 0..5 {
        company.sign_in("dana@example.com", "wrong", None, "till").await.unwrap_err();
    }
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked);
    office.device.pass(-DAY);
    company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
}

/// Another process that takes what is due, and is gone before it has computed anything.
async fn taken_and_left(office: &Office) -> usize {
    let (place, now) = (office.records.place(), office.device.now());
    let store = tokio::task::spawn_blocking(move || CompanyStore::open_beside(&place, now)).await.unwrap().unwrap();
    let due = store.take_due(9, "this version", now).await.unwrap();
    store.close();
    due.len()
}

async fn what_somebody_took_whose_clock_is_a_little_ahead_is_theirs_as_well(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    office.practise(&dana, 6).await;
    assert_eq!(taken_and_left(&office).await, 1);
    office.device.pass(-1_000);
    assert_eq!(office.compute().await, 0);
}

async fn what_somebody_took_from_the_queue_is_theirs_for_a_minute(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    office.practise(&dana, 6).await;
    assert_eq!(taken_and_left(&office).await, 1);
    assert_eq!(office.compute().await, 0);
    office.device.pass(59_999);
    assert_eq!(office.compute().await, 0);
    office.device.pass(1);
    assert_eq!(office.compute().await, 1);
}

async fn what_was_taken_tomorrow_does_not_wait_for_tomorrow(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    office.practise(&dana, 6).await;
    assert_eq!(taken_and_left(&office).await, 1);
    office.device.pass(-DAY);
    office.practise(&dana, 6).await;
    assert_eq!(office.compute().await, 2);
    let queue = office.company.queue().await.unwrap();
    assert_eq!((queue.waiting, queue.oldest_ms), (0, 0));
    assert_eq!(office.company.standing(&dana, dana.account).await.unwrap().total_sessions, 2);
}

async fn a_session_that_ends_before_it_began_counts_like_any_other(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let begun = office.begin(&dana).await;
    office.device.pass(-DAY);
    let ended = office.company.hand_in(&dana, begun.id, claim(CLAIMED, 12)).await.unwrap();
    assert_eq!(office.company.hand_in(&dana, begun.id, claim(CLAIMED, 12)).await.unwrap(), ended);
    assert_eq!(office.compute().await, 1);
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((standing.total_sessions, standing.best_score), (1, office.score(&dana, begun.id).await));
}
