//! People: listed, changed, added from a table.

use sellme_app::company::{Admin, Imported, Invited, Manager, Paging, PeopleOrder, PeopleQuery, PersonChange};
use sellme_core::{Code, Millis, company::Role, id::UserId};
use sellme_tests::company::{Office, PASSWORD, refused};
use uuid::Uuid;

use super::{admin, invited};

const ALL: Paging = Paging { page: 1, size: 200 };

rules!(
    nobody_but_an_admin_is_one,
    people_are_sorted_alike_wherever_the_records_are,
    people_are_found_by_a_piece_of_their_name_or_address_and_by_no_pattern,
    a_page_is_a_piece_of_the_whole_list,
    filters_hold_together,
    whoever_is_disabled_is_signed_out_everywhere_at_once,
    a_changed_role_holds_for_tokens_that_were_given_before,
    the_last_admin_who_may_sign_in_stays_one_even_where_two_demote_each_other,
    somebody_elses_people_are_nobody,
    a_table_is_taken_in_whole_or_not_at_all,
    a_personal_token_of_an_admin_gives_nobody_a_way_in,
);

async fn names(office: &Office, by: &Admin, query: PeopleQuery) -> Vec<String> {
    let page = office.company.people(by, &query, ALL).await.unwrap();
    assert_eq!(page.total as usize, page.items.len());
    page.items.into_iter().map(|person| person.account.name).collect()
}

/// Somebody whose address says nothing of the name.
async fn invite(office: &Office, by: &Admin, name: &str, number: u32) {
    let person = Invited { email: format!("p{number}@example.net"), ..invited(name, Role::Trainee, None) };
    office.company.invite_person(by, &person).await.unwrap();
}

fn role(role: Role) -> PersonChange {
    PersonChange { role: Some(role), ..PersonChange::default() }
}

fn disabled(disabled: bool) -> PersonChange {
    PersonChange { disabled: Some(disabled), ..PersonChange::default() }
}

async fn nobody_but_an_admin_is_one(office: Office) {
    for (role, admin, manager) in [(Role::Trainee, false, false), (Role::Manager, false, true), (Role::Admin, true, true)] {
        let holder = office.person(&format!("{role:?}"), role).await;
        assert_eq!((Admin::of(holder.clone()).is_ok(), Manager::of(holder.clone()).is_ok()), (admin, manager), "{role:?}");
        if !admin {
            assert_eq!(refused(Admin::of(holder)), Code::Forbidden);
        }
    }
}

async fn people_are_sorted_alike_wherever_the_records_are(office: Office) {
    let by = admin(&office).await;
    for (name, number) in ["bo", "Bo", "Zoë", "ann lee", "Ann-Lee", "Élan", "Ann Z"].into_iter().zip(0..) {
        invite(&office, &by, name, number).await;
        office.device.pass(1);
    }
    let sorted = |order, descending| PeopleQuery { order, descending, ..PeopleQuery::default() };
    let by_name = names(&office, &by, sorted(PeopleOrder::Name, false)).await;
    let without_bo: Vec<_> = by_name.iter().filter(|name| !name.eq_ignore_ascii_case("bo")).map(String::as_str).collect();
    assert_eq!(without_bo, ["Ada", "ann lee", "Ann Z", "Ann-Lee", "Zoë", "Élan"]);
    let mut reversed = names(&office, &by, sorted(PeopleOrder::Name, true)).await;
    reversed.reverse();
    assert_eq!(reversed, by_name);
    let newest = names(&office, &by, sorted(PeopleOrder::CreatedAt, true)).await;
    assert_eq!((newest[0].as_str(), newest[7].as_str()), ("Ann Z", "Ada"));
    office.with_password(office.organisation, "dana@example.com").await;
    office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    let lately = names(&office, &by, sorted(PeopleOrder::LastSignIn, true)).await;
    assert_eq!(lately[0], "Dana", "who never signed in is before everybody who did, here last");
}

