//! What counts: in a person's standing, on the board, and for what is practised next. Computed scores alone.

use std::collections::BTreeMap;

use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sellme_app::company::{Begin, BoardRow, Period};
use sellme_core::{
    Code,
    catalog::Difficulty,
    company::{ClaimedMetrics, Holder, Role, Sums, standing},
    embedded,
    id::SessionId,
    scoring::report::Skill,
    session::Visibility,
};
use sellme_tests::{
    company::{CLAIMED, Office, begin, claim, refused},
    device::DAY,
};

rules!(
    what_is_claimed_counts_for_nothing,
    what_cannot_be_scored_counts_as_a_session_and_nowhere_else,
    three_scored_sessions_are_needed_to_stand_on_the_board,
    a_period_counts_the_days_that_are_in_it,
    whoever_may_not_sign_in_any_more_is_on_no_board,
    the_best_mean_stands_first_and_equals_share_a_place,
    what_is_practised_next_follows_the_last_five_computed_scores,
    whatever_is_handed_in_at_once_in_whatever_order_the_standing_is_the_sum_of_the_reports,
);

const PERFECT: ClaimedMetrics = ClaimedMetrics {
    product_knowledge: Some(100.0),
    objection_handling: Some(100.0),
    closing_technique: Some(100.0),
    rapport: Some(100.0),
};

/// Scenarios of two products.
const SCENARIOS: [&str; 2] = ["pilbara-skeptical-medium", "hat-band-leather-friendly-medium"];

async fn board(office: &Office, holder: &Holder, period: Period) -> Vec<BoardRow> {
    office.company.board(holder, period, None).await.unwrap()
}

async fn what_is_claimed_counts_for_nothing(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    for _ in 0..3 {
        let id = office.begin(&dana).await.id;
        office.company.hand_in(&dana, id, claim(PERFECT, 6)).await.unwrap();
    }
    let before = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((before.total_sessions, before.average_score, before.best_score, before.pending_sessions), (0, 0, None, 3));
    assert!(before.badges.is_empty() && before.skill_breakdown.is_empty());
    assert_eq!(board(&office, &dana, Period::AllTime).await, []);
    office.compute().await;
    let after = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((after.total_sessions, after.pending_sessions), (3, 0));
    let best = after.best_score.unwrap();
    assert!(best < 95, "the claim was 100");
    let rows = board(&office, &dana, Period::AllTime).await;
    assert_eq!(
        rows.iter().map(|row| (row.account, row.average, row.best, row.sessions)).collect::<Vec<_>>(),
        [(dana.account, best, best, 3)]
    );
}

async fn what_cannot_be_scored_counts_as_a_session_and_nowhere_else(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    for _ in 0..3 {
        office.practise(&dana, 0).await;
    }
    office.compute().await;
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((standing.total_sessions, standing.average_score, standing.best_score), (3, 0, None));
    assert!(standing.product_mastery.is_empty());
    assert_eq!(board(&office, &dana, Period::AllTime).await, []);
}

async fn three_scored_sessions_are_needed_to_stand_on_the_board(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    for lines in [12, 12, 0] {
        office.practise(&dana, lines).await;
        office.begin(&dana).await;
    }
    office.compute().await;
    assert_eq!(board(&office, &dana, Period::AllTime).await, [], "two scored, one too short, three open");
    office.practise(&dana, 12).await;
    office.compute().await;
    assert_eq!(board(&office, &dana, Period::AllTime).await.len(), 1);
}

async fn a_period_counts_the_days_that_are_in_it(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let end = office.now();
    // Days ago; the clock only goes forward.
    for (ago, times) in [(400, 4), (30, 5), (29, 6), (7, 7), (6, 8), (0, 9)] {
        office.device.set(end - ago * DAY);
        for _ in 0..times {
            office.practise(&dana, 4).await;
        }
    }
    office.compute().await;
    for (period, sessions) in [(Period::Week, 17), (Period::Month, 30), (Period::AllTime, 39)] {
        let rows = board(&office, &dana, period).await;
        assert_eq!(rows.iter().map(|row| row.sessions).collect::<Vec<_>>(), [sessions], "{period:?}");
    }
    // To the last moment of the day, and not to the first of the next.
    let midnight = (end / DAY + 1) * DAY;
    office.device.set(midnight - 1);
    assert_eq!(board(&office, &dana, Period::Week).await[0].sessions, 17);
    office.device.set(midnight);
    assert_eq!(board(&office, &dana, Period::Week).await[0].sessions, 9);
}

