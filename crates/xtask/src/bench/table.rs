//! The table, as it goes into the README.

use super::row::{Limit, Row};

/// Markdown, one line for each budget.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut lines = vec!["| budget | measured | floor | ratio | limit | kept |".to_owned(), "|---|---:|---:|---:|---:|---|".to_owned()];
    lines.extend(rows.iter().map(line));
    lines.join("\n")
}

fn line(row: &Row) -> String {
    let unit = row.unit;
    let floor = row.floor.map_or_else(|| "–".to_owned(), |floor| quantity(floor, unit));
    let ratio = row.floor.map_or_else(|| "–".to_owned(), |floor| ratio(row.measured / floor));
    let limit = match row.limit {
        Limit::AtMost(limit) => plain(limit, unit),
        Limit::Times(limit) => format!("{limit} ×"),
        Limit::Over(limit) => format!("floor + {}", plain(limit, unit)),
        Limit::Part(parts) => format!("1/{parts} ×"),
        Limit::AtLeast(times) => format!("at least {times} ×"),
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

/// Two digits behind the point, or, of what is far below the floor, two that count.
fn ratio(value: f64) -> String {
    let digits = (1..9).find(|digits| value.abs() * 10f64.powi(*digits) >= 1.0).map_or(2, |first| usize::try_from(first).unwrap_or(1) + 1);
    format!("{value:.digits$}")
}

/// Three digits that count, down to a ten-thousandth.
fn quantity(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        small if small < 0.01 && small > 0.0 => 4,
        _ => 2,
    };
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_far_above_or_below_the_floor_says_so() {
        let rows = [
            Row { what: "pairs".into(), measured: 3900.0, floor: Some(812.0), limit: Limit::AtLeast(5.0), unit: "/s" },
            Row { what: "progress".into(), measured: 0.0041, floor: Some(252.0), limit: Limit::Part(100.0), unit: "ms" },
            Row { what: "memory".into(), measured: 16.0, floor: Some(280.0), limit: Limit::Part(6.0), unit: "MB" },
        ];
        let table = markdown(&rows);
        assert!(table.contains("| pairs | 3900 /s | 812 /s | 4.80 | at least 5 × | **no** |"), "{table}");
        assert!(table.contains("| progress | 0.0041 ms | 252 ms | 0.000016 | 1/100 × | yes |"), "{table}");
        assert!(table.contains("| memory | 16.0 MB | 280 MB | 0.057 | 1/6 × | yes |"), "{table}");
    }

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
