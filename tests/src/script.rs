//! What a rep says in these tests.

/// A scenario in which a rep who listens sells.
pub const SCENARIO: &str = "pilbara-skeptical-medium";

/// A whole conversation of the rep's lines.
pub const LINES: [&str; 12] = [
    "Good morning, welcome in. What brings you by today?",
    "What kind of work will the coat have to stand up to?",
    "How long are you usually out in the rain when it turns wet?",
    "And how do your horses take it when a coat rustles?",
    "That makes sense. This is the Pilbara jacket: oil-finished cotton, it turns ordinary rain and it still breathes.",
    "It makes no noise to speak of, so a young horse does not spook when you swing up.",
    "It runs $119, in tobacco or mustard, and it ships free.",
    "I hear you, that is a fair worry. What did the last one do that let you down?",
    "It will hold ordinary rain; in a long downpour a heavier coat is the better one. Does that cover the days you are out?",
    "About once a year you rub new wax in and the finish is back. Would you be fine with that?",
    "So it keeps you dry, it stays quiet, and you can renew it. Shall we find your size and ring it up today?",
    "Thank you. I will get you the tobacco one and a tin of wax.",
];

/// The lines as a script's text.
#[must_use]
pub fn text() -> String {
    LINES.join("\n") + "\n"
}
