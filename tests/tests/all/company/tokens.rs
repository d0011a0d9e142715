//! Tokens: given, listed, ended.

use sellme_core::{
    Code, Millis,
    company::{Holder, TokenKind},
};
use sellme_tests::company::{Office, PASSWORD, refused};

const THIRTY_DAYS: i64 = 30 * 86_400_000;

rules!(
    a_token_ends_after_thirty_days,
    what_was_never_given_stands_for_nobody,
    a_token_that_was_ended_stands_for_nobody_and_the_others_go_on,
    nobody_ends_somebody_elses_token,
    ones_own_tokens_are_listed_the_newest_first_until_they_end,
    a_token_is_good_in_every_process,
    a_personal_token_may_do_all_but_see_to_tokens_and_passwords,
    a_personal_token_is_good_for_as_many_days_as_was_said,
    nobody_has_more_than_fifty_personal_tokens,
    whoever_signs_in_for_the_fifty_first_time_ends_the_oldest_of_their_sign_ins,
);

async fn a_token_ends_after_thirty_days(office: Office) {
    office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    assert_eq!(signed_in.expires_at, Millis(office.now() + THIRTY_DAYS));
    office.device.pass(THIRTY_DAYS - 1);
    assert!(office.company.holder(signed_in.secret.reveal()).await.unwrap().is_some());
    office.device.pass(1);
    assert_eq!(office.company.holder(signed_in.secret.reveal()).await.unwrap(), None);
}

async fn what_was_never_given_stands_for_nobody(office: Office) {
    office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    let shown = signed_in.secret.reveal();
    assert!(office.company.holder(shown).await.unwrap().is_some());
    let mut other = shown.to_owned();
    let last = if other.pop() == Some('A') { 'B' } else { 'A' };
    other.push(last);
    for shown in ["", "smp_", &other, &shown[4..], &format!("{shown}A")] {
        assert_eq!(office.company.holder(shown).await.unwrap(), None, "{shown}");
    }
}

async fn a_token_that_was_ended_stands_for_nobody_and_the_others_go_on(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    let (one, other) = (
        company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap(),
        company.sign_in("dana@example.com", PASSWORD, None, "home").await.unwrap(),
    );
    let holder = company.holder(one.secret.reveal()).await.unwrap().unwrap();
    company.sign_out(&holder, holder.token).await.unwrap();
    assert_eq!(company.holder(one.secret.reveal()).await.unwrap(), None);
    assert!(company.holder(other.secret.reveal()).await.unwrap().is_some());
    assert_eq!(refused(company.sign_out(&holder, holder.token).await), Code::NotFound, "it is gone");
}

async fn nobody_ends_somebody_elses_token(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    office.with_password(office.organisation, "lee@example.com").await;
    let (dana, lee) = (
        company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap(),
        company.sign_in("lee@example.com", PASSWORD, None, "till").await.unwrap(),
    );
    let (dana, lees) =
        (company.holder(dana.secret.reveal()).await.unwrap().unwrap(), company.holder(lee.secret.reveal()).await.unwrap().unwrap());
    assert_eq!(refused(company.sign_out(&dana, lees.token).await), Code::NotFound);
    assert_eq!(company.holder(lee.secret.reveal()).await.unwrap(), Some(lees));
}

async fn ones_own_tokens_are_listed_the_newest_first_until_they_end(office: Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    office.with_password(office.organisation, "lee@example.com").await;
    company.sign_in("lee@example.com", PASSWORD, None, "Lee's").await.unwrap();
    company.sign_in("dana@example.com", PASSWORD, None, "first").await.unwrap();
    office.device.pass(1_000);
    let second = company.sign_in("dana@example.com", PASSWORD, None, "second").await.unwrap();
    let holder = company.holder(second.secret.reveal()).await.unwrap().unwrap();
    let listed = company.tokens(&holder).await.unwrap();
    assert_eq!(listed.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["second", "first"]);
    assert_eq!((listed[0].id, listed[0].created_at, listed[0].expires_at), (holder.token, Millis(office.now()), second.expires_at));
    office.device.pass(THIRTY_DAYS - 1_000);
    let left = company.tokens(&holder).await.unwrap();
    assert_eq!(left.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["second"]);
}

async fn a_token_is_good_in_every_process(office: Office) {
    office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    let other = office.beside().await;
    let holder = other.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
    assert_eq!(office.company.holder(signed_in.secret.reveal()).await.unwrap(), Some(holder));
    other.close();
    let office = office.opened_again().await;
    assert!(office.company.holder(signed_in.secret.reveal()).await.unwrap().is_some(), "and after the next start");
}

/// Somebody who has just signed in.
async fn dana(office: &Office) -> Holder {
    office.with_password(office.organisation, "dana@example.com").await;
    let signed_in = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    office.company.holder(signed_in.secret.reveal()).await.unwrap().unwrap()
}

