//! The kinds of thing to do differently.

use crate::scoring::messages;

/// A habit that costs points. Coaching names each at most once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::scoring) enum Habit {
    Claim,
    Unsupported,
    PutDown,
    Push,
    Ask,
    Answer,
    Discount,
    Discovery,
    AskDoubts,
    AskEarly,
    Clarify,
    Acknowledge,
    Check,
    Resolve,
    Argue,
    TieNeed,
    Price,
    Question,
    Recital,
    Facts,
    Listen,
    Empathy,
    NextStep,
    Trial,
    Questions,
    Opening,
    Courtesy,
    Monologue,
    Interrogation,
    Interrupt,
    Talk,
    Pause,
}

impl Habit {
    /// Kind of the coaching point, key of the rubric's ease, title and reason.
    const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Claim => ("claim", messages::COACH_CLAIM, messages::WHY_CLAIM),
            Self::Unsupported => ("unsupported", messages::COACH_UNSUPPORTED, messages::WHY_UNSUPPORTED),
            Self::PutDown => ("put-down", messages::COACH_PUT_DOWN, messages::WHY_PUT_DOWN),
            Self::Push => ("push", messages::COACH_PUSH, messages::WHY_PUSH),
            Self::Ask => ("ask", messages::COACH_ASK, messages::WHY_ASK),
            Self::Answer => ("answer", messages::COACH_ANSWER, messages::WHY_ANSWER),
            Self::Discount => ("discount", messages::COACH_DISCOUNT, messages::WHY_DISCOUNT),
            Self::Discovery => ("discovery", messages::COACH_DISCOVERY, messages::WHY_DISCOVERY),
            Self::AskDoubts => ("ask-doubts", messages::COACH_ASK_DOUBTS, messages::WHY_ASK_DOUBTS),
            Self::AskEarly => ("ask-early", messages::COACH_ASK_EARLY, messages::WHY_ASK_EARLY),
            Self::Clarify => ("clarify", messages::COACH_CLARIFY, messages::WHY_CLARIFY),
            Self::Acknowledge => ("acknowledge", messages::COACH_ACKNOWLEDGE, messages::WHY_ACKNOWLEDGE),
            Self::Check => ("check", messages::COACH_CHECK, messages::WHY_CHECK),
            Self::Resolve => ("resolve", messages::COACH_RESOLVE, messages::WHY_RESOLVE),
            Self::Argue => ("argue", messages::COACH_ARGUE, messages::WHY_ARGUE),
            Self::TieNeed => ("tie-need", messages::COACH_TIE_NEED, messages::WHY_TIE_NEED),
            Self::Price => ("price", messages::COACH_PRICE, messages::WHY_PRICE),
            Self::Question => ("question", messages::COACH_QUESTION, messages::WHY_QUESTION),
            Self::Recital => ("recital", messages::COACH_RECITAL, messages::WHY_RECITAL),
            Self::Facts => ("facts", messages::COACH_FACTS, messages::WHY_FACTS),
            Self::Listen => ("listen", messages::COACH_LISTEN, messages::WHY_LISTEN),
            Self::Empathy => ("empathy", messages::COACH_EMPATHY, messages::WHY_EMPATHY),
            Self::NextStep => ("next-step", messages::COACH_NEXT_STEP, messages::WHY_NEXT_STEP),
            Self::Trial => ("trial", messages::COACH_TRIAL, messages::WHY_TRIAL),
            Self::Questions => ("questions", messages::COACH_QUESTIONS, messages::WHY_QUESTIONS),
            Self::Opening => ("opening", messages::COACH_OPENING, messages::WHY_OPENING),
            Self::Courtesy => ("courtesy", messages::COACH_COURTESY, messages::WHY_COURTESY),
            Self::Monologue => ("monologue", messages::COACH_MONOLOGUE, messages::WHY_MONOLOGUE),
            Self::Interrogation => ("interrogation", messages::COACH_INTERROGATION, messages::WHY_INTERROGATION),
            Self::Interrupt => ("interrupt", messages::COACH_INTERRUPT, messages::WHY_INTERRUPT),
            Self::Talk => ("talk", messages::COACH_TALK, messages::WHY_TALK),
            Self::Pause => ("pause", messages::COACH_PAUSE, messages::WHY_PAUSE),
        }
    }

    pub(super) const fn kind(self) -> &'static str {
        self.names().0
    }

    pub(super) const fn title(self) -> &'static str {
        self.names().1
    }

    pub(super) const fn why(self) -> &'static str {
        self.names().2
    }

    /// Rules that are earned by doing what the advice says. Where they were earned for the main part, the advice would name a fault that was not made.
    pub(in crate::scoring) const fn opposite(self) -> &'static [&'static str] {
        match self {
            Self::Discovery => &["discovery"],
            Self::Questions => &["open-questions", "question-balance"],
            Self::Opening => &["opening"],
            Self::Listen => &["reflection", "used-need"],
            Self::Empathy => &["empathy", "acknowledge"],
            Self::Pause => &["pause"],
            Self::Clarify => &["clarify"],
            Self::Acknowledge => &["acknowledge"],
            Self::Check => &["check"],
            Self::Facts => &["relevant-fact"],
            Self::TieNeed => &["tied-fact"],
            Self::Question => &["answered-question"],
            Self::Talk => &["talk-share"],
            // What costs by being said or left out once is a fault whatever else was earned.
            _ => &[],
        }
    }

    /// Habits that come to the same advice: a report has one of them.
    pub(super) const fn family(self) -> Self {
        match self {
            Self::Questions => Self::Discovery,
            Self::Unsupported => Self::Claim,
            Self::AskEarly => Self::AskDoubts,
            Self::Recital | Self::TieNeed => Self::Facts,
            Self::Resolve | Self::Argue => Self::Answer,
            Self::Pause => Self::Clarify,
            Self::Empathy => Self::Acknowledge,
            Self::Monologue => Self::Talk,
            other => other,
        }
    }
}
