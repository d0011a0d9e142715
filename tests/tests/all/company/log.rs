//! The log of what was done.

use sellme_app::company::{Begin, CallCaps, Manager, Period};
use sellme_core::{Code, company::Role, id::SessionId, session::Visibility};
use sellme_tests::company::{CLAIMED, Office, PASSWORD, begin, claim, refused};
use uuid::Uuid;

rules!(
    everything_that_is_done_to_accounts_is_in_the_log,
    an_entry_that_was_changed_is_named,
    an_entry_that_is_missing_is_named,
    the_newest_entries_cannot_be_taken_away_unseen,
    each_company_has_a_log_of_its_own,
    what_an_admin_does_for_somebody_is_in_the_log_and_what_is_done_for_oneself_is_not,
    that_figures_and_boards_were_taken_is_in_the_log,
);

/// Seven deeds: a company, three people, one who slips and then signs in and out.
async fn deeds(office: &Office) {
    let company = &office.company;
    office.with_password(office.organisation, "dana@example.com").await;
    office.person("Lee", Role::Manager).await;
    office.person("Kim", Role::Admin).await;
    company.sign_in("dana@example.com", "wrong", None, "till").await.unwrap_err();
    let signed_in = company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
    let holder = company.holder(signed_in.secret.reveal()).await.unwrap().unwrap();
    company.sign_out(&holder, holder.token).await.unwrap();
}

async fn everything_that_is_done_to_accounts_is_in_the_log(office: Office) {
    deeds(&office).await;
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(7));
    let expected =
        ["organisation.created", "account.created", "account.created", "account.created", "sign_in.failed", "sign_in", "sign_out"];
    for (action, seq) in expected.into_iter().zip(1..) {
        assert_eq!(office.records.sql(&format!("SELECT action FROM audit WHERE seq = {seq}")), action);
    }
    let secrets = office
        .records
        .sql(&format!("SELECT count(*) FROM audit WHERE detail LIKE '%{PASSWORD}%' OR detail LIKE '%smp_%' OR detail LIKE '%argon2%'"));
    assert_eq!(secrets, "0");
    let office = office.opened_again().await;
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(7));
}

async fn an_entry_that_was_changed_is_named(office: Office) {
    deeds(&office).await;
    let id = office.records.id(office.organisation.0);
    for (column, changed) in [
        ("detail", "replace(detail, 'manager', 'mamager')"),
        ("subject", "replace(subject, '-7', '-6')"),
        ("action", "replace(action, 'account', 'Account')"),
        ("at", "at + 1"),
        ("actor", &id),
    ] {
        let was = office.records.sql(&format!("SELECT CAST({column} AS TEXT) FROM audit WHERE seq = 3"));
        office.records.sql(&format!("UPDATE audit SET {column} = {changed} WHERE seq = 3"));
        assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Err(3), "{column}");
        let back = if column == "actor" { "NULL".to_owned() } else { format!("'{was}'") };
        office.records.sql(&format!("UPDATE audit SET {column} = {back} WHERE seq = 3"));
        assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(7));
    }
}

async fn an_entry_that_is_missing_is_named(office: Office) {
    deeds(&office).await;
    office.records.sql("DELETE FROM audit WHERE seq = 4");
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Err(4));
    // Nor does it help to number the others anew.
    for seq in 5..8 {
        office.records.sql(&format!("UPDATE audit SET seq = {} WHERE seq = {seq}", seq - 1));
    }
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Err(4));
}

async fn each_company_has_a_log_of_its_own(office: Office) {
    deeds(&office).await;
    let other = office.company.add_organisation("Another").await.unwrap();
    office.with_password(other, "dana@another.example").await;
    office.company.sign_in("dana@another.example", PASSWORD, None, "till").await.unwrap();
    let theirs = office.records.id(other.0);
    office.records.sql(&format!("UPDATE audit SET detail = '{{}}' WHERE seq = 2 AND organisation = {theirs}"));
    assert_eq!(office.company.check_audit(other).await.unwrap(), Err(2));
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(7));
}

