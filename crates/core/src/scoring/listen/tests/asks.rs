//! What asks for the sale, in everyday words, and what only sounds like it.

use super::{all, check};

const COAT: &str = "pilbara-jacket";
const SHOE: &str = "diabetic-walking-shoe";

#[test]
fn an_offer_to_fetch_bag_or_set_it_by_the_till_asks_for_the_sale() {
    all(
        COAT,
        "ask_for_sale, no discovery_question, no trial_close",
        &[
            "r: Want me to grab you a large?",
            "r: It breathes in the heat. want me to fetch you one in brown",
            "r: Shall I get you a medium?",
            "r: can I get you one in a large",
            "r: Can I grab you a pair in a ten?",
            "r: Could I set you up with one today?",
            "r: Shall we find your size and ring it up today?",
            "r: Should we get your size and wrap it?",
            "r: Ready to take it home?",
            "r: so are you ready to take one home",
            "r: Ready to make it yours?",
            "r: You going to buy it or not?",
            "r: are you gonna get it or what",
            "r: So you want em or not?",
            "r: So are you taking it or not?",
            "r: Why don't we put it on the counter for you?",
            "r: why don't i set this one by the register",
            "r: How about we box it up?",
            "r: how about i ring this one up for you",
            "r: it has a thirty day return want me to ring it up",
            "r: should I put them in a box",
            "r: can i put that in a bag for you",
            "r: come on just buy it",
            "r: Just take it already.",
            "r: go ahead and buy it",
            "r: it is soft and you can feel how dry it stays want me to grab you a large",
            "r: you ready to grab one?",
            "r: I'll grab you a ten and ring it up.",
        ],
    );
    all(
        SHOE,
        "ask_for_sale choice",
        &[
            "r: Want to wear them out, or should I put them in a box?",
            "r: you want to wear these out or shall i bag them",
            "r: Will you wear them home or do you want them boxed?",
        ],
    );
}

#[test]
fn a_short_question_for_the_thing_asks_for_the_sale() {
    all(
        COAT,
        "ask_for_sale direct",
        &["r: take it?", "r: So you want it?", "r: want to take it?", "r: so do you want the large?", "r: do you want the tobacco then"],
    );
    all(COAT, "no ask_for_sale", &["r: Do you take it off indoors?", "r: what do you want it for?", "r: I'd take it in the rain any day"]);
}

#[test]
fn an_offer_to_try_and_a_choice_that_is_weighed_test_the_close() {
    all(COAT, "trial_close, no ask_for_sale", &["r: so you want to try it on or something", "r: so which one were you thinking about"]);
    all(COAT, "no trial_close", &["r: if you want to try it on the mirror is over there", "r: I was thinking about which one to show you"]);
}

#[test]
fn a_price_that_was_asked_for_asks_for_nothing() {
    all(
        COAT,
        "no ask_for_sale, price_quote right",
        &[
            "c: Before we talk, what is the cash price? / r: $119 cash or card. What do you need it for?",
            "c: how much is it / r: 119 cash or card",
        ],
    );
    all(COAT, "ask_for_sale", &["c: I like it. / r: Will that be cash or card?"]);
}

#[test]
fn an_offer_to_try_a_check_and_the_stock_ask_for_nothing() {
    all(
        COAT,
        "no ask_for_sale",
        &[
            "r: Do you have something in mind, a color, or do you want me to set a black one on your head?",
            "r: do you want me to put one on you so you can feel the weight",
            "r: Want me to put it on your shoulders?",
            "r: Want me to grab you a large to try on?",
            "r: can I get you one in a large to try",
            "r: want me to grab you a water",
            "r: Can I get you a chair?",
            "r: great those are in stock",
            "c: do you have them under 200 dollars / r: great those are in stock",
            "c: i have 150 dollars to spend / r: Perfect, we have it in your size.",
            "r: good news we have those in stock",
            "r: ready to take a look",
            "r: Why don't we look at how it fits?",
            "r: why don't you walk around in it",
            "r: how about we measure your foot first",
            "r: come on in",
            "r: you don't have to buy it today",
            "r: most folks just buy it for the rain",
            "r: Are you going to wear it or keep it for church?",
            "r: what made you take it home last time",
            "r: do you wear them out in the rain or keep them dry",
            "r: do your boots wear out fast",
            "r: did you buy it or not",
            "r: can i get you to try it on",
            "r: are you ready to get started",
        ],
    );
    all(
        COAT,
        "check_back, no ask_for_sale",
        &[
            "r: hello / c: how much is it / r: It's one nineteen ninety five. How does that sit with you?",
            "r: hello / c: what does it cost / r: that one is one nineteen ninety five how's that sit with you",
            "r: hello / c: that is a lot of money / r: It's one nineteen ninety five. How does that land with you?",
            "r: hello / c: hi / r: It runs one nineteen ninety five. How does that sit with you?",
        ],
    );
    all(
        COAT,
        "ask_for_sale next_step, no discovery_question",
        &[
            "c: i need to think about it / r: want to leave me your number",
            "c: i need to think about it / r: Would you like to leave your name and number?",
            "c: i need to think about it / r: could you leave me an email",
        ],
    );
    check(COAT, &[("r: leave the number on the tag alone", "no ask_for_sale")]);
}

#[test]
fn what_she_will_think_is_a_question_of_need() {
    all(
        COAT,
        "discovery_question, no trial_close",
        &[
            "c: my wife has a say / r: What do you think she'll want to know?",
            "c: my husband has a say / r: what do you think he will ask",
            "c: it is for my dad / r: What do you think your dad would want most?",
        ],
    );
    all(
        COAT,
        "trial_close, no discovery_question",
        &["r: it sheds rain what do you think", "r: What do you think of this one?", "r: What do you think, would he like it?"],
    );
}

#[test]
fn pressure_by_the_clock_is_a_discount_and_brusque_words_belittle() {
    all(
        COAT,
        "discount_offer",
        &[
            "r: 20% off if you buy today, offer ends in an hour",
            "r: i have ten percent off if you take it now",
            "r: Twenty dollars off today only.",
            "r: fifteen percent off when you buy two",
        ],
    );
    all(
        COAT,
        "no discount_offer",
        &[
            "r: it is not ten percent off today",
            "r: we don't do percent off",
            "r: the store has nothing off right now",
            "r: the last inch comes off",
        ],
    );
    all(
        COAT,
        "put_down, no greeting, no discovery_question, no ask_for_sale",
        &[
            "r: Then go buy it online, whatever.",
            "c: i saw it for less / r: go buy it somewhere else then",
            "c: i saw it for less / r: so go order it online see if i care",
            "r: What do you want.",
            "r: what do you want",
            "r: yeah what do you want",
            "r: What now?",
        ],
    );
    all(
        COAT,
        "no put_down",
        &[
            "r: What do you want it for?",
            "r: what do you want in a coat",
            "r: Good morning! What do you want to see first?",
            "r: you can also buy it online if that is easier",
            "r: feel free to go look somewhere else first",
            "r: Some folks go buy it online and then have to send it back.",
        ],
    );
}
