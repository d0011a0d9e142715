//! Sessions: begun, handed in, computed.

use sellme_app::company::{Begin, WholeAttempt};
use sellme_core::{
    Code,
    company::{Claim, ClaimedMetrics, Role, Verification},
    id::{SessionId, UserId},
    session::{Status, Visibility},
};
use sellme_tests::company::{CLAIMED, Office, begin, claim, refused, transcript};
use uuid::Uuid;

rules!(
    the_same_session_begun_twice_is_one,
    an_id_that_is_taken_begins_no_other_session,
    only_an_admin_begins_for_somebody_else,
    the_same_handed_in_twice_is_kept_once,
    something_else_handed_in_later_is_refused_and_the_first_is_kept,
    nobody_hands_in_for_somebody_else_but_an_admin,
    what_is_not_there_cannot_be_handed_in,
    what_cannot_be_read_is_refused_and_the_session_goes_on,
    of_two_that_hand_in_at_once_one_is_kept,
    of_many_at_once_what_is_refused_takes_none_of_the_others_with_it,
    a_claim_that_the_transcript_bears_out_is_verified_and_any_other_differs,
    what_is_too_short_has_a_report_and_no_score,
    a_report_is_computed_once,
);

const ANY: SessionId = SessionId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001));

async fn the_same_session_begun_twice_is_one(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let first = office.company.begin(&dana, begin(Some(ANY), Visibility::Practice)).await.unwrap();
    assert_eq!((first.id, first.status, first.account, first.visibility), (ANY, Status::InProgress, dana.account, Visibility::Practice));
    office.device.pass(5_000);
    assert_eq!(office.company.begin(&dana, begin(Some(ANY), Visibility::Practice)).await.unwrap(), first);
    let ended = office.company.hand_in(&dana, ANY, claim(CLAIMED, 2)).await.unwrap();
    assert_eq!(office.company.begin(&dana, begin(Some(ANY), Visibility::Practice)).await.unwrap(), ended, "also once it is over");
    assert_eq!(office.company.attempts(&dana, None, None, 0, 9).await.unwrap().total, 1);
}

async fn an_id_that_is_taken_begins_no_other_session(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    office.company.begin(&dana, begin(Some(ANY), Visibility::Submitted)).await.unwrap();
    assert_eq!(refused(office.company.begin(&lee, begin(Some(ANY), Visibility::Submitted)).await), Code::WrongState);
    let other = Begin { scenario_id: "pilbara-friendly-easy".to_owned(), ..begin(Some(ANY), Visibility::Submitted) };
    assert_eq!(refused(office.company.begin(&dana, other).await), Code::WrongState);
    assert_eq!(office.company.attempt(&dana, ANY).await.unwrap().account, dana.account);
}

async fn only_an_admin_begins_for_somebody_else(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let of = |user: UserId| Begin { user_id: Some(user), ..begin(None, Visibility::Submitted) };
    for (name, role) in [("Lee", Role::Trainee), ("May", Role::Manager)] {
        let holder = office.person(name, role).await;
        assert_eq!(refused(office.company.begin(&holder, of(dana.account)).await), Code::Forbidden);
    }
    let admin = office.person("Ann", Role::Admin).await;
    assert_eq!(office.company.begin(&admin, of(dana.account)).await.unwrap().account, dana.account);
    assert_eq!(refused(office.company.begin(&admin, of(UserId(Uuid::from_u128(7)))).await), Code::NotFound);
    let unknown = Begin { scenario_id: "nobody".to_owned(), ..begin(None, Visibility::Submitted) };
    assert_eq!(refused(office.company.begin(&dana, unknown).await), Code::NotFound);
}

async fn the_same_handed_in_twice_is_kept_once(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let id = office.begin(&dana).await.id;
    office.device.pass(60_000);
    let first = office.company.hand_in(&dana, id, claim(CLAIMED, 6)).await.unwrap();
    assert_eq!((first.status, first.verification), (Status::Completed, Some(Verification::Pending)));
    assert_eq!((first.claimed_score, first.score), (Some(44), None), "by the weights");
    assert_eq!(first.ended_at.map(|ended| ended.0), Some(office.now()));
    office.device.pass(60_000);
    assert_eq!(office.company.hand_in(&dana, id, claim(CLAIMED, 6)).await.unwrap(), first);
    assert_eq!(office.compute().await, 1);
    let again = office.company.hand_in(&dana, id, claim(CLAIMED, 6)).await.unwrap();
    assert_eq!((again.ended_at, again.verification), (first.ended_at, Some(Verification::Differs)), "and once more after it was computed");
    assert_eq!(office.compute().await, 0);
    let WholeAttempt { attempt: whole, handed_in, .. } = office.company.whole(&dana, id).await.unwrap();
    assert_eq!((whole, handed_in), (again, Some(("Went well.".to_owned(), transcript(6)))));
}

