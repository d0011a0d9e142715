//! Companies, their stores and their people, and how they sign in.

use std::net::{IpAddr, Ipv4Addr};

use sellme_app::company::{Company, Network, NewPerson, NotLetIn, SignedIn};
use sellme_core::{Code, company::Role, id::ShopId};
use sellme_tests::{
    company::{Office, PASSWORD, refused},
    device::MORNING,
};
use uuid::Uuid;

rules!(
    a_company_has_a_name_of_its_own,
    a_store_has_a_name_of_its_own_in_its_company,
    an_address_belongs_to_one_person_of_a_company,
    nobody_works_at_a_store_that_the_company_does_not_have,
    only_the_right_password_lets_somebody_in,
    the_fifth_failure_locks_and_the_right_password_afterwards_forgets_them,
    an_address_that_two_companies_know_needs_the_companys_name,
    whoever_may_not_sign_in_any_more_is_refused_like_anybody,
    a_new_password_signs_out_everywhere_and_is_the_only_one_from_then_on,
    a_wrong_old_password_counts_like_a_sign_in_that_failed,
    wrong_passwords_lock_the_network_out_that_they_came_from_and_no_other,
    an_address_that_nobody_has_is_locked_as_one_that_somebody_has,
    guesses_from_everywhere_close_an_account_for_a_minute_in_every_process_and_nobody_is_told,
    guesses_with_half_an_hour_in_between_close_nothing_to_others,
    many_guesses_at_once_are_no_more_than_one_after_the_other,
    somebody_known_to_two_companies_can_change_their_password,
    words_that_no_database_takes_are_refused_and_not_a_failure,
    many_deeds_at_once_are_all_done,
);

fn person(email: &str, shop: Option<ShopId>) -> NewPerson {
    NewPerson { email: email.to_owned(), name: "Lee".to_owned(), role: Role::Trainee, shop, password: None }
}

async fn a_company_has_a_name_of_its_own(office: Office) {
    let company = &office.company;
    assert_eq!(refused(company.add_organisation(" Pecos River Traders ").await), Code::InvalidInput);
    assert_eq!(refused(company.add_organisation(" ").await), Code::InvalidInput);
    let other = company.add_organisation("Another").await.unwrap();
    let known = company.organisations().await.unwrap();
    let known: Vec<_> = known.iter().map(|known| (known.id, known.name.as_str(), known.created_at.0)).collect();
    assert_eq!(known, [(other, "Another", MORNING), (office.organisation, "Pecos River Traders", MORNING)], "by name");
}

async fn a_store_has_a_name_of_its_own_in_its_company(office: Office) {
    let company = &office.company;
    let store = company.add_shop(office.organisation, None, "Store 1").await.unwrap();
    assert_eq!(refused(company.add_shop(office.organisation, None, " Store 1").await), Code::WrongState);
    assert_ne!(company.add_shop(office.organisation, None, "Store 2").await.unwrap(), store);
    let other = company.add_organisation("Another").await.unwrap();
    company.add_shop(other, None, "Store 1").await.expect("another company may call a store the same");
}

async fn an_address_belongs_to_one_person_of_a_company(office: Office) {
    let company = &office.company;
    let first = company.add_person(office.organisation, None, &person("lee@example.com", None)).await.unwrap();
    assert_eq!(refused(company.add_person(office.organisation, None, &person(" LEE@Example.com", None)).await), Code::InvalidInput);
    let other = company.add_organisation("Another").await.unwrap();
    let second =
        company.add_person(other, None, &person("lee@example.com", None)).await.expect("another company may know the same address");
    assert_ne!(first, second);
}

async fn nobody_works_at_a_store_that_the_company_does_not_have(office: Office) {
    let company = &office.company;
    let other = company.add_organisation("Another").await.unwrap();
    let theirs = company.add_shop(other, None, "Store 1").await.unwrap();
    for shop in [ShopId(Uuid::from_u128(7)), theirs] {
        assert_eq!(refused(company.add_person(office.organisation, None, &person("lee@example.com", Some(shop))).await), Code::NotFound);
    }
    company.add_person(other, None, &person("lee@example.com", Some(theirs))).await.unwrap();
}

async fn only_the_right_password_lets_somebody_in(office: Office) {
    let company = &office.company;
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    office.person("Lee", Role::Trainee).await;
    let signed_in = company.sign_in(" Dana@Example.com", PASSWORD, None, "till").await.unwrap();
    assert_eq!(signed_in.account.id, dana);
    let holder = company.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
    assert_eq!((holder.organisation, holder.account, holder.role, holder.shop), (office.organisation, dana, Role::Trainee, None));
    assert_eq!((holder.name.as_str(), holder.email.as_str()), ("Dana", "dana@example.com"));
    let mut said = Vec::new();
    for (email, password) in [("dana@example.com", "saddle boots canyons"), ("nobody@example.com", PASSWORD), ("lee@example.com", PASSWORD)]
    {
        let error = company.sign_in(email, password, None, "till").await.unwrap_err();
        assert_eq!(error.code, Code::SignInRefused, "{email}");
        said.push(error.message);
    }
    said.dedup();
    assert_eq!(said.len(), 1, "the refusal says who is known: {said:?}");
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, Some("Another"), "till").await), Code::SignInRefused);
}

