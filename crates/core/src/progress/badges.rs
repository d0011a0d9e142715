//! Badges. The first three keep the ids and rules they always had; newer ones reward behaviour, never volume.

use super::{Badge, Tallies};

/// Every badge, earned ones first.
pub(super) fn badges(tallies: &Tallies) -> Vec<Badge> {
    let badge = |id: &str, have: u32, need: u32| Badge { id: id.to_owned(), earned: have >= need, have, need };
    let mut badges = vec![
        badge("dedicated", tallies.completed, 10),
        badge("consistent", tallies.at_least_80, 5),
        badge("expert", tallies.at_least_95, 1),
        badge("straight-talker", tallies.uncontradicted, 5),
        badge("doubt-settler", tallies.all_resolved, 5),
    ];
    badges.sort_by_key(|badge| !badge.earned);
    badges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earned(tallies: &Tallies) -> Vec<String> {
        badges(tallies).into_iter().filter(|badge| badge.earned).map(|badge| badge.id).collect()
    }

    #[test]
    fn ten_completed_sessions_earn_dedicated() {
        assert!(earned(&Tallies { completed: 9, ..Tallies::default() }).is_empty());
        assert_eq!(earned(&Tallies { completed: 10, ..Tallies::default() }), ["dedicated"]);
    }

    #[test]
    fn one_session_of_95_earns_expert() {
        assert_eq!(earned(&Tallies { at_least_95: 1, ..Tallies::default() }), ["expert"]);
    }

    #[test]
    fn five_sessions_of_80_earn_consistent() {
        assert!(earned(&Tallies { at_least_80: 4, ..Tallies::default() }).is_empty());
        assert_eq!(earned(&Tallies { at_least_80: 5, ..Tallies::default() }), ["consistent"]);
    }
}
