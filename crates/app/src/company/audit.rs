//! The log of what was done, looked through: an entry that was changed or taken out is seen, and the newest ones too where a mark of them was noted elsewhere.

use std::{fmt, str::FromStr};

use sellme_core::{error::Result, id::OrganisationId};
use sellme_store::company::AuditHead;

use super::Company;

/// An entry as it can be noted elsewhere, such as on paper: `12:4f6e…`, its number and what it and all before it are sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditMark(AuditHead);

impl fmt::Display for AuditMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.0.seq)?;
        self.0.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMark;

impl fmt::Display for NoMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a colon and 64 hexadecimal digits are wanted, as `audit verify` prints them")
    }
}

impl std::error::Error for NoMark {}

impl FromStr for AuditMark {
    type Err = NoMark;

    fn from_str(text: &str) -> std::result::Result<Self, NoMark> {
        let (seq, digits) = text.trim().split_once(':').ok_or(NoMark)?;
        let seq = seq.parse().ok().filter(|seq| *seq > 0).ok_or(NoMark)?;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NoMark);
        }
        let mut hash = [0; 32];
        for (at, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| NoMark)?;
        }
        Ok(Self(AuditHead { seq, hash }))
    }
}

impl Company {
    /// Goes through a company's log of what was done. Gives how many entries it has; `Err` in the answer is the number of the first that was changed or is missing.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn check_audit(&self, organisation: OrganisationId) -> Result<std::result::Result<i64, i64>> {
        Ok(self.store().check_audit(organisation).await?)
    }

    /// The newest entry of a company's log, to be noted elsewhere.
    ///
    /// # Errors
    /// Where the records do not answer, or there is no such company.
    pub async fn audit_mark(&self, organisation: OrganisationId) -> Result<AuditMark> {
        Ok(AuditMark(self.store().audit_head(organisation).await?))
    }

    /// True where the entry that was noted is in a company's log as it was. Only together with [`Company::check_audit`] does that say something of all before it.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn audit_has(&self, organisation: OrganisationId, mark: AuditMark) -> Result<bool> {
        Ok(self.store().audit_sealed(organisation, mark.0.seq).await? == Some(mark.0))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written_and_nothing_else_is_one() {
        let text = format!("12:{}", "0a".repeat(31) + "ff");
        assert_eq!(text.parse::<AuditMark>().unwrap().to_string(), text);
        for wrong in ["", "12", "12:", "0:ab", &text[1..12], &format!("x{text}"), &format!("{text}0"), &text.replace('f', "é")] {
            assert!(wrong.parse::<AuditMark>().is_err(), "{wrong}");
        }
    }
}
