//! Rules of the points, on cues written by hand.

use CueKind::{Benefit, BuyingSignal, Claim, DiscountOffer, DiscoveryQuestion, Feature, Need, Objection, PutDown, Question};

use super::Points;
use crate::scoring::{
    coaching::Habit,
    cue::{CueKind, Verdict},
    report::{Point, Report, Skill},
    rubric::{Length, Rubric, rubric},
    scorer,
    testing::{Talk, mark, need},
};

/// A rubric for talks however short they are: these tests are about single moments.
fn any_length() -> Rubric {
    Rubric { length: Length { rep_turns: 0, words: 0 }, ..rubric().clone() }
}

fn report(talk: &Talk) -> Report {
    scorer::report(&talk.record, &any_length())
}

fn points(talk: &Talk, rule: &str) -> Vec<Point> {
    report(talk).skills.into_iter().flat_map(|skill| skill.points).filter(|point| point.rule == rule).collect()
}

fn quoted(points: &[Point]) -> Vec<&str> {
    points.iter().filter_map(|point| Some(point.quote.as_ref()?.text.as_str())).collect()
}

/// Values of the points of one skill by rule, won and lost.
fn values(talk: &Talk, skill: Skill) -> Vec<(String, i32)> {
    let skills = report(talk).skills.into_iter().filter(|score| score.skill == skill);
    skills.flat_map(|score| score.points).map(|point| (point.rule, point.value)).collect()
}

fn with_need(mut talk: Talk) -> Talk {
    let material = std::sync::Arc::get_mut(&mut talk.record.material);
    if let Some(material) = material {
        material.has_scenario = true;
        material.needs = vec![need("dry", &["oil"]), need("calm", &["quiet"])];
    }
    talk
}

fn told() -> Talk {
    with_need(Talk::new())
        .rep("What do you need it for?", &[mark(DiscoveryQuestion, "What do you need it for").of("dry")])
        .customer("I get soaked.", &[mark(Need, "I get soaked").of("dry")])
}

fn earned(talk: &Talk, skill: Skill) -> (u32, u32) {
    let report = report(talk);
    let score = report.skills.iter().find(|score| score.skill == skill).map(|score| (score.earned, score.available));
    score.unwrap_or_default()
}

#[test]
fn a_fact_tied_to_a_need_earns_more_than_one_with_nothing_behind_it() {
    let tied = told().rep("It sheds rain, so you stay dry.", &[mark(Benefit, "It sheds rain").about("oil").of("dry")]);
    let bare = told().rep("It has four pockets.", &[mark(Feature, "four pockets").about("pockets")]);
    assert!(earned(&tied, Skill::ProductKnowledge).0 >= 3 * earned(&bare, Skill::ProductKnowledge).0);
}

#[test]
fn saying_a_thing_twice_earns_once() {
    let say = |talk: Talk| talk.rep("It sheds rain.", &[mark(Feature, "sheds rain").about("oil")]).customer("Mm.", &[]);
    assert_eq!(earned(&say(told()), Skill::ProductKnowledge), earned(&say(say(told())), Skill::ProductKnowledge));
}

#[test]
fn a_list_of_facts_that_nobody_asked_for_costs() {
    let text = "Oil, quiet, pockets, snaps and a cape.";
    let list = |words, id| mark(Feature, words).about(id);
    let recited = Talk::new()
        .rep(text, &[list("Oil", "oil"), list("quiet", "quiet"), list("pockets", "pockets"), list("snaps", "snaps"), list("cape", "cape")]);
    let values = values(&recited, Skill::ProductKnowledge);
    assert!(values.contains(&("loss-recital".to_owned(), -2)));
    let named = Talk::new().rep(text, &[list("Oil", "oil"), list("quiet", "quiet")]);
    assert!(earned(&recited, Skill::ProductKnowledge).0 < earned(&named, Skill::ProductKnowledge).0);
}

#[test]
fn what_was_done_right_stays_in_sight_whatever_was_lost() {
    let lie = |id: &'static str| mark(Claim, "waterproof").about("material").of(id).verdict(Verdict::Contradicted);
    let right = |talk: Talk| talk.rep("It is $119.", &[mark(CueKind::PriceQuote, "$119").about("right")]);
    let lies = |talk: Talk| talk.rep("It is waterproof, truly waterproof.", &[lie("waterproof")]).rep("And waterproof.", &[lie("other")]);
    let (some, none) = (earned(&lies(right(told())), Skill::ProductKnowledge), earned(&lies(Talk::new()), Skill::ProductKnowledge));
    assert!(some.0 > 0 && none.0 == 0, "{some:?} {none:?}");
}

