//! From counts to progress.

use super::{Direction, Mastery, Progress, SkillProgress, Tallies, Trend, badges::badges, streak};

/// Slope, in points a session, beyond which scores go up or down.
const STEADY: f64 = 0.5;
/// The trend looks at this many scores.
const TREND_OVER: usize = 10;

/// What a person's counts come to on this day (days since 1970-01-01 where the person is).
#[must_use]
pub fn judge(tallies: &Tallies, today: i32) -> Progress {
    let scores: Vec<u8> = tallies.recent.iter().map(|point| point.score).collect();
    let over = tallies.completed + tallies.abandoned;
    let mut mastery: Vec<Mastery> = tallies
        .products
        .iter()
        .filter_map(|product| {
            let average = product.scores.average().map(rounded)?;
            Some(Mastery {
                product_id: product.product_id.clone(),
                average,
                best: product.best.unwrap_or(average),
                sessions: product.completed,
            })
        })
        .collect();
    mastery.sort_by(|a, b| b.average.cmp(&a.average).then_with(|| a.product_id.cmp(&b.product_id)));
    Progress {
        total_sessions: tallies.completed,
        scored_sessions: tallies.scores.count,
        average_score: tallies.scores.average().map(rounded),
        best_score: tallies.best,
        completion_rate: (over > 0).then(|| rounded(f64::from(tallies.completed) * 100.0 / f64::from(over))),
        practice_ms: tallies.practice_ms,
        skills: tallies
            .skills
            .iter()
            .map(|skill| SkillProgress {
                skill: skill.skill,
                average: skill.all.average().map(rounded),
                change: skill
                    .last_thirty_days
                    .average()
                    .zip(skill.thirty_days_before.average())
                    .map(|(now, before)| i32::from(rounded(now)) - i32::from(rounded(before))),
                recent: skill.recent.clone(),
            })
            .collect(),
        mastery,
        trend: trend(&scores[scores.len().saturating_sub(TREND_OVER)..]),
        scores: tallies.recent.clone(),
        streak: streak::current(&tallies.days, today),
        best_streak: streak::longest(&tallies.days),
        week: streak::week(&tallies.days, today),
        badges: badges(tallies),
    }
}

/// The least-squares line through the scores, oldest first.
pub(crate) fn trend(scores: &[u8]) -> Trend {
    let Some(count) = u8::try_from(scores.len()).ok().filter(|count| *count >= 3) else {
        return Trend { slope_hundredths: 0, direction: Direction::TooEarly };
    };
    let count = f64::from(count);
    let middle = (count - 1.0) / 2.0;
    let mean = scores.iter().map(|score| f64::from(*score)).sum::<f64>() / count;
    let (mut covariance, mut variance) = (0.0, 0.0);
    for (position, score) in (0_u8..).zip(scores) {
        let x = f64::from(position) - middle;
        covariance += x * (f64::from(*score) - mean);
        variance += x * x;
    }
    let slope = covariance / variance;
    let direction = match slope {
        slope if slope > STEADY => Direction::Improving,
        slope if slope < -STEADY => Direction::Declining,
        _ => Direction::Steady,
    };
    // Scores lie between 0 and 100, so the slope fits with room to spare.
    #[allow(clippy::cast_possible_truncation)]
    let slope_hundredths = (slope * 100.0).round() as i32;
    Trend { slope_hundredths, direction }
}

/// A percentage, half away from zero.
fn rounded(value: f64) -> u8 {
    // Clamped first, so nothing is cut off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let rounded = value.round().clamp(0.0, 100.0) as u8;
    rounded
}

#[cfg(test)]
mod tests {
    use super::{super::tallies::Sum, *};

    #[test]
    fn the_trend_is_the_slope_of_the_least_squares_line_and_its_word() {
        assert_eq!(trend(&[50, 60, 70]), Trend { slope_hundredths: 1000, direction: Direction::Improving });
        assert_eq!(trend(&[70, 60, 50]), Trend { slope_hundredths: -1000, direction: Direction::Declining });
        assert_eq!(trend(&[60, 61, 60, 61]), Trend { slope_hundredths: 20, direction: Direction::Steady });
        assert_eq!(trend(&[60, 90]).direction, Direction::TooEarly, "two scores are no trend");
    }

    #[test]
    fn the_average_is_rounded_and_absent_without_a_score() {
        let scored = Tallies { scores: Sum { count: 2, sum: 135 }, completed: 3, abandoned: 1, ..Tallies::default() };
        let progress = judge(&scored, 0);
        assert_eq!(progress.average_score, Some(68), "67.5 rounds up");
        assert_eq!(progress.completion_rate, Some(75));
        assert_eq!(progress.total_sessions, 3);
        let nothing = judge(&Tallies::default(), 0);
        assert_eq!((nothing.average_score, nothing.completion_rate), (None, None));
    }
}