async fn something_else_handed_in_later_is_refused_and_the_first_is_kept(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let first = office.practise(&dana, 6).await;
    let figures = ClaimedMetrics { rapport: Some(4.0), ..CLAIMED };
    let words = Claim { feedback: "Went badly.".to_owned(), ..claim(CLAIMED, 6) };
    for other in [claim(CLAIMED, 7), claim(figures, 6), words] {
        assert_eq!(refused(office.company.hand_in(&dana, first.id, other).await), Code::WrongState);
    }
    let kept = office.company.whole(&dana, first.id).await.unwrap();
    assert_eq!((kept.attempt, kept.handed_in), (first, Some(("Went well.".to_owned(), transcript(6)))));
}

async fn nobody_hands_in_for_somebody_else_but_an_admin(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let id = office.begin(&dana).await.id;
    for (name, role) in [("Lee", Role::Trainee), ("May", Role::Manager)] {
        let holder = office.person(name, role).await;
        assert_eq!(refused(office.company.hand_in(&holder, id, claim(CLAIMED, 6)).await), Code::Forbidden);
    }
    assert_eq!(office.company.attempt(&dana, id).await.unwrap().status, Status::InProgress);
    let admin = office.person("Ann", Role::Admin).await;
    let ended = office.company.hand_in(&admin, id, claim(CLAIMED, 6)).await.unwrap();
    assert_eq!((ended.account, ended.status), (dana.account, Status::Completed));
}

async fn what_is_not_there_cannot_be_handed_in(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let other = office.company.add_organisation("Another").await.unwrap();
    let theirs = office.person_of(other, "Lee", Role::Admin, None).await;
    office.company.begin(&theirs, begin(Some(ANY), Visibility::Submitted)).await.unwrap();
    for holder in [&dana, &office.person("Ann", Role::Admin).await] {
        assert_eq!(refused(office.company.hand_in(holder, ANY, claim(CLAIMED, 6)).await), Code::NotFound, "another company's");
        assert_eq!(refused(office.company.attempt(holder, ANY).await), Code::NotFound);
    }
    let mine = office.company.begin(&dana, begin(Some(ANY), Visibility::Submitted)).await.expect("another company's id is free here");
    assert_eq!(mine.account, dana.account);
}

