//! What the attempts add up to, counted by SQL.

use crate::support::{DAY, NOON, Place, TODAY, claim, end_with, objection, profile, report, session, talk, user, wait};
use sellme_core::{
    Millis,
    progress::tallies::{ProductTally, Sum, Tallies},
    scoring::{cue::Verdict, report::Skill},
    session::{Outcome, Session},
};
use sellme_store::{Attempts, SqliteStore};

fn of(product: &str, scenario: &str, session: Session) -> Session {
    Session { product_id: product.into(), scenario_id: scenario.into(), ..session }
}

/// Ends a session of two turns `days` before noon today.
fn practise(store: &SqliteStore, number: u128, product: &str, days: i64, score: Option<u8>) {
    let begun = of(product, &format!("{product}-a"), session(number, user(1), Millis(NOON.0 - days * DAY - 900_000)));
    talk(store, &begun, &["Hello", "Hi"]);
    end_with(store, &begun, report(score, Outcome::Undecided));
}

fn open(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    wait(store.create_profile(&profile(2, "Ray"))).unwrap();
    store
}

fn count(store: &SqliteStore) -> Tallies {
    wait(store.tallies(user(1), 0, TODAY)).unwrap()
}

#[test]
fn nobody_who_never_practised_has_a_count() {
    let place = Place::new();
    let tallies = count(&open(&place));
    let empty = Tallies { skills: tallies.skills.clone(), ..Tallies::default() };
    assert_eq!(tallies, empty);
    assert_eq!(tallies.skills.iter().map(|skill| skill.skill).collect::<Vec<_>>(), Skill::ALL);
    assert!(tallies.skills.iter().all(|skill| skill.all == Sum::default() && skill.recent.is_empty()));
}

#[test]
fn scores_times_and_products_are_added_up() {
    let place = Place::new();
    let store = open(&place);
    practise(&store, 1, "boots", 3, Some(96));
    practise(&store, 2, "boots", 2, Some(80));
    practise(&store, 3, "hat", 1, Some(61));
    practise(&store, 4, "hat", 0, None);
    let left = session(5, user(1), NOON);
    talk(&store, &left, &["Hello"]);
    wait(store.abandon(left.id, NOON, Millis(99))).unwrap();
    talk(&store, &session(6, user(1), NOON), &["Still going on"]);
    practise_as_ray(&store);

    let tallies = count(&store);
    assert_eq!((tallies.completed, tallies.abandoned), (4, 1));
    assert_eq!((tallies.scores, tallies.best), (Sum { count: 3, sum: 237 }, Some(96)));
    assert_eq!(tallies.practice_ms, Millis(4 * 600_000));
    assert_eq!((tallies.at_least_95, tallies.at_least_80), (1, 2));
    let boots = ProductTally { product_id: "boots".into(), completed: 2, scores: Sum { count: 2, sum: 176 }, best: Some(96) };
    let hat = ProductTally { product_id: "hat".into(), completed: 2, scores: Sum { count: 1, sum: 61 }, best: Some(61) };
    assert_eq!(tallies.products, [boots, hat]);
    assert_eq!(tallies.recent.iter().map(|point| point.score).collect::<Vec<_>>(), [96, 80, 61]);
    let skill = |skill: Skill| tallies.skills.iter().find(|tally| tally.skill == skill).unwrap().clone();
    assert_eq!(skill(Skill::ProductKnowledge).all, Sum { count: 3, sum: 237 });
    assert_eq!(skill(Skill::ClosingTechnique).recent, [48, 40, 30]);
    assert_eq!(skill(Skill::ObjectionHandling).all, Sum::default());
    assert!(skill(Skill::ObjectionHandling).recent.is_empty(), "what was never observed is not a score of 0");
}

fn practise_as_ray(store: &SqliteStore) {
    let begun = session(50, user(2), NOON);
    talk(store, &begun, &["Hello", "Hi"]);
    end_with(store, &begun, report(Some(100), Outcome::Sale));
}

#[test]
fn honesty_and_resolved_objections_count_only_where_they_were_tested() {
    let place = Place::new();
    let store = open(&place);
    let mut reports = [(); 4].map(|()| report(Some(70), Outcome::Sale));
    reports[0].claims = vec![claim(Verdict::Supported, "fifty dollars")];
    reports[0].objections = vec![objection(true, "dear"), objection(true, "heavy")];
    reports[1].claims = vec![claim(Verdict::Supported, "cotton"), claim(Verdict::Contradicted, "waterproof")];
    reports[1].objections = vec![objection(true, "dear"), objection(false, "heavy")];
    reports[3] = report(None, Outcome::NoSale);
    reports[3].objections = vec![objection(true, "dear")];
    for (number, report) in (1..).zip(reports) {
        let begun = session(number, user(1), NOON);
        talk(&store, &begun, &["Hello", "Hi"]);
        end_with(&store, &begun, report);
    }
    let tallies = count(&store);
    assert_eq!(tallies.uncontradicted, 2, "the second told an untruth, the fourth was too short to score");
    assert_eq!(tallies.all_resolved, 1, "the third had no objection, the fourth was too short to score");
    assert_eq!(tallies.sales, 3);
}

