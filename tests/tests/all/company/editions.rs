//! Catalogues: every revision that was ever in force is kept, and a session is scored with the one that it was begun with.

use sellme_core::{Code, company::Role, embedded, id::OrganisationId, session::Visibility};
use sellme_tests::company::{CLAIMED, Office, Records, begin, claim, refused};

rules!(
    a_company_begins_with_the_catalogue_that_the_program_brings,
    a_session_is_scored_with_the_catalogue_that_it_was_begun_with,
    every_process_sees_a_new_edition_at_once_where_there_can_be_more_than_one,
);

/// Puts an edition without the products but one in force.
async fn publish(office: &Office, revision: u32) {
    let mut catalog = embedded::catalog().unwrap().clone();
    catalog.revision = revision;
    catalog.products.retain(|product| product.id == "concho-copper");
    let text = serde_json::to_string(&catalog).unwrap();
    let drafts = office.company.add_organisation_with(&format!("Drafts {revision}"), revision, &text).await.unwrap();
    let id = |organisation: OrganisationId| office.records.id(organisation.0);
    let (ours, theirs) = (id(office.organisation), id(drafts));
    let copied = if matches!(office.records, Records::Folder(_)) { ours.clone() } else { format!("CAST({ours} AS UUID)") };
    office.records.sql(&format!(
        "INSERT INTO catalog (organisation, revision, published_at, body) SELECT {copied}, revision, published_at, body FROM catalog WHERE organisation = {theirs}"
    ));
    office.records.sql(&format!("UPDATE organisation SET catalog_revision = {revision} WHERE id = {ours}"));
}

async fn a_company_begins_with_the_catalogue_that_the_program_brings(office: Office) {
    let edition = office.company.catalog(office.organisation).await.unwrap();
    assert_eq!((&edition.catalog, edition.published_at.0), (embedded::catalog().unwrap(), office.now()));
    let nobody = OrganisationId(uuid::Uuid::from_u128(7));
    assert_eq!(refused(office.company.catalog(nobody).await), Code::NotFound);
}

async fn a_session_is_scored_with_the_catalogue_that_it_was_begun_with(office: Office) {
    let dana = office.person("Dana", Role::Trainee).await;
    let before = embedded::catalog().unwrap().revision;
    let as_ever = office.practise(&dana, 12).await;
    office.compute().await;
    let begun = office.begin(&dana).await;
    assert_eq!(begun.catalog_revision, before);
    publish(&office, before + 7).await;
    let office = office.opened_again().await;
    let edition = office.company.catalog(office.organisation).await.unwrap();
    assert_eq!((edition.catalog.revision, edition.catalog.products.len()), (before + 7, 1));
    assert_eq!(refused(office.company.begin(&dana, begin(None, Visibility::Submitted)).await), Code::NotFound, "it is not sold any more");
    office.company.hand_in(&dana, begun.id, claim(CLAIMED, 12)).await.unwrap();
    office.compute().await;
    let report = office.company.computed_report(&dana, begun.id).await.unwrap().unwrap();
    assert_eq!(report.catalog_revision, Some(before));
    assert_eq!(report.overall_score, office.score(&dana, as_ever.id).await);
    assert!(report.overall_score.is_some());
}

async fn every_process_sees_a_new_edition_at_once_where_there_can_be_more_than_one(office: Office) {
    let before = office.company.catalog(office.organisation).await.unwrap().catalog.revision;
    publish(&office, before + 1).await;
    // In a folder there is one process, which remembers what is in force; the next one reads it anew.
    let office = if matches!(office.records, Records::Folder(_)) { office.opened_again().await } else { office };
    assert_eq!(office.company.catalog(office.organisation).await.unwrap().catalog.revision, before + 1);
}
