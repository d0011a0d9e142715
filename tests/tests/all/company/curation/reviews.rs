//! What was handed in, as managers find it, and what they say about it.

use sellme_app::company::{Manager, Paging};
use sellme_core::{
    Code, Millis,
    company::{Holder, Role, Verification},
    id::{SessionId, ShopId},
    session::Outcome,
};
use sellme_store::company::{SubmittedFilter, SubmittedOrder};
use sellme_tests::company::{Office, refused};

use super::managing;

rules!(
    the_newest_review_counts_and_the_computed_score_stays,
    what_is_reviewed_is_over_and_what_is_said_is_words,
    a_manager_of_a_store_has_its_people_and_nobody_else,
    what_was_handed_in_is_found_by_whose_it_is_and_what_became_of_it,
    what_is_taken_elsewhere_piece_by_piece_has_no_gap_and_no_repeat,
);

const ALL: Paging = Paging { page: 1, size: 200 };

async fn found(office: &Office, manager: &Manager, filter: &SubmittedFilter) -> Vec<SessionId> {
    let page = office.company.submitted(manager, filter, SubmittedOrder::Newest, ALL).await.unwrap();
    assert_eq!(page.total as usize, page.items.len());
    page.items.iter().map(|row| row.attempt.id).collect()
}

async fn the_newest_review_counts_and_the_computed_score_stays(office: Office) {
    let (dana, may, kim) =
        (office.person("Dana", Role::Trainee).await, office.person("May", Role::Manager).await, office.person("Kim", Role::Admin).await);
    let id = office.practise(&dana, 12).await.id;
    office.compute().await;
    let (computed, standing) = (office.score(&dana, id).await, office.company.standing(&dana, dana.account).await.unwrap());
    let review = async |by: &Holder, comment: &str, score| {
        office.company.review(&Manager::of(by.clone()).unwrap(), id, comment, score).await.unwrap()
    };
    assert_eq!(review(&may, " Good opening. ", Some(100)).await.version, 1);
    office.device.pass(1_000);
    assert_eq!(review(&kim, "Ask sooner.", None).await.version, 1);
    office.device.pass(1_000);
    assert_eq!(review(&may, "Good opening, late close.", Some(3)).await.version, 2);
    assert_eq!(review(&may, "Good opening, late close.", Some(3)).await.version, 2, "the same once more is no other");
    let seen = office.company.whole(&dana, id).await.unwrap();
    let said: Vec<_> =
        seen.reviews.iter().map(|review| (review.name.as_str(), review.version, review.comment.as_str(), review.score)).collect();
    assert_eq!(said, [("Kim", 1, "Ask sooner.", None), ("May", 2, "Good opening, late close.", Some(3))]);
    assert_eq!(seen.attempt.score, computed);
    assert_eq!(office.company.standing(&dana, dana.account).await.unwrap(), standing);
    assert_eq!(office.records.sql("SELECT count(*) FROM review"), "3", "what was said first is kept");
    assert_eq!(office.records.sql("SELECT comment FROM review WHERE version = 1 AND score = 100"), "Good opening.");
    let page = office.company.submitted(&managing(&may), &SubmittedFilter::default(), SubmittedOrder::Newest, ALL).await.unwrap();
    assert_eq!(page.items[0].reviewers, 2);
    assert_eq!(office.records.sql("SELECT count(*) FROM audit WHERE action = 'session.reviewed'"), "3");
    assert_eq!(office.records.sql("SELECT count(*) FROM audit WHERE detail LIKE '%opening%'"), "0", "what was said is not in the log");
}

async fn what_is_reviewed_is_over_and_what_is_said_is_words(office: Office) {
    let (dana, may) = (office.person("Dana", Role::Trainee).await, managing(&office.person("May", Role::Manager).await));
    let (open, over) = (office.begin(&dana).await.id, office.practise(&dana, 4).await.id);
    let review = async |id, comment: &str, score| refused(office.company.review(&may, id, comment, score).await);
    assert_eq!(review(open, "Early.", None).await, Code::WrongState);
    for comment in ["", " \n", "a\0b", &"x".repeat(5_001)] {
        assert_eq!(review(over, comment, None).await, Code::InvalidInput, "{:?}", comment.get(..4));
    }
    assert_eq!(review(over, "Fine.", Some(101)).await, Code::InvalidInput);
    assert_eq!(review(SessionId(uuid::Uuid::from_u128(7)), "Fine.", None).await, Code::NotFound);
    assert_eq!(refused(Manager::of(dana.clone())), Code::Forbidden);
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = managing(&office.person_of(other, "Fay", Role::Manager, None).await);
    assert_eq!(refused(office.company.review(&stranger, over, "Fine.", None).await), Code::NotFound);
    assert!(office.company.review(&may, over, &"é".repeat(5_000), Some(0)).await.is_ok());
}

