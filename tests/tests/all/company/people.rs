//! Companies, their stores and their people, and how they sign in.

use sellme_app::company::NewPerson;
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
