//! `sellme-hub`: the company's server.
#![allow(clippy::print_stdout, reason = "a program of the command line talks to the terminal")]

use std::{
    io::{IsTerminal, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use sellme_app::{
    Device as _,
    company::{AuditMark, Company, NewPerson},
};
use sellme_core::{Error, company::Role, id::OrganisationId};
use sellme_hub::{
    ThisMachine, company, company_to_look,
    config::{Config, Records},
    doctor::doctor,
    openapi, openapi_admin, start,
};
use sellme_store::{
    Folder, StoreError,
    company::{Place, back_up, restore},
};
use tracing_subscriber::EnvFilter;

/// The company's server of SellMe PRT.
#[derive(Debug, Parser)]
#[command(name = "sellme-hub", version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the application and the administration until it is told to stop
    Serve(Config),
    /// Accounts of those who see to everything else
    Admin {
        #[command(subcommand)]
        command: Admin,
    },
    /// The log of what was done
    Audit {
        #[command(subcommand)]
        command: Audit,
    },
    /// Looks whether the hub can work as it is told to serve: what is right, what is not, and what to do
    Doctor(Config),
    /// Copies the records of a folder into a new file, also beside a hub that serves them
    Backup {
        #[command(flatten)]
        records: Records,
        /// The file, which is not there yet
        #[arg(long)]
        to: PathBuf,
    },
    /// Puts a copy of the records in their place, while no hub serves them
    Restore {
        #[command(flatten)]
        records: Records,
        /// The copy
        #[arg(long)]
        from: PathBuf,
        /// The records that are there are set aside
        #[arg(long)]
        replace: bool,
    },
    /// Prints the OpenAPI document
    Openapi {
        /// That of the administration
        #[arg(long)]
        admin: bool,
    },
    /// Takes in the data of the side-by-side measurement, into an empty folder
    #[cfg(feature = "bench")]
    ImportReference {
        /// The reference's database
        #[arg(long)]
        from: std::path::PathBuf,
        /// How many times its sessions are taken in
        #[arg(long, default_value_t = 1)]
        times: u32,
        #[command(flatten)]
        records: Records,
    },
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Makes an account for an admin. The password is read from standard input
    Create {
        #[command(flatten)]
        records: Records,
        /// Name of the company; it is made where there is none of that name
        #[arg(long)]
        organisation: String,
        /// Address to sign in with
        #[arg(long)]
        email: String,
        /// What the person is called
        #[arg(long)]
        name: String,
        /// What the person may do: trainee, manager or admin
        #[arg(long, default_value = "admin", value_parser = role)]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Goes through the log of every company: says whether an entry was changed or is missing
    Verify {
        #[command(flatten)]
        records: Records,
        /// The newest entry as this printed it before, NUMBER:HASH, noted where nobody of the server comes: it has to be there still
        #[arg(long, value_name = "NUMBER:HASH")]
        expect: Vec<AuditMark>,
    },
}

fn role(text: &str) -> Result<Role> {
    serde_json::from_value(serde_json::Value::from(text)).context("trainee, manager or admin is wanted")
}

fn main() -> ExitCode {
    match begin() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The sentence alone, whatever the surroundings say of backtraces.
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin() -> Result<()> {
    let program = Program::parse();
    // In the order in which they come; a line an event, for whatever collects them.
    let filter = EnvFilter::try_from_env("SELLME_HUB_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Where, and not with what words: those can be a piece of what somebody said.
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(at = panic.location().map(ToString::to_string), "something went wrong inside the server");
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(program.command))
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve(config) => serve(&config).await,
        Command::Admin { command: Admin::Create { records, organisation, email, name, role } } => {
            let company = company(&records, false).await?;
            let done = create(&company, &organisation, NewPerson { email, name, role, shop: None, password: Some(password()?) }).await;
            company.close();
            done
        }
        Command::Audit { command: Audit::Verify { records, expect } } => {
            let company = company_to_look(&records).await?;
            let done = verify(&company, &expect).await;
            company.close();
            done
        }
        Command::Doctor(config) => {
            let found = doctor(&config).await;
            found.iter().for_each(|finding| println!("{finding}"));
            let problems = found.iter().filter(|finding| !finding.is_ok).count();
            if problems > 0 { bail!("{problems} to be seen to") } else { Ok(()) }
        }
        Command::Backup { records, to } => {
            let Place::Folder(folder) = records.place()? else {
                bail!(
                    "PostgreSQL copies its own records: pg_dump --format=custom --file={} postgres://USER@HOST/NAME (the password from ~/.pgpass)",
                    to.display()
                )
            };
            back_up(&folder, &to).map_err(Error::from).with_context(|| format!("no copy was made at {}", to.display()))?;
            println!("{}", to.display());
            Ok(())
        }
        Command::Restore { records, from, replace } => {
            let Place::Folder(folder) = records.place()? else {
                bail!(
                    "PostgreSQL takes its own copies back: pg_restore --clean --if-exists --single-transaction --dbname=postgres://USER@HOST/NAME {} (the password from ~/.pgpass)",
                    from.display()
                )
            };
            restored(&folder, &from, replace)
        }
        Command::Openapi { admin } => {
            let document = if admin { openapi_admin() } else { openapi() };
            println!("{}", document.to_pretty_json()?);
            Ok(())
        }
        #[cfg(feature = "bench")]
        Command::ImportReference { from, times, records } => sellme_hub::import::reference(&from, &records, times).await,
    }
}

async fn serve(config: &Config) -> Result<()> {
    // Heard from the beginning: whoever stops a server that has just started stops it as well.
    let mut stop = Stop::listen()?;
    let running = start(config).await?;
    // For whoever started it, on any free port too.
    println!(r#"{{"url":"http://{}","adminUrl":"http://{}"}}"#, running.listen, running.admin_listen);
    running.until(stop.asked()).await
}

/// Whoever wants this to end.
struct Stop {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    fn listen() -> Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?,
        })
    }

    /// Waits until somebody does.
    async fn asked(&mut self) -> Result<()> {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        tokio::select! {
            interrupted = interrupt => interrupted?,
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        interrupt.await?;
        Ok(())
    }
}

fn restored(folder: &Folder, from: &Path, replace: bool) -> Result<()> {
    match restore(folder, from, replace, ThisMachine.now()) {
        Ok(None) => println!("{} has the records of {}", folder.path().display(), from.display()),
        Ok(Some(aside)) => {
            println!("{} has the records of {}; those that were there are in {}", folder.path().display(), from.display(), aside.display())
        }
        Err(StoreError::Exists { id, .. }) => bail!("there are records in {id} already; nothing was changed. --replace sets them aside"),
        Err(StoreError::InUse(folder)) => bail!("a hub serves {}; nothing was changed. Stop it first", folder.display()),
        Err(error) => return Err(Error::from(error)).context(format!("{} cannot be taken, and nothing was changed", from.display())),
    }
    Ok(())
}

async fn create(company: &Company, organisation: &str, person: NewPerson) -> Result<()> {
    // Whoever mistyped something leaves no company behind.
    person.check()?;
    let known = company.organisations().await?.into_iter().find(|known| known.name == organisation.trim());
    let id: OrganisationId = match known {
        Some(known) => known.id,
        None => {
            let id = company.add_organisation(organisation).await?;
            // Perhaps only misspelt.
            eprintln!("“{}” is a new company of this hub.", organisation.trim());
            id
        }
    };
    let account = company.add_person(id, None, &person).await?;
    println!("{account}");
    Ok(())
}

async fn verify(company: &Company, expected: &[AuditMark]) -> Result<()> {
    let (mut broken, mut found) = (false, vec![false; expected.len()]);
    for organisation in company.organisations().await? {
        match company.check_audit(organisation.id).await? {
            Ok(entries) => {
                let newest = company.audit_mark(organisation.id).await?;
                println!("{}: {entries} entries, none changed; to be noted elsewhere: {newest}", organisation.name);
            }
            Err(entry) => {
                broken = true;
                println!("{}: entry {entry} was changed or is missing", organisation.name);
            }
        }
        for (mark, found) in expected.iter().zip(&mut found) {
            *found |= company.audit_has(organisation.id, *mark).await?;
        }
    }
    for (mark, _) in expected.iter().zip(&found).filter(|(_, found)| !**found) {
        broken = true;
        println!("{mark} is in no log any more");
    }
    if broken { bail!("the log was tampered with") } else { Ok(()) }
}

/// A password from standard input, so that it is in no list of processes and in no history of commands.
fn password() -> Result<String> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("Password (12 characters or more), then Enter and Ctrl+D:");
    }
    let mut password = String::new();
    stdin.read_to_string(&mut password).context("the password cannot be read")?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
