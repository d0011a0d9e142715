//! What was measured, for whoever reads along and for `cargo xtask bench`.

/// The middle one.
fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Tells the spread; gives the median.
pub(crate) fn spread(name: &str, values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN);
    eprintln!(
        "{name}: {:.1} of {} ({:.1} to {:.1}; a quarter below {:.1}, a quarter above {:.1})",
        median(&sorted),
        sorted.len(),
        at(0),
        at(100),
        at(25),
        at(75)
    );
    median(&sorted)
}

/// Tells the spread, and prints the median as a measurement.
pub(crate) fn measured(name: &str, values: &[f64]) {
    println!("{}", serde_json::json!({ "name": name, "value": spread(name, values) }));
}
