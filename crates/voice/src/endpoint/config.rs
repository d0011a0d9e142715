//! How an endpoint is set up.

use std::{net::SocketAddr, time::Duration};

use super::{Knobs, Voice};

/// How an endpoint is set up. The default listens on a free port of this machine, takes any bearer and hears nothing.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 is a free one.
    pub listen: SocketAddr,
    /// Scenario of the customer who answers.
    pub scenario: String,
    /// Seed of the customer.
    pub seed: u32,
    /// What its recogniser hears, one line an utterance. Once it is used up, recognition fails.
    pub script: Vec<String>,
    /// The only key that is taken; `None` takes any.
    pub token: Option<String>,
    /// How it speaks.
    pub voice: Voice,
    /// How quick it is.
    pub pace: Pace,
    /// How long a call may last.
    pub longest: Duration,
    /// What goes wrong on purpose.
    pub knobs: Knobs,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            scenario: "the-gunner-friendly-easy".to_owned(),
            seed: 1,
            script: Vec::new(),
            token: None,
            voice: Voice::best(),
            pace: Pace::default(),
            longest: Duration::from_mins(60),
            knobs: Knobs::default(),
        }
    }
}

/// How quick an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// From the end of a turn to its transcript. It comes in two pieces, the second then.
    pub recognise: Duration,
    /// From the end of a turn to the first piece of the answer.
    pub think: Duration,
    /// How many times faster than it is spoken an answer is made.
    pub making: f64,
    /// How far the making of an answer runs ahead of its sound, at most.
    pub lead: Duration,
    /// How many times faster than real the sound is sent; 1 is what a listener wants, more is for tests that do not listen.
    pub playing: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            recognise: Duration::from_millis(350),
            think: Duration::from_millis(150),
            making: 3.0,
            lead: Duration::from_secs(8),
            playing: 1.0,
        }
    }
}
