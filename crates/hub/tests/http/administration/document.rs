//! The administration's document: `crates/hub/admin-openapi.json` is what the code says.

use std::{fs, path::Path};

use crate::support::{Stage, is_refusal};

/// Fails where the file is out of date, and writes it where `UPDATE_OPENAPI` is set.
#[test]
fn the_administration_s_document_that_is_checked_in_is_what_the_code_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("admin-openapi.json");
    let said = format!("{}\n", sellme_hub::openapi_admin().to_pretty_json().unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, &said).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == said, "crates/hub/admin-openapi.json is out of date: run `cargo xtask fmt`");
}

#[tokio::test]
async fn an_admin_signs_in_at_the_administration_and_sees_the_stores_and_a_trainee_does_not() {
    let stage = Stage::shared();
    let admin = stage.admin_as(&stage.admin);
    assert_eq!(admin.get("/api/me").await.json()["role"], "admin");
    let listed = admin.get("/api/admin/stores?size=1").await.json();
    assert_eq!((&listed["page"], &listed["size"]), (&1.into(), &1.into()), "{listed}");
    assert_eq!(is_refusal(&stage.admin_as(&stage.a).get("/api/admin/stores").await, 403), "forbidden");
}
