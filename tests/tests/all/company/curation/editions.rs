//! Editions: published, put in force again, tried beforehand.

use sellme_app::company::{Admin, Company, Paging, Unpublished};
use sellme_core::{
    Code,
    catalog::Catalog,
    company::{Holder, Role},
    embedded,
    session::Visibility,
};
use sellme_tests::company::{CLAIMED, Office, Records, begin, claim, refused};
use serde_json::Value;

use super::admin;

rules!(
    a_published_edition_is_in_force_at_once_and_sessions_under_way_keep_theirs,
    an_earlier_edition_is_put_in_force_again,
    a_revision_that_does_not_follow_is_refused_and_the_same_once_more_is_no_other,
    of_those_who_publish_at_once_one_is_first_and_the_others_are_refused,
    a_catalogue_with_faults_is_not_published,
    a_dry_run_says_what_would_change_and_keeps_nothing,
    editions_are_for_admins,
);

const FIRST_PAGE: Paging = Paging { page: 1, size: 50 };

/// What was done last.
fn last_action(office: &Office) -> String {
    office.records.sql("SELECT action FROM audit ORDER BY seq DESC LIMIT 1")
}

/// The catalogue that the program brings, as the edition of this revision.
fn edition(revision: u32, change: impl Fn(&mut Catalog)) -> Value {
    let mut catalog = embedded::catalog().unwrap().clone();
    catalog.revision = revision;
    change(&mut catalog);
    serde_json::to_value(catalog).unwrap()
}

/// Without the product of the script.
fn without_pilbara(revision: u32) -> Value {
    edition(revision, |catalog| catalog.products.retain(|product| product.id == "concho-copper"))
}

fn first() -> u32 {
    embedded::catalog().unwrap().revision
}

async fn in_force(company: &Company, office: &Office) -> u32 {
    company.catalog(office.organisation).await.unwrap().catalog.revision
}

async fn a_published_edition_is_in_force_at_once_and_sessions_under_way_keep_theirs(office: Office) {
    let (admin, dana) = (admin(&office).await, office.person("Dana", Role::Trainee).await);
    let beside = office.beside().await;
    let begun = office.begin(&dana).await;
    let as_ever = office.practise(&dana, 12).await;
    let published = office.company.publish(&admin, without_pilbara(first() + 1)).await.unwrap();
    assert_eq!((published.revision, published.in_force, published.published_at.0), (first() + 1, true, office.now()));
    assert_eq!(published.published_by, Some((admin.holder().account, "Ada".to_owned())));
    assert_eq!(in_force(&office.company, &office).await, first() + 1);
    if matches!(office.records, Records::Postgres(_)) {
        assert_eq!(in_force(&beside, &office).await, first() + 1, "another process sees it too");
        assert_eq!(refused(beside.begin(&dana, begin(None, Visibility::Submitted)).await), Code::NotFound);
    }
    assert_eq!(refused(office.company.begin(&dana, begin(None, Visibility::Submitted)).await), Code::NotFound, "it is not sold any more");
    office.company.hand_in(&dana, begun.id, claim(CLAIMED, 12)).await.unwrap();
    office.compute().await;
    let report = office.company.computed_report(&dana, begun.id).await.unwrap().unwrap();
    assert_eq!(report.catalog_revision, Some(first()));
    assert_eq!(report.overall_score, office.score(&dana, as_ever.id).await);
    assert_eq!(last_action(&office), "catalog.published");
    assert!(office.company.check_audit(office.organisation).await.unwrap().is_ok());
}

async fn an_earlier_edition_is_put_in_force_again(office: Office) {
    let (admin, dana) = (admin(&office).await, office.person("Dana", Role::Trainee).await);
    let beside = office.beside().await;
    office.company.publish(&admin, without_pilbara(first() + 1)).await.unwrap();
    assert_eq!(in_force(&office.company, &office).await, first() + 1);
    let back = office.company.put_in_force(&admin, first()).await.unwrap();
    assert_eq!((back.revision, back.in_force, back.published_by), (first(), true, None));
    assert_eq!(in_force(&office.company, &office).await, first());
    assert_eq!(in_force(&beside, &office).await, first());
    assert_eq!(office.begin(&dana).await.catalog_revision, first());
    let page = office.company.editions(&admin, FIRST_PAGE).await.unwrap();
    let listed: Vec<_> = page.items.iter().map(|edition| (edition.revision, edition.in_force)).collect();
    assert_eq!((listed, page.total), (vec![(first() + 1, false), (first(), true)], 2));
    assert_eq!(last_action(&office), "catalog.put_in_force");
    let (info, text) = office.company.edition(&admin, first() + 1).await.unwrap();
    assert!(!info.in_force);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), without_pilbara(first() + 1));
    assert_eq!(refused(office.company.put_in_force(&admin, 999).await), Code::NotFound);
    assert_eq!(refused(office.company.edition(&admin, 999).await), Code::NotFound);
    // The next follows the newest and not the one that is in force.
    assert_eq!(office.company.publish(&admin, edition(first() + 2, |_| ())).await.unwrap().revision, first() + 2);
}

fn why(answer: Result<sellme_store::company::EditionInfo, Unpublished>) -> Code {
    match answer.unwrap_err() {
        Unpublished::Refused(error) => error.code,
        Unpublished::Faults(faults) => panic!("{faults:?}"),
    }
}

