//! What the sessions of a team add up to is what their reports say.

use std::collections::BTreeMap;

use sellme_app::company::{Begin, Manager, Period, TeamFigures};
use sellme_core::{
    Code,
    company::{Holder, Role},
    id::{SessionId, ShopId},
    scoring::report::Skill,
    session::{Outcome, Visibility},
};
use sellme_tests::{
    company::{CLAIMED, Office, begin, claim, refused},
    device::DAY,
};

use super::managing;

rules!(
    the_figures_of_a_team_are_what_its_reports_add_up_to,
    the_objection_that_was_lost_in_most_sessions_stands_first,
    whoever_handed_nothing_in_is_named_those_first_who_did_not_for_longest,
    objections_of_older_reports_are_counted_too,
);

const SCENARIOS: [&str; 2] = ["pilbara-skeptical-medium", "hat-band-leather-friendly-medium"];

async fn practise(office: &Office, holder: &Holder, scenario: &str, lines: usize) -> SessionId {
    let asked = Begin { scenario_id: scenario.to_owned(), ..begin(None, Visibility::Practice) };
    let id = office.company.begin(holder, asked).await.unwrap().id;
    office.company.hand_in(holder, id, claim(CLAIMED, lines)).await.unwrap().id
}

/// Sessions, those with a score, the skills, how they ended.
type Sums = (u32, (u32, u64), [(u32, u64); 4], [u32; 3]);

/// Means, outcomes and lost objections, added up from the reports one by one.
async fn added_up(office: &Office, of: &[(Holder, SessionId)]) -> (Vec<String>, BTreeMap<String, (u32, u32)>) {
    let mut products: BTreeMap<String, Sums> = BTreeMap::new();
    let mut objections: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (holder, id) in of {
        let attempt = office.company.attempt(holder, *id).await.unwrap();
        let report = office.company.computed_report(holder, *id).await.unwrap().unwrap();
        let product = products.entry(attempt.product_id.clone()).or_default();
        product.0 += 1;
        if let Some(score) = report.overall_score {
            product.1 = (product.1.0 + 1, product.1.1 + u64::from(score));
        }
        for (sum, skill) in product.2.iter_mut().zip(Skill::ALL) {
            if let Some(score) = report.metrics.get(skill) {
                *sum = (sum.0 + 1, sum.1 + u64::from(score));
            }
        }
        let outcome = [Outcome::Sale, Outcome::NoSale, Outcome::Undecided].iter().position(|outcome| *outcome == report.outcome).unwrap();
        product.3[outcome] += 1;
        let mut here: BTreeMap<String, bool> = BTreeMap::new();
        for row in &report.objections {
            let name = format!("{} {:?} {:?}", attempt.product_id, row.category, row.objection);
            *here.entry(name).or_default() |= !row.resolved;
        }
        for (name, lost) in here {
            let sums = objections.entry(name).or_default();
            *sums = (sums.0 + 1, sums.1 + u32::from(lost));
        }
    }
    objections.retain(|_, (_, lost)| *lost > 0);
    (products.into_iter().map(|sums| format!("{sums:?}")).collect(), objections)
}

fn told(figures: &TeamFigures) -> (Vec<String>, BTreeMap<String, (u32, u32)>) {
    let product = |sums: &sellme_store::company::ProductSums| {
        format!("{:?}", (&sums.product, (sums.sessions, sums.scored, sums.skills, sums.outcomes)))
    };
    let objection = |sums: &sellme_store::company::ObjectionSums| {
        (format!("{} {:?} {:?}", sums.product, sums.category, sums.objection), (sums.raised, sums.lost))
    };
    (figures.products.iter().map(product).collect(), figures.objections.iter().map(objection).collect())
}

