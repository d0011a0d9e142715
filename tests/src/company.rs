//! A company of the tests: fresh records in a folder or in PostgreSQL, its people, and what they hand in.

use std::sync::Arc;

use rusqlite::{Connection, types::Value};
use sellme_app::{
    Device,
    company::{Begin, Company, Engine, NewPerson},
};
use sellme_core::{
    Code, Error, Millis,
    company::{Claim, ClaimedMetrics, Holder, Role, TokenKind},
    id::{OrganisationId, SessionId, ShopId, TokenId},
    scoring,
    session::Visibility,
};
use sellme_store::{
    Folder,
    company::{Attempt, CompanyStore, Place},
};
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    device::{MORNING, TestDevice},
    postgres::Postgres,
    script,
};

/// A password that is not easily guessed.
pub const PASSWORD: &str = "saddle boots canyon";

/// Figures that nobody computes from what is handed in here.
pub const CLAIMED: ClaimedMetrics =
    ClaimedMetrics { product_knowledge: Some(61.0), objection_handling: Some(1.0), closing_technique: Some(99.0), rapport: Some(3.0) };

/// Where the records of a test are.
#[derive(Debug)]
pub enum Records {
    /// In a folder that goes away.
    Folder(TempDir),
    /// In a database of their own, at this address.
    Postgres(String),
}

impl Records {
    /// A fresh folder.
    ///
    /// # Panics
    /// Where there is no room for one.
    #[must_use]
    pub fn folder() -> Self {
        Self::Folder(tempfile::Builder::new().prefix("sellme-company-").tempdir().expect("a temporary folder"))
    }

    /// A fresh database of the server that the tests share.
    #[must_use]
    pub fn postgres() -> Self {
        // It is on this machine; what would be read first to trust another one takes a while.
        Self::Postgres(format!("{}?sslmode=disable", Postgres::shared().database()))
    }

    /// The place.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Folder(folder) => Place::Folder(Folder::at(folder.path())),
            Self::Postgres(url) => Place::Postgres(url.clone()),
        }
    }

    /// What tells the server's program where they are.
    #[must_use]
    pub fn arguments(&self) -> [String; 2] {
        match self {
            Self::Folder(folder) => ["--data-dir".to_owned(), folder.path().display().to_string()],
            Self::Postgres(url) => ["--database-url".to_owned(), url.clone()],
        }
    }

    /// Does something to the tables that the program would not: a statement, and the first value that it gives.
    ///
    /// # Panics
    /// Where it is refused.
    pub fn sql(&self, statement: &str) -> String {
        match self {
            Self::Folder(folder) => {
                let db = Connection::open(Folder::at(folder.path()).company_file()).expect("a file of the company");
                db.busy_timeout(std::time::Duration::from_secs(10)).expect("a connection");
                let mut prepared = db.prepare(statement).expect("a statement");
                let mut rows = prepared.query([]).expect("an answer");
                match rows.next().expect("an answer").map(|row| row.get::<_, Value>(0).expect("a value")) {
                    None | Some(Value::Null) => String::new(),
                    Some(Value::Text(text)) => text,
                    Some(Value::Integer(number)) => number.to_string(),
                    other => panic!("{other:?}"),
                }
            }
            Self::Postgres(url) => Postgres::shared().ask_at(url, statement),
        }
    }

    /// An id as these tables write it.
    #[must_use]
    pub fn id(&self, id: Uuid) -> String {
        match self {
            Self::Folder(_) => format!("x'{}'", id.simple()),
            Self::Postgres(_) => format!("'{id}'"),
        }
    }
}

/// A company with a clock under the test's hand.
pub struct Office {
    /// Its use cases.
    pub company: Company,
    /// Its clock.
    pub device: Arc<TestDevice>,
    /// The company.
    pub organisation: OrganisationId,
    /// Where its records are.
    pub records: Records,
}

impl Office {
    /// A new company in fresh records.
    ///
    /// # Panics
    /// Where they cannot be opened.
    pub async fn new(records: Records) -> Self {
        let device = TestDevice::at(MORNING);
        let company = open(&records, &device, scoring::score).await;
        let organisation = company.add_organisation("Pecos River Traders").await.expect("a new company");
        Self { company, device, organisation, records }
    }

    /// The next process on the same records, once this one has ended.
    ///
    /// # Panics
    /// Where they cannot be opened.
    pub async fn opened_again(self) -> Self {
        self.opened_with(scoring::score).await
    }

    /// The next process, whose reports are by this engine.
    ///
    /// # Panics
    /// Where they cannot be opened.
    pub async fn opened_with(self, engine: Engine) -> Self {
        let Self { company, device, organisation, records } = self;
        tokio::task::spawn_blocking(move || company.close()).await.expect("closed records");
        Self { company: open(&records, &device, engine).await, device, organisation, records }
    }

