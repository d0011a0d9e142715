//! The practice partner behind a voice that somebody else has: what it notices, what the voice is told, and how it takes over.

use crate::common::{catalog, context};
use sellme_core::{
    briefing::steer,
    catalog::{Product, Scenario},
    customer::{Moved, Partner, Reply},
    scoring::Scorer,
    session::{Decision, Reason, Signal, Speaker, Turn},
};

const EXPERT: &str = "moccasin-beaded-knowledgeable-expert";

fn all() -> impl Iterator<Item = (&'static Product, &'static Scenario)> {
    catalog().products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)))
}

/// A talk in which a voice speaks for the customer and the partner follows it.
struct Followed {
    scenario: &'static Scenario,
    scorer: Scorer,
    partner: Partner,
    turns: u32,
}

impl Followed {
    fn new(id: &str, seed: u32) -> Self {
        let (product, scenario) = catalog().scenario(id).unwrap();
        let mut partner = Partner::new(product, scenario, &catalog().policies, seed);
        partner.open();
        Self { scenario, scorer: Scorer::new(&context(catalog(), id)), partner, turns: 0 }
    }

    fn turn(&mut self, speaker: Speaker, text: &str) -> Turn {
        self.turns += 1;
        Turn::typed(self.turns - 1, speaker, text)
    }

    /// The rep speaks; where that has moved the customer.
    fn rep(&mut self, text: &str) -> Moved {
        let turn = self.turn(Speaker::Rep, text);
        let cues = self.scorer.hear(&turn);
        self.partner.listen(&turn, &cues)
    }

    /// The rep speaks; what the voice is told.
    fn steered(&mut self, text: &str) -> Option<String> {
        let moved = self.rep(text);
        steer(&moved, self.scenario)
    }

    /// The voice speaks.
    fn voice(&mut self, text: &str, signals: &[Signal]) {
        let turn = self.turn(Speaker::Customer, text);
        let cues = self.scorer.hear(&turn);
        self.partner.speak(&turn, &cues, signals);
    }

    /// The rep types; the partner answers.
    fn types(&mut self, text: &str) -> Reply {
        let turn = self.turn(Speaker::Rep, text);
        let cues = self.scorer.hear(&turn);
        let reply = self.partner.hear(&turn, &cues);
        let turn = self.turn(Speaker::Customer, &reply.text);
        self.scorer.hear(&turn);
        reply
    }
}

fn raises(id: &str) -> Signal {
    Signal::RaiseObjection { id: id.to_owned() }
}

#[test]
fn what_a_note_says_is_the_most_pressing_thing() {
    let (_, expert) = catalog().scenario(EXPERT).unwrap();
    let (_, skeptic) = catalog().scenario("pilbara-skeptical-medium").unwrap();
    let (_, friend) = catalog().scenario("moccasin-beaded-friendly-medium").unwrap();
    let nothing = Moved::default();
    let decided =
        |decision, reason| Moved { decision: Some((decision, reason)), impatient: true, due: Some("price".to_owned()), ..Moved::default() };
    let lied = Moved { false_claim: Some("native-made".to_owned()), brushed: Some("price".to_owned()), ..Moved::default() };
    let refused = |objection: Option<&str>| Moved { refused: Some(objection.map(str::to_owned)), ..Moved::default() };
    let brushed = Moved { brushed: Some("beads-fall".to_owned()), due: Some("price".to_owned()), ..Moved::default() };
    let due = Moved { due: Some("where-wear".to_owned()), ..Moved::default() };
    let impatient = Moved { impatient: true, brushed: Some("price".to_owned()), ..Moved::default() };
    for (moved, scenario, note) in [
        (&nothing, expert, None),
        (&decided(Decision::Buy, Reason::Convinced), expert, Some("You are convinced now")),
        (&decided(Decision::WalkAway, Reason::LostTrust), expert, Some("decide with walk_away and lost_trust")),
        (&decided(Decision::Undecided, Reason::NeverAsked), expert, Some("decide with undecided and never_asked")),
        (&lied, expert, Some("is not true (native-made). Challenge it")),
        (&lied, skeptic, Some("You do not believe")),
        (&lied, friend, Some("Do not quarrel")),
        (&impatient, expert, Some("one more weak answer and you leave")),
        (&refused(None), expert, Some("Do not agree to buy; say what is missing")),
        (&refused(Some("price")), expert, Some("your objection price")),
        (&brushed, expert, Some("talked past your objection beads-fall")),
        (&due, expert, Some("objection where-wear now")),
    ] {
        let said = steer(moved, scenario);
        match note {
            None => assert_eq!(said, None),
            Some(note) => {
                let said = said.unwrap_or_default();
                assert!(said.contains(note) && !said.contains(['{', '}']) && said.len() < 220, "“{said}” is not “{note}”");
            }
        }
    }
}

