//! A day of the calendar.

use std::fmt;

use sellme_core::Millis;
use serde::{Deserialize, Deserializer, de::Error as _};

/// A day, UTC: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(i64);

impl Day {
    /// The day of this moment.
    pub(super) fn of(moment: Millis) -> Self {
        Self(moment.0.div_euclid(86_400_000))
    }

    /// Days from that day to this one.
    pub(super) fn days_after(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// `2027-01-20`; `None` for anything that is no day.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let found = ((1..=9999).contains(&year) && (1..=12).contains(&month)).then(|| Self::count(year, month, day))?;
        // The 30th of February is another day when it is written back.
        (found.to_string() == text).then_some(found)
    }

    /// Days since 1970-01-01. The year is begun with March, so that the leap day is its last.
    fn count(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let month = (month + 9) % 12;
        let in_year = (153 * month + 2) / 5 + day - 1;
        Self(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The inverse of `count`, in eras of 400 years.
        let days = self.0 + 719_468;
        let (era, in_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * year + year / 4 - year / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("“{text}” is no day, such as 2027-01-20")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        for (text, days) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-11-23", 20_780), ("2027-01-20", 20_838)]
        {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
            assert_eq!(Day(days).to_string(), text);
        }
        assert_eq!(Day::of(super::super::tests::TODAY).to_string(), "2026-11-23");
        assert_eq!(Day::of(Millis(-1)).to_string(), "1969-12-31");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2027", "2027-1-20", "2027-02-30", "2027-13-01", "2027-00-10", "99999999999-01-01", "a-b-c"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
