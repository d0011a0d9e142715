//! A company's records and its server: the same rules wherever the records are, and what happens when a process, a disk, a clock or a database gives up.

/// Each rule is a test for records in a folder and one for records in PostgreSQL.
macro_rules! rules {
    ($($rule:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                super::$rule(sellme_tests::company::Office::new(sellme_tests::company::Records::folder()).await).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                super::$rule(sellme_tests::company::Office::new(sellme_tests::company::Records::postgres()).await).await;
            })*
        }
    };
}

#[path = "company/calls.rs"]
mod calls;
#[path = "company/clock.rs"]
mod clock;
#[path = "company/counts.rs"]
mod counts;
#[path = "company/curation/mod.rs"]
mod curation;
#[path = "company/editions.rs"]
mod editions;
#[path = "company/full.rs"]
mod full;
#[path = "company/killed.rs"]
mod killed;
#[path = "company/load.rs"]
mod load;
#[path = "company/log.rs"]
mod log;
#[path = "company/people.rs"]
mod people;
#[path = "company/practice.rs"]
mod practice;
#[path = "company/restarted.rs"]
mod restarted;
#[path = "company/seen.rs"]
mod seen;
#[path = "company/several.rs"]
mod several;
#[path = "company/synced.rs"]
mod synced;
#[path = "company/tokens.rs"]
mod tokens;
#[path = "company/versions.rs"]
mod versions;
