//! What a score makes of a conversation: how it ends, what is not measured, time; among it the defects of an earlier application that must not come back.

use crate::common::{catalog, context, goldens, renumbered, scored, spoken, transcript, turn};
use sellme_core::{
    Millis,
    scoring::{
        Context, Scorer,
        cue::CueKind,
        hint,
        report::{MeasureKind, Skill},
        score,
    },
    session::{Outcome, Speaker, Turn},
};

#[test]
fn the_whole_conversation_counts_for_the_outcome_and_not_its_first_turns() {
    let mut turns: Vec<Turn> = (0..40)
        .map(|index| {
            turn(
                index,
                if index % 2 == 0 { Speaker::Rep } else { Speaker::Customer },
                if index % 2 == 0 { "The weather holds." } else { "It does." },
            )
        })
        .collect();
    turns.push(turn(40, Speaker::Rep, "Shall I ring it up for you?"));
    turns.push(turn(41, Speaker::Customer, "Yes, I'll take it."));
    assert_eq!(scored("pilbara-friendly-easy", &turns).outcome, Outcome::Sale);
}

#[test]
fn i_quite_understand_is_no_loss_and_yesterday_ideally_soldier_are_no_win() {
    let lines =
        ["I quite understand.", "I was here yesterday.", "Ideally it would be brown.", "My father was a soldier.", "I sold the old truck."];
    for line in lines {
        let talk = [
            turn(0, Speaker::Rep, "Good morning. What brings you in?"),
            turn(1, Speaker::Customer, line),
            turn(2, Speaker::Rep, "Shall I ring it up for you?"),
            turn(3, Speaker::Customer, line),
        ];
        let report = scored("pilbara-friendly-easy", &talk);
        assert_eq!(report.outcome, Outcome::Undecided, "{line}");
        assert!(!report.cues.iter().any(|cue| matches!(cue.kind, CueKind::Acceptance | CueKind::Refusal)), "{line}");
    }
}

#[test]
fn a_goodbye_after_a_sale_leaves_it_a_sale() {
    for goodbye in ["Goodbye!", "Bye now, thanks for everything.", "No, that's all. Have a good day.", "I have to go. Goodbye."] {
        let talk = [
            turn(0, Speaker::Rep, "Shall I ring it up for you?"),
            turn(1, Speaker::Customer, "Yes, I'll take it."),
            turn(2, Speaker::Rep, "Thank you. Anything else?"),
            turn(3, Speaker::Customer, goodbye),
            turn(4, Speaker::Rep, "Goodbye!"),
        ];
        assert_eq!(scored("pilbara-friendly-easy", &talk).outcome, Outcome::Sale, "{goodbye}");
    }
}

#[test]
fn the_price_that_counts_is_that_of_the_product_on_the_counter() {
    let asked = |price: &str| {
        let talk = [
            turn(0, Speaker::Rep, "Good morning. What do you need it for?"),
            turn(1, Speaker::Customer, "How much is it?"),
            turn(2, Speaker::Rep, format!("It is {price}.")),
        ];
        scored("pilbara-friendly-easy", &talk).claims
    };
    // The hat's price on the coat.
    assert_eq!(asked("$189.99")[0].truth.as_deref(), Some("$119.00"));
    assert_eq!(serde_json::to_value(asked("$189.99")[0].verdict).unwrap(), "contradicted");
    assert_eq!(serde_json::to_value(asked("$119")[0].verdict).unwrap(), "supported");
}

#[test]
fn nothing_and_one_turn_say_what_could_not_be_measured() {
    for turns in [vec![], vec![turn(0, Speaker::Rep, "Hello.")], vec![turn(0, Speaker::Customer, "Hello.")]] {
        let report = scored("pilbara-friendly-easy", &turns);
        assert_eq!((report.overall_score, report.outcome), (None, Outcome::Undecided));
        assert!(report.not_scored.is_some());
        assert!(report.skills.iter().all(|skill| skill.score.is_none() && skill.not_observed.is_some()));
        assert!(report.measures.iter().all(|measure| measure.tenths.is_none() != measure.not_measurable.is_none()));
    }
}

#[test]
fn ten_thousand_turns_and_a_turn_of_a_megabyte_are_scored() {
    let lines = transcript(&goldens()[0].good.talk);
    let many: Vec<Turn> = renumbered(lines.iter().cycle().take(10_000).cloned().collect());
    assert!(scored("pilbara-skeptical-medium", &many).overall_score.is_some());
    let long = "it sheds rain and what do you need it for a hundred and nineteen dollars ".repeat(14_000);
    assert!(long.len() > 1_000_000);
    let mut turns = lines.clone();
    turns[1].text = long;
    let report = scored("pilbara-skeptical-medium", &turns);
    assert!(report.overall_score.is_some());
}

#[test]
fn without_product_or_scenario_what_can_be_told_is_told() {
    let turns = transcript(&goldens()[0].good.talk);
    let report = score(&Context::default(), &turns);
    assert_eq!(report.skills[0].not_observed.as_ref().unwrap().id, "not-observed-no-product");
    assert!(report.metrics.get(Skill::Rapport).is_some() && report.observed_weight <= 70);
}