#[test]
fn an_overclaim_costs_and_the_same_one_again_costs_no_more() {
    let lie = || mark(Claim, "waterproof").about("material").of("waterproof").verdict(Verdict::Contradicted);
    let once = told().rep("It is waterproof.", &[lie()]);
    let losses = |talk: &Talk| values(talk, Skill::ProductKnowledge).into_iter().filter(|(rule, _)| rule == "loss-contradicted").count();
    assert_eq!(losses(&once), 1);
    assert_eq!(losses(&once.customer("Sure?", &[]).rep("Yes, waterproof.", &[lie()])), 1);
}

#[test]
fn an_unanswered_question_is_quoted_where_it_was_asked() {
    let talk = told().rep("It sheds rain.", &[]).customer("Is it quiet?", &[mark(Question, "Is it quiet").about("quiet")]);
    let missed = report(&talk.rep("It is nice.", &[]));
    let point = missed.skills[0].points.iter().find(|point| point.rule == "answered-question").cloned();
    assert_eq!(point.as_ref().map(|point| point.value), Some(-3));
    assert_eq!(point.and_then(|point| point.quote).map(|quote| quote.text), Some("Is it quiet".to_owned()));
}

#[test]
fn taking_something_off_at_once_costs_and_after_an_answer_it_does_not() {
    let dear = || Talk::new().rep("Hello.", &[]).customer("A lot.", &[mark(Objection, "A lot").about("price").of("dear")]);
    let off = || mark(DiscountOffer, "ten off");
    let at_once = dear().rep("I can do ten off.", &[off()]);
    assert!(values(&at_once, Skill::ObjectionHandling).contains(&("loss-discounted".to_owned(), -4)));
    let later = dear().rep("It sheds rain for years. Or ten off.", &[mark(Feature, "sheds rain").about("oil"), off()]);
    assert!(!values(&later, Skill::ObjectionHandling).iter().any(|(rule, _)| rule == "loss-discounted"));
}

#[test]
fn taking_less_before_anybody_asked_costs_as_well_and_haggling_back_does_not() {
    let doubt = |talk: Talk| talk.customer("It is greasy.", &[mark(Objection, "It is greasy").about("quality")]).rep("Hm.", &[]);
    let offer = |talk: Talk| talk.rep("I can knock ten off for you.", &[mark(DiscountOffer, "I can knock ten off for you")]);
    let unasked = doubt(offer(Talk::new()));
    assert!(values(&unasked, Skill::ObjectionHandling).contains(&("loss-discounted".to_owned(), -4)));
    let asked = doubt(offer(Talk::new().customer("What would you take?", &[mark(Question, "What would you take").about("price")])));
    assert!(!values(&asked, Skill::ObjectionHandling).iter().any(|(rule, _)| rule == "loss-discounted"));
}

#[test]
fn a_put_down_costs_in_rapport() {
    let talk = told().rep("Your old coat is trash.", &[mark(PutDown, "is trash")]);
    assert!(values(&talk, Skill::Rapport).contains(&("loss-put-down".to_owned(), -4)));
}

#[test]
fn points_won_and_missed_make_what_was_available() {
    let talk = told()
        .rep("It sheds rain.", &[mark(Benefit, "sheds rain").about("oil").of("dry")])
        .customer("A lot of money.", &[mark(Objection, "A lot").about("price").of("dear")])
        .rep("Well.", &[]);
    for skill in report(&talk).skills {
        let lost: i32 = skill.points.iter().filter(|point| point.rule.starts_with("loss-")).map(|point| point.value).sum();
        let (won, missed): (Vec<i32>, Vec<i32>) =
            skill.points.iter().filter(|point| !point.rule.starts_with("loss-")).map(|point| point.value).partition(|value| *value > 0);
        let (won, missed): (i32, i32) = (won.iter().sum(), missed.iter().sum());
        assert_eq!(won - missed, i32::try_from(skill.available).unwrap_or(-1), "{:?}", skill.skill);
        assert_eq!((won + lost).max(0), i32::try_from(skill.earned).unwrap_or(-1), "{:?}", skill.skill);
    }
}

#[test]
fn fewer_than_four_turns_or_sixty_words_are_not_scored() {
    let long = "word ".repeat(30);
    let talk = |turns| (0..turns).fold(Talk::new(), |talk, _| talk.rep(&long, &[]).customer("Yes.", &[]));
    assert!(talk(3).report().not_scored.is_some() && talk(3).report().overall_score.is_none());
    assert!(talk(4).report().not_scored.is_none() && talk(4).report().overall_score.is_some());
    let short = (0..6).fold(Talk::new(), |talk, _| talk.rep("One two.", &[]).customer("Three.", &[]));
    assert!(short.report().overall_score.is_none());
}

