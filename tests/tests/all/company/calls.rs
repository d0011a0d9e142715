//! Calls by voice that the company pays for: the caps of a person, of a store and of a day.

use sellme_app::company::{CallCaps, CallGrant, Company};
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
const PLENTY: CallCaps = CallCaps {
    person_minutes: 10_000,
    shop_minutes: 10_000,
    day_minutes: 10_000,
    call_minutes: 15,
    person_cents: 1_000_000,
    shop_cents: 1_000_000,
    day_cents: 1_000_000,
};

rules!(
    a_person_has_so_many_minutes_a_day,
    everybody_at_a_store_shares_its_minutes,
    the_whole_company_shares_the_minutes_of_a_day,
    a_person_a_store_and_the_company_have_so_much_money_a_day,
    a_call_that_is_over_gives_back_what_it_did_not_cost,
    where_nothing_may_be_spent_nobody_talks,
    a_call_that_is_over_gives_back_what_it_did_not_use,
    a_call_that_cannot_be_ended_from_here_counts_in_full,
    a_call_for_somebody_else_counts_at_their_store,
    a_call_that_the_service_did_not_take_counts_for_nothing,
    another_call_of_the_same_session_ends_the_one_before,
    many_who_ask_at_once_do_not_get_more_than_there_is,
    only_whose_session_it_is_may_call_and_only_while_it_goes_on,
    a_call_is_over_once_it_has_lasted_as_long_as_it_may_and_any_process_ends_it,
    a_session_that_is_over_has_no_open_calls,
    whoever_opens_a_call_that_was_closed_meanwhile_hears_it,
    a_call_that_nobody_waits_for_is_closed_and_no_other,
    a_call_that_had_to_end_for_one_that_there_is_no_room_for_is_told_of,
);

/// What the service has to be told of, as it calls them; it is told.
async fn told(company: &Company) -> Vec<String> {
    let over = company.over_calls().await.unwrap();
    for call in &over {
        company.call_told(call).await.unwrap();
    }
    over.into_iter().map(|call| call.at_service).collect()
}

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
    office.company.call_taken(&dana, &first, Some("rtc_1")).await.unwrap();
    office.device.pass(4 * 60_000 + 59_000);
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached, "it counts in full until it is over");
    office.company.end_calls(&dana, first.session).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_1"]);
    office.company.end_calls(&dana, first.session).await.unwrap();
    assert_eq!(told(&office.company).await, [""; 0], "once");
    let second = call(&office, &dana, caps).await.expect("five of twenty minutes are used");
    // One that was left open counts for no more than it may last.
    office.device.pass(60 * 60_000);
    office.company.end_calls(&dana, second.session).await.unwrap();
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached, "twenty of twenty");
}

async fn a_call_that_cannot_be_ended_from_here_counts_in_full(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 2 * PLENTY.call_minutes, ..PLENTY };
    let session = office.begin(&dana).await.id;
    for _ in 0..2 {
        let grant = office.company.grant_call(&dana, session, None, caps).await.expect("there is room for two");
        office.company.call_taken(&dana, &grant, None).await.unwrap();
        office.device.pass(1_000);
        office.company.end_calls(&dana, session).await.unwrap();
    }
    assert_eq!(refused(office.company.grant_call(&dana, session, None, caps).await), Code::LimitReached);
}

async fn a_call_for_somebody_else_counts_at_their_store(office: Office) {
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let (dana, ada) = (office.person_at("Dana", shop).await, office.person("Ada", Role::Admin).await);
    let caps = CallCaps { shop_minutes: PLENTY.call_minutes, ..PLENTY };
    let session = office.begin(&dana).await.id;
    office.company.grant_call(&ada, session, None, caps).await.unwrap();
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached);
}