async fn people_are_found_by_a_piece_of_their_name_or_address_and_by_no_pattern(office: Office) {
    let by = admin(&office).await;
    for (name, number) in ["Dana Ortiz", "100% Kim", "A_B", "Back\\slash", "ÑANDÚ"].into_iter().zip(0..) {
        invite(&office, &by, name, number).await;
    }
    for (text, found) in [
        ("ortiz", vec!["Dana Ortiz"]),
        ("ORT", vec!["Dana Ortiz"]),
        ("%", vec!["100% Kim"]),
        ("_", vec!["A_B"]),
        ("\\", vec!["Back\\slash"]),
        ("ñandú", vec!["ÑANDÚ"]),
        ("ada@example", vec!["Ada"]),
        ("' OR 1=1 --", vec![]),
        ("o\0", vec![]),
    ] {
        let query = PeopleQuery { text: Some(text.to_owned()), ..PeopleQuery::default() };
        assert_eq!(names(&office, &by, query).await, found, "{text}");
    }
    let long = PeopleQuery { text: Some("x".repeat(201)), ..PeopleQuery::default() };
    assert_eq!(refused(office.company.people(&by, &long, ALL).await), Code::InvalidInput);
    // A name that is changed is found by the new one.
    let query = |text: &str| PeopleQuery { text: Some(text.to_owned()), ..PeopleQuery::default() };
    let change = PersonChange { name: Some("Dolores".to_owned()), ..PersonChange::default() };
    office.company.change_person(&by, by.holder().account, change).await.unwrap();
    assert_eq!(names(&office, &by, query("dolores")).await, ["Dolores"]);
}

async fn a_page_is_a_piece_of_the_whole_list(office: Office) {
    let by = admin(&office).await;
    for number in 0..9 {
        office.person(&format!("P{number}"), Role::Trainee).await;
    }
    let whole = names(&office, &by, PeopleQuery::default()).await;
    let mut pieces = Vec::new();
    for page in 1..=5 {
        let page = office.company.people(&by, &PeopleQuery::default(), Paging { page, size: 3 }).await.unwrap();
        assert_eq!(page.total, 10);
        pieces.extend(page.items.into_iter().map(|person| person.account.name));
    }
    assert_eq!(pieces, whole);
}

async fn filters_hold_together(office: Office) {
    let by = admin(&office).await;
    let shop = office.company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    office.person_at("Dana", shop).await;
    let lee = office.person_at("Lee", shop).await;
    office.person("Max", Role::Manager).await;
    office.company.change_person(&by, lee.account, disabled(true)).await.unwrap();
    let query = PeopleQuery { role: Some(Role::Trainee), shop: Some(shop), ..PeopleQuery::default() };
    assert_eq!(names(&office, &by, query.clone()).await, ["Dana", "Lee"]);
    assert_eq!(names(&office, &by, PeopleQuery { disabled: Some(false), ..query.clone() }).await, ["Dana"]);
    assert_eq!(names(&office, &by, PeopleQuery { disabled: Some(true), ..query.clone() }).await, ["Lee"]);
    assert_eq!(names(&office, &by, PeopleQuery { text: Some("max".to_owned()), ..query }).await, [""; 0]);
    let page = office.company.people(&by, &PeopleQuery { shop: Some(shop), ..PeopleQuery::default() }, ALL).await.unwrap();
    assert!(page.items.iter().all(|person| person.shop_name.as_deref() == Some("Store 1")));
}

async fn whoever_is_disabled_is_signed_out_everywhere_at_once(office: Office) {
    let by = admin(&office).await;
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let token = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap().secret;
    assert!(office.company.holder(token.reveal()).await.unwrap().is_some());
    let changed = office.company.change_person(&by, dana, disabled(true)).await.unwrap();
    assert_eq!(changed.account.disabled_at, Some(Millis(office.now())));
    assert_eq!(office.company.holder(token.reveal()).await.unwrap(), None);
    office.company.change_person(&by, dana, disabled(false)).await.unwrap();
    assert_eq!(office.company.holder(token.reveal()).await.unwrap(), None, "what was ended stays ended");
    office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.expect("the password is as it was");
}

async fn a_changed_role_holds_for_tokens_that_were_given_before(office: Office) {
    let by = admin(&office).await;
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let token = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap().secret;
    for now in [Role::Manager, Role::Admin, Role::Trainee] {
        assert!(office.company.holder(token.reveal()).await.unwrap().is_some(), "it is remembered before");
        office.company.change_person(&by, dana, role(now)).await.unwrap();
        assert_eq!(office.company.holder(token.reveal()).await.unwrap().unwrap().role, now);
    }
}