async fn the_fifth_failure_locks_and_the_right_password_afterwards_forgets_them(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    for round in 0..2 {
        for _ in 0..4 {
            assert_eq!(refused(company.sign_in("dana@example.com", "wrong", None, "till").await), Code::SignInRefused);
        }
        company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap_or_else(|error| panic!("round {round}: {error}"));
    }
    for _ in 0..5 {
        assert_eq!(refused(company.sign_in("dana@example.com", "wrong", None, "till").await), Code::SignInRefused);
    }
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked);
    office.device.pass(59_999);
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked);
    office.device.pass(1);
    assert_eq!(refused(company.sign_in("dana@example.com", "wrong", None, "till").await), Code::SignInRefused, "the sixth");
    office.device.pass(60_000);
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked, "twice as long");
    office.device.pass(60_000);
    company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
}

async fn an_address_that_two_companies_know_needs_the_companys_name(office: Office) {
    let company = &office.company;
    let first = office.with_password(office.organisation, "dana@example.com").await;
    let other = company.add_organisation("Another").await.unwrap();
    let second = office.with_password(other, "dana@example.com").await;
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInRefused);
    for (name, account, organisation) in [("Pecos River Traders", first, office.organisation), ("Another", second, other)] {
        let signed_in = company.sign_in("dana@example.com", PASSWORD, Some(name), "till").await.unwrap();
        let holder = company.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
        assert_eq!((holder.account, holder.organisation), (account, organisation));
    }
}

async fn whoever_may_not_sign_in_any_more_is_refused_like_anybody(office: Office) {
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    office.records.sql(&format!("UPDATE account SET disabled_at = 1 WHERE id = {}", office.records.id(dana.0)));
    let office = office.opened_again().await;
    assert_eq!(refused(office.company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInRefused);
    assert_eq!(office.company.holder(signed_in.secret.reveal()).await.unwrap(), None, "what they were given before is worth nothing");
}

async fn a_new_password_signs_out_everywhere_and_is_the_only_one_from_then_on(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    let (one, other) = (
        company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap(),
        company.sign_in("dana@example.com", PASSWORD, None, "home").await.unwrap(),
    );
    let holder = company.holder(one.secret.reveal()).await.unwrap().unwrap();
    assert_eq!(refused(company.change_password(&holder, "wrong", "another good one").await), Code::SignInRefused);
    assert_eq!(refused(company.change_password(&holder, PASSWORD, "short").await), Code::InvalidInput);
    assert!(company.holder(other.secret.reveal()).await.unwrap().is_some(), "what was refused changed nothing");
    company.change_password(&holder, PASSWORD, "another good one").await.unwrap();
    for secret in [one.secret, other.secret] {
        assert_eq!(company.holder(secret.reveal()).await.unwrap(), None);
    }
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInRefused);
    company.sign_in("dana@example.com", "another good one", None, "till").await.unwrap();
}

fn network(number: u32) -> Network {
    IpAddr::from(Ipv4Addr::from_bits(number)).into()
}

/// Tries to sign Dana in from a network.
async fn tried(company: &Company, from: u32, email: &str, password: &str) -> Result<SignedIn, NotLetIn> {
    company.sign_in_from(network(from), email, password, None, "till").await
}

const DANA: &str = "dana@example.com";

async fn wrong_passwords_lock_the_network_out_that_they_came_from_and_no_other(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, DANA).await;
    for _ in 0..5 {
        assert_eq!(refused(tried(company, 1, DANA, "wrong").await), Code::SignInRefused);
    }
    for _ in 0..2 {
        assert_eq!(tried(company, 1, DANA, PASSWORD).await.unwrap_err(), NotLetIn::Locked { seconds: 60 });
        tried(company, 2, DANA, PASSWORD).await.expect("who knows the password somewhere else is let in, and does not unlock the first");
    }
    office.device.pass(59_001);
    assert_eq!(tried(company, 1, DANA, PASSWORD).await.unwrap_err(), NotLetIn::Locked { seconds: 1 });
    office.device.pass(999);
    tried(company, 1, DANA, PASSWORD).await.unwrap();
}

async fn an_address_that_nobody_has_is_locked_as_one_that_somebody_has(office: Office) {
    office.with_password(office.organisation, DANA).await;
    let mut heard = Vec::new();
    for email in [DANA, "nobody@example.com", "no\0body@example.com"] {
        let mut answers = Vec::new();
        for pause in [0, 0, 0, 0, 0, 0, 60_000, 0, 120_000, 0] {
            office.device.pass(pause);
            answers.push(tried(&office.company, 1, email, "wrong").await.map(|_| ()));
        }
        heard.push(answers);
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[0], heard[2]);
    assert!(heard[0].contains(&Err(NotLetIn::Locked { seconds: 240 })), "{:?}", heard[0]);
}

