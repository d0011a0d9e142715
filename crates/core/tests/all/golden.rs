//! Golden conversations: a poor, an average and a good one on the same customer, with what must be noticed in them. Reps who speak like people and do not
//! quote the catalogue.

use std::collections::BTreeSet;

use crate::common::{Golden, Grade, catalog, context, goldens, spoken, transcript};
use sellme_core::{
    catalog::{Difficulty, Persona},
    scoring::{
        cue::Cue,
        report::{Message, Report, Skill},
        score,
    },
};

/// Points between neighbours, in the skill a triple was written for and overall.
const APART: u8 = 10;

fn report(golden: &Golden, grade: &Grade) -> Report {
    let turns = transcript(&grade.talk);
    score(&context(catalog(), &golden.scenario), &if golden.spoken { spoken(turns) } else { turns })
}

fn notices(cue: &Cue, expected: &str) -> bool {
    let mut parts = expected.split(' ');
    let turn: u32 = parts.next().unwrap().parse().unwrap();
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let kind = name(serde_json::to_value(cue.kind).unwrap());
    let details: Vec<String> =
        [cue.subject.clone(), cue.refers_to.clone(), cue.verdict.map(|verdict| name(serde_json::to_value(verdict).unwrap()))]
            .into_iter()
            .flatten()
            .collect();
    // A fact that is tied to a need is still that fact.
    let same_kind = |wanted: &str| kind == wanted || (wanted == "feature" && kind == "benefit");
    cue.turn == turn && same_kind(parts.next().unwrap()) && parts.all(|detail| details.iter().any(|known| known == detail))
}

