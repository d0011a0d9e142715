//! The numbers in the store's policies: days to return, sums for shipping.

use super::words::{Stems, Utterance, WordId};
use crate::catalog::{Claim, ClaimKind, Topic};

/// What the policies say in numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// Days to return, and the claim that says so.
    pub(super) return_days: Option<(i64, String)>,
    /// Order from which standard shipping is free, cents, and the claim that says so.
    pub(super) free_over: Option<(i64, String)>,
    /// Sums that belong to shipping, cents, each with its claim.
    pub(super) shipping: Vec<(i64, String)>,
}

impl Terms {
    pub(super) fn read(policies: &[Claim], stems: &Stems) -> Self {
        let mut terms = Self::default();
        for claim in policies.iter().filter(|claim| claim.kind == ClaimKind::Fact) {
            let truth = Utterance::read(&claim.truth, stems);
            let words = &truth.words;
            for (at, word) in words.iter().enumerate() {
                let Some(number) = word.number else { continue };
                let next = words.get(at + 1).map(|word| word.id);
                match claim.topic {
                    Topic::Returns if terms.return_days.is_none() && next == Some(WordId::of("days")) && claim.id.contains("return") => {
                        terms.return_days = Some((number / 100, claim.id.clone()));
                    }
                    Topic::Shipping if word.money => {
                        let over = at > 0 && words[at - 1].id == WordId::of("over");
                        if over && (terms.free_over.is_none() || claim.id.contains("free")) {
                            terms.free_over = Some((number, claim.id.clone()));
                        } else if !over && !terms.shipping.iter().any(|(sum, _)| *sum == number) {
                            terms.shipping.push((number, claim.id.clone()));
                        }
                    }
                    _ => {}
                }
            }
        }
        terms
    }
}
