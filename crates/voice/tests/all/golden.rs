//! Logs as the service writes them, and what the conversation makes of them.

use crate::common::{log, names, told};

#[test]
fn every_log_says_what_was_read_from_it() {
    let names = names();
    assert!(names.len() >= 15, "logs are missing: {names:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../tests/fixtures/realtime");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names {
            insta::assert_snapshot!(name.clone(), told(&log(&name)));
        }
    });
}
