//! The reference, set up in a working copy: the folder that it comes from is only read.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::command::{is_installed, output, program, run, target};

/// What its set-up and its measurement need, with Debian's package of each.
const PROGRAMS: [(&str, &str); 6] =
    [("node", "nodejs"), ("npm", "npm"), ("sqlite3", "sqlite3"), ("g++", "g++"), ("make", "make"), ("python3", "python3")];

/// What a set-up makes, so it is neither copied nor looked at.
const MADE: [&str; 4] = ["node_modules", "dist", "generated", "out"];

/// The copy, ready to measure. Set up anew where the folder or node changed since the last time; a minute or two.
pub(super) fn set_up(shared: &Path) -> Result<PathBuf> {
    let missing: Vec<_> = PROGRAMS.iter().filter(|(name, _)| !is_installed(name)).map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        bail!("the reference needs what these Debian packages hold: {}", missing.join(" "));
    }
    let copy = target().join("bench/reference");
    let stamp = copy.join(".set-up");
    let source = fingerprint(shared)?;
    if fs::read_to_string(&stamp).is_ok_and(|made| made == source) {
        return Ok(copy);
    }
    println!("Setting the reference up");
    if copy.exists() {
        fs::remove_dir_all(&copy).with_context(|| format!("{} cannot be removed", copy.display()))?;
    }
    for file in files(shared)? {
        let to = copy.join(&file);
        fs::create_dir_all(to.parent().context("a file in the folder")?)?;
        // Its bytes alone: what is read-only there is to be written here.
        fs::write(to, fs::read(shared.join(&file))?)?;
    }
    build(&copy)?;
    fs::write(stamp, source)?;
    Ok(copy)
}

/// The steps of its README.
fn build(copy: &Path) -> Result<()> {
    let npm = |arguments: &[&str]| {
        let mut command = program("npm", arguments);
        // Named, but not used and not fetched.
        command.current_dir(copy.join("seed-reference")).env("PRISMA_SCHEMA_ENGINE_BINARY", "/bin/true");
        command
    };
    run(&mut npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    let mut driver = npm(&["rebuild", "better-sqlite3"]);
    if let Some(prefix) = prefix_of_node() {
        driver.env("npm_config_nodedir", prefix);
    }
    run(&mut driver)?;
    run(&mut npm(&["run", "build"]))?;
    run(program("sh", &["data/build.sh", "data/out"]).current_dir(copy))
}

/// Where node was installed, with its headers, which need not be fetched then.
fn prefix_of_node() -> Option<PathBuf> {
    let node = env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join("node")).find(|node| node.is_file())?;
    let prefix = node.canonicalize().ok()?.parent()?.parent()?.to_owned();
    prefix.join("include/node/node.h").is_file().then_some(prefix)
}

/// What the copy was made of.
fn fingerprint(shared: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files(shared)? {
        (&file, fs::read(shared.join(&file))?).hash(&mut hasher);
    }
    Ok(format!("{} {:016x}", output(&mut program("node", &["--version"]))?.trim(), hasher.finish()))
}

/// Every file of the folder, in order, as it is named inside it.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.file_type()?.is_file() {
            all.push(name);
        } else if !MADE.iter().any(|made| name.as_os_str() == *made) {
            all.extend(files(&entry.path())?.into_iter().map(|file| name.join(file)));
        }
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::measured::Scratch;

    #[test]
    fn the_copy_is_made_again_when_a_file_changes_and_not_for_what_a_set_up_makes() {
        let folder = Scratch::new("fingerprint").unwrap();
        fs::create_dir_all(folder.0.join("src/dist")).unwrap();
        fs::write(folder.0.join("src/index.ts"), "1").unwrap();
        let first = fingerprint(&folder.0).unwrap();
        fs::write(folder.0.join("src/dist/index.js"), "1").unwrap();
        assert_eq!(fingerprint(&folder.0).unwrap(), first);
        fs::write(folder.0.join("src/index.ts"), "2").unwrap();
        assert_ne!(fingerprint(&folder.0).unwrap(), first);
        assert_eq!(files(&folder.0).unwrap(), [PathBuf::from("src/index.ts")]);
    }
}
