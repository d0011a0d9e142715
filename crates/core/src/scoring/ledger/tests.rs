//! Rules of the ledgers, on cues written by hand.

use CueKind::{
    Acceptance, AskForSale, BuyingSignal, CheckBack, ClosedQuestion, DiscoveryQuestion, Empathy, Farewell, Feature, Hesitation, Objection,
    OpenQuestion, PutDown, Question, Refusal, TrialClose,
};

use crate::{
    scoring::{
        cue::CueKind,
        report::{MeasureKind, StepKind, StepState},
        testing::{Talk, mark},
    },
    session::{Outcome, Speaker},
};

fn outcome(talk: &Talk) -> Outcome {
    talk.ledgers().close.row.outcome
}

fn small_talk(mut talk: Talk, turns: usize) -> Talk {
    for _ in 0..turns {
        talk = talk.rep("The weather holds.", &[]).customer("It does.", &[]);
    }
    talk
}

#[test]
fn a_close_after_any_number_of_turns_is_seen() {
    let talk = small_talk(Talk::new(), 40)
        .rep("Shall I ring it up?", &[mark(AskForSale, "Shall I ring it up").about("direct")])
        .customer("I'll take it.", &[mark(Acceptance, "I'll take it")]);
    assert_eq!(outcome(&talk), Outcome::Sale);
}

#[test]
fn a_farewell_after_a_sale_never_undoes_it() {
    let talk = Talk::new()
        .rep("Shall I ring it up?", &[mark(AskForSale, "Shall I ring it up").about("direct")])
        .customer("I'll take it.", &[mark(Acceptance, "I'll take it")])
        .rep("Anything else?", &[])
        .customer("No thanks, goodbye.", &[mark(Refusal, "No thanks")])
        .rep("Goodbye!", &[mark(Farewell, "Goodbye")]);
    assert_eq!(outcome(&talk), Outcome::Sale);
}

#[test]
fn interest_is_not_commitment_and_a_plain_yes_needs_an_ask() {
    let interest = Talk::new().rep("It sheds rain.", &[mark(Feature, "sheds rain").about("oil")]);
    let interest = interest.customer("I like it.", &[mark(BuyingSignal, "I like it")]);
    assert_eq!(outcome(&interest), Outcome::Undecided);
    let unasked = Talk::new().rep("It sheds rain.", &[]).customer("Yes, fine.", &[mark(Acceptance, "Yes, fine")]);
    assert_eq!(outcome(&unasked), Outcome::Undecided);
    let clear = Talk::new().rep("It sheds rain.", &[]).customer("Ring it up.", &[mark(Acceptance, "Ring it up").strong()]);
    assert_eq!(outcome(&clear), Outcome::Sale);
}

#[test]
fn a_yes_to_a_next_step_is_no_sale() {
    let talk = Talk::new()
        .rep("Shall I write down the size?", &[mark(AskForSale, "Shall I write down the size").about("next_step")])
        .customer("Sure.", &[mark(Acceptance, "Sure")]);
    assert_eq!(outcome(&talk), Outcome::Undecided);
}

#[test]
fn who_asks_again_after_a_no_is_not_gone() {
    let no = Talk::new().rep("Want it?", &[mark(AskForSale, "Want it").about("direct")]).customer("No.", &[mark(Refusal, "No")]);
    assert_eq!(outcome(&no), Outcome::NoSale);
    let back = no.rep("All right.", &[]).customer("Does it breathe?", &[mark(Question, "Does it breathe").about("oil")]);
    assert_eq!(outcome(&back), Outcome::Undecided);
}

#[test]
fn an_ask_after_a_final_no_is_pushing_and_a_next_step_is_not() {
    let no = || Talk::new().rep("Want it?", &[mark(AskForSale, "Want it").about("direct")]);
    let no = || no().customer("No, I don't want it.", &[mark(Refusal, "No, I don't want it").strong()]);
    let pushed = no().rep("Come on, take it.", &[mark(AskForSale, "take it").about("direct")]);
    assert_eq!(pushed.ledgers().close.pushed.len(), 1);
    let offered = no().rep("Shall I note the size?", &[mark(AskForSale, "Shall I note the size").about("next_step")]);
    assert!(offered.ledgers().close.pushed.is_empty());
}

#[test]
fn a_doubt_raised_again_is_one_row_and_comes_back_open() {
    let dear = |words| mark(Objection, words).about("price").of("dear");
    let talk = Talk::new()
        .rep("Hello.", &[])
        .customer("That is a lot.", &[dear("That is a lot")])
        .rep("It sheds rain.", &[mark(Feature, "sheds rain").about("oil")])
        .customer("Still a lot.", &[dear("Still a lot")]);
    let rows = talk.report().objections;
    assert_eq!((rows.len(), rows[0].times, rows[0].resolved), (1, 2, false));
    let again = talk.rep("It sheds rain for years.", &[mark(Feature, "sheds rain").about("oil")]);
    assert!(again.report().objections[0].resolved);
}

#[test]
fn an_answer_that_settled_nothing_gives_way_to_the_next_and_that_one_can_be_checked() {
    let dear = |words| mark(Objection, words).about("price").of("dear");
    let mut talk = Talk::new().rep("Hello.", &[]).customer("That is a lot.", &[dear("That is a lot")]);
    talk = talk.rep("It sheds rain.", &[mark(Feature, "sheds rain").about("oil")]);
    talk = small_talk(talk, 3).customer("Still a lot.", &[dear("Still a lot")]);
    let answer = [mark(Feature, "It is oiled").about("oil"), mark(CheckBack, "Does that settle it")];
    let row = talk.rep("It is oiled, so it lasts. Does that settle it?", &answer).report().objections[0].clone();
    let quote =
        |kind| row.steps.iter().find(|step| step.kind == kind).and_then(|step| step.quote.as_ref()).map(|quote| quote.text.as_str());
    assert_eq!(quote(StepKind::Answer), Some("It is oiled"));
    assert_eq!(quote(StepKind::Check), Some("Does that settle it"));
}