async fn whoever_may_not_sign_in_any_more_is_on_no_board(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    for holder in [&dana, &lee] {
        for _ in 0..3 {
            office.practise(holder, 12).await;
        }
    }
    office.compute().await;
    assert_eq!(board(&office, &lee, Period::Week).await.len(), 2);
    office.records.sql(&format!("UPDATE account SET disabled_at = 1 WHERE id = {}", office.records.id(dana.account.0)));
    assert_eq!(board(&office, &lee, Period::Week).await.iter().map(|row| row.account).collect::<Vec<_>>(), [lee.account]);
}

async fn the_best_mean_stands_first_and_equals_share_a_place(office: Office) {
    let mut people = Vec::new();
    for (name, lines) in [("Zoe", 12), ("Ann", 12), ("Kim", 4), ("Lee", 6)] {
        let holder = office.person(name, Role::Trainee).await;
        for _ in 0..3 {
            office.practise(&holder, lines).await;
        }
        people.push(holder);
    }
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = office.person_of(other, "Max", Role::Trainee, None).await;
    for _ in 0..3 {
        office.practise(&stranger, 12).await;
    }
    office.compute().await;
    let rows = board(&office, &people[0], Period::AllTime).await;
    assert_eq!(rows.len(), 4, "nobody of another company: {rows:?}");
    assert_eq!(rows.iter().take(2).map(|row| (row.place, row.name.as_str())).collect::<Vec<_>>(), [(1, "Ann"), (1, "Zoe")]);
    assert!(rows.windows(2).all(|two| two[0].average >= two[1].average), "{rows:?}");
    assert_eq!(rows[2].place, 3, "{rows:?}");
}

async fn what_is_practised_next_follows_the_last_five_computed_scores(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let difficulty = |id: &str| embedded::catalog().unwrap().scenario(id).unwrap().1.difficulty;
    let (id, reason) = office.company.recommended(&dana, None).await.unwrap();
    assert_eq!((difficulty(&id), reason.id.as_str()), (Difficulty::Easy, "recommend-first"));
    for _ in 0..6 {
        let id = office.begin(&dana).await.id;
        office.device.pass(1_000);
        office.company.hand_in(&dana, id, claim(PERFECT, 6)).await.unwrap();
    }
    let (_, reason) = office.company.recommended(&dana, None).await.unwrap();
    assert_eq!(reason.id, "recommend-first", "what is claimed decides nothing");
    office.compute().await;
    let oldest = format!("ended_at = (SELECT min(ended_at) FROM session WHERE account = {})", office.records.id(dana.account.0));
    for (score, level) in [(84, "recommend-medium"), (85, "recommend-hard"), (70, "recommend-medium"), (69, "recommend-easy")] {
        office.records.sql(&format!("UPDATE session SET score = {score} WHERE score IS NOT NULL"));
        office.records.sql(&format!("UPDATE session SET score = 0 WHERE {oldest}"));
        let (id, reason) = office.company.recommended(&dana, Some("pilbara-jacket")).await.unwrap();
        assert_eq!(reason.id, level, "{score}: the sixth does not count");
        assert_eq!(embedded::catalog().unwrap().scenario(&id).unwrap().0.id, "pilbara-jacket");
        let (_, reason) = office.company.recommended(&dana, Some("hat-band-leather")).await.unwrap();
        assert_eq!(reason.id, "recommend-first", "another product");
    }
    assert_eq!(refused(office.company.recommended(&dana, Some("nothing")).await), Code::NotFound);
}