const LINES: [&str; 6] = [
    "Good morning, what brings you in today?",
    "It is made well, I can tell you that.",
    "What would you use it for, mostly?",
    "I understand. What bothers you about the one you have now?",
    "This one has been very popular with people here.",
    "Where would you wear it?",
];

#[test]
fn a_voice_that_raises_nothing_is_told_what_is_due() {
    let (mut told, mut all_talks) = (0, 0);
    for (_, scenario) in all() {
        for seed in 0..3 {
            let mut talk = Followed::new(&scenario.id, seed);
            all_talks += 1;
            let mut due = Vec::new();
            for line in LINES.iter().cycle().take(18) {
                let moved = talk.rep(line);
                due.extend(moved.due);
                if moved.decision.is_some() {
                    break;
                }
                talk.voice("Hm, let me see.", &[]);
            }
            told += u32::from(!due.is_empty());
            assert!(due.iter().all(|id| scenario.objections.iter().any(|objection| objection.id == *id)));
        }
    }
    assert!(told * 100 >= all_talks * 80, "{told} of {all_talks}");
}

#[test]
fn a_voice_that_has_raised_an_objection_is_not_told_that_it_is_due() {
    for (_, scenario) in all() {
        let mut talk = Followed::new(&scenario.id, 1);
        for objection in &scenario.objections {
            talk.rep("Good morning.");
            talk.voice("There is one thing.", &[raises(&objection.id)]);
        }
        for line in LINES.iter().cycle().take(12) {
            assert_eq!(talk.rep(line).due, None, "{}", scenario.id);
            talk.voice("Hm, let me see.", &[]);
        }
    }
}

#[test]
fn a_false_claim_is_noted_by_its_id_and_without_the_words_of_the_rep() {
    let mut talk = Followed::new(EXPERT, 3);
    let note = talk.steered("These were made on a reservation by the Lakota people, zanzibar guaranteed.").unwrap();
    assert!(note.contains("native-made") && note.contains("Challenge"), "{note}");
    assert!(!note.to_lowercase().contains("zanzibar") && !note.contains("Lakota"));
}

#[test]
fn no_note_holds_a_word_that_only_the_rep_said() {
    for (product, scenario) in all() {
        let mut talk = Followed::new(&scenario.id, 5);
        for line in
            ["Xylograph! It is waterproof for life, xylograph.", "Xylograph, so do you want it, xylograph?", "You are stupid, xylograph."]
        {
            let note = talk.steered(line).unwrap_or_default();
            assert!(!note.to_lowercase().contains("xylograph"), "{}: {note}", product.id);
            talk.voice("Hm.", &[]);
        }
    }
}

#[test]
fn a_rep_who_wears_the_customer_out_has_it_leave() {
    for (_, scenario) in all() {
        let mut talk = Followed::new(&scenario.id, 2);
        talk.voice(&talk.scenario.opening[0].clone(), &[]);
        let mut told = None;
        for line in [
            "Whatever.",
            "So, do you want it?",
            "Just buy it, come on.",
            "You are a fool if you do not.",
            "So buy it now.",
            "Idiots like you never decide.",
        ]
        .iter()
        .cycle()
        .take(40)
        {
            told = talk.rep(line).decision;
            if told.is_some() {
                break;
            }
            talk.voice("Hm, I do not know about that.", &[]);
        }
        assert!(matches!(told, Some((Decision::WalkAway | Decision::Undecided, _))), "{}: {told:?}", scenario.id);
    }
}