async fn a_manager_of_a_store_has_its_people_and_nobody_else(office: Office) {
    let shop = async |name| office.company.add_shop(office.organisation, None, name).await.unwrap();
    let (north, south): (ShopId, ShopId) = (shop("North").await, shop("South").await);
    let (dana, lee) = (office.person_at("Dana", north).await, office.person_at("Lee", south).await);
    let may = office.person_of(office.organisation, "May", Role::Manager, Some(north)).await;
    let (kim, ada) =
        (office.person("Kim", Role::Manager).await, office.person_of(office.organisation, "Ada", Role::Admin, Some(north)).await);
    let danas = office.practise(&dana, 4).await.id;
    office.device.pass(1_000);
    let lees = office.practise(&lee, 4).await.id;
    office.compute().await;
    let all = SubmittedFilter::default();
    assert_eq!(found(&office, &managing(&may), &all).await, [danas]);
    for everybody_s in [&kim, &ada] {
        assert_eq!(found(&office, &Manager::of(everybody_s.clone()).unwrap(), &all).await, [lees, danas]);
        assert_eq!(office.company.attempts(everybody_s, None, None, 0, 9).await.unwrap().total, 2);
    }
    // The application keeps to the same.
    let listed = office.company.attempts(&may, None, None, 0, 9).await.unwrap();
    assert_eq!((listed.sessions[0].id, listed.total), (danas, 1));
    assert!(office.company.attempt(&may, danas).await.is_ok());
    assert!(office.company.standing(&may, dana.account).await.is_ok());
    assert_eq!(refused(office.company.attempt(&may, lees).await), Code::Forbidden);
    assert_eq!(refused(office.company.computed_report(&may, lees).await), Code::Forbidden);
    assert_eq!(refused(office.company.attempts(&may, Some(lee.account), None, 0, 9).await), Code::Forbidden);
    assert_eq!(refused(office.company.standing(&may, lee.account).await), Code::Forbidden);
    assert_eq!(refused(office.company.review(&managing(&may), lees, "Hm.", None).await), Code::Forbidden);
    for filter in [SubmittedFilter { account: Some(lee.account), ..all.clone() }, SubmittedFilter { shop: Some(south), ..all.clone() }] {
        assert_eq!(refused(office.company.submitted(&managing(&may), &filter, SubmittedOrder::Newest, ALL).await), Code::Forbidden);
        assert_eq!(refused(office.company.export_submitted(&managing(&may), &filter, 9).await), Code::Forbidden);
    }
    let nobody = SubmittedFilter { shop: Some(ShopId(uuid::Uuid::from_u128(7))), ..all.clone() };
    assert_eq!(refused(office.company.submitted(&managing(&kim), &nobody, SubmittedOrder::Newest, ALL).await), Code::NotFound);
    assert_eq!(found(&office, &managing(&kim), &SubmittedFilter { shop: Some(south), ..all }).await, [lees]);
}

