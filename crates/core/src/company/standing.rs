//! What a person's computed scores come to, in the shape that the company's clients know.

use std::collections::BTreeMap;

use crate::{
    progress::{self, Direction},
    scoring::report::Skill,
};

/// Scores that were added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Completed sessions whose report was computed.
    pub sessions: u32,
    /// Of these, those that were long enough to score.
    pub scored: u32,
    /// Their overall scores together.
    pub score_sum: u64,
    /// Best of them.
    pub best: Option<u8>,
    /// Scores of 80 or more.
    pub at_least_80: u32,
    /// Scores of 95 or more.
    pub at_least_95: u32,
    /// For each skill in how many it was observed, and the scores together.
    pub skills: [(u32, u64); 4],
    /// For each product how many were scored, and their overall scores together.
    pub products: Vec<(String, u32, u64)>,
    /// The last ten overall scores, newest first.
    pub recent: Vec<u8>,
    /// Sessions that are handed in and not computed yet; they count in nothing else.
    pub pending: u32,
}

/// A badge that was earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge {
    /// `dedicated`, `expert` or `consistent`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// What a person's computed scores come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Completed sessions whose report was computed.
    pub total_sessions: u32,
    /// Mean overall score, rounded; 0 without one.
    pub average_score: u8,
    /// Mean overall score by product.
    pub product_mastery: BTreeMap<String, u8>,
    /// Mean score by skill; a skill that was never observed is not there.
    pub skill_breakdown: BTreeMap<String, u8>,
    /// Mean of the newer half of the last ten scores less that of the older half, rounded.
    pub trend: i32,
    /// Slope of the line through the last ten scores, hundredths of a point a session.
    pub trend_slope_hundredths: i32,
    /// The same in a word.
    pub trend_direction: Direction,
    /// Badges that were earned.
    pub badges: Vec<Badge>,
    /// Best overall score.
    pub best_score: Option<u8>,
    /// Sessions that are handed in and not computed yet.
    pub pending_sessions: u32,
}

/// Adds up.
#[must_use]
pub fn standing(sums: &Sums) -> Standing {
    let oldest_first: Vec<u8> = sums.recent.iter().rev().copied().collect();
    let line = progress::trend(&oldest_first);
    let breakdown =
        Skill::ALL.into_iter().zip(sums.skills).filter_map(|(skill, (seen, sum))| Some((name(skill).to_owned(), mean(sum, seen)?)));
    let mastery = sums.products.iter().filter_map(|(product, scored, sum)| Some((product.clone(), mean(*sum, *scored)?)));
    let badges = [
        ("dedicated", "Dedicated Learner", sums.sessions >= 10),
        ("expert", "Sales Expert", sums.at_least_95 >= 1),
        ("consistent", "Consistent Performer", sums.at_least_80 >= 5),
    ];
    let earned = badges.into_iter().filter(|(_, _, earned)| *earned);
    Standing {
        total_sessions: sums.sessions,
        average_score: mean(sums.score_sum, sums.scored).unwrap_or(0),
        product_mastery: mastery.collect(),
        skill_breakdown: breakdown.collect(),
        trend: halves(&sums.recent),
        trend_slope_hundredths: line.slope_hundredths,
        trend_direction: line.direction,
        badges: earned.map(|(id, name, _)| Badge { id, name }).collect(),
        best_score: sums.best,
        pending_sessions: sums.pending,
    }
}

fn name(skill: Skill) -> &'static str {
    match skill {
        Skill::ProductKnowledge => "productKnowledge",
        Skill::ObjectionHandling => "objectionHandling",
        Skill::ClosingTechnique => "closingTechnique",
        Skill::Rapport => "rapport",
    }
}

/// A mean of percentages, half up.
fn mean(sum: u64, count: u32) -> Option<u8> {
    let count = u64::from(count);
    if count == 0 { None } else { u8::try_from((2 * sum + count) / (2 * count)).ok() }
}

/// Newest first: the newer half's mean less the older half's, half up.
fn halves(recent: &[u8]) -> i32 {
    let half = recent.len() / 2;
    let sum = |scores: &[u8]| scores.iter().map(|score| i32::from(*score)).sum::<i32>();
    let Some(count) = i32::try_from(half).ok().filter(|count| *count > 0) else { return 0 };
    let difference = sum(&recent[..half]) - sum(&recent[recent.len() - half..]);
    (2 * difference + count).div_euclid(2 * count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_without_a_session_has_anything() {
        let nothing = standing(&Sums::default());
        assert_eq!((nothing.total_sessions, nothing.average_score, nothing.trend), (0, 0, 0));
        assert!(nothing.badges.is_empty() && nothing.product_mastery.is_empty() && nothing.skill_breakdown.is_empty());
    }

    #[test]
    fn the_trend_is_the_newer_half_less_the_older_half_and_half_goes_up() {
        assert_eq!(halves(&[]), 0);
        assert_eq!(halves(&[90]), 0);
        assert_eq!(halves(&[80, 70]), 10);
        assert_eq!(halves(&[80, 99, 70]), 10, "the one in the middle belongs to neither");
        assert_eq!(halves(&[71, 70, 70, 70]), 1, "0.5 goes up");
        assert_eq!(halves(&[70, 70, 71, 70]), 0, "-0.5 goes up too");
    }

    #[test]
    fn badges_keep_their_rules() {
        let earned = |sums: &Sums| standing(sums).badges.into_iter().map(|badge| badge.id).collect::<Vec<_>>();
        assert!(earned(&Sums { sessions: 9, at_least_80: 4, ..Sums::default() }).is_empty());
        assert_eq!(
            earned(&Sums { sessions: 10, at_least_80: 5, at_least_95: 1, ..Sums::default() }),
            ["dedicated", "expert", "consistent"]
        );
    }

    #[test]
    fn means_are_rounded_half_up_and_a_skill_that_was_never_seen_is_not_there() {
        let sums = Sums {
            sessions: 2,
            scored: 2,
            score_sum: 135,
            skills: [(2, 141), (0, 0), (1, 50), (2, 130)],
            products: vec![("hat".to_owned(), 2, 135), ("rug".to_owned(), 0, 0)],
            ..Sums::default()
        };
        let stands = standing(&sums);
        assert_eq!(stands.average_score, 68);
        assert_eq!(
            stands.skill_breakdown.into_iter().collect::<Vec<_>>(),
            [("closingTechnique".to_owned(), 50), ("productKnowledge".to_owned(), 71), ("rapport".to_owned(), 65)]
        );
        assert_eq!(stands.product_mastery.into_iter().collect::<Vec<_>>(), [("hat".to_owned(), 68)]);
    }
}
