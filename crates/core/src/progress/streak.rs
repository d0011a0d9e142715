//! Days in a row.

use super::DayMark;

/// Days in a row with practice, up to today, or up to yesterday where today has none yet. `days` are distinct, latest first.
pub(super) fn current(days: &[i32], today: i32) -> u32 {
    // A clock that was set back can leave days that have not come yet; they do not break the run.
    let mut past = days.iter().copied().skip_while(|day| *day > today);
    match past.next() {
        Some(latest) if latest >= today - 1 => 1 + run(latest, past),
        _ => 0,
    }
}

/// The longest such run ever.
pub(super) fn longest(days: &[i32]) -> u32 {
    let (mut best, mut length, mut before) = (0, 0, None);
    for day in days {
        length = if before == Some(day + 1) { length + 1 } else { 1 };
        best = best.max(length);
        before = Some(*day);
    }
    best
}

/// The last seven days, today last.
pub(super) fn week(days: &[i32], today: i32) -> Vec<DayMark> {
    (today - 6..=today).map(|day| DayMark { day, practised: days.contains(&day) }).collect()
}

fn run(latest: i32, days: impl Iterator<Item = i32>) -> u32 {
    let following = days.zip(1..).take_while(|(day, back)| *day == latest - back);
    u32::try_from(following.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_streak_counts_back_from_today_or_yesterday() {
        assert_eq!(current(&[10, 9, 8, 5], 10), 3);
        assert_eq!(current(&[9, 8], 10), 2, "today may still come");
        assert_eq!(current(&[8, 7], 10), 0, "a day was missed");
        assert_eq!(current(&[], 10), 0);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_break_the_streak() {
        assert_eq!(current(&[12, 10, 9], 10), 2);
    }

    #[test]
    fn the_longest_streak_is_kept() {
        assert_eq!(longest(&[20, 10, 9, 8, 5, 4]), 3);
        assert_eq!(longest(&[]), 0);
    }

    #[test]
    fn the_week_ends_today() {
        let week = week(&[10, 8], 10);
        assert_eq!(week.len(), 7);
        assert_eq!(week.iter().filter(|mark| mark.practised).map(|mark| mark.day).collect::<Vec<_>>(), [8, 10]);
    }
}