    /// Another process beside this one.
    pub async fn beside(&self) -> Company {
        open_beside(&self.records, &self.device).await
    }

    /// Somebody of the company, who is signed in.
    pub async fn person(&self, name: &str, role: Role) -> Holder {
        self.person_of(self.organisation, name, role, None).await
    }

    /// Somebody who works at a store.
    pub async fn person_at(&self, name: &str, shop: ShopId) -> Holder {
        self.person_of(self.organisation, name, Role::Trainee, Some(shop)).await
    }

    /// Somebody of any company of these records.
    ///
    /// # Panics
    /// Where they cannot be added.
    pub async fn person_of(&self, organisation: OrganisationId, name: &str, role: Role, shop: Option<ShopId>) -> Holder {
        let email = format!("{}@example.com", name.to_lowercase());
        let person = NewPerson { email: email.clone(), name: name.to_owned(), role, shop, password: None };
        let account = self.company.add_person(organisation, None, &person).await.expect("a new person");
        let expires_at = Millis(i64::MAX);
        Holder {
            organisation,
            account,
            role,
            shop,
            name: name.to_owned(),
            email,
            token: TokenId(Uuid::nil()),
            kind: TokenKind::SignIn,
            expires_at,
        }
    }

    /// Somebody with [`PASSWORD`].
    ///
    /// # Panics
    /// Where they cannot be added.
    pub async fn with_password(&self, organisation: OrganisationId, email: &str) -> sellme_core::id::UserId {
        let person = NewPerson {
            email: email.to_owned(),
            name: "Dana".to_owned(),
            role: Role::Trainee,
            shop: None,
            password: Some(PASSWORD.to_owned()),
        };
        self.company.add_person(organisation, None, &person).await.expect("a new person")
    }

    /// Begins a session that is submitted from the start.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn begin(&self, holder: &Holder) -> Attempt {
        self.company.begin(holder, begin(None, Visibility::Submitted)).await.expect("a begun session")
    }

    /// Begins a session and hands it in, with so many lines of the script.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn practise(&self, holder: &Holder, lines: usize) -> Attempt {
        let begun = self.begin(holder).await;
        self.company.hand_in(holder, begun.id, claim(CLAIMED, lines)).await.expect("a session that is handed in")
    }

    /// Computes until nothing is due any more.
    ///
    /// # Panics
    /// Where the records do not answer.
    pub async fn compute(&self) -> usize {
        let mut all = 0;
        loop {
            match self.company.compute_due().await.expect("computed reports") {
                0 => return all,
                count => all += count,
            }
        }
    }

    /// The overall score that was computed of a session.
    ///
    /// # Panics
    /// Where it cannot be read.
    pub async fn score(&self, holder: &Holder, id: SessionId) -> Option<u8> {
        self.company.attempt(holder, id).await.expect("a session").score
    }

    /// The hour of the clock.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.device.now().0
    }
}

async fn open(records: &Records, device: &Arc<TestDevice>, engine: Engine) -> Company {
    let (place, now) = (records.place(), device.now());
    let store = tokio::task::spawn_blocking(move || CompanyStore::open(&place, now)).await.expect("a thread").expect("open records");
    Company::with_engine(store, Arc::clone(device) as Arc<dyn Device>, engine)
}

async fn open_beside(records: &Records, device: &Arc<TestDevice>) -> Company {
    let (place, now) = (records.place(), device.now());
    let store = tokio::task::spawn_blocking(move || CompanyStore::open_beside(&place, now)).await.expect("a thread").expect("open records");
    Company::new(store, Arc::clone(device) as Arc<dyn Device>)
}

/// What begins a session of the script's scenario.
#[must_use]
pub fn begin(id: Option<SessionId>, visibility: Visibility) -> Begin {
    Begin { scenario_id: script::SCENARIO.to_owned(), user_id: None, id, visibility }
}

/// What ends a session, with so many lines of the script.
#[must_use]
pub fn claim(metrics: ClaimedMetrics, lines: usize) -> Claim {
    Claim { metrics, feedback: "Went well.".to_owned(), transcript: transcript(lines) }
}

/// The first lines of the script, with what a customer says in between, as JSON.
#[must_use]
pub fn transcript(lines: usize) -> String {
    let said = ["I work outdoors, all day, on a ranch.", "It costs more than I thought.", "Does it last?", "That sounds good to me."];
    let turns = script::LINES.iter().zip(said.iter().cycle()).take(lines);
    let turns = turns.flat_map(|(rep, customer)| [json!({"role": "rep", "text": rep}), json!({"role": "customer", "text": customer})]);
    serde_json::Value::from(turns.collect::<Vec<_>>()).to_string()
}

/// The code that something is refused with.
///
/// # Panics
/// Where it is not refused.
pub fn refused<T: std::fmt::Debug, E: Into<Error>>(answer: Result<T, E>) -> Code {
    answer.map_err(Into::into).expect_err("a refusal").code
}