async fn a_call_that_the_service_did_not_take_counts_for_nothing(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 15, ..PLENTY };
    for _ in 0..3 {
        let grant = call(&office, &dana, caps).await.unwrap();
        office.company.call_not_taken(&dana, &grant).await.unwrap();
    }
    call(&office, &dana, caps).await.unwrap();
}

async fn another_call_of_the_same_session_ends_the_one_before(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 20, ..PLENTY };
    let session = office.begin(&dana).await.id;
    for number in 0..3 {
        let grant = office.company.grant_call(&dana, session, None, caps).await.unwrap_or_else(|error| panic!("{number}: {error}"));
        office.company.call_taken(&dana, &grant, Some(&format!("rtc_{number}"))).await.unwrap();
        office.device.pass(60_000);
    }
    office.company.end_calls(&dana, session).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_0", "rtc_1", "rtc_2"]);
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

async fn a_call_is_over_once_it_has_lasted_as_long_as_it_may_and_any_process_ends_it(office: Office) {
    let (dana, beside) = (office.person("Dana", Role::Trainee).await, office.beside().await);
    let (long, short) = (PLENTY, CallCaps { call_minutes: 5, ..PLENTY });
    for (caps, name) in [(short, "rtc_short"), (long, "rtc_long")] {
        let grant = call(&office, &dana, caps).await.unwrap();
        assert!(office.company.call_taken(&dana, &grant, Some(name)).await.unwrap(), "it is open");
    }
    // One that the client opened itself ends in the records alone.
    call(&office, &dana, short).await.unwrap();
    office.device.pass(5 * 60_000 - 1);
    assert_eq!(told(&office.company).await, [""; 0], "not before");
    office.device.pass(1);
    assert_eq!(beside.over_calls().await.unwrap(), office.company.over_calls().await.unwrap(), "whoever comes first may tell the service");
    assert_eq!(told(&beside).await, ["rtc_short"]);
    assert_eq!(told(&office.company).await, [""; 0], "once");
    office.device.pass(10 * 60_000);
    assert_eq!(told(&beside).await, ["rtc_long"]);
    assert_eq!(told(&office.company).await, [""; 0], "once");
    assert_eq!(
        office.records.sql("SELECT CAST(sum(seconds) AS BIGINT) FROM call WHERE closed_at IS NOT NULL"),
        "1500",
        "5 + 15 + 5 minutes"
    );
    beside.close();
}

async fn a_session_that_is_over_has_no_open_calls(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let (over, goes_on) = (call(&office, &dana, PLENTY).await.unwrap(), call(&office, &dana, PLENTY).await.unwrap());
    for (grant, name) in [(&over, "rtc_over"), (&goes_on, "rtc_goes_on")] {
        office.company.call_taken(&dana, grant, Some(name)).await.unwrap();
    }
    assert_eq!(told(&office.company).await, [""; 0]);
    office.company.hand_in(&dana, over.session, claim(CLAIMED, 3)).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_over"]);
    office.company.end_calls(&dana, goes_on.session).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_goes_on"]);
}

async fn whoever_opens_a_call_that_was_closed_meanwhile_hears_it(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let (late, later) = (call(&office, &dana, PLENTY).await.unwrap(), call(&office, &dana, PLENTY).await.unwrap());
    office.company.hand_in(&dana, late.session, claim(CLAIMED, 3)).await.unwrap();
    told(&office.company).await;
    assert!(!office.company.call_taken(&dana, &late, Some("rtc_late")).await.unwrap(), "its session is over");
    assert_eq!(told(&office.company).await, ["rtc_late"]);
    office.company.grant_call(&dana, later.session, None, PLENTY).await.unwrap();
    assert!(!office.company.call_taken(&dana, &later, Some("rtc_later")).await.unwrap(), "the session was called once more");
    assert_eq!(told(&office.company).await, ["rtc_later"]);
}

