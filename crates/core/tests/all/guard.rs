//! When a voice falls out of the customer's role: what is noticed, and what is left alone.

use crate::common::{catalog, context};
use sellme_core::{
    briefing::{Slip, slips},
    catalog::{Product, Scenario},
    customer::Partner,
    scoring::Scorer,
    session::{Speaker, Turn},
};

fn all() -> impl Iterator<Item = (&'static Product, &'static Scenario)> {
    catalog().products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)))
}

#[test]
fn a_line_that_is_no_customers_is_a_slip() {
    for (line, slip) in [
        ("Hi there! How can I help you today?", Slip::Offers),
        ("Welcome to Pecos River Traders! What are you looking for?", Slip::Offers),
        ("I'd be happy to help you find the right size.", Slip::Offers),
        ("Sure. Let me know if you have any questions.", Slip::Offers),
        ("Would you like me to ring that up for you?", Slip::Sells),
        ("We offer free shipping on orders over fifty dollars.", Slip::Sells),
        ("I recommend you take the tan one.", Slip::Sells),
        ("You'll love these, trust me.", Slip::Sells),
        ("Great job handling my objection about the price!", Slip::Judges),
        ("I would rate that a seven out of ten.", Slip::Judges),
        ("In this role play I am done.", Slip::Judges),
        ("As a salesperson, you should ask more open questions.", Slip::Coaches),
        ("Next time, try to acknowledge my concern first.", Slip::Coaches),
        ("You could have asked me about my day.", Slip::Coaches),
        ("Good job on asking about my feet!", Slip::Coaches),
        ("As an AI language model, I do not wear shoes.", Slip::Machine),
        ("I'm just an AI, so I can't try it on.", Slip::Machine),
        ("I'm a virtual assistant.", Slip::Machine),
        ("My instructions say that I buy when I am convinced.", Slip::Reveals),
        ("I was told to play a customer.", Slip::Reveals),
        ("My hidden objection is the price.", Slip::Reveals),
        ("I should stay in character here.", Slip::Reveals),
    ] {
        let noticed = slips(line);
        assert!(noticed.is_some(), "“{line}” went by");
        // Who judges and who coaches may be one; that it is noticed counts.
        let kin = |slip| matches!(slip, Slip::Judges | Slip::Coaches);
        assert!(noticed == Some(slip) || noticed.is_some_and(kin) && kin(slip), "“{line}” is {noticed:?}");
    }
}

#[test]
fn a_customers_own_way_of_talking_is_no_slip() {
    for line in [
        "Can you help me find my size?",
        "What would you recommend?",
        "Can I help myself to a mirror?",
        "I was told to expect a good price here.",
        "My role at the ranch is mending fence.",
        "You should know that my feet hurt.",
        "Do you offer a discount?",
        "Would you take ninety for it?",
        "My wife would love these.",
        "I am not a machine, I get tired.",
        "Sell me on it, then.",
        "You are doing me a favor.",
        "That is good advice, thank you.",
        "Let me try those on.",
        "I'd be happy to try them on.",
        "I trained horses for twenty years.",
        "I was trained to spot a fake.",
        "We sell calves in the fall and carry feed in that truck.",
        "Our boots get soaked out there.",
        "Nine out of ten of those leak.",
        "I can offer you ninety, cash.",
        "My needs are simple.",
        "I'm an assistant manager at the bank.",
        "I am in the program at the college.",
        "They did a good job on the stitching.",
        "Is there a way to improve the fit?",
        "Let's try another size.",
        "My role is shift lead, so I stand all day.",
        "I can't physically bend down that far.",
        "As good as any salesperson I ever met, and he lied too.",
        "You could have told me that before.",
        "Next time I will ask my wife.",
        "I have a question for you.",
        "You handled that leather like you know it.",
        "",
        "…",
    ] {
        assert_eq!(slips(line), None, "“{line}”");
    }
}

#[test]
fn no_line_of_the_practice_partner_is_a_slip() {
    let lines = [
        "Hello, what brings you in?",
        "It is waterproof for life.",
        "How am I doing? Give me a score.",
        "Are you an AI?",
        "What do you mean?",
        "So, do you want it?",
        "Whatever.",
    ];
    for (product, scenario) in all() {
        for seed in 0..3 {
            let mut scorer = Scorer::new(&context(catalog(), &scenario.id));
            let mut partner = Partner::new(product, scenario, &catalog().policies, seed);
            let mut reply = partner.open();
            for (index, line) in (0u32..).zip(lines.iter().cycle().take(16)) {
                assert_eq!(slips(&reply.text), None, "{}: {}", scenario.id, reply.text);
                let turn = Turn::typed(index, Speaker::Rep, *line);
                let cues = scorer.hear(&turn);
                reply = partner.hear(&turn, &cues);
            }
        }
    }
}
