//! What the customer answers: the practice partner, hearing through the scorer as it does in typed practice.

use sellme_core::{
    customer::{Partner, Reply},
    embedded,
    scoring::{Context, Scorer},
    session::{Speaker, Turn},
};

use super::error::EndpointError;

/// What the customer says where it understood nothing.
const UNCLEAR: &str = "Sorry, I did not catch that. Could you say it again?";

/// The customer of a call.
#[derive(Debug, Clone)]
pub(super) struct Brain {
    scorer: Scorer,
    partner: Partner,
    turns: u32,
    opened: bool,
    /// What the rep said and nobody answered yet; `None` is what was not understood.
    unheard: Vec<Option<String>>,
    last: Option<String>,
}

impl Brain {
    /// The customer of a scenario, who has said nothing yet.
    pub(super) fn new(scenario: &str, seed: u32) -> Result<Self, EndpointError> {
        let catalog = embedded::catalog()?;
        let (product, scenario) = catalog.scenario(scenario).ok_or_else(|| EndpointError::NoScenario(scenario.to_owned()))?;
        let context = Context {
            product: Some(product),
            scenario: Some(scenario),
            policies: &catalog.policies,
            catalog_revision: Some(catalog.revision),
        };
        Ok(Self {
            scorer: Scorer::new(&context),
            partner: Partner::new(product, scenario, &catalog.policies, seed),
            turns: 0,
            opened: false,
            unheard: Vec::new(),
            last: None,
        })
    }

    /// The rep said something; `None` where it was not understood.
    pub(super) fn hear(&mut self, words: Option<String>) {
        self.unheard.push(words);
    }

    /// What the customer said in an earlier call. What the rep had said before it is answered by it.
    pub(super) fn remember(&mut self, words: &str) {
        let heard = std::mem::take(&mut self.unheard);
        self.open();
        for words in heard.into_iter().flatten() {
            self.think(words);
        }
        self.said(words);
    }

    /// What the customer says now: the opening, the answer to the rep, or its last words again.
    pub(super) fn answer(&mut self) -> Reply {
        let opening = (!self.opened).then(|| self.open()).flatten();
        let mut reply: Option<Reply> = None;
        let heard = std::mem::take(&mut self.unheard);
        let spoken = !heard.is_empty();
        for words in heard.into_iter().flatten() {
            // Two turns before an answer are answered together: by the words for the second, and by what both did.
            let before = reply.take().map(|reply| reply.signals).unwrap_or_default();
            let mut next = self.think(words);
            next.signals.splice(0..0, before);
            reply = Some(next);
        }
        let reply = match (reply, opening) {
            (Some(reply), _) => reply,
            (None, Some(opening)) if !spoken => opening,
            _ if spoken => self.plain(UNCLEAR.to_owned()),
            _ => self.plain(self.last.clone().unwrap_or_else(|| UNCLEAR.to_owned())),
        };
        self.said(&reply.text);
        reply
    }

    /// Where the conversation stands, in a sentence.
    pub(super) fn sum_up(&self) -> String {
        let mood = format!("{:?}", self.partner.state().mood).to_lowercase();
        format!("{} turns so far. The customer is {mood}.", self.turns)
    }

    /// Takes the opening from the partner, once.
    fn open(&mut self) -> Option<Reply> {
        let first = !self.opened;
        self.opened = true;
        first.then(|| self.partner.open())
    }

    fn think(&mut self, words: String) -> Reply {
        let turn = Turn::typed(self.turns, Speaker::Rep, words);
        self.turns += 1;
        let cues = self.scorer.hear(&turn);
        self.partner.hear(&turn, &cues)
    }

    fn said(&mut self, words: &str) {
        self.scorer.hear(&Turn::typed(self.turns, Speaker::Customer, words));
        self.turns += 1;
        self.last = Some(words.to_owned());
    }

    fn plain(&self, text: String) -> Reply {
        Reply { text, signals: Vec::new(), state: self.partner.state() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brain() -> Brain {
        Brain::new("the-gunner-friendly-easy", 1).unwrap()
    }

    #[test]
    fn it_opens_answers_and_repeats() {
        let mut brain = brain();
        let opening = brain.answer().text;
        assert_eq!(brain.answer().text, opening, "with nothing new it says the same again");
        brain.hear(Some("Good morning! Who is the coat for?".to_owned()));
        assert_ne!(brain.answer().text, opening);
        brain.hear(None);
        assert_eq!(brain.answer().text, UNCLEAR);
    }

    #[test]
    fn a_call_that_is_taken_up_again_goes_on_as_the_same_customer() {
        let lines = ["Good morning! Who is the coat for?", "What does he do all day?"];
        let mut whole = brain();
        let mut again = brain();
        let opening = whole.answer().text;
        again.remember(&opening);
        whole.hear(Some(lines[0].to_owned()));
        let first = whole.answer().text;
        again.hear(Some(lines[0].to_owned()));
        again.remember(&first);
        whole.hear(Some(lines[1].to_owned()));
        again.hear(Some(lines[1].to_owned()));
        assert_eq!(whole.answer(), again.answer());
    }
}
