//! What a customer makes of a rep who types or speaks as people do: without marks, in few words, in halves of sentences.

use super::{
    fixture::{catalog, says_one, scenario_of},
    player::{Talk, line},
};
use crate::{
    catalog::{Difficulty, Persona, Product, Scenario},
    customer::phrases::{Act, pool},
    scoring::cue::{CueKind, Verdict},
    session::{Decision, Reason},
};

const PERSONAS: [Persona; 5] = [Persona::Skeptical, Persona::PriceConscious, Persona::Rushed, Persona::Knowledgeable, Persona::Friendly];

fn begin(product: &Product, scenario: &Scenario) -> Talk {
    Talk::begin(product, scenario, &catalog().policies, 4)
}

/// True where the reply has a line of this act, up to what it fills in.
fn does(persona: Persona, act: Act, reply: &str) -> bool {
    pool(persona, act)
        .iter()
        .any(|line| line.split(['{', '}']).all(|part| matches!(part, "alt" | "alt_price" | "matter") || reply.contains(part)))
}

fn every_scenario() -> impl Iterator<Item = (&'static Product, &'static Scenario)> {
    catalog().products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)))
}

#[test]
fn a_question_without_a_mark_is_answered_though_nothing_was_noticed_in_it() {
    for (product, scenario) in every_scenario() {
        for (topic, said) in [
            ("for-whom", "good to see you is it for you or somebody else"),
            ("fit", "all right then what size do you take"),
            ("budget", "and the budget"),
        ] {
            let mut talk = begin(product, scenario);
            let reply = talk.say(&line(said)).text.clone();
            assert!(says_one(scenario, &reply, &scenario.answers[topic]), "{}: {said} → {reply}", scenario.id);
        }
    }
}

#[test]
fn a_plain_question_is_answered_before_the_need_behind_it() {
    for (product, scenario) in every_scenario() {
        let mut talk = begin(product, scenario);
        let reply = talk.say(&line("What size do you wear?").asks(&scenario.needs[0].id)).text.clone();
        assert!(says_one(scenario, &reply, &scenario.answers["fit"]), "{}: {reply}", scenario.id);
    }
}

#[test]
fn asked_what_it_compares_with_it_names_what_it_saw_or_says_that_there_is_nothing() {
    for (product, scenario) in every_scenario() {
        let mut talk = begin(product, scenario);
        let reply = talk.say(&line("What are you comparing it with?").cue(CueKind::OpenQuestion, "", "")).text.clone();
        let act = if scenario.alternative.is_some() { Act::Compare } else { Act::NoCompare };
        let named = scenario.alternative.as_ref().is_none_or(|other| reply.to_lowercase().contains(&other.name.to_lowercase()));
        assert!(named && (scenario.alternative.is_some() || does(scenario.persona, act, &reply)), "{}: {reply}", scenario.id);
    }
}

#[test]
fn an_ask_in_three_words_is_an_ask() {
    for persona in PERSONAS {
        for ask in ["want it", "you want one", "buy them", "want a pair"] {
            let (product, scenario) = scenario_of(persona, Difficulty::Medium);
            let mut talk = begin(product, &scenario);
            talk.say(&line("Hello!").cue(CueKind::Greeting, "", ""));
            let reply = talk.say(&line(ask)).text.clone();
            let unclear = does(persona, Act::Unclear, &reply) || does(persona, Act::DontKnow, &reply);
            assert!(!unclear, "{persona:?}: {ask} → {reply}");
        }
    }
}