/// As many wrong ones from everywhere as this, the last of them just now.
fn failed(office: &Office, times: u32) {
    office.records.sql(&format!("UPDATE account SET failures = {times}, locked_until = {}", office.now()));
}

async fn guesses_from_everywhere_close_an_account_for_a_minute_in_every_process_and_nobody_is_told(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, DANA).await;
    let other = office.beside().await;
    failed(&office, 98);
    let wrong = tried(company, 1, DANA, "wrong").await.unwrap_err();
    assert_eq!(tried(&other, 2, DANA, "wrong").await.unwrap_err(), wrong, "the hundredth");
    for process in [company, &other] {
        assert_eq!(tried(process, 3, DANA, PASSWORD).await.unwrap_err(), wrong, "not even the right password says anything");
    }
    office.device.pass(60_000);
    assert_eq!(tried(company, 4, DANA, "wrong").await.unwrap_err(), wrong);
    assert_eq!(tried(&other, 5, DANA, PASSWORD).await.unwrap_err(), wrong);
    office.device.pass(60_000);
    tried(&other, 5, DANA, PASSWORD).await.expect("it does not get longer");
    tried(company, 6, DANA, "wrong").await.unwrap_err();
    tried(company, 6, DANA, PASSWORD).await.expect("the right one forgets those before");
    other.close();
}

async fn guesses_with_half_an_hour_in_between_close_nothing_to_others(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, DANA).await;
    for (pause, closes) in [(30 * 60_000 + 1, false), (30 * 60_000, true)] {
        failed(&office, 99);
        office.device.pass(pause);
        tried(company, 1, DANA, "wrong").await.unwrap_err();
        assert_eq!(tried(company, 2, DANA, PASSWORD).await.is_err(), closes, "after {pause} ms");
    }
}

async fn many_guesses_at_once_are_no_more_than_one_after_the_other(office: Office) {
    office.with_password(office.organisation, "dana@example.com").await;
    let guess = |password: &'static str| {
        let company = office.company.clone();
        tokio::spawn(async move { company.sign_in("dana@example.com", password, None, "till").await })
    };
    let guesses: Vec<_> = (0..24).map(|_| guess("wrong")).collect();
    let mut heard = 0;
    for guess in guesses {
        heard += usize::from(refused(guess.await.unwrap()) == Code::SignInRefused);
    }
    // The fifth locks; those that are written down meanwhile are few.
    assert!(heard <= 12, "{heard} were told that it is wrong");
    assert_eq!(refused(guess(PASSWORD).await.unwrap()), Code::SignInLocked);
}

async fn a_wrong_old_password_counts_like_a_sign_in_that_failed(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    let holder = company.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
    let change = async |old: &str| company.change_password(&holder, old, "another good one").await;
    assert_eq!(refused(company.sign_in("dana@example.com", "wrong", None, "till").await), Code::SignInRefused);
    for _ in 0..4 {
        assert_eq!(refused(change("wrong").await), Code::SignInRefused);
    }
    assert_eq!(refused(change(PASSWORD).await), Code::SignInLocked, "not even the right one says anything");
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked);
    office.device.pass(60_000);
    change(PASSWORD).await.unwrap();
    company.sign_in("dana@example.com", "another good one", None, "till").await.expect("a new password begins anew");
}

async fn somebody_known_to_two_companies_can_change_their_password(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    let other = company.add_organisation("Another").await.unwrap();
    office.with_password(other, "dana@example.com").await;
    let signed_in = company.sign_in("dana@example.com", PASSWORD, Some("Another"), "till").await.unwrap();
    let holder = company.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
    company.change_password(&holder, PASSWORD, "another good one").await.unwrap();
    company.sign_in("dana@example.com", "another good one", Some("Another"), "till").await.unwrap();
    company.sign_in("dana@example.com", PASSWORD, Some("Pecos River Traders"), "till").await.expect("there it is as it was");
}

async fn words_that_no_database_takes_are_refused_and_not_a_failure(office: Office) {
    let company = &office.company;
    let error = refused(company.sign_in("dana\0@example.com", PASSWORD, None, "till").await);
    assert_eq!(error, Code::SignInRefused);
    assert_eq!(refused(company.sign_in("dana@example.com", PASSWORD, Some("a\0b"), "till").await), Code::SignInRefused);
    assert_eq!(refused(company.add_organisation("a\0b").await), Code::InvalidInput);
    assert_eq!(refused(company.add_person(office.organisation, None, &person("lee\0@example.com", None)).await), Code::InvalidInput);
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = company.sign_in("dana@example.com", PASSWORD, None, "till\0 3\u{7}").await.unwrap();
    assert_eq!(signed_in.account.id, dana);
}

async fn many_deeds_at_once_are_all_done(office: Office) {
    let many = (0..40).map(|number| {
        let (company, organisation) = (office.company.clone(), office.organisation);
        tokio::spawn(async move { company.add_shop(organisation, None, &format!("Store {number}")).await })
    });
    for done in many.collect::<Vec<_>>() {
        done.await.unwrap().expect("each writes the next entry of the log, and waits for its turn");
    }
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(41));
}
