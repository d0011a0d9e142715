//! Passwords: Argon2id with its parameters and salt in what is kept. One is computed at a time, since each takes 19 MiB for a moment.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use sellme_core::{Error, error::Result};
use sellme_store::StoreError;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Fewest and most characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=200;

/// Fewest letters, also beside a common word: dates, telephone numbers and rows of keys are guessed soon.
const FEWEST_LETTERS: usize = 4;

/// What heads every list of leaked passwords, and is no better with signs around it.
const COMMON: [&str; 16] = [
    "password",
    "passwort",
    "qwertyuiop",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "changeme",
    "administrator",
    "admin",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "abcdefgh",
    "sellme",
];

/// What a password is compared with where there is nobody of that name, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// How many wait for theirs at most: about three seconds' worth. Whoever comes then is told to come again.
const MOST_WAITING: usize = 64;

/// Computes hashes, one at a time.
#[derive(Debug)]
pub(super) struct Passwords {
    computing: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { computing: Arc::new(Semaphore::new(1)), waiting: Semaphore::new(MOST_WAITING) }
    }
}

impl Passwords {
    /// What is kept of a password.
    pub(super) async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String> {
        let password = Zeroizing::new(password.to_owned());
        self.compute(move || {
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(|_| failed())
        })
        .await?
    }

    /// True where this is the password. Nobody's password is as long in coming as somebody's.
    pub(super) async fn is(&self, password: &str, kept: Option<String>) -> Result<bool> {
        let password = Zeroizing::new(password.to_owned());
        self.compute(move || {
            let known = kept.as_deref().and_then(|kept| PasswordHash::new(kept).ok());
            let Some(hash) = known.clone().or_else(|| PasswordHash::new(NOBODY).ok()) else { return false };
            let fits = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
            fits && known.is_some()
        })
        .await
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let waits = self.waiting.try_acquire().map_err(|_| StoreError::Crowded)?;
        let alone = Arc::clone(&self.computing).acquire_owned().await.map_err(|_| failed())?;
        drop(waits);
        let work = move || {
            // Held to the end, also where nobody waits for it any more.
            let _alone = alone;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| failed())
    }
}

fn failed() -> Error {
    Error::new(sellme_core::Code::Internal, "The password could not be checked. Try again.")
}

/// Whether it can be a password of this person.
///
/// # Errors
/// `InvalidInput` that says what a password needs.
pub(super) fn check(password: &str, email: &str) -> Result<()> {
    if !LENGTHS.contains(&password.chars().count()) {
        return Err(Error::invalid(format!("password: it needs {} to {} characters", LENGTHS.start(), LENGTHS.end())));
    }
    let letters: String = password.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    let name: String = email.to_lowercase().split('@').next().unwrap_or_default().chars().filter(|letter| letter.is_alphabetic()).collect();
    if letters.chars().count() < FEWEST_LETTERS {
        return Err(Error::invalid(format!("password: it needs {FEWEST_LETTERS} letters or more; take several words")));
    }
    let is_common = COMMON
        .into_iter()
        .chain([name.as_str()])
        .any(|word| !word.is_empty() && letters.replace(word, "").chars().count() < FEWEST_LETTERS);
    let different = password.chars().collect::<std::collections::BTreeSet<_>>().len();
    if different < 5 || is_common || password.eq_ignore_ascii_case(email) {
        return Err(Error::invalid("password: it is too easy to guess; take several words"));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_fits_what_is_kept_of_it() {
        let passwords = Passwords::default();
        let kept = passwords.hash("saddle boots canyon", [3; 16]).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.is("saddle boots canyon", Some(kept.clone())).await.unwrap());
        assert!(!passwords.is("saddle boots canyons", Some(kept)).await.unwrap());
        assert!(!passwords.is("", None).await.unwrap(), "somebody without a password has none that fits");
    }

    #[tokio::test]
    async fn where_too_many_passwords_wait_the_next_is_refused_at_once() {
        let passwords = Arc::new(Passwords::default());
        let computing = passwords.computing.acquire().await.unwrap();
        let ask = |_| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.is("saddle boots canyon", None).await })
        };
        let waiting: Vec<_> = (0..MOST_WAITING).map(ask).collect();
        while passwords.waiting.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.is("saddle boots canyon", None).await.unwrap_err().code, sellme_core::Code::DatabaseBusy);
        drop(computing);
        let mut waiting = waiting.into_iter();
        assert!(!waiting.next().unwrap().await.unwrap().unwrap());
        waiting.for_each(|answer| answer.abort());
        passwords.is("saddle boots canyon", None).await.unwrap();
    }

    #[test]
    fn what_nobody_s_password_is_compared_with_can_be_read() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn a_password_that_is_easily_guessed_is_refused() {
        for password in ["saddle boots canyon", "sunshine over canyon", "admin likes 4 saddles", "dana rides at dawn", "kq9xw42mzt7r"] {
            assert!(check(password, "dana@example.com").is_ok(), "{password}");
        }
        for password in [
            "short",
            "aaaaaaaaaaaaaaaa",
            "dana@example.com",
            "password1234",
            "Password!Password2",
            "qwertyuiop12",
            "123456789012",
            "Dana-1990-2026",
            &"x1y2z".repeat(50),
        ] {
            assert!(check(password, "dana@example.com").is_err(), "{password}");
        }
    }
}