async fn what_was_handed_in_is_found_by_whose_it_is_and_what_became_of_it(office: Office) {
    let (dana, lee) = (office.person("Dana", Role::Trainee).await, office.person("Lee", Role::Trainee).await);
    let may = managing(&office.person("May", Role::Manager).await);
    let mut ids = Vec::new();
    for (holder, lines) in [(&dana, 12), (&dana, 0), (&lee, 6)] {
        office.device.pass(1_000);
        ids.push(office.practise(holder, lines).await.id);
    }
    office.compute().await;
    office.device.pass(1_000);
    ids.push(office.practise(&lee, 4).await.id);
    office.begin(&lee).await;
    let all = SubmittedFilter::default();
    let [first, short, third, pending] = <[SessionId; 4]>::try_from(ids).unwrap();
    assert_eq!(found(&office, &may, &all).await, [pending, third, short, first], "what is under way is not there");
    let with = |change: &dyn Fn(&mut SubmittedFilter)| {
        let mut filter = all.clone();
        change(&mut filter);
        filter
    };
    let (company, end) = (&office.company, office.now());
    let outcome = company.attempt(&dana, first).await.unwrap().outcome.unwrap();
    let others = [Outcome::Sale, Outcome::NoSale, Outcome::Undecided].into_iter().filter(|other| *other != outcome);
    assert_eq!(found(&office, &may, &with(&|filter| filter.account = Some(dana.account))).await, [short, first]);
    assert_eq!(found(&office, &may, &with(&|filter| filter.verification = Some(Verification::Pending))).await, [pending]);
    assert_eq!(found(&office, &may, &with(&|filter| filter.verification = Some(Verification::Verified))).await, []);
    assert!(found(&office, &may, &with(&|filter| filter.outcome = Some(outcome))).await.contains(&first));
    for other in others {
        assert!(!found(&office, &may, &with(&|filter| filter.outcome = Some(other))).await.contains(&first));
    }
    assert_eq!(found(&office, &may, &with(&|filter| filter.product = Some("pilbara-jacket".to_owned()))).await.len(), 4);
    assert_eq!(found(&office, &may, &with(&|filter| filter.product = Some("concho-copper".to_owned()))).await, []);
    assert_eq!(found(&office, &may, &with(&|filter| filter.scenario = Some("pilbara-skeptical-medium".to_owned()))).await.len(), 4);
    assert_eq!(found(&office, &may, &with(&|filter| filter.scenario = Some("' OR 1=1 --".to_owned()))).await, []);
    let sign = with(&|filter| filter.product = Some("a\0b".to_owned()));
    assert_eq!(refused(company.submitted(&may, &sign, SubmittedOrder::Newest, ALL).await), Code::InvalidInput);
    let between = with(&|filter| (filter.from, filter.before) = (Some(Millis(end - 2_000)), Some(Millis(end))));
    assert_eq!(found(&office, &may, &between).await, [third, short], "from the first moment, to before the last");
    let score = async |order| {
        let page = company.submitted(&may, &all, order, ALL).await.unwrap();
        page.items.iter().map(|row| row.attempt.score).collect::<Vec<_>>()
    };
    let best = score(SubmittedOrder::Best).await;
    assert!(best[0] > best[1] && best[1].is_some() && best[2..] == [None, None], "{best:?}");
    let worst = score(SubmittedOrder::Worst).await;
    assert_eq!((worst[..2].to_vec(), worst[2], worst[3]), (vec![None, None], best[1], best[0]));
    let oldest = company.submitted(&may, &all, SubmittedOrder::Oldest, Paging { page: 2, size: 1 }).await.unwrap();
    assert_eq!((oldest.items[0].attempt.id, oldest.total, oldest.page), (short, 4, 2));
    assert_eq!((oldest.items[0].name.as_str(), &oldest.items[0].shop, oldest.items[0].reviewers), ("Dana", &None, 0));
}

async fn what_is_taken_elsewhere_piece_by_piece_has_no_gap_and_no_repeat(office: Office) {
    let (dana, may) = (office.person("Dana", Role::Trainee).await, managing(&office.person("May", Role::Manager).await));
    for number in 0..11 {
        // Some at the same moment.
        if number % 3 == 0 {
            office.device.pass(1_000);
        }
        office.practise(&dana, 0).await;
    }
    let filter = SubmittedFilter { before: Some(Millis(office.now())), ..SubmittedFilter::default() };
    let all = found(&office, &may, &filter).await;
    assert_eq!(all.len(), 9, "without those of the last moment");
    let mut taken = Vec::new();
    let mut piece = office.company.export_submitted(&may, &filter, 2).await.unwrap();
    while let Some(last) = piece.last() {
        let after = last.attempt.ended_at.map(|at| (at, last.attempt.id));
        taken.extend(piece.iter().map(|row| row.attempt.id));
        piece = office.company.submitted_after(&may, &filter, after, 2).await.unwrap();
    }
    assert_eq!(taken, all);
    assert_eq!(office.records.sql("SELECT count(*) FROM audit WHERE action = 'sessions.exported'"), "1");
}
