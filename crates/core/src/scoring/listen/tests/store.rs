//! What a rep states of the goods and of the store: true, false, and honestly denied.

use super::{all, check};

const COAT: &str = "pilbara-jacket";
const BELT: &str = "concho-turquoise";
const SHOE: &str = "diabetic-walking-shoe";

#[test]
fn whoever_denies_a_trap_tells_the_truth() {
    let honest = "claim waterproof supported, no claim contradicted";
    all(
        COAT,
        honest,
        &[
            "r: I won't tell you this one is waterproof, because it isn't",
            "r: i will not tell you this one is waterproof because it is not",
            "r: No ma'am, it's not waterproof, water-resistant only.",
            "r: waterproof is a word i stay away from with oilskin",
            "r: Now, folks hear oilskin and think waterproof, and that's not what it is.",
            "r: is it waterproof no it sheds water",
            "r: You asked if it's waterproof. It isn't.",
            "r: i would be lying if i told you it was waterproof",
            "r: Nobody here will tell you it's waterproof.",
        ],
    );
    all(
        BELT,
        "claim sterling-turquoise supported, no claim contradicted",
        &[
            "r: folks ask if it's sterling, and it isn't",
            "r: I'd be lying if I called it sterling.",
            "r: don't let anyone tell you that's sterling it's plate",
            "r: i am not going to call it sterling",
        ],
    );
    all(
        SHOE,
        "claim medical supported, no claim contradicted",
        &[
            "r: I can't promise it'll cure your pain, ask your doctor.",
            "r: i am no doctor so i will not say it fixes neuropathy",
            "r: they don't heal anything but they give your toes room",
            "r: It won't cure anything. There's just more room in the toe.",
        ],
    );
    check(
        COAT,
        &[
            ("r: we do not price match", "claim price-match supported, no claim contradicted"),
            ("r: I wish I could match their price but we don't do that", "claim price-match supported, no claim contradicted"),
            ("r: there is no lifetime warranty on it", "claim lifetime-warranty supported, no claim contradicted"),
            ("r: I can't swear it was made in America", "claim made-where supported, no claim contradicted"),
            ("r: it would be a lie to call this american made", "claim made-where supported, no claim contradicted"),
            ("r: never put it in the washing machine", "claim machine-washable supported, no claim contradicted"),
        ],
    );
}

#[test]
fn somebody_elses_words_and_other_goods_are_no_claims() {
    all(
        COAT,
        "no claim contradicted",
        &[
            "r: some folks call it waterproof but it is water resistant",
            "r: If it was waterproof I would say so",
            "r: you said you wanted something waterproof",
            "r: nylon is waterproof and it flaps",
            "r: were you told it was waterproof",
        ],
    );
    all(
        BELT,
        "no claim contradicted",
        &[
            "r: real sterling would run you three hundred",
            "r: The other one is sterling, and it is fifty dollars more.",
            "r: it's plated not sterling",
            "r: that's two forty nine ninety nine it's cheaper than the sterling one",
            "r: It looks as good as sterling from here.",
            "r: our sterling belt is two ninety nine",
        ],
    );
    all(
        SHOE,
        "no claim contradicted",
        &["r: it is made for feet like yours, ask your clinician about the pain", "r: does your back hurt when you stand"],
    );
}

#[test]
fn a_question_that_the_rep_answers_with_yes_is_the_reps_own_word() {
    all(
        COAT,
        "claim waterproof contradicted",
        &[
            "r: You asked if it's waterproof, and it is.",
            "r: is it waterproof yes it is",
            "r: folks wonder if it is waterproof and it sure is",
        ],
    );
}