async fn the_last_admin_who_may_sign_in_stays_one_even_where_two_demote_each_other(office: Office) {
    let ada = admin(&office).await;
    let id = ada.holder().account;
    for change in [role(Role::Manager), disabled(true)] {
        assert_eq!(refused(office.company.change_person(&ada, id, change).await), Code::WrongState);
    }
    let entries = office.company.check_audit(office.organisation).await.unwrap().unwrap();
    for round in 0..5 {
        let bea = Admin::of(office.person(&format!("Bea{round}"), Role::Admin).await).unwrap();
        let (one, other) = tokio::join!(
            office.company.change_person(&ada, bea.holder().account, role(Role::Trainee)),
            office.company.change_person(&bea, id, disabled(true)),
        );
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
        let refused = one.err().or(other.err()).unwrap();
        assert_eq!(refused.code, Code::WrongState);
        office.company.change_person(&bea, id, disabled(false)).await.unwrap();
        office.company.change_person(&ada, bea.holder().account, role(Role::Trainee)).await.unwrap();
    }
    assert!(office.company.check_audit(office.organisation).await.unwrap().unwrap() > entries);
}

async fn somebody_elses_people_are_nobody(office: Office) {
    let by = admin(&office).await;
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = office.person_of(other, "Kim", Role::Trainee, None).await.account;
    let theirs = office.company.add_shop(other, None, "Store 1").await.unwrap();
    for id in [stranger, UserId(Uuid::from_u128(7))] {
        assert_eq!(refused(office.company.person(&by, id).await), Code::NotFound);
        assert_eq!(refused(office.company.change_person(&by, id, disabled(true)).await), Code::NotFound);
        assert_eq!(refused(office.company.sign_out_everywhere(&by, id).await), Code::NotFound);
        assert_eq!(refused(office.company.invite(&by, id, true).await), Code::NotFound);
    }
    let there = PersonChange { shop: Some(Some(theirs)), ..PersonChange::default() };
    assert_eq!(refused(office.company.change_person(&by, by.holder().account, there).await), Code::NotFound);
    assert_eq!(refused(office.company.invite_person(&by, &invited("Jo", Role::Trainee, Some(theirs))).await), Code::NotFound);
    assert_eq!(names(&office, &by, PeopleQuery::default()).await, ["Ada"]);
}

async fn a_table_is_taken_in_whole_or_not_at_all(office: Office) {
    let by = admin(&office).await;
    let before = office.company.check_audit(office.organisation).await.unwrap().unwrap();
    let bad = "email,name,role,storeName\nkim@example.com,Kim,trainee,\nada@example.com,Ada,trainee,\n";
    let Imported::Refused(fields) = office.company.import_people(&by, bad.as_bytes(), false).await.unwrap() else { panic!("taken in") };
    assert_eq!(fields.iter().map(|field| (field.line, field.column)).collect::<Vec<_>>(), [(3, "email")]);
    let many: String = (0..300).map(|number| format!("p{number}@example.com,P{number},trainee,\n")).collect();
    let good = format!("email,name,role,storeName\n{many}");
    // Two who take in the same at once: the second finds everybody there.
    let (one, other) =
        tokio::join!(office.company.import_people(&by, good.as_bytes(), false), office.company.import_people(&by, good.as_bytes(), false));
    let done = [&one, &other].into_iter().filter(|done| matches!(done, Ok(Imported::Done(people)) if people.len() == 300)).count();
    assert_eq!(done, 1, "{one:?} {other:?}");
    assert_eq!(office.company.people(&by, &PeopleQuery::default(), ALL).await.unwrap().total, 301);
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(before + 300), "an entry for each, and no other");
}

async fn a_personal_token_of_an_admin_gives_nobody_a_way_in(office: Office) {
    let (company, ada) = (&office.company, office.person("Ada", Role::Admin).await);
    let made = company.make_token(&ada, "laptop", None).await.unwrap();
    let by = Admin::of(company.holder(made.secret.reveal()).await.unwrap().unwrap()).unwrap();
    let table = b"email,name,role,storeName\nlee@example.com,Lee,admin,\n";
    for refusal in [
        refused(company.invite(&by, ada.account, true).await),
        refused(company.invite_person(&by, &invited("Lee", Role::Admin, None)).await),
        refused(company.import_people(&by, table, false).await),
        refused(company.change_person(&by, ada.account, role(Role::Trainee)).await),
        refused(company.sign_out_everywhere(&by, ada.account).await),
    ] {
        assert_eq!(refusal, Code::Forbidden);
    }
    assert_eq!(company.people(&by, &PeopleQuery::default(), ALL).await.unwrap().total, 1, "it may look, and nobody was added");
}
