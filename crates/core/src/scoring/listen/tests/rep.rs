//! How a rep asks, takes a doubt seriously, asks for the sale, gives in and belittles.

use super::{all, check};

const COAT: &str = "pilbara-jacket";

#[test]
fn a_question_behind_a_statement_is_found_without_punctuation() {
    check(
        COAT,
        &[
            (
                "r: it is full grain leather so it will last you what do you do for work",
                "open_question = what do you do for work, discovery_question",
            ),
            ("r: that one runs eighty nine ninety five want me to ring it up", "ask_for_sale direct = want me to ring it up"),
            ("r: So it rides high. Want me to ring it up?", "ask_for_sale direct = Want me to ring it up"),
            ("c: it smells / r: hi / c: it smells / r: the finish fades with wear does that help", "check_back = does that help"),
            ("r: this one is one nineteen would that work for you", "trial_close = would that work for you"),
            ("r: it sheds the rain and breathes how does that sound", "trial_close = how does that sound"),
            ("r: good morning welcome in what brings you in today", "discovery_question = what brings you in today"),
            ("r: it comes in two colors which one should i wrap up", "ask_for_sale choice = which one should i wrap up"),
            ("r: what would you like to see next and what size are you", "discovery_question = what size are you"),
            ("r: what size do you wear i have a large right here", "open_question = what size do you wear"),
            ("r: have you tried oilskin before it is not like nylon", "closed_question = have you tried oilskin before"),
            (
                "r: would you say you need it more for rain or for wind",
                "closed_question = would you say you need it more for rain or for wind",
            ),
        ],
    );
}

#[test]
fn a_statement_with_a_question_word_in_it_asks_nothing() {
    all(
        COAT,
        "no open_question, no closed_question, no discovery_question",
        &[
            "r: I know what you mean.",
            "r: that is what I like about it",
            "r: I will show you how it fits",
            "r: what I like about it is the collar",
            "r: what most people want is the comfort",
            "r: let me show you what it does in the rain",
            "r: You can see how the rain runs off.",
            "r: i do not know who made it but i can find out",
            "r: we will have you dry all day",
            "r: if you want me to i can hold it",
            "r: there is a thirty day return on it",
            "r: which is why i like it for horses",
            "r: there is nothing it will not do for you",
        ],
    );
}

#[test]
fn courtesy_is_rapport_and_asks_nothing_of_the_need() {
    all(
        COAT,
        "rapport, no discovery_question, no open_question, no closed_question",
        &[
            "r: hi there how are you today",
            "r: Hey, how's your day going?",
            "c: hi how are you / r: I'm fine, thanks. And you?",
            "c: hi how are you / r: doing good and you",
            "r: i'm good how about yourself",
            "r: how have you been",
            "r: hows the family",
            "r: how's it going folks",
        ],
    );
    check(
        COAT,
        &[
            ("r: how about you, and what do you need it for", "rapport = how about you, discovery_question = what do you need it for"),
            ("r: good morning how are you doing what brings you in", "rapport, discovery_question = what brings you in"),
            ("r: and you want the black one", "no rapport"),
            ("r: Are you wearing it over a sweater, and you ride in it too?", "no rapport"),
            ("r: how are your feet holding up", "discovery_question, no rapport"),
        ],
    );
}

#[test]
fn what_belittles_the_customer_or_what_is_theirs_is_a_put_down() {
    all(
        COAT,
        "put_down",
        &[
            "r: That old hat of yours is about done for.",
            "r: that coat you got on has seen better days",
            "r: you wouldn't understand",
            "r: Well, that's a dumb question.",
            "r: if you can't afford it just say so",
            "r: anybody can see you never worked a day",
            "r: maybe this is out of your league",
            "r: folks on your budget usually go to the thrift store",
            "r: What would you know about cattle?",
            "r: you city folks never get it",
            "r: did you not hear me the first time",
            "r: quit being so cheap",
            "r: Listen old man, it's a coat.",
            "r: you're too fat for it",
            "r: Are you diabetic or just lazy?",
            "r: Don't be a cheapskate.",
            "r: You heard me fatty, hurry up.",
            "r: anybody buying those is an idiot",
        ],
    );
    all(
        COAT,
        "no put_down",
        &[
            "r: you would be getting real hide",
            "r: don't be silly rich about it",
            "r: That's a silly little detail I love.",
            "r: Your old man will love it.",
            "r: I'm just lazy, I never iron mine.",
            "r: The large is too big for you, so try the medium.",
            "r: an old lady who comes in on fridays loves hers",
            "r: those are cheap knockoffs and they fall apart",
            "r: The farm store coat is cheap for a reason.",
            "r: no such thing as a dumb question",
            "r: No, it isn't waterproof. It sheds water.",
            "r: it is crazy how light it is",
            "r: that old coat of yours has been good to you",
            "r: if money is tight the vest is seventy nine",
            "r: you know better than i do what you need",
            "r: I'm so sorry for your loss.",
            "r: you would understand it better if you felt the cloth",
        ],
    );
}

