//! What to practise next: the level from the last five scores, the scenario from what was practised least.

use crate::{catalog::Difficulty, scoring::report::Message};

/// A scenario that could be practised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub scenario_id: String,
    /// What is sold in it.
    pub product_id: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// True for a product that is not in the store's list.
    pub sample: bool,
    /// Completed attempts.
    pub attempts: u32,
    /// Best overall score.
    pub best: Option<u8>,
}

/// The level for these scores, newest first: none yet → easy; mean of the last five ≥ 85 → hard, ≥ 70 → medium, else easy.
#[must_use]
pub fn level(scores: &[u8]) -> Difficulty {
    match mean(scores) {
        Some(mean) if mean >= 85.0 => Difficulty::Hard,
        Some(mean) if mean >= 70.0 => Difficulty::Medium,
        _ => Difficulty::Easy,
    }
}

/// The scenario to practise next and why: at the level of the scores, the least practised, then the lowest best; the store's own products before samples.
/// `skip` is avoided where there is anything else. `None` only without candidates.
#[must_use]
pub fn recommend(scores: &[u8], candidates: &[Candidate], skip: &[String]) -> Option<(String, Message)> {
    let level = level(scores);
    let distance = |candidate: &Candidate| (candidate.difficulty as i32 - level as i32).unsigned_abs();
    let chosen = candidates.iter().min_by_key(|candidate| {
        let skipped = skip.contains(&candidate.scenario_id);
        (skipped, distance(candidate), candidate.attempts, candidate.sample, candidate.best)
    })?;
    let id = match (mean(scores), level) {
        (None, _) => "recommend-first",
        (_, Difficulty::Hard | Difficulty::Expert) => "recommend-hard",
        (_, Difficulty::Medium) => "recommend-medium",
        (_, Difficulty::Easy) => "recommend-easy",
    };
    let mut reason = Message::new(id).with("tried", if chosen.attempts == 0 { "no" } else { "yes" });
    if let Some(mean) = mean(scores) {
        // Rounded down, so that the number in the reason is one that the level's rule agrees with.
        reason = reason.with("average", format!("{:.0}", mean.floor())).with("count", scores.len().min(5).to_string());
    }
    Some((chosen.scenario_id.clone(), reason))
}

fn mean(scores: &[u8]) -> Option<f64> {
    let last = &scores[..scores.len().min(5)];
    let count = u8::try_from(last.len()).ok().filter(|count| *count > 0)?;
    Some(last.iter().map(|score| f64::from(*score)).sum::<f64>() / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str, difficulty: Difficulty, attempts: u32) -> Candidate {
        Candidate { scenario_id: id.to_owned(), product_id: "p".to_owned(), difficulty, sample: false, attempts, best: None }
    }

    #[test]
    fn the_level_follows_the_mean_of_the_last_five_scores() {
        assert_eq!(level(&[]), Difficulty::Easy);
        assert_eq!(level(&[69, 70, 70, 70, 70]), Difficulty::Easy);
        assert_eq!(level(&[70, 70, 70, 70, 70]), Difficulty::Medium);
        assert_eq!(level(&[85, 85, 85, 85, 85]), Difficulty::Hard);
        assert_eq!(level(&[90, 90, 90, 90, 90, 0, 0]), Difficulty::Hard, "older scores do not count");
    }

    #[test]
    fn the_least_practised_scenario_of_the_level_is_recommended() {
        let all =
            [candidate("easy", Difficulty::Easy, 0), candidate("often", Difficulty::Medium, 3), candidate("new", Difficulty::Medium, 0)];
        let (id, reason) = recommend(&[75, 75], &all, &[]).unwrap();
        assert_eq!((id.as_str(), reason.id.as_str()), ("new", "recommend-medium"));
    }

    #[test]
    fn the_average_in_the_reason_never_reaches_a_level_that_was_not_reached() {
        let all = [candidate("medium", Difficulty::Medium, 0), candidate("hard", Difficulty::Hard, 0)];
        let (id, reason) = recommend(&[85, 85, 85, 84, 84], &all, &[]).unwrap();
        assert_eq!((id.as_str(), reason.args["average"].as_str()), ("medium", "84"), "the mean is 84.6");
    }

    #[test]
    fn what_was_skipped_is_recommended_only_when_nothing_else_is_left() {
        let all = [candidate("a", Difficulty::Easy, 0), candidate("b", Difficulty::Hard, 0)];
        assert_eq!(recommend(&[], &all, &["a".to_owned()]).unwrap().0, "b");
        assert_eq!(recommend(&[], &all[..1], &["a".to_owned()]).unwrap().0, "a");
        assert_eq!(recommend(&[], &[], &[]), None);
    }
}
