//! How many tests ran, read from the closing lines of the runners.

use std::fmt;

/// Tests of all runners together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    /// Tests that passed.
    pub(super) passed: u32,
    /// Tests that failed.
    pub(super) failed: u32,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Totals {
    /// Adds what a runner printed: cargo's `test result: ok. 3 passed; 0 failed`, node's `# pass 3` or `ℹ pass 3`, vitest's `Tests  3 passed (3)`.
    pub(super) fn read(&mut self, printed: &str) {
        for line in printed.lines() {
            let line = plain(line);
            let line = line.trim();
            if let Some(rest) = line.strip_prefix("test result: ") {
                self.passed += before(rest, "passed");
                self.failed += before(rest, "failed");
            } else if let Some(rest) = line.strip_prefix("Tests ") {
                self.passed += before(rest, "passed");
                self.failed += before(rest, "failed");
            } else if let Some(count) = line.strip_prefix("# pass ").or_else(|| line.strip_prefix("ℹ pass ")) {
                self.passed += count.trim().parse().unwrap_or(0);
            } else if let Some(count) = line.strip_prefix("# fail ").or_else(|| line.strip_prefix("ℹ fail ")) {
                self.failed += count.trim().parse().unwrap_or(0);
            }
        }
    }
}

/// The number before a word: `before("3 passed; 1 failed", "failed")` is 1.
fn before(text: &str, word: &str) -> u32 {
    let words: Vec<&str> = text.split([' ', ';', '|']).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// Without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if c == '\u{1b}' {
            characters.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_every_runner_are_added() {
        let mut totals = Totals::default();
        totals.read("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n");
        totals.read("test result: FAILED. 3 passed; 2 failed; 0 ignored\n");
        totals.read("# pass 4\n# fail 1\nℹ pass 5\nℹ fail 0\n");
        totals.read("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m7 passed\u{1b}[39m (8)\n");
        assert_eq!(totals, Totals { passed: 31, failed: 4 });
    }
}
