//! Calls by voice that the company pays for: the caps of a person, of a store and of a day.

use sellme_app::company::{CallCaps, CallGrant};
use sellme_core::{
    Code, Error,
    company::{Holder, Role},
    id::SessionId,
};
use sellme_tests::{
    company::{CLAIMED, Office, claim, refused},
    device::DAY,
};
use uuid::Uuid;

/// So much for everybody that nothing but what a rule is about is in the way.
const PLENTY: CallCaps = CallCaps { person_minutes: 10_000, shop_minutes: 10_000, day_minutes: 10_000, call_minutes: 15 };

rules!(
    a_person_has_so_many_minutes_a_day,
    everybody_at_a_store_shares_its_minutes,
    the_whole_company_shares_the_minutes_of_a_day,
    a_call_that_is_over_gives_back_what_it_did_not_use,
    a_call_that_the_service_did_not_take_counts_for_nothing,
    another_call_of_the_same_session_ends_the_one_before,
    many_who_ask_at_once_do_not_get_more_than_there_is,
    only_whose_session_it_is_may_call_and_only_while_it_goes_on,
);

async fn call(office: &Office, holder: &Holder, caps: CallCaps) -> Result<CallGrant, Error> {
    let session = office.begin(holder).await.id;
    office.company.grant_call(holder, session, None, caps).await
}

async fn a_person_has_so_many_minutes_a_day(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    let caps = CallCaps { person_minutes: 30, ..PLENTY };
    call(&office, &dana, caps).await.unwrap();
    call(&office, &dana, caps).await.expect("just so many are there");
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached);
    call(&office, &lee, caps).await.expect("another person has their own");
    office.device.pass(DAY);
    call(&office, &dana, caps).await.expect("another day");
}

async fn everybody_at_a_store_shares_its_minutes(office: Office) {
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let other = office.company.add_shop(office.organisation, None, "Store 2").await.unwrap();
    let (dana, lee, kim) =
        (office.person_at("Dana", shop).await, office.person_at("Lee", shop).await, office.person_at("Kim", other).await);
    let caps = CallCaps { shop_minutes: 15, ..PLENTY };
    call(&office, &dana, caps).await.unwrap();
    assert_eq!(refused(call(&office, &lee, caps).await), Code::LimitReached);
    call(&office, &kim, caps).await.expect("another store has its own");
    office.device.pass(DAY);
    call(&office, &lee, caps).await.expect("another day");
}

async fn the_whole_company_shares_the_minutes_of_a_day(office: Office) {
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person_at("Lee", shop).await);
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = office.person_of(other, "Kim", Role::Trainee, None).await;
    let caps = CallCaps { day_minutes: 15, ..PLENTY };
    call(&office, &dana, caps).await.unwrap();
    assert_eq!(refused(call(&office, &lee, caps).await), Code::LimitReached);
    call(&office, &stranger, caps).await.expect("another company has its own");
    office.device.pass(DAY);
    call(&office, &lee, caps).await.expect("another day");
}

async fn a_call_that_is_over_gives_back_what_it_did_not_use(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 20, ..PLENTY };
    let first = call(&office, &dana, caps).await.unwrap();
    office.company.call_answered(&dana, &first, Some("rtc_1"), true).await.unwrap();
    office.device.pass(4 * 60_000 + 59_000);
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached, "it counts in full until it is over");
    assert_eq!(office.company.end_calls(&dana, first.session).await.unwrap(), ["rtc_1"]);
    assert_eq!(office.company.end_calls(&dana, first.session).await.unwrap(), [""; 0], "once");
    let second = call(&office, &dana, caps).await.expect("five of twenty minutes are used");
    // One that was left open counts for no more than it may last.
    office.device.pass(60 * 60_000);
    office.company.end_calls(&dana, second.session).await.unwrap();
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached, "twenty of twenty");
}

async fn a_call_that_the_service_did_not_take_counts_for_nothing(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 15, ..PLENTY };
    for _ in 0..3 {
        let grant = call(&office, &dana, caps).await.unwrap();
        office.company.call_answered(&dana, &grant, None, false).await.unwrap();
    }
    call(&office, &dana, caps).await.unwrap();
}

async fn another_call_of_the_same_session_ends_the_one_before(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 20, ..PLENTY };
    let session = office.begin(&dana).await.id;
    for number in 0..3 {
        let grant = office.company.grant_call(&dana, session, None, caps).await.unwrap_or_else(|error| panic!("{number}: {error}"));
        office.company.call_answered(&dana, &grant, Some(&format!("rtc_{number}")), true).await.unwrap();
        office.device.pass(60_000);
    }
    assert_eq!(office.company.end_calls(&dana, session).await.unwrap(), ["rtc_2"], "the others are over");
}

async fn many_who_ask_at_once_do_not_get_more_than_there_is(office: Office) {
    let mut asking = Vec::new();
    for number in 0..12 {
        let holder = office.person(&format!("Rep{number}"), Role::Trainee).await;
        let session = office.begin(&holder).await.id;
        asking.push((holder, session));
    }
    let caps = CallCaps { day_minutes: 60, ..PLENTY };
    let asked = asking.into_iter().map(|(holder, session)| {
        let company = office.company.clone();
        tokio::spawn(async move { company.grant_call(&holder, session, None, caps).await })
    });
    let mut given = 0;
    for asked in asked.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Ok(_) => given += 1,
            Err(error) => assert_eq!(error.code, Code::LimitReached),
        }
    }
    assert_eq!(given, 4);
}

async fn only_whose_session_it_is_may_call_and_only_while_it_goes_on(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Manager).await);
    let session = office.begin(&dana).await.id;
    assert_eq!(refused(office.company.grant_call(&lee, session, None, PLENTY).await), Code::Forbidden);
    assert_eq!(refused(office.company.end_calls(&lee, session).await), Code::Forbidden);
    assert_eq!(refused(office.company.grant_call(&dana, SessionId(Uuid::from_u128(7)), None, PLENTY).await), Code::NotFound);
    office.company.grant_call(&dana, session, None, PLENTY).await.unwrap();
    office.company.hand_in(&dana, session, claim(CLAIMED, 3)).await.unwrap();
    assert_eq!(refused(office.company.grant_call(&dana, session, None, PLENTY).await), Code::WrongState);
    office.company.end_calls(&dana, session).await.expect("what was opened before can be ended");
}
