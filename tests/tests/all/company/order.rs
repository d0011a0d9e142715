//! Lists are in the same order wherever the records are: names by their bytes, people by theirs in small letters.

use sellme_app::company::{Admin, Manager, Paging, PeopleQuery, Period, PersonChange};
use sellme_core::company::Role;
use sellme_tests::company::Office;

rules!(names_are_in_the_same_order_in_every_database);

/// As they come, and by their bytes.
const NAMES: [&str; 4] = ["Zoë", "adam", "Ábel", "Zed"];
const SORTED: [&str; 4] = ["Zed", "Zoë", "adam", "Ábel"];

const ALL: Paging = Paging { page: 1, size: 200 };

async fn names_are_in_the_same_order_in_every_database(office: Office) {
    let company = &office.company;
    let by = Admin::of(office.person("Ada", Role::Admin).await).unwrap();
    let manager = Manager::of(by.holder().clone()).unwrap();
    let shop = company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let mut reps = Vec::new();
    for (name, number) in NAMES.into_iter().zip(1..) {
        company.add_shop(office.organisation, None, name).await.unwrap();
        company.add_organisation(name).await.unwrap();
        let code = company.offer_enrolment(&by, shop).await.unwrap().0;
        company.enrol(&code.reveal(), name).await.unwrap();
        let rep = office.person(&format!("Rep{number}"), Role::Trainee).await;
        company.change_person(&by, rep.account, PersonChange { name: Some(name.to_owned()), ..PersonChange::default() }).await.unwrap();
        reps.push(rep);
    }
    let devices = company.devices(&by, None, ALL).await.unwrap().items;
    assert_eq!(devices.iter().map(|device| &device.name).collect::<Vec<_>>(), SORTED);
    let shops = company.shops(&manager, ALL).await.unwrap().items;
    assert_eq!(shops.iter().map(|shop| &shop.name).filter(|name| *name != "Store 1").collect::<Vec<_>>(), SORTED);
    let organisations = company.organisations().await.unwrap();
    assert_eq!(organisations.iter().map(|known| &known.name).filter(|name| NAMES.contains(&name.as_str())).collect::<Vec<_>>(), SORTED);
    let people = company.people(&by, &PeopleQuery::default(), ALL).await.unwrap().items;
    assert_eq!(people.iter().map(|person| &person.account.name).collect::<Vec<_>>(), ["Ada", "adam", "Zed", "Zoë", "Ábel"]);
    let idle = company.team_figures(&manager, Period::Week, None).await.unwrap().without_practice;
    assert_eq!(idle.iter().map(|member| &member.name).collect::<Vec<_>>(), SORTED);

    for rep in &reps {
        for _ in 0..3 {
            office.practise(rep, 6).await;
        }
    }
    office.compute().await;
    let board = company.board(&reps[0], Period::Week, None).await.unwrap();
    assert_eq!(board.iter().map(|row| &row.name).collect::<Vec<_>>(), SORTED, "where all are as good");
}
