//! Who stands on the board, and for what.

use sellme_app::company::{Period, SettingsChange};
use sellme_core::{
    Code,
    company::{Holder, Role},
    id::ShopId,
};
use sellme_tests::{
    company::{Office, refused},
    device::DAY,
};

use super::admin;

rules!(
    whoever_does_not_want_to_stands_on_no_board,
    how_many_sessions_it_takes_is_for_admins_to_say,
    a_board_of_a_store_has_its_people_alone,
    who_improved_most_stands_first_and_needs_enough_sessions_in_both_periods,
);

async fn names(office: &Office, holder: &Holder, period: Period, shop: Option<ShopId>) -> Vec<String> {
    office.company.board(holder, period, shop).await.unwrap().into_iter().map(|row| row.name).collect()
}

async fn improved(office: &Office, holder: &Holder, period: Period) -> Vec<(u32, String, i64)> {
    let rows = office.company.most_improved(holder, period, None).await.unwrap();
    rows.into_iter().map(|row| (row.row.place, row.row.name, row.improvement_tenths)).collect()
}

async fn whoever_does_not_want_to_stands_on_no_board(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    let end = office.now();
    for (ago, lines) in [(7, 4), (0, 12)] {
        office.device.set(end - ago * DAY);
        for holder in [&dana, &lee] {
            for _ in 0..3 {
                office.practise(holder, lines).await;
            }
        }
    }
    office.compute().await;
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!(improved(&office, &lee, Period::Week).await.len(), 2);
    assert!(office.company.on_board(&dana).await.unwrap());
    office.company.stand_on_board(&dana, false).await.unwrap();
    assert!(!office.company.on_board(&dana).await.unwrap());
    for holder in [&dana, &lee] {
        assert_eq!(names(&office, holder, Period::Week, None).await, ["Lee"]);
        assert_eq!(improved(&office, holder, Period::Week).await.len(), 1);
    }
    assert_eq!(office.company.standing(&dana, dana.account).await.unwrap(), standing);
    office.company.stand_on_board(&dana, true).await.unwrap();
    assert_eq!(names(&office, &lee, Period::Week, None).await, ["Dana", "Lee"]);
}

async fn how_many_sessions_it_takes_is_for_admins_to_say(office: Office) {
    let (admin, dana) = (admin(&office).await, office.person("Dana", Role::Trainee).await);
    office.records.sql("UPDATE organisation SET settings = '{\"other\":{\"kept\":true}}'");
    assert_eq!(office.company.settings(&admin).await.unwrap().leaderboard_minimum, 3);
    office.practise(&dana, 12).await;
    office.compute().await;
    assert!(names(&office, &dana, Period::Week, None).await.is_empty());
    let change = |least| SettingsChange { leaderboard_minimum: least };
    assert_eq!(office.company.change_settings(&admin, change(Some(1))).await.unwrap().leaderboard_minimum, 1);
    assert_eq!(names(&office, &dana, Period::Week, None).await, ["Dana"]);
    office.practise(&dana, 12).await;
    office.compute().await;
    office.company.change_settings(&admin, change(Some(2))).await.unwrap();
    assert_eq!(names(&office, &dana, Period::Week, None).await, ["Dana"]);
    office.company.change_settings(&admin, change(Some(1_000))).await.unwrap();
    assert!(names(&office, &dana, Period::Week, None).await.is_empty());
    for wrong in [0, 1_001, u32::MAX] {
        assert_eq!(refused(office.company.change_settings(&admin, change(Some(wrong))).await), Code::InvalidInput);
    }
    let entries = office.company.check_audit(office.organisation).await.unwrap();
    assert_eq!(office.company.change_settings(&admin, change(None)).await.unwrap().leaderboard_minimum, 1_000, "nothing is chosen anew");
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), entries);
    assert!(office.records.sql("SELECT settings FROM organisation").contains("\"other\":{\"kept\":true}"), "what others chose stays");
    assert_eq!(office.records.sql("SELECT count(*) FROM audit WHERE action = 'settings.changed'"), "3");
}

async fn a_board_of_a_store_has_its_people_alone(office: Office) {
    let north = office.company.add_shop(office.organisation, None, "North").await.unwrap();
    let (dana, lee) = (office.person_at("Dana", north).await, office.person("Lee", Role::Trainee).await);
    for holder in [&dana, &lee] {
        for _ in 0..3 {
            office.practise(holder, 12).await;
        }
    }
    office.compute().await;
    assert_eq!(names(&office, &lee, Period::Week, Some(north)).await, ["Dana"]);
    assert_eq!(names(&office, &lee, Period::Week, None).await.len(), 2);
    let other = office.company.add_organisation("Another").await.unwrap();
    let theirs = office.company.add_shop(other, None, "North").await.unwrap();
    assert_eq!(refused(office.company.board(&lee, Period::Week, Some(theirs)).await), Code::NotFound);
    assert_eq!(refused(office.company.most_improved(&lee, Period::Week, Some(theirs)).await), Code::NotFound);
}

/// Scores of a day, as if they had been computed.
fn scored(office: &Office, holder: &Holder, ago: i64, count: u32, sum: u32) {
    let (id, day) = (office.records.id(holder.account.0), office.now() / DAY - ago);
    let organisation = office.records.id(office.organisation.0);
    office.records.sql(&format!(
        "INSERT INTO day (organisation, day, account, scored, score_sum, best) VALUES ({organisation}, {day}, {id}, {count}, {sum}, 90)"
    ));
}

async fn who_improved_most_stands_first_and_needs_enough_sessions_in_both_periods(office: Office) {
    // Days ago, how many, and their scores together.
    let people = [
        ("Ann", vec![(7, 3, 150), (0, 3, 181)]),
        ("Zoe", vec![(13, 3, 150), (6, 4, 241)]),
        ("Kim", vec![(8, 3, 150), (3, 3, 210)]),
        ("Lee", vec![(8, 3, 210), (3, 3, 150)]),
        ("Few", vec![(8, 2, 20), (3, 3, 270)]),
        ("New", vec![(3, 3, 270)]),
        ("Old", vec![(14, 3, 30), (3, 3, 270)]),
        ("Same", vec![(8, 3, 150), (3, 3, 150)]),
    ];
    let mut holders = Vec::new();
    for (name, days) in people {
        let holder = office.person(name, Role::Trainee).await;
        for (ago, count, sum) in days {
            scored(&office, &holder, ago, count, sum);
        }
        holders.push(holder);
    }
    let expected = [(1, "Kim", 200), (2, "Ann", 103), (2, "Zoe", 103)];
    let rows = improved(&office, &holders[0], Period::Week).await;
    assert_eq!(rows.iter().map(|(place, name, tenths)| (*place, name.as_str(), *tenths)).collect::<Vec<_>>(), expected);
    assert!(improved(&office, &holders[0], Period::Month).await.is_empty());
    assert_eq!(office.company.most_improved(&holders[0], Period::AllTime, None).await.unwrap(), []);
}
