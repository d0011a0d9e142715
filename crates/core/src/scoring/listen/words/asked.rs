//! The words by which a question is known, and those that only look like one.

use super::id::{WordId, ids};

pub(super) const WH: [WordId; 9] = ids(["what", "how", "why", "where", "who", "when", "which", "whose", "whom"]);
pub(super) const WHICH: WordId = WordId::of("which");
pub(super) const HOW: WordId = WordId::of("how");
pub(super) const WHAT: WordId = WordId::of("what");
pub(super) const ABOUT: WordId = WordId::of("about");
pub(super) const OR: WordId = WordId::of("or");
pub(super) const YOU: WordId = WordId::of("you");
pub(super) const NOT: WordId = WordId::of("not");
pub(super) const AUX: [WordId; 21] = ids([
    "do", "does", "did", "are", "is", "was", "were", "can", "could", "will", "would", "should", "shall", "have", "has", "had", "may",
    "might", "am", "must", "ought",
]);
/// Auxiliaries that ask wherever they stand before "you", "we" or "i".
pub(super) const DOING: [WordId; 13] =
    ids(["do", "does", "did", "can", "could", "will", "would", "should", "shall", "have", "may", "are", "were"]);
pub(super) const SUBJECTS: [WordId; 28] = ids([
    "you",
    "i",
    "we",
    "it",
    "that",
    "this",
    "they",
    "these",
    "those",
    "there",
    "he",
    "she",
    "the",
    "your",
    "yours",
    "anyone",
    "anybody",
    "anything",
    "any",
    "everything",
    "something",
    "somebody",
    "someone",
    "a",
    "my",
    "all",
    "both",
    "her",
]);
pub(super) const THEM: [WordId; 10] = ids(["they", "these", "those", "any", "anyone", "anybody", "all", "both", "your", "most"]);
pub(super) const PEOPLE: [WordId; 3] = ids(["you", "we", "i"]);
/// After these, word order says nothing: "so do you", "what can you".
pub(super) const NO_START: [WordId; 26] = ids([
    "neither", "nor", "than", "as", "what", "how", "which", "who", "where", "when", "why", "that", "it", "they", "not", "to", "all",
    "only", "best", "least", "most", "i", "we", "he", "she", "this",
]);
/// Words that may stand before a question without being part of it.
pub(super) const LEADS: [WordId; 53] = ids([
    "so",
    "and",
    "but",
    "or",
    "okay",
    "well",
    "now",
    "then",
    "yes",
    "yeah",
    "yep",
    "no",
    "great",
    "right",
    "hey",
    "hi",
    "hello",
    "um",
    "uh",
    "also",
    "thanks",
    "oh",
    "ah",
    "sure",
    "good",
    "perfect",
    "awesome",
    "nice",
    "cool",
    "please",
    "sorry",
    "because",
    "wow",
    "hmm",
    "maam",
    "sir",
    "folks",
    "morning",
    "afternoon",
    "evening",
    "today",
    "there",
    "wonderful",
    "excellent",
    "howdy",
    "exactly",
    "absolutely",
    "interesting",
    "anyway",
    "first",
    "just",
    "you",
    "like",
]);
/// A noun after "what" or "which" that makes it a question: "what size".
pub(super) const NOUNS: [WordId; 24] = ids([
    "kind", "kinds", "size", "sizes", "color", "colors", "colour", "sort", "type", "style", "brand", "model", "price", "one", "1", "time",
    "day", "material", "features", "budget", "brings", "else", "happened", "other",
]);
/// A verb that a question word may be the subject of: "what brings you in".
pub(super) const WH_VERBS: [WordId; 27] = ids([
    "brings", "brought", "makes", "made", "happened", "matters", "bothers", "worries", "holds", "keeps", "kept", "concerns", "stops",
    "helps", "works", "worked", "goes", "would", "will", "did", "might", "could", "should", "can", "else", "made", "got",
]);
/// A word after "how" that makes it a question: "how much".
pub(super) const HOW_WORDS: [WordId; 21] = ids([
    "much", "many", "long", "often", "soon", "far", "big", "old", "warm", "heavy", "about", "come", "come", "well", "wide", "tall",
    "thick", "tight", "hard", "late", "does",
]);
/// Openings that ask without asking: "tell me about".
pub(super) const INDIRECT: [(&[&str], bool); 17] = [
    (&["tell", "me"], true),
    (&["walk", "me", "through"], true),
    (&["talk", "me", "through"], true),
    (&["talk", "to", "me", "about"], true),
    (&["describe"], true),
    (&["help", "me", "understand"], true),
    (&["fill", "me", "in"], true),
    (&["show", "me", "how"], true),
    (&["i", "am", "curious"], true),
    (&["love", "to", "hear"], true),
    (&["love", "to", "know"], true),
    (&["like", "to", "know"], true),
    (&["like", "to", "hear"], true),
    (&["was", "wondering"], false),
    (&["am", "wondering"], false),
    (&["wonder", "if"], false),
    (&["wondering", "if"], false),
];
pub(super) const TAGS: [WordId; 8] = ids(["right", "correct", "huh", "yeah", "yes", "no", "eh", "true"]);
pub(super) const HAVE: WordId = WordId::of("have");
pub(super) const IS: WordId = WordId::of("is");
pub(super) const ARE: WordId = WordId::of("are");
pub(super) const HAS: WordId = WordId::of("has");
pub(super) const WILL: WordId = WordId::of("will");
pub(super) const THERE: WordId = WordId::of("there");
pub(super) const WHO: WordId = WordId::of("who");
pub(super) const THE: WordId = WordId::of("the");
pub(super) const YOUR: WordId = WordId::of("your");
pub(super) const I: WordId = WordId::of("i");
pub(super) const WE: WordId = WordId::of("we");
pub(super) const THINGS: [WordId; 6] = ids(["that", "this", "it", "they", "these", "those"]);
/// Auxiliaries that ask of a thing wherever they stand: "… does that help".
pub(super) const ASKING: [WordId; 8] = ids(["does", "did", "do", "will", "would", "can", "could", "should"]);
/// What "is that" asks about behind a statement.
pub(super) const JUDGED: [WordId; 15] = ids([
    "okay",
    "fair",
    "about",
    "what",
    "better",
    "close",
    "enough",
    "all",
    "good",
    "something",
    "going",
    "fine",
    "clear",
    "closer",
    "too",
]);
/// After these an auxiliary belongs to what is being said: "the trouble is that …".
pub(super) const LEADS_TO_CLAUSE: [WordId; 16] = ids([
    "if", "whether", "about", "of", "for", "with", "on", "reason", "problem", "point", "idea", "trouble", "truth", "fact", "because", "you",
]);
/// After these a question word tells: "I know what you mean".
pub(super) const EMBEDDING: [WordId; 28] = ids([
    "know",
    "knows",
    "see",
    "tell",
    "me",
    "show",
    "wonder",
    "sure",
    "is",
    "about",
    "of",
    "on",
    "matter",
    "depends",
    "exactly",
    "just",
    "for",
    "to",
    "by",
    "that",
    "it",
    "say",
    "said",
    "think",
    "ask",
    "understand",
    "remember",
    "mean",
]);
/// What a question word may be the subject of behind a statement: "… what brings you in".
pub(super) const BRINGS: [WordId; 7] = ids(["brings", "brought", "happened", "bothers", "bothered", "matters", "worries"]);
pub(super) const ELLIPTICAL: [&[&str]; 17] = [
    &["want", "me", "to"],
    &["you", "want", "me", "to"],
    &["need", "me", "to"],
    &["want", "to", "try"],
    &["want", "to", "take"],
    &["want", "to", "see"],
    &["want", "to", "go", "ahead"],
    &["want", "to", "feel"],
    &["care", "to"],
    &["you", "ready", "to"],
    &["ready", "to", "ring"],
    &["ready", "to", "check"],
    &["ready", "for", "me", "to"],
    &["mind", "if", "i"],
    &["mind", "me", "asking"],
    &["any", "questions"],
    &["any", "other", "questions"],
];
/// Words that ask where nothing follows them.
pub(super) const ELLIPTICAL_TAILS: [&[&str]; 10] = [
    &["sound", "good"],
    &["sound", "fair"],
    &["sound", "right"],
    &["sound", "okay"],
    &["sound", "about", "right"],
    &["make", "sense"],
    &["anything", "else"],
    &["that", "about", "it"],
    &["that", "about", "right"],
    &["am", "i", "right"],
];
/// After these nothing has been lost.
pub(super) const NO_ELLIPSIS: [WordId; 30] = ids([
    "there", "need", "have", "find", "get", "or", "i", "we", "they", "people", "folks", "not", "to", "if", "just", "really", "that",
    "this", "it", "unless", "whenever", "because", "think", "know", "always", "never", "also", "and", "say", "for",
]);
/// After these a choice goes on: "either do you".
pub(super) const OPENS_CHOICE: [WordId; 2] = ids(["either", "whether"]);
/// Words that answer the question before them.
pub(super) const ANSWERS: [WordId; 5] = ids(["no", "yes", "yeah", "nope", "yep"]);
pub(super) const ANSWERERS: [WordId; 8] = ids(["it", "we", "i", "they", "sir", "maam", "that", "this"]);
pub(super) const TOLD: [WordId; 3] = ids(["it", "they", "there"]);
pub(super) const MODAL: [WordId; 12] = ids(["can", "will", "am", "have", "would", "think", "know", "love", "like", "do", "was", "are"]);
/// After these "I" and "it" still belong to the question.
pub(super) const HOLDS: [WordId; 40] = ids([
    "that", "what", "if", "how", "when", "where", "because", "think", "know", "so", "want", "and", "do", "does", "did", "can", "could",
    "should", "would", "will", "may", "shall", "am", "is", "are", "have", "or", "say", "than", "as", "like", "which", "need", "sure",
    "believe", "bet", "feel", "guess", "see", "whether",
]);
/// Longest question without a question mark, in words.
pub(super) const LONGEST_UNMARKED: usize = 28;
