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

mod administration;
mod calls;
mod clock;
mod counts;
mod curation;
mod database;
mod editions;
mod elsewhere;
mod full;
mod killed;
mod load;
mod log;
mod older;
mod order;
mod people;
mod plans;
mod practice;
mod restarted;
mod seen;
mod several;
mod synced;
mod together;
mod tokens;
mod unscored;
mod unseen;
mod versions;
