//! What reps typed, from the scripts.

use std::{error::Error, fs, path::Path};

/// One rep with one customer.
pub(crate) struct Rep {
    pub(crate) scenario: String,
    pub(crate) lines: Vec<String>,
}

/// The good rep with each customer.
pub(crate) fn read() -> Result<Vec<Rep>, Box<dyn Error>> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scripts");
    let mut reps = Vec::new();
    for entry in fs::read_dir(scripts)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let text = fs::read_to_string(entry.path().join("good.txt"))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            reps.push(Rep { scenario: entry.file_name().to_string_lossy().into_owned(), lines });
        }
    }
    reps.sort_by(|a, b| a.scenario.cmp(&b.scenario));
    if reps.is_empty() {
        return Err("there are no scripts of reps".into());
    }
    Ok(reps)
}
