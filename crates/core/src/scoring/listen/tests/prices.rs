//! Prices that a rep names: right, wrong, another's, and offers to take less.

use super::{all, check};

const COAT: &str = "pilbara-jacket";

#[test]
fn a_price_is_right_or_wrong_however_it_is_said() {
    check(
        COAT,
        &[
            ("r: it's $119", "price_quote right"),
            ("r: that'll be a hundred and nineteen", "price_quote right"),
            ("r: it runs a hundred and forty nine dollars", "price_quote wrong"),
            ("r: this one is ninety nine ninety five", "price_quote wrong"),
            ("r: you have thirty days", "no price_quote"),
            ("r: it has been selling for ten years", "no price_quote"),
        ],
    );
}

#[test]
fn an_offer_to_take_less_is_a_promise_that_the_tag_does_not_keep() {
    all(
        COAT,
        "discount_offer, claim contradicted discount-made-up",
        &[
            "r: I can knock 10 off for you",
            "r: i could let you have it for a hundred",
            "r: how about I take ten dollars off? I can do 105 for you",
            "r: I'll give you a discount if you take it now",
        ],
    );
    check(
        COAT,
        &[
            ("r: the price doesn't go up tomorrow, it's 119 any day", "claim supported discount-made-up, no claim contradicted"),
            ("r: standard shipping is free over $50", "claim supported, no discount_offer, no claim contradicted"),
            ("r: I can't knock anything off, the tag is the tag", "no discount_offer, no claim contradicted"),
            ("r: It's $119. / c: $119, well, that's friendlier than I feared. / r: yeah you wax it once a year", "no ask_for_sale"),
            ("r: It's $119. / c: Would you take a hundred? / r: yeah, deal", "ask_for_sale"),
        ],
    );
}

#[test]
fn the_tag_is_its_price_whatever_the_sentence_goes_on_to() {
    all(
        COAT,
        "price_quote right",
        &[
            "r: It's 119 dollars, and shipping is free over fifty.",
            "r: It's $119, and shipping's free over $50.",
            "r: The Pilbara is $119 and it ships free.",
            "r: it is a hundred nineteen dollars and shipping is free",
            "r: That one's $119 with free delivery.",
            "r: $119 before tax.",
            "r: 119 on this one",
            "r: Tobacco or mustard, 119.",
            "r: it's 119 dollars plus tax",
        ],
    );
    all(
        COAT,
        "no price_quote",
        &["r: Shipping is $5.99 under fifty.", "r: You said your budget was $119.", "r: $119 shipping would be a lot."],
    );
}

#[test]
fn the_sum_on_the_tag_is_no_price_where_it_is_denied_or_is_something_elses() {
    all(
        COAT,
        "no price_quote right",
        &[
            "r: The one down the street has it at $119",
            "r: the one down the street has it at 119 dollars",
            "r: Their coat is $119 and ours lasts longer",
            "r: their coat costs a hundred nineteen and ours lasts longer",
            "r: They sell theirs for $119.",
            "r: My own coat cost $119 ten years back",
            "r: mine cost 119 dollars ten years ago",
            "r: It's not $119, it's $99",
            "r: it does not cost $119",
        ],
    );
    all(COAT, "price_quote wrong, no price_quote right", &["r: It's not $119, it's $99"]);
    all(
        COAT,
        "price_quote right",
        &[
            "r: No, it's $119.",
            "r: no ma'am the pilbara is 119 dollars",
            "r: It's not $99, it's $119.",
            "r: It's not just a coat, it's $119 of oilskin that lasts.",
            "r: Their coat is $99, ours is $119.",
            "r: their coat is 99 dollars and ours is 119 dollars",
            "r: They're all $119, whatever the size.",
            "r: With the tin of wax it comes to $119.",
        ],
    );
}
