//! The ids of every message that a report or a hint can carry. The words are in `ui/messages/en/scoring.ftl`; a test keeps the two together.

macro_rules! messages {
    ($($name:ident = $id:literal;)*) => {
        $(pub(super) const $name: &str = $id;)*

        /// Every message id that the engine can emit.
        pub const ALL: &[&str] = &[$($id),*];
    };
}

messages! {
    POINT_FACT_RELEVANT = "point-fact-relevant";
    POINT_FACT_OTHER = "point-fact-other";
    POINT_FACT_TIED = "point-fact-tied";
    POINT_PRICE_RIGHT = "point-price-right";
    POINT_QUESTION_ANSWERED = "point-question-answered";
    POINT_HONEST_UNKNOWN = "point-honest-unknown";
    POINT_FACTS_MISSED = "point-facts-missed";
    POINT_TIED_MISSED = "point-tied-missed";
    POINT_NEED_NOT_FOUND = "point-need-not-found";
    POINT_PRICE_MISSED = "point-price-missed";
    POINT_QUESTION_MISSED = "point-question-missed";
    POINT_RECITAL = "point-recital";
    POINT_CLAIM_CONTRADICTED = "point-claim-contradicted";
    POINT_CLAIM_UNSUPPORTED = "point-claim-unsupported";
    POINT_PRICE_WRONG = "point-price-wrong";
    POINT_PAUSE = "point-pause";
    POINT_PAUSE_MISSED = "point-pause-missed";
    POINT_CLARIFIED = "point-clarified";
    POINT_CLARIFY_MISSED = "point-clarify-missed";
    POINT_ACKNOWLEDGED = "point-acknowledged";
    POINT_ACKNOWLEDGE_MISSED = "point-acknowledge-missed";
    POINT_ANSWERED = "point-answered";
    POINT_ANSWER_MISSED = "point-answer-missed";
    POINT_CHECKED = "point-checked";
    POINT_CHECK_MISSED = "point-check-missed";
    POINT_RESOLVED = "point-resolved";
    POINT_RESOLVE_MISSED = "point-resolve-missed";
    POINT_OBJECTION_IGNORED = "point-objection-ignored";
    POINT_ARGUED = "point-argued";
    POINT_DISCOUNTED = "point-discounted";
    POINT_DISCOUNTED_UNASKED = "point-discounted-unasked";
    POINT_DISCOVERY = "point-discovery";
    POINT_DISCOVERY_MISSED = "point-discovery-missed";
    POINT_DISCOVERY_SHORT = "point-discovery-short";
    POINT_DISCOVERY_LATE = "point-discovery-late";
    POINT_TRIAL = "point-trial";
    POINT_TRIAL_MISSED = "point-trial-missed";
    POINT_ASK = "point-ask";
    POINT_ASK_MISSED = "point-ask-missed";
    POINT_ASK_AFTER_VALUE = "point-ask-after-value";
    POINT_ASK_TOO_EARLY = "point-ask-too-early";
    POINT_ASK_NO_VALUE = "point-ask-no-value";
    POINT_ASK_CLEAR = "point-ask-clear";
    POINT_ASK_OVER_DOUBT = "point-ask-over-doubt";
    POINT_SETTLED_SALE = "point-settled-sale";
    POINT_NEXT_STEP = "point-next-step";
    POINT_GRACEFUL = "point-graceful";
    POINT_NEXT_STEP_MISSED = "point-next-step-missed";
    POINT_PUSHED = "point-pushed";
    POINT_OPENING = "point-opening";
    POINT_OPENING_OFFER = "point-opening-offer";
    POINT_OPENING_MISSED = "point-opening-missed";
    POINT_RESPECT = "point-respect";
    POINT_RESPECT_MISSED = "point-respect-missed";
    POINT_REFLECTION = "point-reflection";
    POINT_REFLECTION_MISSED = "point-reflection-missed";
    POINT_USED_NEED = "point-used-need";
    POINT_USED_MISSED = "point-used-missed";
    POINT_EMPATHY = "point-empathy";
    POINT_EMPATHY_MISSED = "point-empathy-missed";
    POINT_OPEN_QUESTION = "point-open-question";
    POINT_OPEN_QUESTION_MISSED = "point-open-question-missed";
    POINT_QUESTION_BALANCE = "point-question-balance";
    POINT_QUESTION_BALANCE_MISSED = "point-question-balance-missed";
    POINT_COURTESY = "point-courtesy";
    POINT_COURTESY_MISSED = "point-courtesy-missed";
    POINT_TALK_SHARE = "point-talk-share";
    POINT_TALK_SHARE_MISSED = "point-talk-share-missed";
    POINT_INTERRUPTED = "point-interrupted";
    POINT_MONOLOGUE = "point-monologue";
    POINT_PUT_DOWN = "point-put-down";
    POINT_INTERROGATION = "point-interrogation";
    NOT_SCORED_TOO_SHORT = "not-scored-too-short";
    NOT_SCORED_OTHER_LANGUAGE = "not-scored-other-language";
    NOT_OBSERVED_NO_PRODUCT = "not-observed-no-product";
    NOT_OBSERVED_NO_OBJECTION = "not-observed-no-objection";
    NOT_OBSERVED_NO_REP = "not-observed-no-rep";
    COACH_CLAIM = "coach-claim";
    WHY_CLAIM = "why-claim";
    COACH_UNSUPPORTED = "coach-unsupported";
    WHY_UNSUPPORTED = "why-unsupported";
    COACH_PUT_DOWN = "coach-put-down";
    WHY_PUT_DOWN = "why-put-down";
    COACH_PUSH = "coach-push";
    WHY_PUSH = "why-push";
    COACH_ASK = "coach-ask";
    WHY_ASK = "why-ask";
    COACH_ANSWER = "coach-answer";
    WHY_ANSWER = "why-answer";
    COACH_DISCOUNT = "coach-discount";
    WHY_DISCOUNT = "why-discount";
    COACH_DISCOVERY = "coach-discovery";
    WHY_DISCOVERY = "why-discovery";
    COACH_ASK_DOUBTS = "coach-ask-doubts";
    WHY_ASK_DOUBTS = "why-ask-doubts";
    COACH_ASK_EARLY = "coach-ask-early";
    WHY_ASK_EARLY = "why-ask-early";
    COACH_CLARIFY = "coach-clarify";
    WHY_CLARIFY = "why-clarify";
    COACH_ACKNOWLEDGE = "coach-acknowledge";
    WHY_ACKNOWLEDGE = "why-acknowledge";
    COACH_CHECK = "coach-check";
    WHY_CHECK = "why-check";
    COACH_RESOLVE = "coach-resolve";
    WHY_RESOLVE = "why-resolve";
    COACH_ARGUE = "coach-argue";
    WHY_ARGUE = "why-argue";
    COACH_TIE_NEED = "coach-tie-need";
    WHY_TIE_NEED = "why-tie-need";
    COACH_PRICE = "coach-price";
    WHY_PRICE = "why-price";
    COACH_QUESTION = "coach-question";
    WHY_QUESTION = "why-question";
    COACH_RECITAL = "coach-recital";
    WHY_RECITAL = "why-recital";
    COACH_FACTS = "coach-facts";
    WHY_FACTS = "why-facts";
    COACH_LISTEN = "coach-listen";
    WHY_LISTEN = "why-listen";
    COACH_EMPATHY = "coach-empathy";
    WHY_EMPATHY = "why-empathy";
    COACH_NEXT_STEP = "coach-next-step";
    WHY_NEXT_STEP = "why-next-step";
    COACH_TRIAL = "coach-trial";
    WHY_TRIAL = "why-trial";
    COACH_QUESTIONS = "coach-questions";
    WHY_QUESTIONS = "why-questions";
    COACH_OPENING = "coach-opening";
    WHY_OPENING = "why-opening";
    COACH_COURTESY = "coach-courtesy";
    WHY_COURTESY = "why-courtesy";
    COACH_MONOLOGUE = "coach-monologue";
    WHY_MONOLOGUE = "why-monologue";
    COACH_INTERROGATION = "coach-interrogation";
    WHY_INTERROGATION = "why-interrogation";
    COACH_INTERRUPT = "coach-interrupt";
    WHY_INTERRUPT = "why-interrupt";
    COACH_TALK = "coach-talk";
    WHY_TALK = "why-talk";
    COACH_PAUSE = "coach-pause";
    WHY_PAUSE = "why-pause";
    HEADLINE_TOO_SHORT = "headline-too-short";
    HEADLINE_LEFT_EARLY = "headline-left-early";
    HEADLINE_OTHER_LANGUAGE = "headline-other-language";
    HEADLINE_WELL_SALE = "headline-well-sale";
    HEADLINE_WELL_DOUBTS = "headline-well-doubts";
    HEADLINE_WELL_TIED = "headline-well-tied";
    HEADLINE_WELL_FOUND = "headline-well-found";
    HEADLINE_WELL_FACTS = "headline-well-facts";
    HEADLINE_WELL_SOME_DOUBTS = "headline-well-some-doubts";
    HEADLINE_WELL_ASKED = "headline-well-asked";
    HEADLINE_WELL_OPENED = "headline-well-opened";
    HEADLINE_WELL_START = "headline-well-start";
    HEADLINE_MISSING_CLAIM = "headline-missing-claim";
    HEADLINE_MISSING_RESPECT = "headline-missing-respect";
    HEADLINE_MISSING_ANSWER = "headline-missing-answer";
    HEADLINE_MISSING_ASK = "headline-missing-ask";
    HEADLINE_MISSING_PUSH = "headline-missing-push";
    HEADLINE_MISSING_NEEDS = "headline-missing-needs";
    HEADLINE_MISSING_FACTS = "headline-missing-facts";
    HEADLINE_MISSING_STEPS = "headline-missing-steps";
    HEADLINE_MISSING_CLOSE = "headline-missing-close";
    HEADLINE_MISSING_LISTENING = "headline-missing-listening";
    HEADLINE_LITTLE_MISSING = "headline-little-missing";
    HEADLINE_NOTHING_MISSING = "headline-nothing-missing";
    HINT_OPEN = "hint-open";
    HINT_DISCOVER = "hint-discover";
    HINT_CLARIFY = "hint-clarify";
    HINT_ANSWER_DOUBT = "hint-answer-doubt";
    HINT_ANSWER_AGAIN = "hint-answer-again";
    HINT_ANSWER_QUESTION = "hint-answer-question";
    HINT_TIE = "hint-tie";
    HINT_VALUE = "hint-value";
    HINT_TRIAL = "hint-trial";
    HINT_ASK = "hint-ask";
    HINT_NEXT_STEP = "hint-next-step";
    HINT_LEAVE = "hint-leave";
    HINT_THANK = "hint-thank";
    UNMEASURED_TYPED = "unmeasured-typed";
    UNMEASURED_PARTLY_TYPED = "unmeasured-partly-typed";
    UNMEASURED_TOO_LITTLE_SPEECH = "unmeasured-too-little-speech";
    UNMEASURED_FEW_REPLIES = "unmeasured-few-replies";
    UNMEASURED_NO_OBJECTION = "unmeasured-no-objection";
    UNMEASURED_FEW_TURNS = "unmeasured-few-turns";
    UNMEASURED_NO_REP = "unmeasured-no-rep";
    UNMEASURED_FILLERS_STRIPPED = "unmeasured-fillers-stripped";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    const WORDS: &str = include_str!("../../../../ui/messages/en/scoring.ftl");

    /// Ids in the message file: a name at the start of a line, then ` =`.
    fn written() -> Vec<&'static str> {
        WORDS
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once(" =")?.0))
            .collect()
    }

    #[test]
    fn every_message_that_can_be_emitted_has_words_and_every_word_can_be_emitted() {
        let emitted: BTreeSet<&str> = ALL.iter().copied().collect();
        let written: BTreeSet<&str> = written().into_iter().collect();
        assert_eq!(emitted.difference(&written).collect::<Vec<_>>(), Vec::<&&str>::new(), "without words");
        assert_eq!(written.difference(&emitted).collect::<Vec<_>>(), Vec::<&&str>::new(), "never emitted");
    }

    #[test]
    fn no_message_is_written_twice_and_every_id_is_kebab_case() {
        let written = written();
        assert_eq!(written.len(), written.iter().collect::<BTreeSet<_>>().len());
        assert!(written.iter().all(|id| id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')));
    }
}