#[test]
fn what_is_too_short_to_score_lists_what_was_earned_and_blames_nothing() {
    let talk = Talk::new()
        .rep("What do you need it for?", &[mark(DiscoveryQuestion, "What do you need it for").of("dry")])
        .customer("A lot of money.", &[mark(Objection, "A lot").about("price").of("dear")])
        .rep("Your old coat is trash.", &[mark(PutDown, "is trash")]);
    let short = talk.report();
    assert!(short.not_scored.is_some() && short.coaching.is_empty() && short.skills.len() == 4);
    let all = || short.skills.iter().flat_map(|skill| &skill.points);
    assert!(all().next().is_some() && all().all(|point| point.value > 0), "{:?}", short.skills);
    assert!(short.skills.iter().all(|skill| skill.score.is_none() && skill.earned == skill.available));
    assert!(!report(&talk).coaching.is_empty());
}

#[test]
fn advice_never_asks_for_what_was_earned_for_the_main_part() {
    let ask = |words| mark(DiscoveryQuestion, words);
    let sheds = || mark(Feature, "sheds rain").about("oil");
    let coached = |talk: &Talk| report(talk).coaching.into_iter().any(|point| point.kind == "discovery");
    let once = with_need(Talk::new()).rep("Who is it for?", &[ask("Who is it for")]).customer("My son.", &[]);
    let show = |talk: Talk| talk.rep("It sheds rain.", &[sheds()]).customer("Mm.", &[]);
    // No need came to light, and that costs in product knowledge; but the questions were asked before anything was shown.
    let twice = show(once.rep("What does he do?", &[ask("What does he do")]).customer("He feeds.", &[]));
    assert_eq!(points(&twice, "discovery").iter().map(|point| point.value).collect::<Vec<_>>(), [2, 2]);
    assert!(points(&twice, "tied-fact").iter().any(|point| point.label.id == "point-need-not-found"));
    assert!(!coached(&twice));
    assert!(coached(&show(with_need(Talk::new()))));
}

#[test]
fn an_ask_that_was_missed_is_quoted_at_the_last_sign_of_interest_or_at_the_reps_last_turn() {
    let hello = || Talk::new().rep("Good morning.", &[]).customer("My wife drives a truck.", &[]);
    let shown = hello().rep("It sheds rain.", &[]).customer("Hm.", &[]);
    assert_eq!(quoted(&points(&shown, "ask")), ["It sheds rain."]);
    let interest =
        hello().customer("Do you have these in wide? I like them.", &[mark(BuyingSignal, "Do you have these in")]).rep("Yes.", &[]);
    assert_eq!(quoted(&points(&interest, "ask")), ["Do you have these in wide?"]);
    let later = hello().customer("Hm. Do you have these in wide?", &[mark(BuyingSignal, "Do you have these in wide")]).rep("Yes.", &[]);
    assert_eq!(quoted(&points(&later, "ask")), ["Do you have these in wide"]);
}

#[test]
fn respect_is_not_shown_by_a_false_promise_or_beside_a_put_down() {
    let lie = || mark(Claim, "waterproof").about("material").of("waterproof").verdict(Verdict::Contradicted);
    let lied = Talk::new()
        .rep("Hello. What brings you in?", &[mark(DiscoveryQuestion, "What brings you in")])
        .customer("Rain.", &[])
        .rep("It is waterproof.", &[lie()]);
    assert_eq!(quoted(&points(&lied, "respect")), ["What brings you in"]);
    let only = Talk::new().rep("It is waterproof.", &[lie()]).customer("Hm.", &[]);
    assert!(quoted(&points(&only, "respect")).is_empty());
    let put_down = lied.customer("Hm.", &[]).rep("Your old coat is trash.", &[mark(PutDown, "is trash")]);
    assert_eq!(points(&put_down, "respect").iter().map(|point| point.value).collect::<Vec<_>>(), [-4]);
}

#[test]
fn asking_only_after_the_pitch_is_still_advised_against() {
    let ask = |talk: Talk, words| talk.rep(words, &[mark(DiscoveryQuestion, words)]).customer("My son.", &[]);
    let pitched = Talk::new().rep("It sheds rain.", &[mark(Feature, "sheds rain").about("oil")]).customer("Mm.", &[]);
    let late = ask(ask(pitched, "Who is it for?"), "What does he do?");
    assert_eq!(points(&late, "discovery").iter().map(|point| point.value).collect::<Vec<_>>(), [1, 1, -2]);
    let faults = Points::of(&late.record, &late.ledgers(), &any_length()).faults;
    assert!(faults.iter().any(|fault| fault.habit == Habit::Discovery));
}
