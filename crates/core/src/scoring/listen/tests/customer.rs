//! What a customer asks, holds against it, takes and leaves.

use super::{all, check};

const BELT: &str = "concho-sterling";

#[test]
fn everyday_talk_is_no_objection() {
    all(
        BELT,
        "no objection, no refusal",
        &[
            "c: What's the damage?",
            "c: so what is the damage on this one",
            "c: Can't afford to come back for it.",
            "c: that's too bad about the rain",
            "c: I am not sure what size I am.",
            "c: my wife would hate me if I came home empty handed",
            "c: i have a lot of hats at home that would go with it",
            "c: it's a long drive so I can't come back twice",
            "c: my old one was too stiff",
            "c: I need something nice for a wedding.",
            "c: my wife told me to come see you folks",
            "c: better than the one online",
            "c: it's cheaper than i thought",
            "c: How much does it weigh?",
            "c: does it come with a guarantee",
            "c: i work down the road at the feed store",
            "c: my cousin has one just like it",
            "c: I have to say I am impressed.",
            "c: is that right",
        ],
    );
    all(
        "pilbara-jacket",
        "no objection",
        &[
            "c: Good enough, they get paid to ask that.",
            "c: doing fine payday was on friday",
            "c: Good, payday's on Thursday.",
            "c: That takes care of my trouble with the old one.",
            "c: You take care of yourself now.",
            "c: Well, $119 is about where I'd have put it.",
        ],
    );
    all("pilbara-jacket", "objection timing", &["c: I don't get paid till Friday.", "c: I'd better wait for payday."]);
    check(
        BELT,
        &[
            ("c: What's the damage?", "question price"),
            ("c: how much does it weigh", "question, no question price"),
            ("c: i am not sure what size i am", "no question, no objection"),
        ],
    );
}

#[test]
fn a_doubt_is_heard_with_its_kind() {
    let kinds: [(&str, &[&str]); 6] = [
        (
            "objection price",
            &[
                "c: that's a lot of money for a belt",
                "c: Three hundred dollars for a belt?",
                "c: whew that is steep",
                "c: That's more than I was looking to spend.",
                "c: i can't swing that right now",
                "c: i'm in no position to spend that kind of money",
            ],
        ),
        (
            "objection quality",
            &[
                "c: how do I know these'll hold up",
                "c: Looks like it would fall apart in a year.",
                "c: i bet the plating comes right off",
                "c: that leather looks awful thin",
                "c: Will that buckle hold?",
                "c: it seems kind of flimsy",
            ],
        ),
        (
            "objection timing",
            &[
                "c: let me talk to my wife first",
                "c: I would have to run that by my husband.",
                "c: i'll have to think on it a while",
                "c: not sure i want to decide today",
                "c: Payday isn't till Friday.",
                "c: maybe next month",
            ],
        ),
        (
            "objection competition",
            &[
                "c: I can get one at the farm store for half that.",
                "c: amazon has the same thing for sixty bucks",
                "c: my buddy got his for a lot less down the road",
                "c: My cousin bought one somewhere else, cheaper.",
                "c: boot barn's got one like it for less",
            ],
        ),
        (
            "objection need",
            &[
                "c: I already have three of these.",
                "c: i got a closet full of belts already",
                "c: i don't think i'd ever wear it",
                "c: Where would I even wear something like that?",
                "c: not really my style",
            ],
        ),
        (
            "objection trust",
            &[
                "c: I've never heard of you folks.",
                "c: how do i know that is real silver",
                "c: every salesman tells me that",
                "c: You'd say that, you're selling it.",
                "c: i've been burned before on these",
                "c: i'm not convinced",
            ],
        ),
    ];
    for (kind, talks) in kinds {
        all(BELT, kind, talks);
    }
}

#[test]
fn a_yes_counts_only_after_an_ask() {
    all(
        BELT,
        "no acceptance",
        &[
            "r: it is real sterling / c: please",
            "r: it is real sterling / c: okay",
            "r: It is real sterling. / c: Sure.",
            "r: does that make sense / c: sure",
            "r: do you want to see it / c: yes please",
            "r: Would you like to try it on? / c: Sure, I'll try it.",
            "r: should i show you the copper one / c: yeah go ahead",
            "r: want me to hold it till saturday / c: sure",
            "r: ready to ring it up / c: yes but not at that price",
            "r: it has silver conchos / c: i'll take a look",
            "r: it has silver conchos / c: I'll take your word for it.",
            "r: it has silver conchos / c: i would take it if it was cheaper",
        ],
    );
    all(
        BELT,
        "acceptance",
        &[
            "r: want me to ring it up / c: please",
            "r: Shall I ring it up? / c: Sure, ring it up.",
            "r: shall i box it up / c: yeah go ahead",
            "r: it is three hundred / c: I'll take it",
            "r: It is three hundred. / c: Let's do it.",
            "r: it is three hundred / c: wrap it up",
            "r: it is three hundred / c: alright you talked me into it",
            "r: are you ready to take it home / c: yes sir",
            "r: Cash or card? / c: Card.",
            "r: which one should i wrap up / c: the wide one",
            "r: shall i ring it up / c: that'll do",
        ],
    );
}

#[test]
fn a_no_is_a_no_and_leave_taken_after_a_sale_is_none() {
    all(
        BELT,
        "refusal, no acceptance",
        &[
            "r: it is three hundred / c: I'm gonna pass.",
            "r: it is three hundred / c: not today",
            "r: it is three hundred / c: i'll leave it",
            "r: Shall I ring it up? / c: No, I don't think so.",
            "r: shall i ring it up / c: nah i'm good",
            "r: shall i ring it up / c: i better not",
            "r: want me to wrap it / c: I think I'll hold off.",
            "r: so what do you say / c: i'm going to go look somewhere else",
            "r: so what do you say / c: it's not for me",
        ],
    );
    all(
        BELT,
        "no refusal",
        &[
            "r: shall i ring it up / c: i'll take it / r: thank you / c: thanks bye now",
            "r: Shall I ring it up? / c: I'll take it. / r: Thank you. / c: Have a good one.",
            "c: no hurry i have got all day",
            "c: No problem, take your time.",
        ],
    );
}

#[test]
fn a_limit_on_what_is_spent_doubts_the_price_and_refuses_nothing() {
    all(
        "pilbara-jacket",
        "objection price, no refusal",
        &[
            "c: But I don't want to spend more than 150.",
            "c: i do not want to spend over a hundred dollars",
            "c: I don't want to pay more than two hundred",
            "c: i'd rather not spend more than a hundred",
        ],
    );
    all("pilbara-jacket", "refusal", &["c: I don't want to spend the money.", "c: i do not want to buy it"]);
}
