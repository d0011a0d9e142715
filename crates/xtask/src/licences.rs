//! Licences of everything that ships: crates by cargo-deny, the window's packages (fonts come as packages) here, and that all other data is our own.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::{
    command::{root, run},
    setup::{self, For, cargo_deny},
};

/// Licences that a closed product may contain. The tools that only build and test may also be MPL-2.0 and the like; GPL and AGPL are refused everywhere.
const SHIPPED: &[&str] = &["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "OFL-1.1", "CC0-1.0", "Unlicense", "Zlib"];

/// Endings of what others may have drawn, written or recorded.
const DATA: [&str; 16] =
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "icns", "ttf", "otf", "woff", "woff2", "mp3", "wav", "csv", "jsonl"];
/// Where data of our own lies, the recorded talks of the tests among it; anywhere else it came from somebody.
const OUR_DATA: [&str; 4] = ["icons/", "docs/", "crates/core/data/", "tests/fixtures/realtime/"];

/// Checks all of it.
pub(crate) fn check() -> Result<()> {
    let mut deny = std::process::Command::new(cargo_deny());
    run(deny.current_dir(root()).args(["--all-features", "check", "licenses", "bans", "sources"]))?;
    let packages = packages()?;
    let mut refused = Vec::new();
    for (name, package) in &packages {
        let licence = package.licence.as_str();
        let fine = if package.ships { is_allowed(licence) } else { is_no_copyleft(licence) };
        if !fine {
            refused.push(format!("{name}: {}", if licence.is_empty() { "no licence" } else { licence }));
        }
    }
    if !refused.is_empty() {
        bail!("these packages of the window may not be used:\n  {}", refused.join("\n  "));
    }
    check_data()?;
    println!(
        "{} packages of the window, {} of them shipped: licences are fine",
        packages.len(),
        packages.values().filter(|package| package.ships).count()
    );
    Ok(())
}

/// `cargo xtask licences`: checks, and lists what ships with the window.
pub(crate) fn list() -> Result<ExitCode> {
    setup::needs(For::Testing)?;
    check()?;
    for (name, package) in packages()?.iter().filter(|(_, package)| package.ships) {
        println!("{name} {}", package.licence);
    }
    run(std::process::Command::new(cargo_deny()).current_dir(root()).args(["list"]))?;
    Ok(ExitCode::SUCCESS)
}

struct Package {
    licence: String,
    ships: bool,
}

/// Every package of the lock file, with the licence that it names itself.
fn packages() -> Result<BTreeMap<String, Package>> {
    let lock: Value = serde_json::from_slice(&fs::read(root().join("ui/package-lock.json"))?).context("ui/package-lock.json")?;
    let entries = lock["packages"].as_object().context("ui/package-lock.json has no packages")?;
    let mut packages = BTreeMap::new();
    for (path, entry) in entries.iter().filter(|(path, _)| !path.is_empty()) {
        let own =
            fs::read(root().join("ui").join(path).join("package.json")).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let named = own.as_ref().map_or(&entry["license"], |own| &own["license"]);
        let licence = named.as_str().or_else(|| named["type"].as_str()).or_else(|| entry["license"].as_str()).map(str::to_owned);
        let licence = licence.or_else(|| in_words(&root().join("ui").join(path))).unwrap_or_default();
        packages
            .insert(path.trim_start_matches("node_modules/").to_owned(), Package { licence, ships: entry["dev"].as_bool() != Some(true) });
    }
    Ok(packages)
}

/// The licence of a package that names none but carries its text.
fn in_words(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("LICENSE")).ok()?;
    text.trim_start().starts_with("MIT License").then(|| "MIT".to_owned())
}

/// Pictures, fonts, sounds and tables in the repository are our own, so none may lie where others' would.
fn check_data() -> Result<()> {
    let listed = std::process::Command::new("git").current_dir(root()).arg("ls-files").output().context("git lists the files")?;
    let files = String::from_utf8_lossy(&listed.stdout).into_owned();
    let foreign = foreign_data(files.lines());
    if files.is_empty() || !foreign.is_empty() {
        bail!("data without a known owner (ours lies in {OUR_DATA:?}):\n  {}", foreign.join("\n  "));
    }
    Ok(())
}

fn foreign_data<'f>(files: impl Iterator<Item = &'f str>) -> Vec<&'f str> {
    let is_data =
        |file: &str| Path::new(file).extension().is_some_and(|ending| DATA.iter().any(|known| ending.eq_ignore_ascii_case(known)));
    files.filter(|file| is_data(file) && !OUR_DATA.iter().any(|folder| file.starts_with(folder))).collect()
}

/// True where the expression can be met with licences that may ship.
fn is_allowed(expression: &str) -> bool {
    meets(expression, |licence| SHIPPED.contains(&licence.license.to_string().as_str()))
}

/// True where the expression can be met without GPL or AGPL.
fn is_no_copyleft(expression: &str) -> bool {
    meets(expression, |licence| !licence.license.to_string().contains("GPL"))
}

fn meets(expression: &str, fine: impl Fn(&LicenseReq) -> bool) -> bool {
    Expression::parse_mode(expression, ParseMode::LAX).is_ok_and(|expression| expression.evaluate(fine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_lies_elsewhere_is_somebodys() {
        assert_eq!(foreign_data(["icons/icon.png", "ui/src/hat.WEBP", "ui/src/main.ts"].into_iter()), ["ui/src/hat.WEBP"]);
    }

    #[test]
    fn copyleft_is_refused_and_a_choice_is_taken() {
        assert!(is_allowed("MIT"));
        assert!(is_allowed("(MIT OR GPL-3.0)"));
        assert!(!is_allowed("GPL-3.0"));
        assert!(!is_allowed("MIT AND AGPL-3.0"));
        assert!(!is_allowed("(MIT OR Apache-2.0) AND GPL-3.0-only"));
        assert!(is_allowed("MIT AND (GPL-2.0-or-later OR Zlib)"));
        assert!(!is_allowed(""));
        assert!(!is_no_copyleft("AGPL-3.0-only"));
        assert!(is_no_copyleft("MPL-2.0"));
    }
}