#[test]
fn typed_turns_have_no_pause_and_it_costs_nothing() {
    let talk = Talk::new()
        .rep("Hello.", &[])
        .customer("That is a lot.", &[mark(Objection, "That is a lot").about("price").of("dear")])
        .rep("I hear you. Compared with what?", &[mark(Empathy, "I hear you"), mark(OpenQuestion, "Compared with what")]);
    let report = talk.report();
    let steps = &report.objections[0].steps;
    let states: Vec<(StepKind, StepState)> = steps.iter().map(|step| (step.kind, step.state)).collect();
    assert_eq!(
        states,
        [
            (StepKind::Pause, StepState::NotMeasurable),
            (StepKind::Clarify, StepState::Done),
            (StepKind::Acknowledge, StepState::Done),
            (StepKind::Answer, StepState::Missing),
            (StepKind::Check, StepState::Missing),
        ]
    );
    assert!(report.skills.iter().flat_map(|skill| &skill.points).all(|point| point.rule != "pause"));
}

#[test]
fn a_question_that_asks_for_the_sale_checks_or_belittles_clarifies_nothing() {
    let words = "want me to ring it up";
    let clarified = |marks: &[crate::scoring::testing::Mark]| {
        let doubt = [mark(Objection, "That is a lot").about("price")];
        let talk = Talk::new().rep("Hello.", &[]).customer("That is a lot.", &doubt).rep("want me to ring it up?", marks);
        talk.report().objections[0].steps.iter().any(|step| step.kind == StepKind::Clarify && step.state == StepState::Done)
    };
    for kind in [AskForSale, TrialClose, CheckBack, PutDown] {
        let also = mark(kind, words).about("direct");
        assert!(!clarified(&[mark(ClosedQuestion, words), mark(DiscoveryQuestion, words), also]), "{kind:?}");
    }
    assert!(clarified(&[mark(ClosedQuestion, words)]));
}

#[test]
fn a_spoken_pause_is_measured_from_the_end_of_the_doubt() {
    let at = |pause| {
        let talk = Talk::spoken().customer("That is a lot.", &[mark(Objection, "That is a lot").about("price")]);
        talk.turn(Speaker::Rep, "I hear you.", pause, &[]).report().objections[0].steps[0].clone()
    };
    assert_eq!((at(1500).state, at(1500).pause_ms), (StepState::Done, Some(1500)));
    assert_eq!(at(200).state, StepState::Missing);
    assert_eq!(at(-900).pause_ms, Some(0));
}

#[test]
fn a_doubt_in_the_last_words_leaves_nothing_to_blame() {
    let talk = Talk::new().rep("Hello.", &[]).customer("That is a lot.", &[mark(Objection, "That is a lot").about("price")]);
    let report = talk.report();
    assert_eq!(report.objections.len(), 1);
    assert_eq!(report.skills[1].not_observed.as_ref().map(|reason| reason.id.as_str()), Some("not-observed-no-objection"));
}

#[test]
fn times_are_not_made_from_typed_turns() {
    let talk = small_talk(Talk::new(), 8).customer("I'll think about it.", &[mark(Hesitation, "think about it")]);
    for measure in talk.report().measures {
        let counted = matches!(measure.kind, MeasureKind::OpenQuestions | MeasureKind::ClosedQuestions | MeasureKind::QuestionSpread);
        assert_eq!(measure.tenths.is_some(), counted, "{:?}", measure.kind);
        assert_eq!(measure.not_measurable.is_none(), counted, "{:?}", measure.kind);
    }
}

#[test]
fn a_measure_needs_its_least_amount_of_speech() {
    let short = small_talk(Talk::spoken(), 10).report();
    let pace = |report: &crate::scoring::report::Report| report.measures.iter().find(|row| row.kind == MeasureKind::Pace).cloned();
    assert_eq!(pace(&short).and_then(|row| row.not_measurable).map(|reason| reason.id), Some("unmeasured-too-little-speech".to_owned()));
    let long = small_talk(Talk::spoken(), 60).report();
    // 400 ms a word are 150 words a minute.
    assert_eq!(pace(&long).and_then(|row| row.tenths), Some(1500));
}

#[test]
fn talking_into_the_customers_words_is_counted_and_a_short_overlap_is_not() {
    let cut = |after| {
        let talk = Talk::spoken().customer("I was about to say something long.", &[]).turn(Speaker::Rep, "Sure.", after, &[]);
        talk.ledgers().measures.interrupted.map(|cut| cut.len())
    };
    assert_eq!(cut(-800), Some(1));
    assert_eq!(cut(-200), Some(0));
}

#[test]
fn fillers_are_never_read_off_a_recogniser() {
    let report = small_talk(Talk::spoken(), 60).report();
    let fillers = report.measures.iter().find(|row| row.kind == MeasureKind::Fillers).cloned();
    assert_eq!(fillers.and_then(|row| row.not_measurable).map(|reason| reason.id), Some("unmeasured-fillers-stripped".to_owned()));
}