#[test]
fn a_hint_speaks_to_what_stands_open() {
    let context = context(catalog(), "pilbara-skeptical-medium");
    let after = |turns: &[Turn]| {
        let mut scorer = Scorer::new(&context);
        turns.iter().for_each(|turn| drop(scorer.hear(turn)));
        hint(&scorer)
    };
    let smell = "It smells like an engine shed in here. Is it going to stay like that?";
    let mut talk = vec![turn(0, Speaker::Customer, "Hm. Another oilskin.")];
    assert_eq!(after(&talk).text.id, "hint-open");
    talk.push(turn(1, Speaker::Rep, "Afternoon. What are you out in, mostly?"));
    talk.push(turn(2, Speaker::Customer, smell));
    let doubt = after(&talk);
    assert_eq!(doubt.text.id, "hint-clarify");
    let example = doubt.example.unwrap();
    assert!(
        catalog()
            .product("pilbara-jacket")
            .unwrap()
            .objection("smell")
            .unwrap()
            .responses
            .iter()
            .any(|response| example.contains(&response.clarify)),
        "{example}"
    );
    // Passed over and said again: now it wants an answer. A no in the same breath changes nothing.
    talk.push(turn(3, Speaker::Rep, "It comes in two colors."));
    talk.push(turn(4, Speaker::Customer, "No. You went straight past it. The smell."));
    assert_eq!(after(&talk).text.id, "hint-answer-doubt");
    // Answered and settled: what they want is to be asked.
    talk.push(turn(
        5,
        Speaker::Rep,
        "I hear you. It is the finish when it is new, and it fades with a few weeks of wear. It sheds rain, and it is quiet cloth.",
    ));
    talk.push(turn(6, Speaker::Customer, "Huh. I can live with that. It might be what I am after, I like it."));
    assert_eq!(after(&talk).text.id, "hint-ask");
}

#[test]
fn what_was_answered_just_before_it_was_raised_is_answered_until_it_is_raised_again() {
    let smell = "It smells like an engine shed in here. Is it going to stay like that?";
    let mut talk = vec![
        turn(0, Speaker::Customer, "Hm. Another oilskin."),
        turn(1, Speaker::Rep, "It has a smell when it is new, and that fades with a few weeks of wear."),
        turn(2, Speaker::Customer, smell),
        turn(3, Speaker::Rep, "Does that help?"),
    ];
    let row = |talk: &[Turn]| scored("pilbara-skeptical-medium", talk).objections[0].clone();
    let answered = row(&talk);
    assert!(answered.resolved);
    let quoted = answered.steps.iter().filter_map(|step| step.quote.as_ref()).map(|quote| quote.turn).collect::<Vec<_>>();
    assert_eq!(quoted, [1, 3]);
    talk.push(turn(4, Speaker::Customer, "You went straight past it. The smell."));
    assert!(!row(&talk).resolved);
}

#[test]
fn what_is_said_in_another_language_is_not_measured() {
    let rep = [
        "Hola, buenos días, ¿en qué le puedo ayudar?",
        "Esta es una chaqueta muy buena para la lluvia",
        "Cuesta ciento diecinueve dólares",
        "¿Se la lleva hoy?",
    ];
    let turns: Vec<Turn> = rep
        .iter()
        .enumerate()
        .flat_map(|(at, line)| {
            [
                turn(2 * at, Speaker::Rep, *line),
                turn(2 * at + 1, Speaker::Customer, "Sorry, I only speak English, could you say that again please?"),
            ]
        })
        .collect();
    let report = scored("pilbara-skeptical-medium", &turns);
    assert_eq!(report.overall_score, None);
    assert_eq!(report.not_scored.unwrap().id, "not-scored-other-language");
    assert!(report.skills.iter().all(|skill| skill.score.is_none()));
}

#[test]
fn times_that_cannot_be_are_no_times() {
    let lines = transcript(&goldens()[0].good.talk);
    let typed = scored("pilbara-skeptical-medium", &lines);
    let ends = [i64::MIN, -1, 0, i64::MAX - 1, i64::MAX];
    for (from, to) in ends.into_iter().flat_map(|from| ends.map(|to| (from, to))) {
        let mut turns = lines.clone();
        for turn in &mut turns {
            (turn.started_ms, turn.ended_ms) = (Some(Millis(from)), Some(Millis(to)));
        }
        let report = scored("pilbara-skeptical-medium", &turns);
        assert_eq!(report.measures, typed.measures, "{from} to {to}");
        assert_eq!(report.overall_score, typed.overall_score);
        // One such turn among sound ones leaves the shares of the talk unknown.
        let mut turns = spoken(lines.clone());
        (turns[3].started_ms, turns[3].ended_ms) = (Some(Millis(from)), Some(Millis(to)));
        let share = scored("pilbara-skeptical-medium", &turns).measures.into_iter().find(|row| row.kind == MeasureKind::TalkShare).unwrap();
        assert!(share.tenths.is_none() && share.not_measurable.is_some(), "{from} to {to}");
    }
}

#[test]
fn a_turn_that_begins_before_the_one_it_answers_is_not_timed() {
    let mut turns = spoken(transcript(&goldens()[0].good.talk));
    let before = turns[2].started_ms.unwrap();
    (turns[3].started_ms, turns[3].ended_ms) = (Some(Millis(before.0 - 1)), turns[2].ended_ms);
    let share = scored("pilbara-skeptical-medium", &turns).measures.into_iter().find(|row| row.kind == MeasureKind::TalkShare).unwrap();
    assert!(share.tenths.is_none() && share.not_measurable.is_some());
}

#[test]
fn timing_changes_only_what_is_made_of_time() {
    for golden in goldens() {
        let turns = transcript(&golden.average.talk);
        let (typed, timed) = (scored(&golden.scenario, &turns), scored(&golden.scenario, &spoken(turns)));
        assert_eq!(typed.cues, timed.cues);
        assert_eq!(typed.outcome, timed.outcome);
        assert_eq!(typed.metrics.product_knowledge, timed.metrics.product_knowledge);
        assert_eq!(typed.metrics.closing_technique, timed.metrics.closing_technique);
    }
}
