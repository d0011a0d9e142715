//! Attempts at a scenario that the catalogue no longer has.

use sellme_app::App;
use sellme_core::{
    Code,
    catalog::Catalog,
    session::{Mode, Status},
    wire::HistoryQuery,
};

use crate::support::{Desk, MINUTE, SCENARIO, catalog, faulty::Faulty};

fn without_the_scenario() -> Catalog {
    let mut less = catalog();
    less.revision += 1;
    less.products.iter_mut().for_each(|product| product.scenarios.retain(|scenario| scenario.id != SCENARIO));
    less
}

fn without_the_product() -> Catalog {
    let mut less = catalog();
    less.revision += 1;
    let sold = less.scenario(SCENARIO).unwrap().0.id.clone();
    less.products.retain(|product| product.id != sold);
    less
}

async fn begun(app: &App<Faulty>, desk: &Desk) -> sellme_core::id::SessionId {
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.clock.pass(MINUTE);
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    id
}

#[tokio::test]
async fn a_completed_attempt_keeps_its_debrief() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = begun(&app, &desk).await;
    let before = app.complete(id).await.unwrap();
    assert!(before.scenario.is_some() && before.product.is_some());
    drop(app);
    for (less, product_stays) in [(without_the_scenario(), true), (without_the_product(), false)] {
        let app = desk.open_with(less);
        let after = app.debrief(id).await.unwrap();
        assert_eq!((&after.session, &after.turns, &after.report), (&before.session, &before.turns, &before.report));
        assert_eq!((after.scenario.is_some(), after.product.is_some()), (false, product_stays));
        let listed = app.history(&HistoryQuery::default()).await.unwrap().rows;
        assert_eq!((listed[0].session.id, listed[0].persona), (id, None));
        app.export_session(id).await.unwrap();
    }
}

#[tokio::test]
async fn an_unfinished_attempt_is_listed_and_can_be_left_and_is_in_the_history_then() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = begun(&app, &desk).await;
    drop(app);
    let app = desk.open_with(without_the_product());
    let open = app.practice().await.unwrap().unfinished;
    assert!(open[0].session.id == id && open[0].scenario.is_none() && open[0].product.is_none());
    for refused in [app.session(id).await.unwrap_err(), app.say(id, "Hello?").await.unwrap_err(), app.complete(id).await.unwrap_err()] {
        assert_eq!(refused.code, Code::NotFound);
        assert!(refused.message.contains("kept"), "{refused:?}");
    }
    desk.clock.pass(30 * MINUTE);
    let left = app.abandon(id).await.unwrap();
    assert_eq!((left.status, left.active_ms.0, left.turns), (Status::Abandoned, MINUTE, 3));
    assert!(app.practice().await.unwrap().unfinished.is_empty());
    assert_eq!(app.history(&HistoryQuery::default()).await.unwrap().rows[0].session.id, id);
    assert_eq!(app.debrief(id).await.unwrap().turns.len(), 3);
    assert_eq!(app.abandon(id).await.unwrap_err().code, Code::WrongState);
}
