//! Contractions in full, as typed ("don't") and as a recogniser writes them ("dont").

/// The words that a raw lower-case word stands for; `None` where it stands for itself. Apostrophes are `'`.
pub(super) fn expand(raw: &str) -> Option<Expansion<'_>> {
    if let Some(parts) = whole(raw) {
        return Some(Expansion::Whole(parts));
    }
    let cut = raw.find('\'')?;
    let (head, tail) = (&raw[..cut], &raw[cut + 1..]);
    let expansion = match tail {
        "s" if takes_is(head) => Expansion::Tail(head, "is"),
        "s" | "" => Expansion::Head(head),
        "re" => Expansion::Tail(head, "are"),
        "ll" => Expansion::Tail(head, "will"),
        "ve" => Expansion::Tail(head, "have"),
        "d" => Expansion::Tail(head, "would"),
        "m" => Expansion::Tail(head, "am"),
        "t" => match head.strip_suffix('n') {
            Some(verb) => Expansion::Tail(verb, "not"),
            None => return None,
        },
        _ => return None,
    };
    Some(expansion)
}

/// What a contraction stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expansion<'a> {
    /// Fixed words.
    Whole(&'static [&'static str]),
    /// A word and what was shortened after it.
    Tail(&'a str, &'static str),
    /// A word without its possessive ending.
    Head(&'a str),
}

fn takes_is(head: &str) -> bool {
    matches!(
        head,
        "it" | "that"
            | "name"
            | "what"
            | "there"
            | "here"
            | "he"
            | "she"
            | "who"
            | "where"
            | "how"
            | "when"
            | "this"
            | "everything"
            | "one"
    )
}

/// Contractions that follow no rule, or that a recogniser writes without the apostrophe.
fn whole(raw: &str) -> Option<&'static [&'static str]> {
    Some(match raw {
        "dont" => &["do", "not"],
        "cannot" | "cant" | "can't" => &["can", "not"],
        "wont" | "won't" => &["will", "not"],
        "shan't" => &["shall", "not"],
        "isnt" | "aint" | "ain't" => &["is", "not"],
        "arent" => &["are", "not"],
        "wasnt" => &["was", "not"],
        "werent" => &["were", "not"],
        "doesnt" => &["does", "not"],
        "didnt" => &["did", "not"],
        "hasnt" => &["has", "not"],
        "havent" => &["have", "not"],
        "hadnt" => &["had", "not"],
        "wouldnt" => &["would", "not"],
        "couldnt" => &["could", "not"],
        "shouldnt" => &["should", "not"],
        "im" => &["i", "am"],
        "ive" => &["i", "have"],
        "id" => &["i", "would"],
        "ill" => &["i", "will"],
        "its" => &["it", "is"],
        "itll" => &["it", "will"],
        "thats" => &["that", "is"],
        "thatll" => &["that", "will"],
        "whats" => &["what", "is"],
        "wheres" => &["where", "is"],
        "whos" => &["who", "is"],
        "hows" => &["how", "is"],
        "theres" => &["there", "is"],
        "heres" => &["here", "is"],
        "hes" => &["he", "is"],
        "shes" => &["she", "is"],
        "lets" | "let's" => &["let", "us"],
        "youre" => &["you", "are"],
        "youll" => &["you", "will"],
        "youve" => &["you", "have"],
        "youd" => &["you", "would"],
        "theyre" => &["they", "are"],
        "theyll" => &["they", "will"],
        "theyve" => &["they", "have"],
        "weve" => &["we", "have"],
        "yall" | "y'all" | "ya'll" => &["you", "all"],
        "em" => &["them"],
        "gonna" => &["going", "to"],
        "wanna" => &["want", "to"],
        "gotta" => &["got", "to"],
        "gimme" => &["give", "me"],
        "lemme" => &["let", "me"],
        "kinda" => &["kind", "of"],
        "sorta" => &["sort", "of"],
        "dunno" => &["do", "not", "know"],
        "whatcha" => &["what", "are", "you"],
        "ma'am" => &["maam"],
        "ok" | "okey" | "okie" => &["okay"],
        "thx" | "thnx" | "tks" => &["thanks"],
        "u" => &["you"],
        "ur" => &["your"],
        "pls" | "plz" => &["please"],
        "bc" | "cuz" | "coz" => &["because"],
        "alot" => &["a", "lot"],
        "alright" => &["all", "right"],
        "rewax" => &["re", "wax"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_and_recognised_contractions_are_the_same_words() {
        assert_eq!(expand("don't"), Some(Expansion::Tail("do", "not")));
        assert_eq!(expand("dont"), Some(Expansion::Whole(&["do", "not"])));
        assert_eq!(expand("it's"), Some(Expansion::Tail("it", "is")));
        assert_eq!(expand("its"), Some(Expansion::Whole(&["it", "is"])));
        assert_eq!(expand("we'll"), Some(Expansion::Tail("we", "will")));
    }

    #[test]
    fn a_possessive_loses_its_ending() {
        assert_eq!(expand("jacket's"), Some(Expansion::Head("jacket")));
        assert_eq!(expand("riders'"), Some(Expansion::Head("riders")));
    }

    #[test]
    fn a_plain_word_stands_for_itself() {
        for word in ["well", "were", "shell", "jacket", "o'clock"] {
            assert_eq!(expand(word), None, "{word}");
        }
    }
}