/// One session: whose, of which scenario, with how many lines, and whether the queue is worked on right after.
type Step = (usize, usize, usize, bool);

/// The same at every run, and as many as are asked for.
fn cases() -> Vec<Vec<Step>> {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { 6 };
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let steps = vec((0..3_usize, 0..2_usize, 0..13_usize, proptest::bool::ANY), 1..16);
    (0..cases).map(|_| steps.new_tree(&mut runner).unwrap().current()).collect()
}

async fn whatever_is_handed_in_at_once_in_whatever_order_the_standing_is_the_sum_of_the_reports(office: Office) {
    for (case, steps) in cases().into_iter().enumerate() {
        let mut people = Vec::new();
        for name in ["Ann", "Lee", "Zoe"] {
            people.push(office.person(&format!("{name}{case}"), Role::Trainee).await);
        }
        let handed_in = steps.iter().map(|(person, scenario, lines, work)| {
            let (company, holder) = (office.company.clone(), people[*person].clone());
            let begin = Begin { scenario_id: SCENARIOS[*scenario].to_owned(), ..begin(None, Visibility::Practice) };
            let (claim, work) = (claim(CLAIMED, *lines), *work);
            tokio::spawn(async move {
                let begun = company.begin(&holder, begin).await.unwrap();
                // Twice, as by a client that did not hear the first answer.
                let (one, other) =
                    tokio::join!(company.hand_in(&holder, begun.id, claim.clone()), company.hand_in(&holder, begun.id, claim));
                assert_eq!(one.unwrap().ended_at, other.unwrap().ended_at);
                if work {
                    company.compute_due().await.unwrap();
                }
                begun.id
            })
        });
        let mut ids = Vec::new();
        for id in handed_in.collect::<Vec<_>>() {
            ids.push(id.await.unwrap());
        }
        office.compute().await;
        for (number, holder) in people.iter().enumerate() {
            let own: Vec<SessionId> = ids.iter().zip(&steps).filter(|(_, step)| step.0 == number).map(|(id, _)| *id).collect();
            let sums = added_up(&office, holder, &own).await;
            assert_eq!(office.company.standing(holder, holder.account).await.unwrap(), standing(&sums), "{steps:?}");
            let rows = board(&office, holder, Period::Week).await;
            let row = rows.iter().find(|row| row.account == holder.account);
            let expected = (sums.scored >= 3).then_some((sums.scored, sums.best.unwrap_or(0), standing(&sums).average_score));
            assert_eq!(row.map(|row| (row.sessions, row.best, row.average)), expected, "{steps:?}");
        }
    }
}

/// What the reports of these sessions come to, added up one by one.
async fn added_up(office: &Office, holder: &Holder, ids: &[SessionId]) -> Sums {
    let mut sums = Sums::default();
    let mut products: BTreeMap<String, (u32, u64)> = BTreeMap::new();
    let mut scores = Vec::new();
    for id in ids {
        let attempt = office.company.attempt(holder, *id).await.unwrap();
        let report = office.company.computed_report(holder, *id).await.unwrap().unwrap();
        sums.sessions += 1;
        for (sum, skill) in sums.skills.iter_mut().zip(Skill::ALL) {
            if let Some(score) = report.metrics.get(skill) {
                *sum = (sum.0 + 1, sum.1 + u64::from(score));
            }
        }
        let product = products.entry(attempt.product_id.clone()).or_default();
        if let Some(score) = report.overall_score {
            *product = (product.0 + 1, product.1 + u64::from(score));
            sums.scored += 1;
            sums.score_sum += u64::from(score);
            sums.best = sums.best.max(Some(score));
            sums.at_least_80 += u32::from(score >= 80);
            sums.at_least_95 += u32::from(score >= 95);
            scores.push((attempt.ended_at, *id, score));
        }
    }
    scores.sort_by(|one, other| other.cmp(one));
    sums.recent = scores.iter().take(10).map(|(_, _, score)| *score).collect();
    sums.products = products.into_iter().map(|(product, (scored, sum))| (product, scored, sum)).collect();
    sums
}
