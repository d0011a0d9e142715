//! A server of a test's own, in a folder that goes away, with two companies and their people.

mod client;
mod conversation;
mod issuer;
mod made;
mod operations;
mod program;
mod shapes;
mod spoken;
mod until;
mod voice;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use clap::Parser;
use sellme_app::company::{Company, NewPerson};
use sellme_core::{company::Role, id::OrganisationId};
use sellme_hub::config::{Config, Records};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) use client::{Answer, Client};
pub(crate) use conversation::{SCENARIO, computed, metrics, talk, told};
pub(crate) use issuer::{CLIENT, CLIENT_SECRET, Issuer, Says};
pub(crate) use made::made;
pub(crate) use operations::{Api, Operation, all_operations, document, fresh, operations};
pub(crate) use program::{Served, ask_for_admin, create_admin, files, hub, printed, run, serving};
pub(crate) use shapes::{is_refusal, plain};
pub(crate) use spoken::{connected, spoken};
pub(crate) use until::until;
pub(crate) use voice::Voice;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "saddle boots canyon";

/// The key of the voice service.
pub(crate) const KEY: &str = "sk-the-company-s-own-0123456789";

/// How long is waited for what surely comes.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

#[derive(Parser)]
// What a test says once more is what counts.
#[command(args_override_self = true)]
struct Program {
    #[command(flatten)]
    config: Config,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) token: String,
}

/// A server that serves for as long as the process lives, and whoever uses it.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) url: String,
    /// Where the administration is.
    pub(crate) admin_url: String,
    pub(crate) folder: PathBuf,
    pub(crate) voice: Voice,
    pub(crate) a: Person,
    pub(crate) b: Person,
    pub(crate) manager: Person,
    pub(crate) admin: Person,
    /// Of the other company.
    pub(crate) stranger: Person,
    pub(crate) foreign_admin: Person,
    _kept: TempDir,
}

impl Stage {
    /// One that nobody else uses.
    pub(crate) fn new(further: &[&str]) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let (folder, voice) = (kept.path().join("records"), Voice::start());
        let key = kept.path().join("key");
        fs::write(&key, KEY).unwrap();
        fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        let (data_dir, key) = (folder.to_string_lossy().into_owned(), key.to_string_lossy().into_owned());
        let told = [
            &["sellme-hub", "--data-dir", &data_dir, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--openai-key-file", &key],
            &["--realtime-url", &voice.url, "--rate", "1000000", "--sign-in-rate", "1000000", "--call-rate", "1000000"][..],
            &["--person-minutes", "100000", "--store-minutes", "100000", "--day-minutes", "100000"],
            &["--person-cost", "100000000", "--store-cost", "100000000", "--day-cost", "100000000"],
            further,
        ];
        let mut config = Program::parse_from(told.concat()).config;
        config.records.database_url = None;
        let records = config.records.clone();
        let (url, admin_url) = serve(config);
        block_on(async {
            let company = sellme_hub::company(&records, false).await.unwrap();
            let ours = company.add_organisation("Pecos River Traders").await.unwrap();
            let other = company.add_organisation("Dry Creek Outfitters").await.unwrap();
            let client = Client::new(&url, None);
            let join = async |organisation: OrganisationId, name: &str, role: Role| {
                let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
                let person =
                    NewPerson { email: email.clone(), name: name.to_owned(), role, shop: None, password: Some(PASSWORD.to_owned()) };
                let id = company.add_person(organisation, None, &person).await.unwrap().to_string();
                let token = sign_in(&client, &email).await;
                Person { id, email, token }
            };
            let stage = Self {
                a: join(ours, "Dana Ortiz", Role::Trainee).await,
                b: join(ours, "Lee Park", Role::Trainee).await,
                manager: join(ours, "Max Boone", Role::Manager).await,
                admin: join(ours, "Ada Reyes", Role::Admin).await,
                stranger: join(other, "Sam Hill", Role::Trainee).await,
                foreign_admin: join(other, "Fay Stone", Role::Admin).await,
                url,
                admin_url,
                folder,
                voice,
                _kept: kept,
            };
            company.close();
            stage
        })
    }