#[test]
fn only_the_last_thirty_scores_and_the_last_ten_of_a_skill_are_shown() {
    let place = Place::new();
    let store = open(&place);
    for number in 0..35_u8 {
        practise(&store, u128::from(number), "boots", i64::from(40 - number), Some(number));
    }
    let tallies = count(&store);
    assert_eq!(tallies.recent.iter().map(|point| point.score).collect::<Vec<_>>(), (5..35).collect::<Vec<_>>());
    assert_eq!(tallies.skills[0].recent, (25..35).collect::<Vec<_>>());
    assert_eq!(wait(store.recent_scores(user(1), None, 3)).unwrap(), [34, 33, 32]);
}

#[test]
fn a_month_is_thirty_days_with_today_on_the_clock_of_the_device() {
    let place = Place::new();
    let store = open(&place);
    for (number, days) in [(1, 0), (2, 29), (3, 30), (4, 59), (5, 60)] {
        practise(&store, number, "boots", days, Some(10 * u8::try_from(number).unwrap()));
    }
    let knowledge = &count(&store).skills[0];
    assert_eq!(knowledge.last_thirty_days, Sum { count: 2, sum: 30 });
    assert_eq!(knowledge.thirty_days_before, Sum { count: 2, sum: 70 });
}

#[test]
fn a_day_is_a_day_on_the_clock_of_the_device() {
    let place = Place::new();
    let store = open(&place);
    // Noon UTC and an hour before midnight UTC, two days ago and today; twice on one of them.
    practise(&store, 1, "boots", 2, Some(50));
    practise(&store, 2, "boots", 0, Some(50));
    practise(&store, 3, "boots", 0, None);
    let late = session(4, user(1), Millis(NOON.0 + 11 * 3_600_000 - 900_000));
    talk(&store, &late, &["Hello", "Hi"]);
    end_with(&store, &late, report(Some(50), Outcome::Sale));
    let days = |minutes| wait(store.tallies(user(1), minutes, TODAY)).unwrap().days;
    assert_eq!(days(0), [TODAY, TODAY - 2]);
    assert_eq!(days(120), [TODAY + 1, TODAY, TODAY - 2], "eleven at night in London is tomorrow in Cairo");
    assert_eq!(days(-13 * 60), [TODAY, TODAY - 1, TODAY - 3]);
}

#[test]
fn a_day_on_which_a_session_was_only_left_is_no_day_of_practice() {
    let place = Place::new();
    let store = open(&place);
    practise(&store, 1, "boots", 2, Some(50));
    let left = session(2, user(1), NOON);
    talk(&store, &left, &["Hello"]);
    wait(store.abandon(left.id, NOON, Millis(0))).unwrap();
    assert_eq!(count(&store).days, [TODAY - 2]);
}

#[test]
fn attempts_and_scores_are_told_apart_by_scenario_and_product() {
    let place = Place::new();
    let store = open(&place);
    for (number, scenario, score) in [(1, "a", Some(40)), (2, "a", Some(90)), (3, "b", None)] {
        let begun = of("boots", scenario, session(number, user(1), Millis(NOON.0 + i64::try_from(number).unwrap())));
        talk(&store, &begun, &["Hello", "Hi"]);
        end_with(&store, &begun, report(score, Outcome::Undecided));
    }
    practise(&store, 4, "hat", 0, Some(55));
    practise_as_ray(&store);
    let attempts = |scenario: &str, product: &str, best, completed| Attempts {
        scenario_id: scenario.into(),
        product_id: product.into(),
        best,
        completed,
    };
    let expected = [attempts("a", "boots", Some(90), 2), attempts("b", "boots", None, 1), attempts("hat-a", "hat", Some(55), 1)];
    assert_eq!(wait(store.attempts(user(1))).unwrap(), expected);
    assert_eq!(wait(store.recent_scores(user(1), Some("boots".into()), 5)).unwrap(), [90, 40]);
    assert_eq!(wait(store.recent_scores(user(1), None, 2)).unwrap(), [90, 40]);
}

#[test]
fn a_clock_that_was_set_back_neither_loses_a_session_nor_counts_one_twice() {
    let place = Place::new();
    let store = open(&place);
    practise(&store, 1, "boots", 0, Some(50));
    practise(&store, 2, "boots", 4000, Some(70));
    let backwards = session(3, user(1), Millis(NOON.0 + DAY));
    talk(&store, &backwards, &["Hello", "Hi"]);
    let ended = sellme_store::Completion {
        ended_at: Millis(NOON.0 - DAY),
        active_ms: Millis(0),
        outcome: Outcome::Sale,
        report: report(Some(90), Outcome::Sale),
    };
    wait(store.complete(backwards.id, ended)).unwrap();
    let tallies = count(&store);
    assert_eq!((tallies.completed, tallies.scores.sum), (3, 210));
    assert_eq!(tallies.days, [TODAY, TODAY - 1, TODAY - 4000]);
}