#[test]
fn the_expected_cues_are_noticed_in_every_golden_conversation() {
    let mut missing = Vec::new();
    for golden in goldens() {
        for (name, grade) in golden.grades() {
            let cues = report(golden, grade).cues;
            for expected in &grade.expect {
                if !cues.iter().any(|cue| notices(cue, expected)) {
                    missing.push(format!("{} {name}: {expected}", golden.scenario));
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn good_is_above_average_is_above_poor_in_the_skill_and_overall() {
    let mut wrong = Vec::new();
    for golden in goldens() {
        let scores = golden.grades().map(|(_, grade)| {
            let report = report(golden, grade);
            (report.metrics.get(golden.skill).unwrap_or(0), report.overall_score.unwrap())
        });
        for pair in scores.windows(2) {
            if pair[1].0 < pair[0].0 + APART || pair[1].1 < pair[0].1 + APART {
                wrong.push(format!("{} (skill, overall): {scores:?}", golden.scenario));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn poor_average_and_good_land_where_a_trainer_would_put_them() {
    let mut wrong = Vec::new();
    for golden in goldens() {
        for ((name, grade), aim) in golden.grades().into_iter().zip([0..=40, 42..=69, 75..=100]) {
            let overall = report(golden, grade).overall_score.unwrap();
            if !aim.contains(&overall) {
                wrong.push(format!("{} {name}: {overall}", golden.scenario));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_golden_conversation_ends_as_it_was_written() {
    for golden in goldens() {
        for (name, grade) in golden.grades() {
            assert_eq!(report(golden, grade).outcome, grade.outcome, "{} {name}", golden.scenario);
        }
    }
}

#[test]
fn the_golden_conversations_cover_every_persona_and_difficulty_in_typing_and_in_speech() {
    let scenarios: Vec<_> = goldens().iter().map(|golden| catalog().scenario(&golden.scenario).unwrap().1.clone()).collect();
    let personas: BTreeSet<Persona> = scenarios.iter().map(|scenario| scenario.persona).collect();
    let difficulties: BTreeSet<Difficulty> = scenarios.iter().map(|scenario| scenario.difficulty).collect();
    let styles: BTreeSet<String> = goldens().iter().map(|golden| golden.style.clone()).collect();
    let skills = goldens().iter().fold([false; 4], |mut all, golden| {
        let at = Skill::ALL.iter().position(|skill| *skill == golden.skill).unwrap();
        all[at] = true;
        all
    });
    assert_eq!((personas.len(), difficulties.len(), styles.len(), skills), (5, 4, 2, [true; 4]));
    assert!(goldens().len() * 3 >= 18);
}

#[test]
fn every_quote_of_a_report_is_the_text_at_its_place() {
    for golden in goldens() {
        for (_, grade) in golden.grades() {
            let turns = transcript(&grade.talk);
            let report = report(golden, grade);
            let points = report.skills.iter().flat_map(|skill| &skill.points).filter_map(|point| point.quote.as_ref());
            let steps =
                report.objections.iter().flat_map(|row| row.steps.iter().filter_map(|step| step.quote.as_ref()).chain([&row.raised]));
            let coaching = report.coaching.iter().filter_map(|point| point.quote.as_ref());
            let claims = report.claims.iter().map(|row| &row.said);
            for quote in points.chain(steps).chain(coaching).chain(claims) {
                let text = &turns[quote.turn as usize].text;
                let (start, end) = (quote.span.start as usize, quote.span.end as usize);
                assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), quote.text);
                assert!(!quote.text.is_empty());
            }
            // Only the balance of the talk is nowhere in particular.
            let bare =
                report.skills.iter().flat_map(|skill| &skill.points).find(|point| point.quote.is_none() && point.rule != "talk-share");
            assert_eq!(bare, None);
        }
    }
}

/// Variables that a message's text uses.
fn variables(id: &str) -> BTreeSet<String> {
    const WORDS: &str = include_str!("../../../../ui/messages/en/scoring.ftl");
    let start = WORDS.lines().position(|line| line.starts_with(&format!("{id} ="))).unwrap_or_else(|| panic!("{id} has no words"));
    let lines = WORDS.lines().skip(start).enumerate().take_while(|(at, line)| *at == 0 || line.starts_with(' '));
    let names = |line: &str| {
        line.split('$')
            .skip(1)
            .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '-').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    lines.flat_map(|(_, line)| names(line)).collect()
}

#[test]
fn every_message_of_a_report_has_the_arguments_that_its_words_use() {
    for golden in goldens() {
        for (_, grade) in golden.grades() {
            let report = report(golden, grade);
            let skills = report.skills.iter();
            let labels = skills.flat_map(|skill| skill.points.iter().map(|point| &point.label).chain(&skill.not_observed));
            let advice = report.coaching.iter().flat_map(|point| [&point.title, &point.why]);
            let reasons = report.measures.iter().filter_map(|measure| measure.not_measurable.as_ref());
            let messages: Vec<&Message> = labels.chain(advice).chain(reasons).chain(&report.headline).chain(&report.not_scored).collect();
            for message in messages {
                let args: BTreeSet<String> = message.args.keys().cloned().collect();
                assert!(variables(&message.id).is_subset(&args), "{}: {args:?}", message.id);
            }
        }
    }
}

#[test]
fn advice_is_at_most_three_things_of_different_kinds_with_a_better_line() {
    for golden in goldens() {
        for (name, grade) in golden.grades() {
            let coaching = report(golden, grade).coaching;
            let kinds: BTreeSet<&str> = coaching.iter().map(|point| point.kind.as_str()).collect();
            assert!(coaching.len() <= 3 && kinds.len() == coaching.len());
            for point in &coaching {
                assert!(
                    point.cost > 0 && !point.better.is_empty() && !point.better.contains(['{', '}']),
                    "{} {name}: {point:?}",
                    golden.scenario
                );
            }
        }
    }
}

#[test]
fn two_reports_stay_as_they_were_looked_at() {
    for (scenario, name) in [("pilbara-skeptical-medium", "average"), ("hat-band-leather-rushed-expert", "good")] {
        let golden = goldens().iter().find(|golden| golden.scenario == scenario).unwrap();
        let (_, grade) = golden.grades().into_iter().find(|(grade, _)| *grade == name).unwrap();
        insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
            insta::assert_json_snapshot!(format!("{scenario}-{name}"), report(golden, grade));
        });
    }
}
