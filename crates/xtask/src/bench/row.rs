//! One budget and how it was kept.

/// What is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// So much.
    AtMost(f64),
    /// So many times the floor.
    Times(f64),
    /// So much more than the floor.
    Over(f64),
    /// One part in so many of the floor, or less.
    Part(f64),
    /// So many times the floor, or more: what is better the more there is of it.
    AtLeast(f64),
    /// Nothing: it is told beside a budget.
    Told,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Row {
    /// What was measured.
    pub(super) what: String,
    /// The median.
    pub(super) measured: f64,
    /// What the same takes where the program does nothing, or what another program makes of it, from the same run.
    pub(super) floor: Option<f64>,
    /// What is allowed.
    pub(super) limit: Limit,
    /// Unit of `measured`, `floor` and the limit, such as `ms`.
    pub(super) unit: &'static str,
}

impl Row {
    /// A budget without a floor.
    pub(super) fn at_most(what: &str, measured: f64, limit: f64, unit: &'static str) -> Self {
        Self { what: what.to_owned(), measured, floor: None, limit: Limit::AtMost(limit), unit }
    }

    /// True where the budget is kept. What was not measured (NaN) is not kept.
    pub(super) fn keeps(&self) -> bool {
        match (self.limit, self.floor) {
            (Limit::AtMost(limit), _) => self.measured <= limit,
            (Limit::Times(limit), Some(floor)) => self.measured <= floor * limit,
            (Limit::Over(limit), Some(floor)) => self.measured - floor <= limit,
            (Limit::Part(parts), Some(floor)) => self.measured <= floor / parts,
            (Limit::AtLeast(times), Some(floor)) => self.measured >= floor * times,
            (Limit::Times(_) | Limit::Over(_) | Limit::Part(_) | Limit::AtLeast(_), None) => false,
            (Limit::Told, _) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measured: f64, floor: Option<f64>, limit: Limit) -> Row {
        Row { what: String::new(), measured, floor, limit, unit: "ms" }
    }

    #[test]
    fn a_budget_is_kept_up_to_its_limit_and_no_further() {
        assert!(row(10.0, None, Limit::AtMost(10.0)).keeps());
        assert!(!row(10.1, None, Limit::AtMost(10.0)).keeps());
        assert!(row(125.0, Some(100.0), Limit::Times(1.25)).keeps());
        assert!(!row(126.0, Some(100.0), Limit::Times(1.25)).keeps());
        assert!(row(30.0, Some(5.0), Limit::Over(25.0)).keeps());
        assert!(!row(30.5, Some(5.0), Limit::Over(25.0)).keeps());
        assert!(row(10.0, Some(80.0), Limit::Part(8.0)).keeps());
        assert!(!row(10.1, Some(80.0), Limit::Part(8.0)).keeps());
        assert!(row(50.0, Some(10.0), Limit::AtLeast(5.0)).keeps());
        assert!(!row(49.9, Some(10.0), Limit::AtLeast(5.0)).keeps());
    }

    #[test]
    fn what_was_not_measured_is_not_kept() {
        assert!(!row(f64::NAN, None, Limit::AtMost(10.0)).keeps());
        for limit in [Limit::Times(2.0), Limit::Over(2.0), Limit::Part(2.0), Limit::AtLeast(2.0)] {
            assert!(!row(1.0, None, limit).keeps());
            assert!(!row(f64::NAN, Some(1.0), limit).keeps());
            assert!(!row(1.0, Some(f64::NAN), limit).keeps());
        }
    }
}
