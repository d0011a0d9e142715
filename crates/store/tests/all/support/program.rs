//! The program `turns`, run as a process of its own.

use std::{
    path::{Path, PathBuf},
    process::Output,
};

/// Where it is; it is built with the tests.
pub(crate) fn turns() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().unwrap().parent().unwrap().join("examples").join("turns");
    assert!(path.exists(), "{} is missing: build it with `cargo build -p sellme-store --examples`", path.display());
    path
}

/// Numbers of the turns that it acknowledged.
pub(crate) fn acknowledged(output: &[u8]) -> Vec<u32> {
    String::from_utf8_lossy(output).lines().filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok()).collect()
}

/// The code that it was refused with.
pub(crate) fn refused(output: &Output) -> sellme_core::Error {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let json = text.lines().find_map(|line| line.strip_prefix("refused "));
    serde_json::from_str(json.unwrap_or_else(|| panic!("not refused: {text} {}", String::from_utf8_lossy(&output.stderr)))).unwrap()
}

/// The program copied to where another user of the machine may run it.
#[cfg(unix)]
pub(crate) fn turns_for_everybody(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let copy = folder.join("turns");
    std::fs::copy(turns(), &copy).unwrap();
    for path in [folder, &copy] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    copy
}
