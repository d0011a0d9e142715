//! A session at which the engine gives up.

use std::sync::{Mutex, PoisonError};

use sellme_app::company::Queue;
use sellme_core::{
    company::{Claim, Role, Verification},
    scoring::{self, Context, report::Report},
    session::Turn,
};
use sellme_tests::company::{CLAIMED, Office, Records};
use serde_json::json;

rules!(what_the_engine_gives_up_on_is_kept_for_another_one_and_counts_for_nothing_until_then);

/// What this engine gives up on, each time that it does.
static GIVEN_UP: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn stumbles(context: &Context<'_>, turns: &[Turn]) -> Report {
    if let Some(turn) = turns.iter().find(|turn| turn.text.starts_with("Stumble")) {
        GIVEN_UP.lock().unwrap_or_else(PoisonError::into_inner).push(turn.text.clone());
        panic!("a fault of the engine");
    }
    scoring::score(context, turns)
}

async fn what_the_engine_gives_up_on_is_kept_for_another_one_and_counts_for_nothing_until_then(office: Office) {
    let office = office.opened_with(stumbles).await;
    let dana = office.person("Dana", Role::Trainee).await;
    // Both tests have people of the same ids, and one list of what was given up on.
    let said = format!("Stumble in {}.", office.records.id(dana.account.0));
    let transcript = json!([{ "role": "rep", "text": said }]).to_string();
    let session = office.begin(&dana).await.id;
    office.company.hand_in(&dana, session, Claim { metrics: CLAIMED, feedback: String::new(), transcript }).await.unwrap();
    office.practise(&dana, 12).await;
    assert_eq!(office.compute().await, 1, "the other is none the worse for it");

    let kept = office.company.attempt(&dana, session).await.unwrap();
    assert_eq!((kept.verification, kept.score), (Some(Verification::Pending), None), "it does not differ from anything");
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((standing.total_sessions, standing.pending_sessions), (1, 1));
    assert_eq!(office.company.queue().await.unwrap(), Queue { waiting: 0, oldest_ms: 0, failed: 1 });
    // Neither at once nor after a while.
    for _ in 0..3 {
        office.device.pass(10 * 60_000);
        assert_eq!(office.compute().await, 0);
    }
    let tried = GIVEN_UP.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|given_up| **given_up == said).count();
    assert_eq!(tried, 1);

    let office = office.opened_again().await;
    if let Records::Postgres(_) = office.records {
        // Others may serve them meanwhile, so that a start says nothing.
        assert_eq!(office.compute().await, 0);
        office.records.sql("UPDATE pending SET failed_by = 'an older version'");
    }
    assert_eq!(office.compute().await, 1);
    assert_eq!(office.company.attempt(&dana, session).await.unwrap().verification, Some(Verification::Differs));
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((standing.total_sessions, standing.pending_sessions), (2, 0));
    assert_eq!(office.company.queue().await.unwrap(), Queue::default());
}
