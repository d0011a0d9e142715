//! The log of what was done.

use sellme_core::company::Role;
use sellme_tests::company::{Office, PASSWORD};

rules!(
    everything_that_is_done_to_accounts_is_in_the_log,
    an_entry_that_was_changed_is_named,
    an_entry_that_is_missing_is_named,
    the_newest_entries_cannot_be_taken_away_unseen,
    each_company_has_a_log_of_its_own,
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
