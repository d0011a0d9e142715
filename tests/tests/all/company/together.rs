//! What is asked for at once is written to PostgreSQL in one transaction: what becomes of each.

use std::time::{Duration, Instant};

use sellme_app::company::Begin;
use sellme_core::{
    Code,
    company::{Holder, Role},
    error::Result,
    id::UserId,
    session::Visibility,
};
use sellme_store::company::{Attempt, Place};
use sellme_tests::{
    company::{Office, Records, begin},
    postgres::{Held, Postgres},
};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How many connections write.
const WRITING: usize = 4;

/// How many more are asked for while none of them comes to anything.
const MORE: usize = 20;

/// How long is waited for what surely comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Connections of ours that wait for a lock.
const WAITING: &str =
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sellme-hub' AND wait_event_type = 'Lock'";

const NOBODY: UserId = UserId(Uuid::from_u128(7));

type Asked = JoinHandle<Result<Attempt>>;

/// A company where whatever is written comes to nothing until `held` is let go.
struct Stopped {
    office: Office,
    ann: Holder,
    dana: UserId,
    held: Held,
    /// What was begun, one on each connection.
    first: Vec<Asked>,
}

impl Stopped {
    async fn new() -> Self {
        let office = Office::new(Records::postgres()).await;
        let dana = office.person("Dana", Role::Trainee).await.account;
        let ann = office.person("Ann", Role::Admin).await;
        let held = Postgres::shared().hold(&url(&office), "SELECT FROM organisation FOR UPDATE");
        let mut stopped = Self { office, ann, dana, held, first: Vec::new() };
        for number in 1..=WRITING {
            let asked = stopped.ask(dana);
            stopped.first.push(asked);
            stopped.wait(number).await;
        }
        stopped
    }

    /// Begins a session for somebody.
    fn ask(&self, of: UserId) -> Asked {
        let (company, ann) = (self.office.company.clone(), self.ann.clone());
        tokio::spawn(async move { company.begin(&ann, Begin { user_id: Some(of), ..begin(None, Visibility::Submitted) }).await })
    }

    /// Begins more, which have to wait.
    async fn ask_more(&self, of: impl Fn(usize) -> UserId) -> Vec<Asked> {
        let asked = (0..MORE).map(|number| self.ask(of(number))).collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        asked
    }

    /// Waits until so many connections wait.
    async fn wait(&self, many: usize) {
        let sql = format!("SELECT count(*) FROM ({WAITING}) waiting");
        let until = Instant::now() + PATIENCE;
        while self.office.records.sql(&sql).parse::<usize>().unwrap() < many {
            assert!(Instant::now() < until, "{many} connections do not wait");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Cuts the connections that wait.
    fn cut(&self) {
        self.office.records.sql(&format!("SELECT count(pg_terminate_backend(pid)) FROM ({WAITING}) waiting"));
    }
}

fn url(office: &Office) -> String {
    let Place::Postgres(url) = office.records.place() else { panic!("a database") };
    url
}

fn kept(records: &Records) -> usize {
    records.sql("SELECT count(*) FROM session").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_written_in_one_transaction_and_what_is_refused_takes_none_of_the_others_with_it() {
    let stopped = Stopped::new().await;
    let more = stopped.ask_more(|number| if number % 5 == 0 { NOBODY } else { stopped.dana }).await;
    drop(stopped.held);
    for asked in stopped.first {
        asked.await.unwrap().unwrap();
    }
    for (number, asked) in more.into_iter().enumerate() {
        let answer = asked.await.unwrap().map_err(|error| error.code);
        assert_eq!(answer.err(), (number % 5 == 0).then_some(Code::NotFound));
    }
    let office = stopped.office;
    assert_eq!(kept(&office.records), WRITING + MORE - MORE / 5);
    let transactions = office.records.sql("SELECT count(DISTINCT pg_xact_commit_timestamp(xmin)) FROM session");
    // Some of them may have come when the first were through.
    assert!(transactions.parse::<usize>().unwrap() < WRITING + MORE / 2, "{transactions}");
    assert!(office.company.check_audit(office.organisation).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_any_more_is_not_begun_and_the_rest_is() {
    let stopped = Stopped::new().await;
    let mut more = stopped.ask_more(|_| stopped.dana).await;
    let gone = more.split_off(MORE / 2);
    for asked in gone {
        asked.abort();
        asked.await.unwrap_err();
    }
    drop(stopped.held);
    for asked in stopped.first.into_iter().chain(more) {
        asked.await.unwrap().unwrap();
    }
    assert_eq!(kept(&stopped.office.records), WRITING + MORE / 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_connections_are_cut_everybody_hears_it_and_what_comes_next_is_written() {
    let stopped = Stopped::new().await;
    let more = stopped.ask_more(|_| stopped.dana).await;
    stopped.cut();
    // Those that waited are tried on new connections, and wait there.
    stopped.wait(2).await;
    stopped.cut();
    for asked in more.into_iter().chain(stopped.first) {
        assert_eq!(asked.await.unwrap().unwrap_err().code, Code::DatabaseBusy);
    }
    drop(stopped.held);
    assert_eq!(kept(&stopped.office.records), 0);
    let (office, ann) = (stopped.office, stopped.ann);
    office.company.begin(&ann, begin(None, Visibility::Submitted)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_before_the_records_are_closed_is_done() {
    let stopped = Stopped::new().await;
    let more = stopped.ask_more(|_| stopped.dana).await;
    let company = stopped.office.company.clone();
    let closed = tokio::task::spawn_blocking(move || company.close());
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(stopped.held);
    closed.await.unwrap();
    for asked in more.into_iter().chain(stopped.first) {
        asked.await.unwrap().unwrap();
    }
    assert_eq!(kept(&stopped.office.records), WRITING + MORE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_way_of_one_company_keeps_no_other_company_from_writing() {
    let Records::Postgres(url) = Records::postgres() else { panic!("a database") };
    let office = Office::new(Records::Postgres(format!("{url}&options=-c%20lock_timeout%3D200"))).await;
    let ann = office.person("Ann", Role::Admin).await;
    let dana = office.person("Dana", Role::Trainee).await.account;
    let elsewhere = office.company.add_organisation("Dry Creek Outfitters").await.unwrap();
    let other = office.person_of(elsewhere, "Sam", Role::Trainee, None).await;
    let begin_for = |holder: &Holder, of: Option<UserId>| {
        let (company, holder) = (office.company.clone(), holder.clone());
        tokio::spawn(async move { company.begin(&holder, Begin { user_id: of, ..begin(None, Visibility::Submitted) }).await })
    };
    let ours = office.records.id(office.organisation.0);
    let held = Postgres::shared().hold(&url, &format!("SELECT FROM organisation WHERE id = {ours} FOR UPDATE"));
    let (mut blocked, mut free): (Vec<Asked>, Vec<Asked>) = ((0..WRITING).map(|_| begin_for(&ann, Some(dana))).collect(), Vec::new());
    for number in 0..MORE {
        if number % 7 == 3 {
            blocked.push(begin_for(&ann, Some(dana)));
        } else {
            free.push(begin_for(&other, None));
        }
    }
    for asked in free {
        asked.await.unwrap().unwrap();
    }
    for asked in blocked {
        assert_eq!(asked.await.unwrap().unwrap_err().code, Code::DatabaseBusy);
    }
    drop(held);
    begin_for(&ann, Some(dana)).await.unwrap().unwrap();
}
