//! Stores: renamed, removed; and the log of it.

use sellme_app::company::{AuditQuery, Paging};
use sellme_core::{Code, Millis, company::Role, id::ShopId};
use sellme_tests::company::{Office, refused};
use uuid::Uuid;

use super::{admin, invited, manager};

const ALL: Paging = Paging { page: 1, size: 200 };

rules!(
    a_store_is_renamed_to_what_no_other_is_called,
    a_store_is_removed_only_when_nobody_is_in_it,
    nobody_is_left_at_a_store_that_is_removed_at_the_same_moment,
    the_log_is_filtered_by_who_what_and_when,
);

async fn a_store_is_renamed_to_what_no_other_is_called(office: Office) {
    let by = admin(&office).await;
    let (one, other) = (office.company.open_shop(&by, "b").await.unwrap(), office.company.open_shop(&by, "C").await.unwrap());
    assert_eq!(refused(office.company.rename_shop(&by, one.id, " C ").await), Code::WrongState);
    assert_eq!(refused(office.company.rename_shop(&by, one.id, " ").await), Code::InvalidInput);
    assert_eq!(office.company.rename_shop(&by, one.id, "a").await.unwrap().name, "a");
    assert_eq!(refused(office.company.rename_shop(&by, ShopId(Uuid::from_u128(7)), "d").await), Code::NotFound);
    let listed = office.company.shops(&manager(&by), ALL).await.unwrap();
    assert_eq!(listed.items.iter().map(|shop| (shop.id, shop.name.as_str())).collect::<Vec<_>>(), [(other.id, "C"), (one.id, "a")]);
    let second = office.company.shops(&manager(&by), Paging { page: 2, size: 1 }).await.unwrap();
    assert_eq!((second.total, second.items[0].id), (2, one.id));
}

async fn a_store_is_removed_only_when_nobody_is_in_it(office: Office) {
    let by = admin(&office).await;
    let shop = office.company.open_shop(&by, "Store 1").await.unwrap().id;
    let dana = office.person_at("Dana", shop).await.account;
    assert_eq!(refused(office.company.remove_shop(&by, shop).await), Code::WrongState);
    let away = sellme_app::company::PersonChange { shop: Some(None), ..Default::default() };
    assert_eq!(office.company.change_person(&by, dana, away).await.unwrap().account.shop, None);
    let code = office.company.offer_enrolment(&by, shop).await.unwrap().0;
    let (_, device) = office.company.enrol(&code.reveal(), "Till").await.unwrap();
    assert_eq!(refused(office.company.remove_shop(&by, shop).await), Code::WrongState);
    office.company.revoke_device(&by, device.id).await.unwrap();
    let waiting = office.company.offer_enrolment(&by, shop).await.unwrap().0;
    office.company.remove_shop(&by, shop).await.unwrap();
    assert_eq!(refused(office.company.enrol(&waiting.reveal(), "Till").await), Code::SignInRefused);
    assert_eq!(refused(office.company.remove_shop(&by, shop).await), Code::NotFound);
}

async fn nobody_is_left_at_a_store_that_is_removed_at_the_same_moment(office: Office) {
    let by = admin(&office).await;
    for round in 0..6 {
        let shop = office.company.open_shop(&by, &format!("Store {round}")).await.unwrap().id;
        let person = invited(&format!("P{round}"), Role::Trainee, Some(shop));
        let (removed, joined) = tokio::join!(office.company.remove_shop(&by, shop), office.company.invite_person(&by, &person));
        assert!(removed.is_ok() != joined.is_ok(), "{removed:?} {joined:?}");
        let refused = removed.err().or(joined.err()).unwrap();
        assert!([Code::WrongState, Code::NotFound].contains(&refused.code), "{refused:?}");
    }
}

async fn the_log_is_filtered_by_who_what_and_when(office: Office) {
    let by = admin(&office).await;
    for name in ["One", "Two", "Three"] {
        office.device.pass(1_000);
        office.company.open_shop(&by, name).await.unwrap();
    }
    let now = office.now();
    let seqs = async |query: AuditQuery| {
        let page = office.company.log(&by, &query, ALL).await.unwrap();
        assert_eq!(page.total as usize, page.items.len());
        page.items.iter().map(|logged| logged.entry.seq).collect::<Vec<_>>()
    };
    let made = AuditQuery { action: Some("store.created".to_owned()), ..AuditQuery::default() };
    assert_eq!(seqs(made.clone()).await, [5, 4, 3], "the newest first");
    assert_eq!(seqs(AuditQuery { actor: Some(by.holder().account), ..AuditQuery::default() }).await, [5, 4, 3]);
    assert_eq!(seqs(AuditQuery { from: Some(Millis(now - 1_000)), ..made.clone() }).await, [5, 4]);
    assert_eq!(seqs(AuditQuery { before: Some(Millis(now - 1_000)), ..made.clone() }).await, [3]);
    let page = office.company.log(&by, &made, Paging { page: 2, size: 2 }).await.unwrap();
    assert_eq!((page.total, page.items[0].entry.seq, page.items[0].actor_name.as_deref()), (3, 3, Some("Ada")));
    for action in ["Store", "a\0b", "' OR 1=1", &"x".repeat(65)] {
        let query = AuditQuery { action: Some(action.to_owned()), ..AuditQuery::default() };
        assert_eq!(refused(office.company.log(&by, &query, ALL).await), Code::InvalidInput, "{action}");
    }
    let piece = office.company.log_piece(&by, &AuditQuery::default(), 2).await.unwrap();
    assert_eq!(piece.iter().map(|logged| logged.entry.seq).collect::<Vec<_>>(), [3, 4, 5], "the oldest first");
}
