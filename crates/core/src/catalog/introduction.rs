//! Whom a customer speaks of: a first "he" or "she" says who that is, as people do when nobody has been named yet.

use super::scenario::Who;

/// Words for somebody else that are taken up by a name or a noun.
const PRONOUNS: [&str; 6] = ["he", "she", "him", "his", "her", "hers"];

const FEMALE: [&str; 3] = ["she", "her", "hers"];

/// Nouns that a "he" or "she" after them may stand for.
const SOMEBODY: [&str; 60] = [
    "aunt",
    "baby",
    "boss",
    "boy",
    "bride",
    "brother",
    "brother-in-law",
    "captain",
    "clerk",
    "client",
    "colt",
    "cousin",
    "dad",
    "daddy",
    "daughter",
    "doctor",
    "dog",
    "donkey",
    "father",
    "fella",
    "fellow",
    "foreman",
    "friend",
    "girl",
    "granddad",
    "granddaughter",
    "grandfather",
    "grandma",
    "grandmother",
    "grandson",
    "groom",
    "guy",
    "horse",
    "husband",
    "judge",
    "kid",
    "lady",
    "mama",
    "man",
    "mare",
    "mom",
    "mother",
    "neighbor",
    "nephew",
    "niece",
    "person",
    "photographer",
    "pupil",
    "rep",
    "salesman",
    "seller",
    "sister",
    "son",
    "teacher",
    "technician",
    "trooper",
    "uncle",
    "vet",
    "wife",
    "woman",
];

/// What may follow an object: after anything else "her" is a possessive.
const AFTER_OBJECT: [&str; 25] = [
    "to", "and", "or", "in", "on", "at", "with", "for", "that", "it", "a", "the", "out", "now", "when", "if", "from", "so", "there",
    "come", "by", "cry", "about", "before", "just",
];

/// The text with whoever it speaks of named at the first mention: "He is hard on hardware" is "My husband is hard on hardware". None where it speaks of nobody, or
/// says by itself who that is.
#[must_use]
pub fn introduced(text: &str, who: &Who) -> Option<String> {
    if speaks_of(text, who) {
        return None;
    }
    let words = words(text);
    let (at, pronoun) = words.iter().enumerate().find_map(|(at, word)| {
        let plain = plain(&text[word.clone()]);
        PRONOUNS.contains(&plain.as_str()).then_some((at, plain))
    })?;
    if words[..at].iter().enumerate().any(|(before, word)| is_somebody(&text[word.clone()], starts_sentence(text, &words, before))) {
        return None;
    }
    let who = if FEMALE.contains(&pronoun.as_str()) { who.she.as_ref() } else { who.he.as_ref() }?;
    let place = words[at].clone();
    // "She'll" is "my wife will": only the short forms that a noun takes stay.
    let ending = match text[place.clone()].split_once(['\'', '’']).map_or("", |(_, ending)| ending) {
        "ll" => " will",
        "d" => " would",
        "s" => "'s",
        _ => "",
    };
    let next = words.get(at + 1).map(|next| (&text[place.end..next.start], plain(&text[next.clone()])));
    let owns = match pronoun.as_str() {
        "his" | "hers" => true,
        "her" => next.is_some_and(|(gap, next)| gap.trim().is_empty() && !AFTER_OBJECT.contains(&next.as_str())),
        _ => false,
    };
    let mut named = format!("{who}{}{ending}", if owns { "'s" } else { "" });
    if starts_sentence(text, &words, at) {
        named = capital(&named);
    }
    Some(format!("{}{named}{}", &text[..place.start], &text[place.end..]))
}

/// True where the text names whoever this is.
#[must_use]
pub fn speaks_of(text: &str, who: &Who) -> bool {
    let known = [&who.he, &who.she].into_iter().flatten();
    let names: Vec<String> =
        known.flat_map(|who| words(who).into_iter().map(|word| plain(&who[word]))).filter(|word| !LIGHT.contains(&word.as_str())).collect();
    words(text).into_iter().any(|word| names.contains(&plain(&text[word])))
}

const LIGHT: [&str; 9] = ["my", "our", "the", "a", "old", "little", "younger", "new", "of"];

fn is_somebody(word: &str, starts: bool) -> bool {
    let name = !starts && word.chars().next().is_some_and(char::is_uppercase) && !word.starts_with("I'") && word != "I";
    name || SOMEBODY.contains(&plain(word).as_str())
}

/// Places of the words of a text.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let within = letter.is_alphabetic() || (start.is_some() && matches!(letter, '\'' | '’' | '-'));
        match (start, within) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A word in lower case, without what is joined to it: "she'll" is "she".
fn plain(word: &str) -> String {
    word.split(['\'', '’']).next().unwrap_or_default().trim_end_matches('-').to_lowercase()
}

fn starts_sentence(text: &str, words: &[std::ops::Range<usize>], at: usize) -> bool {
    let from = at.checked_sub(1).map_or(0, |before| words[before].end);
    at == 0 || text[from..words[at].start].contains(['.', '!', '?', '…'])
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(he: &str, she: &str) -> Who {
        Who { he: Some(he.to_owned()), she: Some(she.to_owned()) }
    }

    #[test]
    fn a_first_he_or_she_is_named() {
        for (text, (he, she), said) in [
            ("He's hard on hardware.", ("my husband", ""), "My husband's hard on hardware."),
            ("I'd like his pants up by tonight.", ("my husband", ""), "I'd like my husband's pants up by tonight."),
            ("Won't it itch her?", ("", "my pupil"), "Won't it itch my pupil?"),
            (
                "Her old mare died in April, and I'd like her to have it.",
                ("", "my pupil"),
                "My pupil's old mare died in April, and I'd like her to have it.",
            ),
            ("She'll wear it when she wants to.", ("", "my wife"), "My wife will wear it when she wants to."),
            ("Still: I can't ask her.", ("", "my wife"), "Still: I can't ask my wife."),
        ] {
            assert_eq!(introduced(text, &who(he, she)).as_deref(), Some(said));
        }
    }

    #[test]
    fn whoever_is_named_already_stays_as_they_are() {
        for text in [
            "My husband says he would.",
            "Orville was a good man, and he knew it.",
            "It is for me.",
            "The photographer is thorough, so she said.",
            "I told Nell, and she laughed.",
        ] {
            assert_eq!(introduced(text, &who("my husband", "my wife")), None, "{text}");
        }
        let only_she = Who { he: None, she: Some("my wife".to_owned()) };
        assert_eq!(introduced("I asked what makes your word better than his.", &only_she), None);
    }
}
