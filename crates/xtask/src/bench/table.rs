//! The table, as it goes into the README.

use super::row::{Limit, Row};

/// Markdown, one line for each budget.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut lines = vec!["| budget | measured | floor | ratio | at most | kept |".to_owned(), "|---|---:|---:|---:|---:|---|".to_owned()];
    lines.extend(rows.iter().map(line));
    lines.join("\n")
}

fn line(row: &Row) -> String {
    let unit = row.unit;
    let floor = row.floor.map_or_else(|| "–".to_owned(), |floor| quantity(floor, unit));
    let ratio = row.floor.map_or_else(|| "–".to_owned(), |floor| format!("{:.2}", row.measured / floor));
    let limit = match row.limit {
        Limit::AtMost(limit) => plain(limit, unit),
        Limit::Times(limit) => format!("{limit} ×"),
        Limit::Over(limit) => format!("floor + {}", plain(limit, unit)),
        Limit::Told => "–".to_owned(),
    };
    format!(
        "| {} | {} | {floor} | {ratio} | {limit} | {} |",
        row.what,
        quantity(row.measured, unit),
        match row.limit {
            Limit::Told => "–",
            _ if row.keeps() => "yes",
            _ => "**no**",
        }
    )
}

fn plain(value: f64, unit: &str) -> String {
    format!("{value} {unit}")
}

/// Three digits that count.
fn quantity(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_budget_stands_out() {
        let rows = [
            Row { what: "start".into(), measured: 412.4, floor: Some(300.0), limit: Limit::Times(1.25), unit: "ms" },
            Row::at_most("search", 3.456, 5.0, "ms"),
        ];
        let table = markdown(&rows);
        assert!(table.contains("| start | 412 ms | 300 ms | 1.37 | 1.25 × | **no** |"), "{table}");
        assert!(table.contains("| search | 3.46 ms | – | – | 5 ms | yes |"), "{table}");
    }
}
