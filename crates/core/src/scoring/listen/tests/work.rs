//! What a long turn costs.

use super::listener;
use crate::{
    scoring::listen::pattern::work,
    session::{Speaker, Turn},
};

/// Words looked at in a turn that says something so many times over, right after the other speaker has asked or answered.
fn steps(product: &str, speaker: Speaker, text: &str, times: usize) -> u64 {
    let mut listener = listener(product);
    let (other, before) = match speaker {
        Speaker::Rep => (Speaker::Customer, "I need it for the rain, it is too expensive at 90 dollars. Is it waterproof?"),
        Speaker::Customer => (Speaker::Rep, "It is $119. Shall I ring it up for you?"),
    };
    listener.hear(&Turn::typed(0, other, before));
    work::taken();
    listener.hear(&Turn::typed(1, speaker, text.repeat(times)));
    work::taken()
}

#[test]
fn the_work_of_a_turn_grows_with_its_length_and_not_with_its_square() {
    const TIMES: usize = 200;
    let texts = [
        "too expensive ",
        "i will take it ",
        "i will take it for 60 dollars ",
        "yes ",
        "Okay. ",
        "it is 119 dollars ",
        "how much is it ",
        "what do you need it for ",
        "it smells and it is heavy ",
        "it sheds rain so you stay dry ",
        "it is waterproof ",
        "you need it for the rain ",
        "i do not know if it is waterproof ",
        "this is the last one ",
        "I like it, but it is too expensive. ",
    ];
    let mut wrong = Vec::new();
    for product in ["pilbara-jacket", "any"] {
        for speaker in [Speaker::Rep, Speaker::Customer] {
            for text in texts {
                let (once, four) = (steps(product, speaker, text, TIMES), steps(product, speaker, text, 4 * TIMES));
                if four > 5 * once {
                    wrong.push(format!("{product} {speaker:?} “{text}”: {once} and {four} words looked at"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