async fn a_personal_token_may_do_all_but_see_to_tokens_and_passwords(office: Office) {
    let company = &office.company;
    let dana = dana(&office).await;
    let made = company.make_token(&dana, " laptop ", Some(7)).await.unwrap();
    let personal = company.holder(made.secret.reveal()).await.unwrap().unwrap();
    assert_eq!((personal.account, personal.role, personal.kind), (dana.account, dana.role, TokenKind::Personal));
    let kinds: Vec<_> = company.tokens(&personal).await.unwrap().into_iter().map(|token| (token.name, token.kind)).collect();
    assert_eq!(kinds, [("laptop".to_owned(), TokenKind::Personal), ("till".to_owned(), TokenKind::SignIn)]);
    office.begin(&personal).await;
    assert_eq!(refused(company.make_token(&personal, "more", None).await), Code::Forbidden);
    assert_eq!(refused(company.change_password(&personal, PASSWORD, "another good one").await), Code::Forbidden);
    assert_eq!(refused(company.sign_out(&personal, dana.token).await), Code::Forbidden);
    assert!(company.sign_in("dana@example.com", PASSWORD, None, "till").await.is_ok(), "what was refused changed nothing");
    company.sign_out(&personal, personal.token).await.expect("it may end itself");
    assert_eq!(company.holder(made.secret.reveal()).await.unwrap(), None);
    let made = company.make_token(&dana, "laptop", None).await.unwrap();
    company.sign_out(&dana, made.info.id).await.expect("and its owner may end it");
    assert_eq!(company.holder(made.secret.reveal()).await.unwrap(), None);
    let made = company.make_token(&dana, "laptop", None).await.unwrap();
    company.change_password(&dana, PASSWORD, "another good one").await.unwrap();
    assert_eq!(company.holder(made.secret.reveal()).await.unwrap(), None, "a new password ends them all");
}

async fn a_personal_token_is_good_for_as_many_days_as_was_said(office: Office) {
    const DAY: i64 = 86_400_000;
    let company = &office.company;
    let dana = dana(&office).await;
    for (days, lasts) in [(Some(1), 1), (Some(366), 366), (None, 90)] {
        let made = company.make_token(&dana, "laptop", days).await.unwrap();
        assert_eq!(made.info.expires_at, Millis(office.now() + lasts * DAY));
    }
    for (name, days) in [("laptop", Some(0)), ("laptop", Some(367)), ("", None), ("a\nb", None)] {
        assert_eq!(refused(company.make_token(&dana, name, days).await), Code::InvalidInput, "{name} {days:?}");
    }
    let short = company.make_token(&dana, "laptop", Some(1)).await.unwrap();
    office.device.pass(DAY);
    assert_eq!(company.holder(short.secret.reveal()).await.unwrap(), None);
}

async fn nobody_has_more_than_fifty_personal_tokens(office: Office) {
    let company = &office.company;
    let dana = dana(&office).await;
    for number in 0..50 {
        company.make_token(&dana, &format!("laptop {number}"), Some(1)).await.unwrap();
    }
    assert_eq!(refused(company.make_token(&dana, "laptop", None).await), Code::WrongState);
    office.device.pass(86_400_000);
    company.make_token(&dana, "laptop", None).await.expect("those that have ended do not count");
}

async fn whoever_signs_in_for_the_fifty_first_time_ends_the_oldest_of_their_sign_ins(office: Office) {
    let company = &office.company;
    let dana = dana(&office).await;
    office.with_password(office.organisation, "lee@example.com").await;
    let others = company.sign_in("lee@example.com", PASSWORD, None, "till").await.unwrap();
    let laptop = company.make_token(&dana, "laptop", None).await.unwrap();
    let mut signed_in = Vec::new();
    for number in 0..49 {
        office.device.pass(1_000);
        signed_in.push(company.sign_in("dana@example.com", PASSWORD, None, &format!("{number}")).await.unwrap().secret);
    }
    assert_eq!(company.tokens(&dana).await.unwrap().len(), 51, "fifty sign-ins, and the laptop");
    assert!(company.holder(signed_in[0].reveal()).await.unwrap().is_some());
    let first = signed_in[0].reveal();
    // The very first, which was Dana's own, then the one after that.
    for (number, still_good) in [(49, true), (50, false)] {
        office.device.pass(1_000);
        company.sign_in("dana@example.com", PASSWORD, None, &format!("{number}")).await.unwrap();
        assert_eq!(company.holder(first).await.unwrap().is_some(), still_good, "{number}");
        assert_eq!(company.tokens(&dana).await.unwrap().len(), 51);
    }
    for token in [&others.secret, &laptop.secret, &signed_in[1], &signed_in[48]] {
        assert!(company.holder(token.reveal()).await.unwrap().is_some(), "others go on");
    }
}
