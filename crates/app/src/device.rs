//! What the use cases need of the device they run on.

use sellme_core::Millis;
use uuid::{Builder, Uuid};

/// Clock, time zone and chance; a test or a script brings its own.
pub trait Device: Send + Sync {
    /// The time.
    fn now(&self) -> Millis;

    /// Minutes east of UTC, so that a day is the user's day.
    fn utc_offset_minutes(&self) -> i32;

    /// Ten bytes that nobody has seen before.
    fn chance(&self) -> [u8; 10];

    /// The time by which it is told when a backup is due: the real one, also where the clock of the talk is made up.
    fn real_now(&self) -> Millis {
        self.now()
    }
}

/// A new id, ordered by time.
pub(crate) fn new_id(device: &dyn Device) -> Uuid {
    let millis = u64::try_from(device.now().0).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &device.chance()).into_uuid()
}

/// A seed for a customer.
pub(crate) fn new_seed(device: &dyn Device) -> u32 {
    let chance = device.chance();
    u32::from_le_bytes([chance[0], chance[1], chance[2], chance[3]])
}

/// Days since 1970-01-01 where the user is.
pub(crate) fn today(device: &dyn Device) -> i32 {
    let minutes = device.now().0.div_euclid(60_000) + i64::from(device.utc_offset_minutes());
    i32::try_from(minutes.div_euclid(1_440)).unwrap_or(0)
}

/// A day since 1970-01-01 as a date, such as `2026-03-02`.
pub(crate) fn date(day: i32) -> String {
    // Counted from 0000-03-01, in cycles of 400 years. Years that begin in March have their leap day at the end.
    let days = i64::from(day) + 719_468;
    let (cycle, in_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_cycle = (in_cycle - in_cycle / 1_460 + in_cycle / 36_524 - in_cycle / 146_096) / 365;
    let in_year = in_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let from_march = (5 * in_year + 2) / 153;
    let day_of_month = in_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day_of_month:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_date() {
        for (day, name) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_514, "2026-03-02"),
            (20_453, "2025-12-31"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(day), name);
        }
    }
}
