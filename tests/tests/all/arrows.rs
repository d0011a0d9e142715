//! The dependency arrows: who may use whom.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use sellme_tests::root;

/// Which of our packages each of our packages may name, in its code or its tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("sellme-core", &[]),
    ("sellme-store", &["sellme-core"]),
    ("sellme-voice", &["sellme-core"]),
    ("sellme-app", &["sellme-core", "sellme-store", "sellme-voice"]),
    ("sellme", &["sellme-app", "sellme-core", "sellme-store", "sellme-voice"]),
    ("sellme-hub", &["sellme-app", "sellme-core", "sellme-store", "sellme-voice"]),
    ("sellme-tests", &["sellme-app", "sellme-core", "sellme-store", "sellme-voice"]),
    ("xtask", &[]),
];

/// What a package may never bring into the program, however far down: prefixes of crate names.
const NEVER: &[(&str, &[&str])] = &[
    (
        "sellme-core",
        &[
            "rusqlite",
            "libsqlite3",
            "tauri",
            "wry",
            "tao",
            "gtk",
            "tokio",
            "mio",
            "async-",
            "hyper",
            "reqwest",
            "axum",
            "http",
            "socket2",
            "rustls",
            "getrandom",
            "rand",
            "fastrand",
            "chrono",
            "jiff",
            "time",
            "tempfile",
            "directories",
            "tracing-appender",
        ],
    ),
    ("sellme-store", &["tauri", "wry", "tao", "gtk", "hyper", "reqwest", "axum", "http", "chrono", "jiff", "time"]),
    ("xtask", &["sellme", "rusqlite", "tauri"]),
];

/// What a package may not name itself, though it may reach it through others.
const NOT_DIRECTLY: &[(&str, &[&str])] = &[
    (
        "sellme-app",
        &["rusqlite", "libsqlite3", "tauri", "wry", "axum", "hyper", "reqwest", "http", "chrono", "jiff", "time", "getrandom", "rand"],
    ),
    ("sellme", &["rusqlite", "rusqlite_migration", "libsqlite3", "axum", "hyper", "reqwest", "http"]),
];

/// Seeded streams of choices that are not chance.
const SEEDED: &[&str] = &["rand_core", "rand_chacha"];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).exec().expect("cargo metadata answers")
}

fn forbidden(name: &str, prefixes: &[&str]) -> bool {
    !SEEDED.contains(&name) && prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[test]
fn every_package_of_ours_has_its_arrows_written_down() {
    let metadata = metadata();
    let ours: BTreeSet<String> = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(ours, known);
}

#[test]
fn packages_use_only_those_that_their_arrows_point_at() {
    let metadata = metadata();
    let ours: BTreeSet<String> = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    for package in metadata.workspace_packages() {
        let allowed = arrows.get(package.name.as_str()).copied().unwrap_or_default();
        for dependency in package.dependencies.iter().filter(|dependency| ours.contains(&dependency.name)) {
            assert!(allowed.contains(&dependency.name.as_str()), "{} may not use {}", package.name, dependency.name);
        }
    }
}

#[test]
fn packages_name_no_crate_that_is_another_packages_trade() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        let Some((_, never)) = NOT_DIRECTLY.iter().chain(NEVER).find(|(name, _)| *name == package.name.as_str()) else { continue };
        // What only a build for tests has is no part of what ships.
        let for_tests = package.features.get("browser").cloned().unwrap_or_default();
        let ships = |name: &str| !for_tests.contains(&format!("dep:{name}"));
        let named = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        for dependency in named.filter(|dependency| ships(&dependency.name)) {
            assert!(!forbidden(&dependency.name, never), "{} may not name {}", package.name, dependency.name);
        }
    }
}

#[test]
fn nothing_that_touches_the_world_is_reached_from_below() {
    for (name, never) in NEVER {
        let reached = reached(name);
        assert!(reached.len() > 3, "{name} reaches nothing, so nothing was looked at");
        let wrong: Vec<_> = reached.iter().filter(|reached| *reached != name && forbidden(reached, never)).collect();
        assert!(wrong.is_empty(), "{name} reaches {wrong:?}");
    }
}

/// Names of every crate that a package built by itself brings in (its tests and build scripts left out). Asked of `cargo tree`, since the metadata mixes the
/// features that all packages ask for.
fn reached(name: &str) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["tree", "--package", name, "--edges", "normal", "--prefix", "none", "--format", "{p}"]).current_dir(root());
    let output = command.output().expect("cargo tree answers");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names");
    text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_domain_reads_no_clock_no_file_and_no_chance() {
    let words = [
        "std::fs",
        "fs::",
        "std::net",
        "std::env::var",
        "env::var",
        "std::process",
        "std::thread",
        "thread::spawn",
        "SystemTime",
        "Instant::now",
        "File::open",
        "now_v7",
        "new_v4",
        "stdin()",
        "stdout()",
        "println!",
    ];
    without(&root().join("crates/core/src"), &words);
}

#[test]
fn the_use_cases_know_no_sql_and_no_clock() {
    without(
        &root().join("crates/app/src"),
        &["SELECT ", "INSERT INTO", "PRAGMA", "rusqlite", "SystemTime", "Instant::now", "now_v7", "new_v4"],
    );
    without(&root().join("src-tauri/src"), &["SELECT ", "INSERT INTO", "PRAGMA", "rusqlite"]);
}

#[test]
fn nothing_is_refused_with_a_bare_text() {
    for folder in ["crates/core/src", "crates/store/src", "crates/app/src", "src-tauri/src"] {
        for path in sources(&root().join(folder), &["rs"]) {
            let text = fs::read_to_string(&path).expect("readable code");
            let bare = text.lines().find(|line| line.contains("Result<") && line.contains(", String>"));
            assert_eq!(bare, None, "{}", path.display());
        }
    }
}

#[test]
fn only_one_file_of_the_window_knows_its_host() {
    let files = sources(&root().join("ui/src"), &["ts", "svelte"]);
    assert!(files.len() > 20);
    let naming: Vec<_> = files.iter().filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("@tauri-apps"))).collect();
    assert_eq!(naming, [&root().join("ui/src/lib/backend/tauri.ts")]);
}

/// No line of code under this folder, its tests left out, has any of these words.
fn without(folder: &Path, words: &[&str]) {
    let files = sources(folder, &["rs"]);
    assert!(files.len() > 3, "{} has no code, so nothing was looked at", folder.display());
    for path in files {
        let text = fs::read_to_string(&path).expect("readable code");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let found: Vec<_> = words.iter().filter(|word| line.contains(**word)).collect();
            assert!(found.is_empty(), "{}:{} has {found:?}: {line}", path.display(), number + 1);
        }
    }
}

fn sources(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of code").flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            all.extend(sources(&path, endings));
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            all.push(path);
        }
    }
    all
}