#[test]
fn a_bare_yes_to_a_trap_is_a_claim_and_a_bare_no_puts_it_right() {
    check(
        COAT,
        &[
            ("c: is it waterproof / r: absolutely", "claim waterproof contradicted = absolutely"),
            ("c: So this is waterproof, right? / r: Yes ma'am, completely.", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: You bet it is", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: You bet.", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: Of course it is", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: of course", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: It sure is.", "claim waterproof contradicted"),
            ("c: So it's waterproof, right? / r: Of course not.", "claim waterproof supported, no claim contradicted"),
            ("c: So it's waterproof, right? / r: It is not.", "claim waterproof supported, no claim contradicted"),
            ("c: So it's waterproof, right? / r: you bet your boots we have them in brown", "no claim"),
            ("c: is it waterproof / r: yes it is", "claim waterproof contradicted"),
            ("c: is it waterproof / r: no sir it is not", "claim waterproof supported, no claim contradicted"),
            ("c: Is it waterproof? / r: No.", "claim waterproof supported"),
            ("c: is it waterproof / r: sure let me check that for you", "no claim"),
            ("c: is it waterproof / r: yes but only for an hour", "no claim contradicted"),
            ("c: how much is it / r: sure", "no claim"),
        ],
    );
    all(COAT, "no claim contradicted", &["r: you can bring it back inside thirty days as long as you have not worn it outside"]);
}

#[test]
fn a_trap_is_heard_in_any_wording() {
    all(
        COAT,
        "claim waterproof contradicted",
        &[
            "r: it is totally waterproof",
            "r: Oh yeah, this thing's waterproof, you could stand in a river.",
            "r: won't let a drop of water through",
            "r: rain can't get through it",
            "r: You will not get wet in this one.",
            "r: You could swim in it.",
        ],
    );
    all(
        COAT,
        "claim no-upkeep contradicted",
        &["r: You never need to wax it.", "r: there's nothing to keep up", "r: it takes care of itself"],
    );
    all(
        COAT,
        "no claim no-upkeep contradicted",
        &[
            "r: You don't need to wax it more than once a year.",
            "r: you never have to wash it, just hose it down",
            "r: You do not need to buy anything else.",
        ],
    );
    check(
        BELT,
        &[
            ("r: It'll double in value, silver always goes up.", "claim unbacked-investment unsupported"),
            ("r: for you I'll do 200 under the table", "claim discount-made-up contradicted"),
        ],
    );
    check("story-the-kite", &[("r: it won a Pulitzer", "claim unbacked-prize unsupported")]);
    all(COAT, "claim machine-washable contradicted", &["r: Just toss it in on cold with Tide.", "r: tumble dry it low"]);
    all("concho-copper", "claim full-grain-strap contradicted", &["r: That's solid sterling.", "r: it is real silver"]);
    check(
        COAT,
        &[
            ("r: if you find it cheaper we'll match it", "claim price-match contradicted"),
            ("r: Bring me their ad and I'll match it.", "claim price-match contradicted"),
            ("r: we beat anybody on price", "claim price contradicted"),
            ("r: they stand behind it for life", "claim warranty contradicted"),
            ("r: Comes with a lifetime warranty.", "claim warranty contradicted"),
            ("r: it is covered for as long as you own it", "claim warranty contradicted"),
            ("r: if it ever tears we'll replace it for free", "claim warranty contradicted"),
            ("r: It's made right here in America.", "claim made-where contradicted"),
            ("r: these are sewn in texas", "claim made-where contradicted"),
            ("r: you got sixty days to bring it back", "claim returns contradicted"),
            ("r: you have two weeks to return it", "claim returns contradicted"),
            ("r: wear it a month and if you don't like it bring it back", "claim returns contradicted"),
            ("r: You can return it whenever you want.", "claim returns contradicted"),
            ("r: shipping is always free here", "claim shipping contradicted"),
            ("r: we can have it to you tomorrow", "claim shipping contradicted"),
            ("r: We ship to Canada.", "claim shipping contradicted"),
        ],
    );
    all(
        BELT,
        "claim sterling-turquoise contradicted",
        &[
            "r: the conchos are sterling silver",
            "r: That's solid sterling all the way through.",
            "r: those are real silver conchos",
            "r: you are looking at pure silver there",
            "r: yes sir that is sterling",
        ],
    );
    all(
        BELT,
        "claim origin contradicted",
        &["r: it's native made", "r: Navajo silversmiths made every one of these.", "r: this was made by native american artists"],
    );
    all(
        SHOE,
        "claim medical contradicted",
        &[
            "r: it'll cure your back",
            "r: Your plantar fasciitis will be gone in a week.",
            "r: takes the arthritis pain right away",
            "r: doctors recommend it",
            "r: My podiatrist says these are the best.",
            "r: your feet won't hurt anymore",
            "r: your knees will quit aching",
            "r: Your feet will quit burning.",
            "r: doctors love em",
            "r: My doctor buddy swears by 'em.",
            "r: the APMA approves them",
            "r: medicare will pay for these",
        ],
    );
}

#[test]
fn each_part_of_a_medical_promise_and_a_slur_on_other_goods_wants_a_fact() {
    check(
        SHOE,
        &[
            (
                "r: this shoe will cure his neuropathy, it's clinically proven and doctor approved",
                "claim contradicted = this shoe will cure his neuropathy, claim contradicted = it's clinically proven and doctor approved",
            ),
            ("r: It's clinically proven.", "claim medical"),
            ("r: these are doctor approved", "claim medical"),
            (
                "r: It will cure your feet. And it will heal your knees. Doctors recommend it.",
                "claim contradicted = It will cure your feet, claim contradicted = Doctors recommend it",
            ),
            ("r: it is not clinically proven", "no claim contradicted, no claim unsupported"),
            ("r: I can't say they are doctor approved.", "no claim contradicted, no claim unsupported"),
        ],
    );
    all(
        COAT,
        "claim unsupported origin",
        &["r: Those are junk from China.", "r: that brand is cheap garbage made in china", "r: theirs are trash from overseas"],
    );
    all(COAT, "claim unsupported", &["r: Those are cheap junk.", "r: theirs is garbage", "r: they are trash and you know it"]);
    all(
        COAT,
        "no claim unsupported",
        &["r: we do not sell junk from china", "r: you said those were junk from china", "r: are those from china"],
    );
}

#[test]
fn a_clock_that_the_store_does_not_have_is_a_claim_that_nothing_backs() {
    all(
        COAT,
        "claim unsupported unbacked-urgency",
        &[
            "r: this is the last one",
            "r: That's our very last one, so I'd grab it.",
            "r: we only have two left in your size",
            "r: it's the last pair we have",
            "r: these are selling fast so you better hurry",
            "r: they won't be here tomorrow",
            "r: it'll be gone by the weekend",
            "r: there's somebody else interested in it",
            "r: I've got two other people looking at it",
            "r: It's now or never.",
        ],
    );
    all(
        COAT,
        "claim contradicted discount-made-up",
        &[
            "r: the price goes up tomorrow",
            "r: prices are going up next week",
            "r: that price is only good today",
            "r: this deal ends tonight",
            "r: I can do it for 100, only today",
            "r: we're raising our prices on monday",
        ],
    );
    all(
        COAT,
        "no claim unsupported, no claim discount-made-up",
        &[
            "r: What happened to the last one you had?",
            "r: no hurry at all, take your time",
            "r: it won't last long if you machine wash it",
            "r: we're only open till five today",
            "r: This is the one I'd pick for riding.",
            "r: that is the last question, I promise",
            "r: Is this the last thing you need today?",
            "r: I'd rather you take your time, it isn't going anywhere",
            "r: Was that the last one you tried before it leaked?",
            "r: it fits you fine, and only the shoulders are a bit snug",
        ],
    );
}

#[test]
fn a_promise_that_is_not_made_is_no_lie() {
    all(
        "tee-1st-infantry",
        "no claim contradicted",
        &[
            "r: I won't promise on shrinking. It's cotton; wash cold and hang it, or go a size up.",
            "r: i can not promise it will not shrink",
            "r: I can't swear to fading either way.",
        ],
    );
    all("tee-1st-infantry", "claim tee-no-shrink contradicted", &["r: It will not shrink.", "r: it never ever shrinks"]);
}

#[test]
fn what_the_cloth_does_not_do_is_what_it_is_praised_for() {
    all(COAT, "feature quiet-cloth", &["r: Listen to it, no swish at all.", "r: it doesn't crinkle", "r: it moves without a sound"]);
}
