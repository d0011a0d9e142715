//! Whether a turn is in English: by the small words that every sentence has. In doubt it is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::WordId;

/// Shorter turns say too little: "gracias", "bon appétit".
const LEAST_WORDS: usize = 3;
/// Words that are read of a turn.
const MOST_WORDS: usize = 60;
/// So many small English words, a third of all so far, and the rest need not be read.
const PLAINLY: usize = 3;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    english: Vec<String>,
    others: Vec<String>,
}

/// Small words, sorted.
struct Small {
    english: Vec<WordId>,
    others: Vec<WordId>,
}

const TEXT: &str = include_str!("../../../data/lexicon/languages.toml");

// Read once; `the_language_data_can_be_read` keeps the file from ever failing here.
static SMALL: LazyLock<Small> = LazyLock::new(|| {
    let file: File = toml::from_str(TEXT).unwrap_or_default();
    let sorted = |words: &[String]| {
        let mut ids: Vec<_> = words.iter().flat_map(|line| line.split_whitespace()).map(WordId::of).collect();
        ids.sort_unstable();
        ids
    };
    Small { english: sorted(&file.english), others: sorted(&file.others) }
});

/// True where a turn is plainly in another language: in other letters, or in small words of another language and hardly any of English.
pub(crate) fn is_foreign(text: &str) -> bool {
    let small = &*SMALL;
    let (mut all, mut english, mut others, mut letters, mut far) = (0, 0, 0, 0, 0);
    for word in text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty()).take(MOST_WORDS) {
        let word = word.to_lowercase();
        letters += word.chars().count();
        far += word.chars().filter(|c| *c > '\u{24f}' && *c != '’').count();
        let id = WordId::of(word.trim_matches(['\'', '’']));
        all += 1;
        english += usize::from(word.contains(['\'', '’']) || small.english.binary_search(&id).is_ok());
        if english >= PLAINLY && english * 3 > all {
            return false;
        }
        others += usize::from(small.others.binary_search(&id).is_ok());
    }
    let other_letters = letters >= 4 && far * 2 > letters;
    other_letters || all >= LEAST_WORDS && others >= 2 && others * 4 >= all && english * 3 <= others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_data_can_be_read() {
        let file: File = toml::from_str(TEXT).unwrap();
        let words = |lines: &[String]| lines.iter().flat_map(|line| line.split_whitespace().map(str::to_owned)).collect::<Vec<_>>();
        let (english, others) = (words(&file.english), words(&file.others));
        assert!(english.len() > 150 && others.len() > 250);
        let both: Vec<_> = others.iter().filter(|word| english.contains(word)).collect();
        assert!(both.is_empty(), "these are in both lists: {both:?}");
    }

    #[test]
    fn what_is_said_in_another_language_is_foreign() {
        for text in [
            "Hola, buenos días, ¿en qué le puedo ayudar?",
            "hola en que le puedo ayudar",
            "Este es un brazalete de crin de caballo, hecho a mano",
            "Cuesta cincuenta y nueve dólares con noventa y nueve",
            "¿Se lo lleva hoy?",
            "es para usted o para su esposa",
            "Bonjour, est-ce que je peux vous aider ?",
            "C'est une très belle veste pour la pluie",
            "Guten Tag, wie kann ich Ihnen helfen?",
            "Das ist eine sehr gute Jacke für den Regen",
            "Bom dia, posso ajudar o senhor com alguma coisa?",
            "Buongiorno, come posso aiutarla oggi?",
            "Добрый день, чем могу помочь?",
            "いらっしゃいませ、何かお探しですか",
        ] {
            assert!(is_foreign(text), "{text}");
        }
    }

    #[test]
    fn english_with_a_word_of_another_language_is_english() {
        for text in [
            "Gracias, ma'am.",
            "gracias amigo",
            "It's piñon green, por favor take a look",
            "We ship to El Paso, Las Cruces and Los Alamos.",
            "buenas tardes, how can I help you today?",
            "Adios, come back and see us",
            "déjà vu, huh",
            "ok",
            "asdf jkl qwer zxcv",
            "no no no no",
            "me too",
            "Vaya con dios, friend, and thanks for coming in",
            "Guten Morgen! You look like you could use a coat.",
            "tan or brown large or medium",
            "🙂 🙂 🙂",
            "",
        ] {
            assert!(!is_foreign(text), "{text}");
        }
    }
}