async fn the_newest_entries_cannot_be_taken_away_unseen(office: Office) {
    deeds(&office).await;
    let (company, organisation) = (&office.company, office.organisation);
    let noted = company.audit_mark(organisation).await.unwrap();
    assert!(noted.to_string().starts_with("7:"), "{noted}");
    assert!(company.audit_has(organisation, noted).await.unwrap());
    office.records.sql("DELETE FROM audit WHERE seq > 5");
    assert_eq!(company.check_audit(organisation).await.unwrap(), Err(6));
    // Whatever is done afterwards does not close the gap.
    office.person("Max", Role::Trainee).await;
    assert_eq!(company.check_audit(organisation).await.unwrap(), Err(6));
    // Whoever changes what is kept apart too is found out by what was noted elsewhere.
    office.records.sql("DELETE FROM audit WHERE seq > 5");
    let fifth = office.records.sql("SELECT seq FROM audit WHERE seq = 5");
    office.records.sql(&format!("UPDATE organisation SET audit_seq = {fifth}, audit_hash = (SELECT hash FROM audit WHERE seq = 5)"));
    assert_eq!(company.check_audit(organisation).await.unwrap(), Ok(5));
    assert!(!company.audit_has(organisation, noted).await.unwrap());
    for name in ["Pat", "Rae"] {
        office.person(name, Role::Trainee).await;
    }
    assert_eq!(company.check_audit(organisation).await.unwrap(), Ok(7));
    assert!(!company.audit_has(organisation, noted).await.unwrap(), "another seventh entry is not that one");
}

/// What was done, the newest last, after so many entries.
fn done(office: &Office, after: i64) -> Vec<String> {
    let count: i64 = office.records.sql("SELECT count(*) FROM audit").parse().unwrap();
    (after + 1..=count).map(|seq| office.records.sql(&format!("SELECT action FROM audit WHERE seq = {seq}"))).collect()
}

async fn what_an_admin_does_for_somebody_is_in_the_log_and_what_is_done_for_oneself_is_not(office: Office) {
    let (dana, ada) = (office.person("Dana", Role::Trainee).await, office.person("Ada", Role::Admin).await);
    let company = &office.company;
    let before = company.check_audit(office.organisation).await.unwrap().unwrap();
    for holder in [&dana, &ada] {
        let session = office.begin(holder).await.id;
        company.grant_call(holder, session, None, CallCaps::default()).await.unwrap();
        company.end_calls(holder, session).await.unwrap();
        company.hand_in(holder, session, claim(CLAIMED, 3)).await.unwrap();
    }
    assert_eq!(done(&office, before), [""; 0]);

    let session = SessionId(Uuid::from_u128(7));
    let for_dana = || Begin { user_id: Some(dana.account), ..begin(Some(session), Visibility::Submitted) };
    // Once more is no other.
    for _ in 0..2 {
        company.begin(&ada, for_dana()).await.unwrap();
    }
    company.grant_call(&ada, session, None, CallCaps::default()).await.unwrap();
    for _ in 0..2 {
        company.end_calls(&ada, session).await.unwrap();
    }
    for _ in 0..2 {
        company.hand_in(&ada, session, claim(CLAIMED, 3)).await.unwrap();
    }
    assert_eq!(refused(company.hand_in(&ada, session, claim(CLAIMED, 4)).await), Code::WrongState);
    let expected = ["session.begun", "call.opened", "call.ended", "session.completed"];
    assert_eq!(done(&office, before), expected);
    let theirs = format!("SELECT count(*) FROM audit WHERE actor = {} AND subject = '{session}'", office.records.id(ada.account.0));
    assert_eq!(office.records.sql(&theirs), "4");
    assert_eq!(company.check_audit(office.organisation).await.unwrap(), Ok(before + 4));
}

async fn that_figures_and_boards_were_taken_is_in_the_log(office: Office) {
    let (lee, ada) = (office.person("Lee", Role::Manager).await, office.person("Ada", Role::Admin).await);
    let before = office.company.check_audit(office.organisation).await.unwrap().unwrap();
    for holder in [lee, ada] {
        let by = Manager::of(holder).unwrap();
        office.company.team_figures(&by, Period::AllTime, None).await.unwrap();
        office.company.export_team(&by, Period::AllTime, None).await.unwrap();
        office.company.board_exported(&by, None).await.unwrap();
    }
    assert_eq!(done(&office, before), ["team.exported", "leaderboard.exported", "team.exported", "leaderboard.exported"]);
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), Ok(before + 4));
}
