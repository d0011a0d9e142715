//! The commands of the program: what they leave behind and what they say where something is not right.

use std::path::Path;

use crate::support::{ask_for_admin, hub, printed, run};

#[test]
fn an_account_that_cannot_be_made_leaves_no_company_behind() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    for (email, name, password) in [
        ("ada@example.com", "Ada Reyes", "short"),
        ("nonsense", "Ada Reyes", "saddle boots canyon"),
        ("ada@example.com", " ", "saddle boots canyon"),
    ] {
        let output = ask_for_admin(&folder, email, name, password);
        assert!(!output.status.success() && !printed(&output).contains("is a new company"), "{output:?}");
    }
    let verified = run(&folder, &["audit", "verify"]);
    assert!(verified.status.success() && printed(&verified).is_empty(), "{verified:?}");
}

#[test]
fn a_refusal_is_its_sentence_alone_though_backtraces_are_wanted() {
    let output = hub(Path::new("/nowhere")).args(["serve", "--listen", "0.0.0.0:0"]).env("RUST_BACKTRACE", "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.starts_with("Error: ") && said.lines().count() == 1, "{said}");
}