    /// One that tests share: each uses sessions of its own.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Stage> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(&[]))
    }

    /// The records beside the server that serves them, as the command line has them.
    pub(crate) async fn company(&self) -> Company {
        let records = Records::in_folder(self.folder.clone());
        sellme_hub::company(&records, false).await.unwrap()
    }

    /// Asks as this person.
    pub(crate) fn as_person(&self, person: &Person) -> Client {
        Client::new(&self.url, Some(&person.token))
    }

    /// Asks the administration as this person.
    pub(crate) fn admin_as(&self, person: &Person) -> Client {
        Client::new(&self.admin_url, Some(&person.token))
    }

    /// Asks either as this person.
    pub(crate) fn client(&self, api: Api, person: &Person) -> Client {
        match api {
            Api::Application => self.as_person(person),
            Api::Administration => self.admin_as(person),
        }
    }

    /// Asks as nobody.
    pub(crate) fn as_nobody(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// Signs somebody in once more.
    pub(crate) async fn sign_in(&self, person: &Person) -> Person {
        let token = sign_in(&self.as_nobody(), &person.email).await;
        Person { token, ..person.clone() }
    }

    /// Somebody new of the first company, for what would keep others out: wrong passwords lock an account.
    pub(crate) async fn newcomer(&self) -> Person {
        let company = self.company().await;
        let known = company.organisations().await.unwrap();
        let ours = known.iter().find(|known| known.name == "Pecos River Traders").unwrap();
        let email = format!("{}@example.com", uuid::Uuid::new_v4());
        let (name, password) = ("New Comer".to_owned(), Some(PASSWORD.to_owned()));
        let person = NewPerson { email: email.clone(), name, role: Role::Trainee, shop: None, password };
        let id = company.add_person(ours.id, None, &person).await.unwrap().to_string();
        company.close();
        let token = sign_in(&self.as_nobody(), &email).await;
        Person { id, email, token }
    }

    /// A session that this person has begun.
    pub(crate) async fn begun(&self, person: &Person) -> String {
        let begun = self.as_person(person).post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await;
        assert_eq!(begun.status, 200, "{begun:?}");
        begun.json()["id"].as_str().unwrap().to_owned()
    }

    /// A session that this person has handed in, once its report is computed.
    pub(crate) async fn completed(&self, person: &Person, body: &Value) -> Value {
        let id = self.begun(person).await;
        let client = self.as_person(person);
        let completed = client.post(&format!("/api/sessions/{id}/complete"), body).await;
        assert_eq!(completed.status, 200, "{completed:?}");
        computed_session(&client, &id).await
    }
}

/// The session once its report is computed.
pub(crate) async fn computed_session(client: &Client, id: &str) -> Value {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let session = client.get(&format!("/api/sessions/{id}")).await.json();
        if session["verification"]["state"] != "pending" {
            return session;
        }
        assert!(tokio::time::Instant::now() < until, "the report of {id} is never computed");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn sign_in(client: &Client, email: &str) -> String {
    let signed_in = client.post("/api/sign-in", &json!({ "email": email, "password": PASSWORD, "name": "tests" })).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    signed_in.json()["token"].as_str().unwrap().to_owned()
}

/// Serves in a thread of its own, since the tests that share it end one by one.
fn serve(config: Config) -> (String, String) {
    let (say, said) = mpsc::channel();
    thread::spawn(move || {
        block_on(async {
            let running = sellme_hub::start(&config).await.unwrap();
            say.send((running.listen, running.admin_listen)).unwrap();
            std::future::pending::<()>().await;
        });
    });
    let (listen, admin_listen) = said.recv().unwrap();
    (format!("http://{listen}"), format!("http://{admin_listen}"))
}

/// Runs to the end in a runtime of its own.
pub(crate) fn block_on<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let run = || tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work);
    // A test may have a runtime already, within which there is no other.
    thread::scope(|scope| scope.spawn(run).join().unwrap())
}
