use proptest::prelude::*;

use super::*;
use crate::scoring::listen::lexicon::Lexicon;

/// The search as it was first written: every way is gone to its end, the earliest first. What it finds is what a pattern means.
fn searched(steps: &[Step], turn: &Utterance<'_>, at: usize, end: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    let furthest = if step.reach { (at + REACH).min(end) } else { at };
    let turned = (at..furthest).find(|at| turn.id(*at).is_some_and(|id| NOT.contains(&id)));
    (at..=turned.unwrap_or(furthest)).find_map(|at| step.ends(turn, at, end).find_map(|at| searched(rest, turn, at, end)))
}

/// One word, several, phrases of several lengths, or what stands for words in between.
fn part() -> impl Strategy<Value = String> {
    let word = prop_oneof![Just("a"), Just("b"), Just("c"), Just("not"), Just("24")];
    let phrase = prop::collection::vec(word.clone(), 1..4).prop_map(|words| words.join("_"));
    let step = prop::collection::vec(phrase, 2..5).prop_map(|any| any.join("|"));
    prop_oneof![3 => word.prop_map(str::to_owned), 3 => step, 3 => Just("..".to_owned())]
}

/// A few of the words that patterns are made of.
fn talk() -> impl Strategy<Value = String> {
    let word = prop_oneof![4 => Just("a"), 4 => Just("b"), 2 => Just("c"), 1 => Just("not"), 1 => Just("twenty four"), 1 => Just("b.")];
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_ends_where_going_every_way_to_its_end_finds_it(parts in prop::collection::vec(part(), 0..7), talk in talk()) {
        let stems = &Lexicon::get().stems;
        let (pattern, turn) = (Pattern::parse(&parts.join(" "), stems), Utterance::read(&talk, stems));
        for end in 0..=turn.words.len() + 1 {
            for at in 0..=end {
                // Without a word there is nothing that could be found.
                let expected = pattern.steps.first().and_then(|_| searched(&pattern.steps, &turn, at, end));
                prop_assert_eq!(pattern.match_at(&turn, at, end), expected, "{:?} in {:?} from {} to {}", parts, talk, at, end);
            }
        }
    }
}

#[test]
fn a_pattern_with_many_ways_costs_its_steps_times_the_words() {
    let stems = &Lexicon::get().stems;
    let said = "a ".repeat(60);
    let turn = Utterance::read(&said, stems);
    let cost = |steps: usize| {
        let pattern = Pattern::parse(&format!("a {} .. b", ".. a|a_a|a_a_a ".repeat(steps)), stems);
        work::taken();
        assert_eq!(pattern.match_at(&turn, 0, turn.words.len()), None);
        work::taken()
    };
    for steps in [1, 2, 4, 7] {
        let most = 4 * (steps as u64 + 2) * turn.words.len() as u64;
        assert!(cost(steps) <= most, "{steps} steps: {} places looked at", cost(steps));
    }
}