async fn what_cannot_be_read_is_refused_and_the_session_goes_on(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let id = office.begin(&dana).await.id;
    let with = |transcript: &str| Claim { transcript: transcript.to_owned(), ..claim(CLAIMED, 6) };
    for wrong in [
        with("{"),
        with(r#"[{"role":"owner","text":"a"}]"#),
        claim(ClaimedMetrics { rapport: Some(101.0), ..CLAIMED }, 6),
        claim(ClaimedMetrics { rapport: Some(f64::NAN), ..CLAIMED }, 6),
        Claim { feedback: "x".repeat(20_001), ..claim(CLAIMED, 6) },
        Claim { feedback: "a\0b".to_owned(), ..claim(CLAIMED, 6) },
    ] {
        assert_eq!(refused(office.company.hand_in(&dana, id, wrong.clone()).await), Code::InvalidInput, "{wrong:?}");
    }
    let said = r#"[{"role":"rep","text":"a\u0000b 🐎 \ud83d"}]"#;
    assert_eq!(refused(office.company.hand_in(&dana, id, with(said)).await), Code::InvalidInput, "half a letter");
    let said = r#"[{"role":"rep","text":"a\u0000b 🐎 piñon"}]"#;
    let ended = office.company.hand_in(&dana, id, with(said)).await.unwrap();
    assert_eq!(ended.status, Status::Completed);
    assert_eq!(office.company.whole(&dana, id).await.unwrap().handed_in.unwrap().1, said, "to the letter");
}

async fn of_two_that_hand_in_at_once_one_is_kept(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    for _ in 0..8 {
        let id = office.begin(&dana).await.id;
        let hand_in = |lines| {
            let (company, dana) = (office.company.clone(), dana.clone());
            tokio::spawn(async move { (lines, company.hand_in(&dana, id, claim(CLAIMED, lines)).await) })
        };
        let mut kept = Vec::new();
        for answer in [4, 5, 4, 5].map(hand_in) {
            match answer.await.unwrap() {
                (lines, Ok(attempt)) => kept.push((lines, attempt)),
                (_, Err(error)) => assert_eq!(error.code, Code::WrongState),
            }
        }
        let [(lines, one), (same, other)] = &kept[..] else { panic!("{kept:?}") };
        assert_eq!((lines, one), (same, other));
        assert_eq!(office.company.whole(&dana, id).await.unwrap().handed_in.unwrap().1, transcript(*lines));
    }
    assert_eq!(office.compute().await, 8);
}

async fn of_many_at_once_what_is_refused_takes_none_of_the_others_with_it(office: Office) {
    let (dana, ann) = (office.person("Dana", Role::Trainee).await, office.person("Ann", Role::Admin).await);
    let nobody = UserId(Uuid::from_u128(7));
    let asked: Vec<_> = (0..96)
        .map(|number| {
            let of = if number % 3 == 0 { nobody } else { dana.account };
            let (company, ann) = (office.company.clone(), ann.clone());
            tokio::spawn(async move { (of, company.begin(&ann, Begin { user_id: Some(of), ..begin(None, Visibility::Submitted) }).await) })
        })
        .collect();
    let mut begun = Vec::new();
    for answer in asked {
        match answer.await.unwrap() {
            (of, Ok(attempt)) => begun.push((of, attempt.id)),
            (of, Err(error)) => assert_eq!((of, error.code), (nobody, Code::NotFound)),
        }
    }
    assert_eq!(begun.len(), 64);
    assert!(begun.iter().all(|(of, _)| *of == dana.account));
    for (_, id) in &begun {
        assert_eq!(office.company.attempt(&ann, *id).await.unwrap().account, dana.account);
    }
    let noted = office.records.sql("SELECT count(*) FROM audit WHERE action = 'session.begun'");
    assert_eq!(noted, "64", "each is written down once");
    assert!(office.company.check_audit(office.organisation).await.unwrap().is_ok());
}

async fn a_claim_that_the_transcript_bears_out_is_verified_and_any_other_differs(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let first = office.practise(&dana, 12).await;
    assert_eq!(office.company.computed_report(&dana, first.id).await.unwrap(), None, "not yet");
    office.compute().await;
    let computed = office.company.attempt(&dana, first.id).await.unwrap();
    let report = office.company.computed_report(&dana, first.id).await.unwrap().unwrap();
    assert_eq!(computed.verification, Some(Verification::Differs));
    assert_eq!((computed.score, computed.metrics), (report.overall_score, report.metrics));
    assert_eq!((computed.outcome, computed.rubric), (Some(report.outcome), Some(report.rubric.version.clone())));
    assert_eq!(
        (computed.claimed_score, computed.claimed_metrics.as_ref()),
        (first.claimed_score, first.claimed_metrics.as_ref()),
        "beside it"
    );
    assert!(report.overall_score.is_some(), "a whole conversation is scored");
    let figure = |score: Option<u8>| score.map(f64::from);
    let honest = ClaimedMetrics {
        product_knowledge: figure(report.metrics.product_knowledge),
        objection_handling: figure(report.metrics.objection_handling),
        closing_technique: figure(report.metrics.closing_technique),
        rapport: figure(report.metrics.rapport),
    };
    let off = ClaimedMetrics {
        product_knowledge: figure(report.metrics.product_knowledge.map(|score| if score > 50 { score - 1 } else { score + 1 })),
        ..honest
    };
    for (figures, verification) in [(honest, Verification::Verified), (off, Verification::Differs)] {
        let id = office.begin(&dana).await.id;
        office.company.hand_in(&dana, id, claim(figures, 12)).await.unwrap();
        office.compute().await;
        let attempt = office.company.attempt(&dana, id).await.unwrap();
        assert_eq!((attempt.verification, attempt.score), (Some(verification), report.overall_score));
    }
}

async fn what_is_too_short_has_a_report_and_no_score(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let short = office.practise(&dana, 0).await;
    office.compute().await;
    let computed = office.company.attempt(&dana, short.id).await.unwrap();
    assert_eq!((computed.score, computed.verification), (None, Some(Verification::Differs)));
    let report = office.company.computed_report(&dana, short.id).await.unwrap().unwrap();
    assert!(report.not_scored.is_some());
}

async fn a_report_is_computed_once(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    for lines in 0..20 {
        office.practise(&dana, lines % 13).await;
    }
    let other = office.beside().await;
    let work = |company: sellme_app::company::Company| {
        tokio::spawn(async move {
            let mut all = 0;
            // A process finds nothing while another one has the last of them.
            while company.queue().await.unwrap().waiting > 0 {
                all += company.compute_due().await.unwrap();
                tokio::task::yield_now().await;
            }
            all
        })
    };
    let (one, two, three) = (work(office.company.clone()), work(other.clone()), work(office.company.clone()));
    assert_eq!(one.await.unwrap() + two.await.unwrap() + three.await.unwrap(), 20, "none was computed twice");
    other.close();
    let standing = office.company.standing(&dana, dana.account).await.unwrap();
    assert_eq!((standing.total_sessions, standing.pending_sessions), (20, 0));
}