#[test]
fn a_voice_that_has_decided_is_told_nothing_more() {
    let mut talk = Followed::new(EXPERT, 3);
    talk.rep("Good morning.");
    talk.voice("I will take them.", &[Signal::Decide { decision: Decision::Buy, reason: Reason::Convinced }]);
    assert!(talk.partner.state().ended);
    assert_eq!(talk.steered("These were made on a reservation by the Lakota people."), None);
}

#[test]
fn what_the_voice_has_raised_and_told_is_not_raised_or_told_again_by_the_partner() {
    for (_, scenario) in all() {
        for seed in 0..4 {
            let mut talk = Followed::new(&scenario.id, seed);
            talk.voice("Morning.", &[]);
            talk.rep("Good morning, what brings you in?");
            let needs = scenario.needs.iter().map(|need| Signal::RevealNeed { id: need.id.clone() });
            talk.voice("All that I want is told by now.", &needs.collect::<Vec<_>>());
            for objection in &scenario.objections {
                talk.rep("I see.");
                talk.voice("There is one thing.", &[raises(&objection.id)]);
            }
            let opening = &scenario.opening;
            for line in [
                "What kind of work do you do?",
                "Is there anything else holding you back?",
                "What matters most to you?",
                "It is a good one.",
            ] {
                let reply = talk.types(line);
                for said in opening.iter().chain(scenario.objections.iter().map(|objection| &objection.line)) {
                    assert!(!reply.text.contains(said.as_str()), "{} {seed}: “{}” once more", scenario.id, said);
                }
                let reveals = reply.signals.iter().any(|signal| matches!(signal, Signal::RevealNeed { .. }));
                assert!(!reveals, "{} {seed}: {reply:?}", scenario.id);
                if reply.state.ended {
                    break;
                }
            }
        }
    }
}

#[test]
fn what_was_only_thought_can_still_be_said() {
    let (mut raised, mut all_talks) = (0, 0);
    for (_, scenario) in all() {
        let mut talk = Followed::new(&scenario.id, 6);
        // The partner would have raised something by now, and the voice has said nothing of it.
        for line in LINES {
            talk.rep(line);
            talk.voice("I see.", &[]);
        }
        let mut done = Vec::new();
        for line in ["What do you think so far?", "It is a good one, really.", "Is there anything else holding you back?"] {
            done.extend(talk.types(line).signals);
        }
        all_talks += 1;
        raised += u32::from(done.iter().any(|signal| matches!(signal, Signal::RaiseObjection { .. })));
    }
    assert!(raised * 100 >= all_talks * 85, "{raised} of {all_talks}");
}

/// A voice that plays by the same policy: it says what the partner would, and reports it.
#[test]
fn a_voice_in_step_is_left_alone_and_decides_as_the_policy_does() {
    let lines = [
        "Good morning, what brings you in today?",
        "What would you use it for, mostly?",
        "What bothers you about the one you have now?",
        "I understand. What is behind that?",
        "That is fair. Does that make sense?",
        "Where would you wear it?",
        "Would you like to take it home today?",
    ];
    let (mut notes, mut all_turns, mut told_alike, mut nearly, mut decided) = (0, 0, 0, 0, 0);
    for (product, scenario) in all() {
        let mut talk = Followed::new(&scenario.id, 9);
        let mut voice = Partner::new(product, scenario, &catalog().policies, 9);
        let opening = voice.open();
        talk.voice(&opening.text, &opening.signals);
        for line in lines.iter().cycle().take(21) {
            let turn = talk.turn(Speaker::Rep, line);
            let cues = talk.scorer.hear(&turn);
            let moved = talk.partner.listen(&turn, &cues);
            let reply = voice.hear(&turn, &cues);
            all_turns += 1;
            notes += u32::from(moved.due.is_some());
            talk.voice(&reply.text, &reply.signals);
            if reply.state.ended {
                decided += 1;
                let alike = moved.decision.map(|(decision, _)| decision) == voice.decision().map(|(decision, _)| decision);
                told_alike += u32::from(alike);
                nearly += u32::from(alike || moved.impatient || moved.refused.is_some());
                break;
            }
        }
    }
    assert_eq!(notes, 0, "of {all_turns}");
    // What is only in the voice's own words can shift it by a turn.
    assert!(decided > 40 && told_alike * 100 >= decided * 65, "{told_alike} of {decided}");
    assert!(nearly * 100 >= decided * 85, "{nearly} of {decided}");
}