async fn a_call_that_nobody_waits_for_is_closed_and_no_other(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let first = call(&office, &dana, PLENTY).await.unwrap();
    office.company.call_taken(&dana, &first, Some("rtc_1")).await.unwrap();
    let second = office.company.grant_call(&dana, first.session, None, PLENTY).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_1"]);
    office.company.call_taken(&dana, &second, Some("rtc_2")).await.unwrap();
    office.company.give_up_call(&dana, &first).await.unwrap();
    assert_eq!(told(&office.company).await, [""; 0], "it is closed already");
    office.company.give_up_call(&dana, &second).await.unwrap();
    assert_eq!(told(&office.company).await, ["rtc_2"]);
}

async fn a_call_that_had_to_end_for_one_that_there_is_no_room_for_is_told_of(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_minutes: 20, ..PLENTY };
    let first = call(&office, &dana, caps).await.unwrap();
    office.company.call_taken(&dana, &first, Some("rtc_1")).await.unwrap();
    office.device.pass(10 * 60_000);
    assert_eq!(refused(office.company.grant_call(&dana, first.session, None, caps).await), Code::LimitReached, "10 + 15 of 20 minutes");
    assert_eq!(told(&office.company).await, ["rtc_1"]);
}

/// What the longest call costs about, in cents.
fn longest() -> u32 {
    let data = sellme_voice::data::voice_data().unwrap();
    let (_, most) = data.estimate(&data.defaults.model, PLENTY.call_minutes).unwrap();
    u32::try_from(most.0).unwrap()
}

async fn a_person_a_store_and_the_company_have_so_much_money_a_day(office: Office) {
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    let (dana, lee) = (office.person_at("Dana", shop).await, office.person_at("Lee", shop).await);
    let kim = office.person("Kim", Role::Trainee).await;
    let spent = |cap: &str, error: Error| assert!(error.code == Code::LimitReached && error.message.contains(cap), "{error}");
    let one = longest();
    let (person, store) = (CallCaps { person_cents: one, ..PLENTY }, CallCaps { shop_cents: one + 1, ..PLENTY });
    let day = CallCaps { day_cents: 3 * one - 1, ..PLENTY };
    call(&office, &dana, person).await.expect("just so much is there");
    spent("your talking by voice may cost", call(&office, &dana, person).await.unwrap_err());
    spent("at your store", call(&office, &lee, store).await.unwrap_err());
    call(&office, &kim, store).await.expect("somebody of no store");
    spent("cost the company", call(&office, &kim, day).await.unwrap_err());
    office.device.pass(DAY);
    for caps in [person, store, day] {
        let grant = call(&office, &dana, caps).await.expect("another day");
        office.company.call_not_taken(&dana, &grant).await.unwrap();
    }
}

async fn a_call_that_is_over_gives_back_what_it_did_not_cost(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let caps = CallCaps { person_cents: longest() * 3 / 2, ..PLENTY };
    let first = call(&office, &dana, caps).await.unwrap();
    office.company.call_taken(&dana, &first, Some("rtc_1")).await.unwrap();
    office.device.pass(5 * 60_000 - 1_000);
    assert_eq!(refused(call(&office, &dana, caps).await), Code::LimitReached, "it counts in full until it is over");
    office.company.end_calls(&dana, first.session).await.unwrap();
    let spent: u32 = office.records.sql("SELECT millicents FROM call").parse().unwrap();
    assert_eq!(spent, (longest() * 1_000).div_ceil(3), "a third of the time, a third of the cost");
    call(&office, &dana, caps).await.expect("a third of it is used");
}

async fn where_nothing_may_be_spent_nobody_talks(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let session = office.begin(&dana).await.id;
    for caps in [CallCaps { person_cents: 0, ..PLENTY }, CallCaps { shop_cents: 0, ..PLENTY }, CallCaps { day_cents: 0, ..PLENTY }] {
        // Nor with a model whose price nobody knows.
        for model in [None, Some("somebody-elses")] {
            assert_eq!(refused(office.company.grant_call(&dana, session, model, caps).await), Code::LimitReached);
        }
    }
}