#[test]
fn it_is_is_no_answer_to_how_long() {
    let wants_more = |question: &str| crate::customer::asking::wants_more(question);
    assert!(wants_more("How long between waxings?") && !wants_more("Is there a nine?"));
    let mut seen = 0;
    for (product, scenario) in every_scenario() {
        let mut talk = begin(product, scenario);
        for _ in 0..6 {
            talk.say(&line("I see.").cue(CueKind::Rapport, "", ""));
            let open = talk.partner.mind.open;
            if let Some(crate::customer::mind::Open::Question(at)) = open
                && wants_more(&scenario.questions[at].ask)
            {
                seen += 1;
                let reply = talk.say(&line("It's really good.")).text.clone();
                assert!(!does(scenario.persona, Act::GotAnswer, &reply), "{}: {reply}", scenario.id);
                break;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn condolences_are_no_insult() {
    let (product, scenario) = scenario_of(Persona::Friendly, Difficulty::Expert);
    let mut talk = begin(product, &scenario);
    let reply = talk.say(&line("I'm sorry for your loss.").cue(CueKind::Empathy, "", "").cue(CueKind::PutDown, "", "")).text.clone();
    assert!(does(scenario.persona, Act::Offended, &reply), "two cues at no place do not share words: {reply}");
    let mut talk = begin(product, &scenario);
    let mut kind = line("I'm sorry for your loss.").cue(CueKind::Empathy, "", "").cue(CueKind::PutDown, "", "");
    for cue in &mut kind.cues {
        cue.span.end = 23;
    }
    let reply = talk.say(&kind).text.clone();
    assert!(!does(scenario.persona, Act::Offended, &reply), "{reply}");
}

#[test]
fn an_expert_who_is_told_something_false_gives_one_turn_to_take_it_back() {
    let (product, scenario) = scenario_of(Persona::Knowledgeable, Difficulty::Expert);
    let lie = || line("It is made by hand in Italy.").claim(&scenario.traps[0].claim, Verdict::Contradicted);
    let mut talk = begin(product, &scenario);
    talk.say(&lie());
    assert_eq!(talk.partner.decision(), None, "{}", talk.printed());
    talk.say(&line("I misspoke, I do not know who made it.").cue(CueKind::HonestUnknown, "", ""));
    assert_eq!(talk.partner.decision(), None, "{}", talk.printed());
    let mut talk = begin(product, &scenario);
    for _ in 0..2 {
        talk.say(&lie());
    }
    assert_eq!(talk.partner.decision(), Some((Decision::WalkAway, Reason::LostTrust)), "{}", talk.printed());
}

#[test]
fn a_skeptic_doubts_aloud_what_is_false() {
    let (product, scenario) = scenario_of(Persona::Skeptical, Difficulty::Medium);
    let mut talk = begin(product, &scenario);
    let reply = talk.say(&line("It is good for life.").claim("x", Verdict::Contradicted)).text.clone();
    assert!(does(Persona::Skeptical, Act::DoubtClaim, &reply), "{reply}");
}

#[test]
fn nobody_hears_a_question_in_a_speech() {
    let (product, scenario) = scenario_of(Persona::Rushed, Difficulty::Hard);
    let mut talk = begin(product, &scenario);
    let speech = "and what is so good about these is how they are made and who made them ".repeat(12);
    let reply = talk.say(&line(&speech)).text.clone();
    assert!(does(Persona::Rushed, Act::Monologue, &reply) && !does(Persona::Rushed, Act::TooManyQuestions, &reply), "{reply}");
}

#[test]
fn its_own_question_given_back_is_explained_and_stays_open() {
    for (product, scenario) in every_scenario() {
        for back in ["What do you mean by that?", "why do you ask", "What?"] {
            let mut talk = begin(product, scenario);
            let mut asked = None;
            for turn in 0..8 {
                talk.say(&line(["I see.", "Good morning.", "Take your time."][turn % 3]));
                let waits = scenario.questions.iter().any(|question| talk.last.text.contains(&question.ask));
                asked = waits.then_some(turn);
                if waits || talk.last.state.ended {
                    break;
                }
            }
            if asked.is_none() {
                continue;
            }
            let reply = talk.say(&line(back)).text.clone();
            let own = scenario.needs.iter().any(|need| says_one(scenario, &reply, &need.hint) || says_one(scenario, &reply, &need.told));
            assert!(own || does(scenario.persona, Act::Explain, &reply), "{}: {back} → {reply}\n{}", scenario.id, talk.printed());
        }
    }
}

#[test]
fn another_language_is_asked_to_be_english_twice_at_most_and_then_it_goes_on() {
    let talks = ["Hola, buenos días, ¿en qué le puedo ayudar?", "Este es muy bonito y muy bueno", "¿Se lo lleva hoy, señora?"];
    for persona in PERSONAS {
        let (product, scenario) = scenario_of(persona, Difficulty::Medium);
        let mut talk = begin(product, &scenario);
        let replies: Vec<String> = talks.iter().map(|said| talk.say(&line(said)).text.clone()).collect();
        let asks = |reply: &String| does(persona, Act::OtherLanguage, reply);
        assert_eq!(replies.iter().map(asks).collect::<Vec<_>>(), [true, true, false], "{}", talk.printed());
    }
}

#[test]
fn the_last_one_and_today_only_move_nobody() {
    for persona in PERSONAS {
        let (product, scenario) = scenario_of(persona, Difficulty::Medium);
        let mut talk = begin(product, &scenario);
        let pressed = line("This is the last one we have.").claim("", Verdict::Unsupported).ruled("unbacked-urgency");
        let reply = talk.say(&pressed).text.clone();
        assert!(does(persona, Act::Hurried, &reply), "{persona:?}: {reply}");
    }
}
