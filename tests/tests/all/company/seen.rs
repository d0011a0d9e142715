//! Who sees which sessions.

use sellme_core::{
    Code,
    company::{Holder, Role},
    id::{SessionId, UserId},
    session::{Status, Visibility},
};
use sellme_tests::company::{CLAIMED, Office, begin, claim, refused};

rules!(
    a_trainee_sees_their_own_sessions_alone,
    a_manager_sees_what_was_submitted_and_what_is_their_own,
    a_list_is_cut_into_pages_without_a_gap_and_without_a_repeat,
    a_list_of_one_status_has_no_other,
);

/// Ids of a page, and how many there are.
async fn listed(office: &Office, holder: &Holder, of: Option<UserId>) -> (Vec<SessionId>, u32) {
    let listed = office.company.attempts(holder, of, None, 0, 200).await.unwrap();
    (listed.sessions.iter().map(|session| session.id).collect(), listed.total)
}

async fn begun(office: &Office, holder: &Holder, visibility: Visibility) -> SessionId {
    office.device.pass(1_000);
    office.company.begin(holder, begin(None, visibility)).await.unwrap().id
}

async fn a_trainee_sees_their_own_sessions_alone(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    let private = begun(&office, &dana, Visibility::Practice).await;
    let submitted = begun(&office, &dana, Visibility::Submitted).await;
    let lees = begun(&office, &lee, Visibility::Submitted).await;
    office.company.hand_in(&lee, lees, claim(CLAIMED, 4)).await.unwrap();
    office.compute().await;
    assert_eq!(listed(&office, &dana, None).await, (vec![submitted, private], 2), "the newest first");
    assert_eq!(listed(&office, &dana, Some(dana.account)).await.1, 2);
    assert_eq!(refused(office.company.attempts(&dana, Some(lee.account), None, 0, 9).await), Code::Forbidden);
    assert_eq!(refused(office.company.attempt(&dana, lees).await), Code::Forbidden);
    assert_eq!(refused(office.company.whole(&dana, lees).await), Code::Forbidden);
    assert_eq!(refused(office.company.computed_report(&dana, lees).await), Code::Forbidden);
    assert_eq!(refused(office.company.standing(&dana, lee.account).await), Code::Forbidden);
}

async fn a_manager_sees_what_was_submitted_and_what_is_their_own(office: Office) {
    let (dana, may) = (office.person("Dana", Role::Trainee).await, office.person("May", Role::Manager).await);
    let private = begun(&office, &dana, Visibility::Practice).await;
    let submitted = begun(&office, &dana, Visibility::Submitted).await;
    let own = begun(&office, &may, Visibility::Practice).await;
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = office.person_of(other, "Lee", Role::Trainee, None).await;
    let theirs = begun(&office, &stranger, Visibility::Submitted).await;
    for manager in [may.clone(), Holder { role: Role::Admin, ..may.clone() }] {
        assert_eq!(listed(&office, &manager, None).await, (vec![own, submitted], 2));
        assert_eq!(listed(&office, &manager, Some(dana.account)).await, (vec![submitted], 1));
        let nobody_here = office.company.attempts(&manager, Some(stranger.account), None, 0, 9).await;
        assert_eq!(refused(nobody_here), Code::NotFound);
        assert_eq!(office.company.attempt(&manager, submitted).await.unwrap().account, dana.account);
        assert_eq!(refused(office.company.whole(&manager, private).await), Code::Forbidden);
        assert_eq!(refused(office.company.whole(&manager, theirs).await), Code::NotFound);
    }
    office.company.hand_in(&dana, private, claim(CLAIMED, 4)).await.unwrap();
    assert_eq!(listed(&office, &may, Some(dana.account)).await.0, [submitted, private], "what is handed in is submitted");
}

async fn a_list_is_cut_into_pages_without_a_gap_and_without_a_repeat(office: Office) {
    let (dana, may) = (office.person("Dana", Role::Trainee).await, office.person("May", Role::Manager).await);
    let lee = office.person("Lee", Role::Trainee).await;
    for number in 0..11 {
        // Some at the same moment, some of somebody else, some that nobody else may see.
        if number % 3 == 0 {
            office.device.pass(1_000);
        }
        let holder = if number % 4 == 3 { &lee } else { &dana };
        let visibility = if number % 5 == 4 { Visibility::Practice } else { Visibility::Submitted };
        office.company.begin(holder, begin(None, visibility)).await.unwrap();
    }
    for (holder, of) in [(&dana, None), (&may, None), (&may, Some(lee.account))] {
        let (all, total) = listed(&office, holder, of).await;
        assert_eq!(all.len(), total as usize);
        assert!(all.len() > 1);
        let mut paged = Vec::new();
        for offset in (0..total + 3).step_by(3) {
            let page = office.company.attempts(holder, of, None, offset, 3).await.unwrap();
            assert_eq!(page.total, total);
            assert!(page.sessions.len() <= 3);
            paged.extend(page.sessions.iter().map(|session| session.id));
        }
        assert_eq!(paged, all);
    }
}

async fn a_list_of_one_status_has_no_other(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let open = begun(&office, &dana, Visibility::Submitted).await;
    let over = begun(&office, &dana, Visibility::Submitted).await;
    office.company.hand_in(&dana, over, claim(CLAIMED, 4)).await.unwrap();
    for (status, expected) in [(Status::InProgress, vec![open]), (Status::Completed, vec![over]), (Status::Abandoned, vec![])] {
        let page = office.company.attempts(&dana, None, Some(status), 0, 9).await.unwrap();
        assert_eq!(page.total as usize, expected.len());
        assert_eq!(page.sessions.iter().map(|session| session.id).collect::<Vec<_>>(), expected);
    }
}
