//! Signing in at the company's own sign-in service, as far as the records go.

use sellme_app::company::Vouched;
use sellme_core::Code;
use sellme_tests::company::{Office, refused};

rules!(
    a_sign_in_elsewhere_ends_once_in_the_browser_where_it_began,
    a_sign_in_elsewhere_takes_ten_minutes_at_most,
    a_sign_in_that_began_in_one_process_ends_in_any,
    only_a_verified_address_of_somebody_who_may_sign_in_lets_in,
);

async fn a_sign_in_elsewhere_ends_once_in_the_browser_where_it_began(office: Office) {
    let company = &office.company;
    let (mine, other) = (company.begin_elsewhere(None).await.unwrap(), company.begin_elsewhere(Some("Pecos River Traders")).await.unwrap());
    let (state, browser) = (mine.state.reveal(), mine.browser.reveal());
    for (state, browser) in [(state, ""), ("", browser), (state, other.browser.reveal()), (other.state.reveal(), browser), (browser, state)]
    {
        assert_eq!(refused(company.end_elsewhere(state, browser).await), Code::SignInRefused);
    }
    assert_eq!(company.end_elsewhere(state, browser).await.unwrap(), office.organisation);
    assert_eq!(refused(company.end_elsewhere(state, browser).await), Code::SignInRefused, "once");
    assert_eq!(office.records.sql("SELECT count(*) FROM sign_in"), "1", "and the other goes on");
    company.add_organisation("Another").await.unwrap();
    assert_eq!(refused(company.begin_elsewhere(None).await), Code::InvalidInput, "which of the two?");
    assert_eq!(refused(company.begin_elsewhere(Some("Nobody")).await), Code::SignInRefused);
}

async fn a_sign_in_elsewhere_takes_ten_minutes_at_most(office: Office) {
    let company = &office.company;
    let (first, second) = (company.begin_elsewhere(None).await.unwrap(), company.begin_elsewhere(None).await.unwrap());
    office.device.pass(10 * 60_000 - 1);
    company.end_elsewhere(first.state.reveal(), first.browser.reveal()).await.unwrap();
    office.device.pass(1);
    assert_eq!(refused(company.end_elsewhere(second.state.reveal(), second.browser.reveal()).await), Code::SignInRefused);
    company.begin_elsewhere(None).await.unwrap();
    assert_eq!(office.records.sql("SELECT count(*) FROM sign_in"), "1", "those that have ended are not kept");
}

async fn a_sign_in_that_began_in_one_process_ends_in_any(office: Office) {
    let other = office.beside().await;
    let begun = office.company.begin_elsewhere(None).await.unwrap();
    other.end_elsewhere(begun.state.reveal(), begun.browser.reveal()).await.unwrap();
    assert_eq!(refused(office.company.end_elsewhere(begun.state.reveal(), begun.browser.reveal()).await), Code::SignInRefused);
    other.close();
}

async fn only_a_verified_address_of_somebody_who_may_sign_in_lets_in(office: Office) {
    let company = &office.company;
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let lee = office.with_password(office.organisation, "lee@example.com").await;
    let other = company.add_organisation("Another").await.unwrap();
    office.with_password(other, "kim@example.com").await;
    office.records.sql(&format!("UPDATE account SET disabled_at = 1 WHERE id = {}", office.records.id(lee.0)));
    let vouched = |email: Option<&str>, is_verified| Vouched { email: email.map(str::to_owned), is_verified };
    for wrong in [
        vouched(None, true),
        vouched(Some("dana@example.com"), false),
        vouched(Some("nobody@example.com"), true),
        vouched(Some("kim@example.com"), true),
        vouched(Some("lee@example.com"), true),
        vouched(Some("dana@example.com\0"), true),
    ] {
        assert_eq!(refused(company.sign_in_vouched(office.organisation, &wrong, "browser").await), Code::SignInRefused, "{wrong:?}");
    }
    let signed_in = company.sign_in_vouched(office.organisation, &vouched(Some("Dana@Example.com"), true), "browser").await.unwrap();
    assert_eq!(company.holder(signed_in.secret.reveal()).await.unwrap().unwrap().account, dana);
    let refusals = office.records.sql("SELECT count(*) FROM audit WHERE action = 'sign_in.refused'");
    assert_eq!(refusals, "6");
}
