//! Invitations: for whom, how long, how often.

use sellme_core::{Code, company::Role};
use sellme_tests::company::{Office, PASSWORD, refused};

use super::{admin, invited};

const WEEK: i64 = 7 * 86_400_000;
const NEW: &str = "another saddle canyon";

rules!(
    an_invitation_is_good_for_a_week,
    an_invitation_is_used_once_even_by_two_at_once,
    whoever_accepts_ends_what_was_given_before,
    an_invitation_is_kept_as_a_hash_and_in_no_log,
    what_is_no_invitation_lets_nobody_in,
);

async fn an_invitation_is_good_for_a_week(office: Office) {
    let by = admin(&office).await;
    let (_, first) = office.company.invite_person(&by, &invited("Kim", Role::Trainee, None)).await.unwrap();
    let (_, second) = office.company.invite_person(&by, &invited("Jo", Role::Trainee, None)).await.unwrap();
    assert_eq!(first.expires_at.0, office.now() + WEEK);
    office.device.pass(WEEK - 1);
    office.company.accept_invitation(first.secret.reveal(), NEW, "till").await.expect("to the last moment");
    office.device.pass(1);
    assert_eq!(refused(office.company.accept_invitation(second.secret.reveal(), NEW, "till").await), Code::SignInRefused);
}

async fn an_invitation_is_used_once_even_by_two_at_once(office: Office) {
    let by = admin(&office).await;
    let (kim, invitation) = office.company.invite_person(&by, &invited("Kim", Role::Manager, None)).await.unwrap();
    let accept = |password: &'static str| {
        let (company, shown) = (office.company.clone(), invitation.secret.reveal().to_owned());
        tokio::spawn(async move { company.accept_invitation(&shown, password, "till").await })
    };
    let (one, other) = (accept(NEW), accept("a saddle of somebody else"));
    let (one, other) = (one.await.unwrap(), other.await.unwrap());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let entered = one.as_ref().or(other.as_ref()).unwrap();
    assert_eq!(entered.account, kim.account);
    let holder = office.company.holder(entered.secret.reveal()).await.unwrap().unwrap();
    assert_eq!((holder.account, holder.role), (kim.account.id, Role::Manager));
}

async fn whoever_accepts_ends_what_was_given_before(office: Office) {
    let by = admin(&office).await;
    let dana = office.with_password(office.organisation, "dana@example.com").await;
    let token = office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap().secret;
    for _ in 0..6 {
        let _ = office.company.sign_in("dana@example.com", "wrong", None, "till").await;
    }
    assert_eq!(refused(office.company.sign_in("dana@example.com", PASSWORD, None, "till").await), Code::SignInLocked);
    let invitation = office.company.invite(&by, dana, false).await.unwrap();
    assert!(office.company.holder(token.reveal()).await.unwrap().is_some(), "nothing ends by an invitation alone");
    office.company.accept_invitation(invitation.secret.reveal(), NEW, "till").await.unwrap();
    assert_eq!(office.company.holder(token.reveal()).await.unwrap(), None);
    office.company.sign_in("dana@example.com", NEW, None, "till").await.expect("no lock is left");
    let reset = office.company.invite(&by, dana, true).await.unwrap();
    assert_eq!(refused(office.company.sign_in("dana@example.com", NEW, None, "till").await), Code::SignInRefused);
    office.company.accept_invitation(reset.secret.reveal(), PASSWORD, "till").await.unwrap();
    office.company.sign_in("dana@example.com", PASSWORD, None, "till").await.unwrap();
}

async fn an_invitation_is_kept_as_a_hash_and_in_no_log(office: Office) {
    let by = admin(&office).await;
    let (_, invitation) = office.company.invite_person(&by, &invited("Kim", Role::Trainee, None)).await.unwrap();
    assert!(invitation.secret.reveal().starts_with("smi_"));
    assert_eq!(format!("{invitation:?}").matches("smi_").count(), 0);
    assert_eq!(office.records.sql("SELECT length(hash) FROM invitation"), "32");
    assert_eq!(office.records.sql("SELECT count(*) FROM audit WHERE detail LIKE '%smi_%'"), "0");
}

async fn what_is_no_invitation_lets_nobody_in(office: Office) {
    let by = admin(&office).await;
    let (_, invitation) = office.company.invite_person(&by, &invited("Kim", Role::Trainee, None)).await.unwrap();
    let shown = invitation.secret.reveal();
    let as_person = shown.replacen("smi_", "smp_", 1);
    for wrong in ["", "smi_", &shown[..shown.len() - 1], &as_person, "a\0b"] {
        assert_eq!(refused(office.company.accept_invitation(wrong, NEW, "till").await), Code::SignInRefused, "{wrong}");
    }
    assert_eq!(office.company.holder(shown).await.unwrap(), None, "it is no token");
    assert_eq!(refused(office.company.accept_invitation(shown, "short", "till").await), Code::InvalidInput);
    office.company.accept_invitation(shown, NEW, "till").await.expect("what was refused used nothing up");
}