async fn a_revision_that_does_not_follow_is_refused_and_the_same_once_more_is_no_other(office: Office) {
    let admin = admin(&office).await;
    for revision in [1, first() - 1, first() + 2, u32::MAX] {
        assert_eq!(why(office.company.publish(&admin, edition(revision, |_| ())).await), Code::WrongState, "{revision}");
        let faults = office.company.check_catalog(&admin, edition(revision, |_| ())).await.unwrap().faults;
        assert_eq!(faults.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(), ["revision"]);
    }
    let checked = office.company.check_catalog(&admin, without_pilbara(first() + 1)).await.unwrap();
    assert_eq!((checked.faults, checked.next_revision), (vec![], first() + 1));
    let published = office.company.publish(&admin, without_pilbara(first() + 1)).await.unwrap();
    let entries = office.company.check_audit(office.organisation).await.unwrap();
    office.device.pass(1_000);
    assert_eq!(office.company.publish(&admin, without_pilbara(first() + 1)).await.unwrap(), published);
    assert_eq!(office.company.check_audit(office.organisation).await.unwrap(), entries);
    assert_eq!(why(office.company.publish(&admin, edition(first() + 1, |_| ())).await), Code::WrongState, "another with that revision");
    office.company.put_in_force(&admin, first()).await.unwrap();
    assert_eq!(why(office.company.publish(&admin, without_pilbara(first() + 1)).await), Code::WrongState, "it was taken back meanwhile");
}

async fn of_those_who_publish_at_once_one_is_first_and_the_others_are_refused(office: Office) {
    let admin = admin(&office).await;
    let companies = [office.company.clone(), office.beside().await, office.company.clone(), office.beside().await];
    let publishing = companies.into_iter().enumerate().map(|(number, company)| {
        let (admin, mut catalog) = (admin.clone(), without_pilbara(first() + 1));
        catalog["products"][0]["line"] = format!("Draft {number}").into();
        tokio::spawn(async move { company.publish(&admin, catalog).await })
    });
    let mut published = 0;
    for publishing in publishing.collect::<Vec<_>>() {
        match publishing.await.unwrap() {
            Ok(_) => published += 1,
            refused => assert_eq!(why(refused), Code::WrongState),
        }
    }
    assert_eq!(published, 1);
    assert_eq!(office.company.editions(&admin, FIRST_PAGE).await.unwrap().total, 2);
}

async fn a_catalogue_with_faults_is_not_published(office: Office) {
    let admin = admin(&office).await;
    let bad = edition(first() + 1, |catalog| catalog.products[0].features[0].fact = " ".to_owned());
    let told = match office.company.publish(&admin, bad.clone()).await.unwrap_err() {
        Unpublished::Faults(faults) => faults,
        Unpublished::Refused(error) => panic!("{error}"),
    };
    assert_eq!(told.len(), 1);
    assert!(told[0].path.starts_with("products[") && told[0].path.ends_with("].fact"), "{told:?}");
    assert_eq!(office.company.check_catalog(&admin, bad.clone()).await.unwrap().faults, told);
    assert!(matches!(office.company.dry_run(&admin, bad, 5).await, Err(Unpublished::Faults(_))));
    assert_eq!(in_force(&office.company, &office).await, first());
}

async fn a_dry_run_says_what_would_change_and_keeps_nothing(office: Office) {
    let (admin, dana) = (admin(&office).await, office.person("Dana", Role::Trainee).await);
    let mut ids = Vec::new();
    for lines in [12, 4, 0, 12, 6] {
        office.device.pass(1_000);
        ids.push(office.practise(&dana, lines).await.id);
    }
    ids.reverse();
    let none = office.company.dry_run(&admin, edition(first() + 1, |_| ()), 50).await.unwrap();
    assert!(none.sessions.is_empty(), "nothing was computed yet");
    office.compute().await;
    let same = office.company.dry_run(&admin, edition(first() + 1, |_| ()), 50).await.unwrap();
    assert_eq!(same.sessions.iter().map(|session| session.session).collect::<Vec<_>>(), ids);
    assert_eq!((same.changed(), same.gone(), same.mean_difference_hundredths()), (0, 0, Some(0)));
    assert_eq!(office.company.dry_run(&admin, edition(first() + 1, |_| ()), 2).await.unwrap().sessions.len(), 2, "the last two");
    let deaf = edition(first() + 1, |catalog| {
        let product = catalog.products.iter_mut().find(|product| product.id == "pilbara-jacket").unwrap();
        product.features.iter_mut().for_each(|feature| feature.says = vec!["zzzz".to_owned()]);
        product.claims.iter_mut().for_each(|claim| claim.says = vec!["zzzz".to_owned()]);
    });
    let worse = office.company.dry_run(&admin, deaf, 50).await.unwrap();
    assert!(worse.changed() > 0 && worse.mean_difference_hundredths().unwrap() < 0, "{worse:?}");
    let gone = office.company.dry_run(&admin, without_pilbara(first() + 1), 50).await.unwrap();
    assert_eq!((gone.gone(), gone.changed(), gone.mean_difference_hundredths()), (5, 0, None));
    assert!(gone.sessions.iter().all(|session| session.after.is_none() && session.scenario == "pilbara-skeptical-medium"));
    assert_eq!(in_force(&office.company, &office).await, first());
    assert_eq!(office.score(&dana, ids[0]).await, worse.sessions[0].before.overall);
}

async fn editions_are_for_admins(office: Office) {
    for role in [Role::Trainee, Role::Manager] {
        let holder: Holder = office.person(&format!("{role:?}"), role).await;
        assert_eq!(refused(Admin::of(holder)), Code::Forbidden);
    }
    let (admin, other) = (admin(&office).await, office.company.add_organisation("Another").await.unwrap());
    let foreign = Admin::of(office.person_of(other, "Fay", Role::Admin, None).await).unwrap();
    office.company.publish(&foreign, without_pilbara(first() + 1)).await.unwrap();
    assert_eq!(in_force(&office.company, &office).await, first(), "another company's edition is its own");
    assert_eq!(refused(office.company.edition(&admin, first() + 1).await), Code::NotFound);
}