async fn the_figures_of_a_team_are_what_its_reports_add_up_to(office: Office) {
    let north: ShopId = office.company.add_shop(office.organisation, None, "North").await.unwrap();
    let (dana, lee) = (office.person_at("Dana", north).await, office.person("Lee", Role::Trainee).await);
    let (may, kim) =
        (office.person_of(office.organisation, "May", Role::Manager, Some(north)).await, office.person("Kim", Role::Manager).await);
    let end = office.now();
    let (mut all, mut of_week) = (Vec::new(), Vec::new());
    for (ago, holder, scenario, lines) in
        [(40, &dana, 0, 12), (7, &lee, 1, 8), (6, &dana, 0, 9), (6, &lee, 0, 12), (0, &dana, 1, 6), (0, &dana, 0, 0), (0, &lee, 1, 12)]
    {
        office.device.set(end - ago * DAY);
        let done = (holder.clone(), practise(&office, holder, SCENARIOS[scenario], lines).await);
        if ago <= 6 {
            of_week.push(done.clone());
        }
        all.push(done);
    }
    office.compute().await;
    // Neither what waits nor what is kept to oneself.
    practise(&office, &dana, SCENARIOS[0], 12).await;
    office.company.begin(&dana, begin(None, Visibility::Practice)).await.unwrap();
    let figures = async |by: &Holder, period, shop| office.company.team_figures(&managing(by), period, shop).await.unwrap();
    assert_eq!(told(&figures(&kim, Period::AllTime, None).await), added_up(&office, &all).await);
    assert_eq!(told(&figures(&kim, Period::Week, None).await), added_up(&office, &of_week).await);
    let of_north: Vec<_> = all.iter().filter(|(holder, _)| holder.account == dana.account).cloned().collect();
    for (by, shop) in [(&kim, Some(north)), (&may, None), (&may, Some(north))] {
        assert_eq!(told(&figures(by, Period::AllTime, shop).await), added_up(&office, &of_north).await);
    }
    assert!(!figures(&kim, Period::AllTime, None).await.objections.is_empty());
    let south = office.company.add_shop(office.organisation, None, "South").await.unwrap();
    assert_eq!(refused(office.company.team_figures(&managing(&may), Period::Week, Some(south)).await), Code::Forbidden);
    let nowhere = ShopId(uuid::Uuid::from_u128(7));
    assert_eq!(refused(office.company.team_figures(&managing(&kim), Period::Week, Some(nowhere)).await), Code::NotFound);
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = Manager::of(office.person_of(other, "Fay", Role::Admin, None).await).unwrap();
    let theirs = office.company.team_figures(&stranger, Period::AllTime, None).await.unwrap();
    assert_eq!((theirs.products.len(), theirs.objections.len(), theirs.without_practice_total), (0, 0, 0));
}

async fn the_objection_that_was_lost_in_most_sessions_stands_first(office: Office) {
    let (dana, kim) = (office.person("Dana", Role::Trainee).await, managing(&office.person("Kim", Role::Manager).await));
    for _ in 0..3 {
        office.practise(&dana, 0).await;
    }
    office.compute().await;
    // In how many sessions, at which place of each, and whether it was settled.
    for (objection, place, sessions, resolved) in
        [("once", 1, 1, 0), ("always", 2, 3, 0), ("always", 3, 3, 0), ("twice", 4, 2, 0), ("settled", 5, 3, 1), ("once", 6, 3, 1)]
    {
        office.records.sql(&format!(
            "INSERT INTO objection (organisation, at, session, place, account, product_id, category, objection, resolved)
             SELECT organisation, ended_at, id, {place}, account, product_id, 'trust', '{objection}', {resolved} FROM session ORDER BY id LIMIT {sessions}"
        ));
    }
    let figures = office.company.team_figures(&kim, Period::Week, None).await.unwrap();
    let told: Vec<_> = figures.objections.iter().map(|sums| (sums.objection.as_deref().unwrap(), sums.raised, sums.lost)).collect();
    assert_eq!(told, [("always", 3, 3), ("twice", 2, 2), ("once", 3, 1)], "twice in a session is once, and what was settled is not lost");
}

async fn whoever_handed_nothing_in_is_named_those_first_who_did_not_for_longest(office: Office) {
    let mut people = Vec::new();
    for name in ["Dana", "Lee", "Zoe", "Ann", "Gone"] {
        people.push(office.person(name, Role::Trainee).await);
    }
    let kim = managing(&office.person("Kim", Role::Manager).await);
    let end = office.now();
    for (ago, person) in [(20, 1), (9, 0), (1, 2)] {
        office.device.set(end - ago * DAY);
        office.practise(&people[person], 4).await;
    }
    office.device.set(end);
    office.begin(&people[0]).await;
    office.records.sql(&format!("UPDATE account SET disabled_at = 1 WHERE id = {}", office.records.id(people[4].account.0)));
    for (period, expected) in [
        (Period::Week, vec![("Ann", None), ("Lee", Some(end - 20 * DAY)), ("Dana", Some(end - 9 * DAY))]),
        (Period::Month, vec![("Ann", None)]),
        (Period::AllTime, vec![("Ann", None)]),
    ] {
        let figures = office.company.team_figures(&kim, period, None).await.unwrap();
        let named: Vec<_> = figures.without_practice.iter().map(|member| (member.name.as_str(), member.last.map(|at| at.0))).collect();
        assert_eq!((figures.without_practice_total as usize, named), (expected.len(), expected), "{period:?}");
    }
}

async fn objections_of_older_reports_are_counted_too(office: Office) {
    let (dana, kim) = (office.person("Dana", Role::Trainee).await, managing(&office.person("Kim", Role::Manager).await));
    for lines in [12, 8, 6, 0] {
        office.practise(&dana, lines).await;
    }
    office.compute().await;
    let before = office.company.team_figures(&kim, Period::Week, None).await.unwrap();
    assert!(!before.objections.is_empty());
    // As records have it that were made before there was a place for objections.
    office.records.sql("DELETE FROM objection");
    office.records.sql("UPDATE report SET sorted_out = 0");
    assert!(office.company.team_figures(&kim, Period::Week, None).await.unwrap().objections.is_empty());
    for _ in 0..2 {
        office.compute().await;
        assert_eq!(office.company.team_figures(&kim, Period::Week, None).await.unwrap(), before, "once, however often it is looked for");
    }
}
