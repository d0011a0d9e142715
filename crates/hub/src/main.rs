//! `sellme-hub`: the company's server.
#![allow(clippy::print_stdout, reason = "a program of the command line talks to the terminal")]

use std::io::{IsTerminal, Read};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use sellme_app::company::{Company, NewPerson};
use sellme_core::{company::Role, id::OrganisationId};
use sellme_hub::{
    company,
    config::{Config, Records},
    openapi, openapi_admin, start,
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
    },
}

fn role(text: &str) -> Result<Role> {
    serde_json::from_value(serde_json::Value::from(text)).context("trainee, manager or admin is wanted")
}

fn main() -> Result<()> {
    let program = Program::parse();
    // In the order in which they come; a line an event, for whatever collects them.
    let filter = EnvFilter::try_from_env("SELLME_HUB_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
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
        Command::Audit { command: Audit::Verify { records } } => {
            let company = company(&records, false).await?;
            let done = verify(&company).await;
            company.close();
            done
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
    let running = start(config).await?;
    // For whoever started it, on any free port too.
    println!(r#"{{"url":"http://{}","adminUrl":"http://{}"}}"#, running.listen, running.admin_listen);
    stopped().await?;
    running.stop().await;
    Ok(())
}

/// Waits until somebody wants this to end.
async fn stopped() -> Result<()> {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = interrupt => interrupted?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await?;
    Ok(())
}

async fn create(company: &Company, organisation: &str, person: NewPerson) -> Result<()> {
    let known = company.organisations().await?.into_iter().find(|known| known.name == organisation.trim());
    let id: OrganisationId = match known {
        Some(known) => known.id,
        None => company.add_organisation(organisation).await?,
    };
    let account = company.add_person(id, None, &person).await?;
    println!("{account}");
    Ok(())
}

async fn verify(company: &Company) -> Result<()> {
    let mut broken = false;
    for organisation in company.organisations().await? {
        match company.check_audit(organisation.id).await? {
            Ok(entries) => println!("{}: {entries} entries, none changed", organisation.name),
            Err(entry) => {
                broken = true;
                println!("{}: entry {entry} was changed or is missing", organisation.name);
            }
        }
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
