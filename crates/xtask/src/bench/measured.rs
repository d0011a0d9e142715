//! Programs that measure: they print one JSON line `{"name", "value"}` for each measurement.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::command::{cargo, output, run, target};

/// What a program measured, by name.
#[derive(Debug, Default)]
pub(super) struct Measured(BTreeMap<String, f64>);

impl Measured {
    /// Runs the program and reads what it measured.
    pub(super) fn of(command: &mut Command) -> Result<Self> {
        Ok(Self::read(&output(command)?))
    }

    /// Reads measurements among other lines.
    pub(super) fn read(printed: &str) -> Self {
        let measurement = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            Some((line.get("name")?.as_str()?.to_owned(), line.get("value")?.as_f64()?))
        };
        Self(printed.lines().filter_map(measurement).collect())
    }

    /// One measurement.
    pub(super) fn get(&self, name: &str) -> Result<f64> {
        self.0.get(name).copied().with_context(|| format!("“{name}” was not measured"))
    }

    /// The largest of those whose name begins so.
    pub(super) fn worst(&self, beginning: &str) -> Option<(&str, f64)> {
        let named = self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(beginning)?.trim(), *value)));
        named.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Builds an example as it would be released, and says where it is.
pub(super) fn example(package: &str, name: &str, features: &str) -> Result<PathBuf> {
    run(&mut cargo(&["build", "--release", "--package", package, "--example", name, "--features", features]))?;
    Ok(target().join("release/examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The middle one.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A folder beside what cargo builds (so on a disk, not in memory), empty at first and gone at the end.
#[derive(Debug)]
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    /// An empty folder of this name.
    pub(super) fn new(name: &str) -> Result<Self> {
        let path = target().join("bench").join(format!("{name}-{}", std::process::id()));
        if path.exists() {
            std::fs::remove_dir_all(&path)?;
        }
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is cleared away with what cargo built.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_are_read_among_other_lines() {
        let measured = Measured::read("Compiling\n{\"name\":\"a x\",\"value\":1.5}\n{\"name\":\"a y\",\"value\":2}\n{\"value\":3}\n");
        assert_eq!(measured.get("a x").ok(), Some(1.5));
        assert_eq!(measured.worst("a "), Some(("y", 2.0)));
        assert!(measured.get("b").is_err());
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }
}
