//! Devices: enrolled by a code, let go.

use sellme_app::company::{Caller, Paging};
use sellme_core::{Code, Millis, id::ShopId};
use sellme_tests::company::{Office, refused};
use uuid::Uuid;

use super::admin;

const QUARTER: i64 = 15 * 60_000;
const YEAR: i64 = 365 * 86_400_000;
const ALL: Paging = Paging { page: 1, size: 200 };

rules!(
    a_code_is_good_for_fifteen_minutes,
    a_code_enrols_one_device_even_where_two_type_it_at_once,
    a_device_is_known_by_its_token_until_it_is_let_go_or_a_year_has_passed,
    when_a_device_asked_last_is_known_to_the_hour,
    a_code_is_kept_as_a_hash_and_in_no_log,
    another_companys_devices_and_stores_are_not_there,
);

async fn shop(office: &Office) -> ShopId {
    office.company.add_shop(office.organisation, None, "Store 1").await.unwrap()
}

async fn a_code_is_good_for_fifteen_minutes(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    let (first, expires_at) = office.company.offer_enrolment(&by, shop).await.unwrap();
    let (second, _) = office.company.offer_enrolment(&by, shop).await.unwrap();
    assert_eq!(expires_at, Millis(office.now() + QUARTER));
    office.device.pass(QUARTER - 1);
    let (_, device) = office.company.enrol(&first.reveal(), " Till ").await.unwrap();
    assert_eq!((device.shop, device.name.as_str(), device.organisation), (shop, "Till", office.organisation));
    office.device.pass(1);
    assert_eq!(refused(office.company.enrol(&second.reveal(), "Till").await), Code::SignInRefused);
    office.company.offer_enrolment(&by, shop).await.unwrap();
    assert_eq!(office.records.sql("SELECT count(*) FROM enrolment"), "1", "what has ended is forgotten");
}

async fn a_code_enrols_one_device_even_where_two_type_it_at_once(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    for _ in 0..4 {
        let code = office.company.offer_enrolment(&by, shop).await.unwrap().0.reveal();
        let (one, other) = tokio::join!(office.company.enrol(&code, "One"), office.company.enrol(&code, "Other"));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    }
    assert_eq!(office.company.devices(&by, Some(shop), ALL).await.unwrap().total, 4);
    assert_eq!(refused(office.company.enrol("00000-00000", "Till").await), Code::SignInRefused);
    assert_eq!(refused(office.company.enrol("00000-00000", " ").await), Code::InvalidInput);
}

async fn a_device_is_known_by_its_token_until_it_is_let_go_or_a_year_has_passed(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    let mut tokens = Vec::new();
    for name in ["Till", "Door"] {
        let code = office.company.offer_enrolment(&by, shop).await.unwrap().0;
        tokens.push(office.company.enrol(&code.reveal(), name).await.unwrap());
    }
    let [(till, till_device), (door, _)] = &tokens[..] else { panic!("two") };
    let caller = office.company.caller(till.reveal()).await.unwrap();
    assert!(matches!(&caller, Some(Caller::Device(device)) if device.id == till_device.id), "{caller:?}");
    assert_eq!(office.company.holder(till.reveal()).await.unwrap(), None, "a device is no person");
    let renamed = office.company.rename_device(&by, till_device.id, "Boots").await.unwrap();
    assert_eq!((renamed.name.as_str(), renamed.shop), ("Boots", shop));
    let listed = office.company.devices(&by, None, ALL).await.unwrap();
    assert_eq!(listed.items.iter().map(|device| device.name.as_str()).collect::<Vec<_>>(), ["Boots", "Door"]);
    office.company.revoke_device(&by, till_device.id).await.unwrap();
    assert_eq!(office.company.caller(till.reveal()).await.unwrap(), None);
    office.device.pass(YEAR - 1);
    assert!(office.company.caller(door.reveal()).await.unwrap().is_some(), "others go on");
    office.device.pass(1);
    assert_eq!(office.company.caller(door.reveal()).await.unwrap(), None);
}

async fn when_a_device_asked_last_is_known_to_the_hour(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    let code = office.company.offer_enrolment(&by, shop).await.unwrap().0;
    let (secret, device) = office.company.enrol(&code.reveal(), "Till").await.unwrap();
    let seen = async || {
        office.company.caller(secret.reveal()).await.unwrap();
        office.company.devices(&by, None, ALL).await.unwrap().items[0].seen_at
    };
    office.device.pass(3_599_999);
    assert_eq!(seen().await, device.created_at);
    office.device.pass(1);
    assert_eq!(seen().await, Millis(office.now()));
}

async fn a_code_is_kept_as_a_hash_and_in_no_log(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    let code = office.company.offer_enrolment(&by, shop).await.unwrap().0;
    assert_eq!(office.records.sql("SELECT length(hash) FROM enrolment"), "32");
    let (secret, _) = office.company.enrol(&code.reveal(), "Till").await.unwrap();
    assert!(secret.reveal().starts_with("smd_"));
    assert_eq!(office.records.sql("SELECT length(hash) FROM device"), "32");
    let code = code.reveal();
    let said = format!("SELECT count(*) FROM audit WHERE detail LIKE '%{code}%' OR subject LIKE '%{code}%' OR detail LIKE '%smd_%'");
    assert_eq!(office.records.sql(&said), "0");
}

async fn another_companys_devices_and_stores_are_not_there(office: Office) {
    let (by, shop) = (admin(&office).await, shop(&office).await);
    let other = office.company.add_organisation("Another").await.unwrap();
    let stranger = sellme_app::company::Admin::of(office.person_of(other, "Kim", sellme_core::company::Role::Admin, None).await).unwrap();
    for shop in [shop, ShopId(Uuid::from_u128(7))] {
        assert_eq!(refused(office.company.offer_enrolment(&stranger, shop).await), Code::NotFound);
    }
    let code = office.company.offer_enrolment(&by, shop).await.unwrap().0;
    let (_, device) = office.company.enrol(&code.reveal(), "Till").await.unwrap();
    assert_eq!(refused(office.company.revoke_device(&stranger, device.id).await), Code::NotFound);
    assert_eq!(refused(office.company.rename_device(&stranger, device.id, "Mine").await), Code::NotFound);
    assert_eq!(office.company.devices(&stranger, None, ALL).await.unwrap().total, 0);
}