#[test]
fn less_for_the_same_thing_is_a_discount_however_it_is_offered() {
    for offer in [
        "call it a hundred",
        "I could knock ten off.",
        "let's say ninety even",
        "I'll throw in the shipping.",
        "tell you what a hundred bucks and it's yours",
        "how about an even hundred",
        "what if i took twenty off",
        "i'll eat the tax",
        "We can do a hundred.",
    ] {
        check(COAT, &[(&format!("c: that is a lot / r: {offer}"), "discount_offer")]);
    }
    for plain in [
        "we don't discount",
        "The price is the price, I can't come down.",
        "it's one nineteen for every size",
        "the vest is seventy nine if that suits you better",
        "i can't knock anything off",
        "it knocks the wind off you",
        "take ten minutes and think",
    ] {
        check(COAT, &[(&format!("c: that is a lot / r: {plain}"), "no discount_offer")]);
    }
}

#[test]
fn a_feeling_is_taken_seriously_in_any_words() {
    for empathy in [
        "I hear you, nobody likes paying twice.",
        "makes sense to be careful with that kind of money",
        "I'd be wary too.",
        "can't blame you there",
        "yeah that would bug me too",
        "That's a fair chunk of change.",
        "no shame in thinking it over",
        "sounds like that left a bad taste",
    ] {
        check(COAT, &[(&format!("c: i got burned the last time / r: {empathy}"), "empathy, no put_down")]);
    }
    let told = "c: I need dry feet and I dance on saturdays / r: ";
    for given_back in ["so dry feet and something you can dance in, that about it?", "so you want dry feet and you dance saturdays"] {
        check(COAT, &[(&format!("{told}{given_back}"), "reflection, no benefit")]);
    }
}

#[test]
fn a_next_step_and_a_graceful_no_are_heard() {
    all(
        COAT,
        "ask_for_sale next_step",
        &[
            "r: I can hold it for you till Saturday.",
            "r: come by thursday and we'll measure you",
            "r: i'll put your name on it and you come back friday",
            "r: want me to call you when the large comes in",
        ],
    );
    all(
        COAT,
        "farewell",
        &[
            "c: not today / r: No hard feelings, thanks for stopping in.",
            "c: not today / r: no problem at all come see us any time",
            "c: not today / r: that's alright you know where we are",
        ],
    );
}

#[test]
fn what_was_told_is_given_back_in_the_reps_own_words() {
    let shepherd = "c: my grandpa stands in the wet at work all day and then sits in it / r: ";
    let heels = "c: i paid two hundred dollars and got blisters on both heels / r: ";
    let soft = "c: my feet ache on concrete and the soft ones never last / r: ";
    for (told, given_back) in [
        (shepherd, "So he gets wet at work and then sits around in it. Have I got that right?"),
        (shepherd, "so your grandpa is soaked half the day is that right"),
        (shepherd, "So he's soaked half the day. Is that about it?"),
        (heels, "two hundred dollars and still blisters on your heels"),
        (heels, "All that money, and blisters on both heels."),
        (soft, "So you need something easy underfoot that holds up. Is that right?"),
        (soft, "So you need something soft underfoot that lasts. Have I got that right?"),
        (soft, "Aching feet on concrete."),
    ] {
        check(COAT, &[(&format!("{told}{given_back}"), "reflection, no put_down, no ask_for_sale")]);
    }
    for other in ["The soft ones run small. Is that right for you?", "The boots have a soft sole.", "So this is the coat. Is that right?"] {
        check(COAT, &[(&format!("{soft}{other}"), "no reflection")]);
    }
    check(
        COAT,
        &[
            (&format!("{heels}what did the heels do"), "no reflection"),
            (&format!("{heels}Did they rub your heels and give you blisters?"), "no reflection"),
        ],
    );
}

#[test]
fn staying_dry_is_what_a_coat_does_and_no_goodbye() {
    for said in [
        "It's water-resistant, so your truck seat and your shirt stay dry.",
        "You'll stay dry and happy.",
        "It'll help you stay warm and stay dry. It's $119.",
        "you stay dry and the coat lasts",
    ] {
        check(COAT, &[(&format!("r: {said}"), "no farewell")]);
    }
    for said in ["Thanks for coming in, stay warm out there!", "Well, stay dry out there.", "Stay safe!"] {
        check(COAT, &[(&format!("r: {said}"), "farewell")]);
    }
}
