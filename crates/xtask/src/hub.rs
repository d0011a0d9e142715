//! `cargo xtask hub`: the company's server with a sample company, and what to paste to talk with it.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, root, run, target};

/// The company of the demo.
const COMPANY: &str = "Pecos River Traders";

/// Who belongs to it: address, name, role.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("trainee@demo.example", "Terry Trainee", "trainee"),
    ("manager@demo.example", "Morgan Manager", "manager"),
    ("admin@demo.example", "Alex Admin", "admin"),
];

/// The customer that the session is with, for whom `crates/hub/demo/complete.json` was said.
const CUSTOMER: &str = "the-gunner-friendly-easy";

/// Where it listens, unless that is taken.
const PORT: u16 = 3000;

/// Letters of passwords: none that looks like another.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Builds the server, which needs nothing but Rust and gcc, makes a company anew, prints what to paste, and serves until it is stopped.
pub(crate) fn serve(arguments: &[String]) -> Result<ExitCode> {
    run(&mut cargo(&["build", "--package", "sellme-hub"]))?;
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        run(hub_program().args(["serve", "--help"]))?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = target().join("demo-hub");
    if is_served(&folder) {
        bail!("a hub of this demo runs already: stop it first, since each start begins with a new company");
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be made anew", folder.display()))?;
    }
    let people = PEOPLE.map(|(email, name, role)| (email, name, role, password()));
    for (email, name, role, password) in &people {
        let password = password.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
        add(&folder, email, name, role, password)?;
    }
    let (application, administration) = (free(PORT)?, free(PORT + 1)?);
    let mut hub = hub_program();
    hub.args(["serve", "--listen", &application.to_string(), "--admin-listen", &administration.to_string(), "--data-dir"]).arg(&folder);
    if !arguments.iter().any(|argument| ["--invitation-page", "--public-url"].iter().any(|option| argument.starts_with(option))) {
        hub.args(["--invitation-page", &format!("http://{application}/invitation")]);
    }
    let mut hub = hub.args(arguments).stdout(Stdio::null()).current_dir(root()).spawn().context("the server could not be started")?;
    wait_for(application, &mut hub)?;
    println!("\nThe hub of “{COMPANY}” is at http://{application}; its figures are at http://{administration}/metrics.");
    println!("Everybody's password is new and is shown this once; the next start begins with a new company.");
    println!("Paste these lines into another terminal (curl and sed are used):\n");
    println!("HUB=http://{application}\nADMIN=http://{administration}");
    for (email, _, role, password) in &people {
        println!("{}", commands(email, role, password.as_deref().unwrap_or_default()));
    }
    println!("Ctrl+C stops it.\n");
    std::io::stdout().flush()?;
    let ended = hub.wait()?;
    Ok(ExitCode::from(ended.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(0)))
}

/// Whether a hub serves this folder: it holds the lock that is in it.
fn is_served(folder: &Path) -> bool {
    let lock = fs::File::options().write(true).open(folder.join("sellme.lock"));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// What somebody pastes to sign in, practise and see what came of it.
fn commands(email: &str, role: &str, password: &str) -> String {
    let more = match role {
        "trainee" => "",
        "manager" => {
            "\n# the team's sessions, and how the team does\ncurl -s \"$ADMIN/api/admin/sessions\" -H \"$AUTH\"; echo\ncurl -s \"$ADMIN/api/admin/team?period=week\" -H \"$AUTH\"; echo"
        }
        _ => {
            "\n# a board that takes one session instead of three, and who scored best\ncurl -s -X PATCH \"$ADMIN/api/admin/settings\" -H \"$AUTH\" -d '{\"leaderboardMinimum\":1}'; echo\ncurl -s \"$HUB/api/leaderboard?period=week\" -H \"$AUTH\"; echo\n# somebody is invited: the answer has a link, to be opened in a browser\ncurl -s \"$ADMIN/api/admin/users\" -H \"$AUTH\" -d '{\"email\":\"kim@demo.example\",\"name\":\"Kim Newman\",\"role\":\"trainee\"}'; echo\n# everybody, and what was done; where one is signed in, and out again\ncurl -s \"$ADMIN/api/admin/users\" -H \"$AUTH\"; echo\ncurl -s \"$ADMIN/api/admin/audit\" -H \"$AUTH\"; echo\ncurl -s \"$HUB/api/tokens\" -H \"$AUTH\"; echo\ncurl -s -X POST \"$HUB/api/sign-out\" -H \"$AUTH\" -o /dev/null -w '%{http_code}\\n'"
        }
    };
    format!(
        "
# as {article} {role}: sign in, start a session, complete it, see progress
SIGNED_IN=$(curl -s $HUB/api/sign-in -d '{{\"email\":\"{email}\",\"password\":\"{password}\"}}'); echo \"$SIGNED_IN\"
AUTH=\"Authorization: Bearer $(echo \"$SIGNED_IN\" | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')\"
ME=$(curl -s $HUB/api/me -H \"$AUTH\" | sed 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/')
SESSION=$(curl -s $HUB/api/sessions -H \"$AUTH\" -d '{{\"scenarioId\":\"{CUSTOMER}\"}}' | sed 's/^{{\"id\":\"\\([^\"]*\\)\".*/\\1/'); echo $SESSION
curl -s $HUB/api/sessions/$SESSION/complete -H \"$AUTH\" -d @{claim}; echo
sleep 1; curl -s $HUB/api/sessions/$SESSION -H \"$AUTH\" | sed 's/.*\"verification\"/\"verification\"/'; echo
curl -s $HUB/api/users/$ME/progress -H \"$AUTH\"; echo{more}
",
        article = if role.starts_with('a') { "an" } else { "a" },
        claim = root().join("crates/hub/demo/complete.json").display()
    )
}

/// The server's program, which knows nothing of what the surroundings say of another hub: the demo's people are made in its own folder and nowhere else.
fn hub_program() -> Command {
    let mut command = Command::new(target().join("debug").join(format!("sellme-hub{}", std::env::consts::EXE_SUFFIX)));
    command.env_remove("DATABASE_URL");
    std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SELLME_HUB_")).for_each(|(name, _)| {
        command.env_remove(name);
    });
    command
}

/// Adds somebody; the password goes in by standard input.
fn add(folder: &Path, email: &str, name: &str, role: &str, password: &str) -> Result<()> {
    let mut command = hub_program();
    command
        .args(["admin", "create", "--organisation", COMPANY, "--email", email, "--name", name, "--role", role, "--data-dir"])
        .arg(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("the server's program could not be started")?;
    child.stdin.take().context("no standard input")?.write_all(password.as_bytes())?;
    if !child.wait()?.success() {
        bail!("{name} could not be added");
    }
    Ok(())
}

/// A password that nobody has seen before.
fn password() -> Result<String> {
    let mut chance = [0_u8; 20];
    fs::File::open("/dev/urandom")?.read_exact(&mut chance).context("this machine has no source of chance")?;
    Ok(chance.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
}

/// This port on this machine, or any free one where it is taken.
fn free(port: u16) -> Result<SocketAddr> {
    let taken = |port| TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)));
    Ok(taken(port).or_else(|_| taken(0))?.local_addr()?)
}

fn wait_for(address: SocketAddr, hub: &mut Child) -> Result<()> {
    while TcpStream::connect(address).is_err() {
        if let Some(ended) = hub.try_wait()? {
            bail!("the server ended with {ended}; what it says is above");
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_password_is_another_one() {
        let (one, other) = (password().unwrap(), password().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 20);
    }

    #[test]
    fn a_folder_is_served_while_somebody_holds_its_lock() {
        let folder = std::env::temp_dir().join(format!("sellme-demo-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(!is_served(&folder));
        let lock = fs::File::create(folder.join("sellme.lock")).unwrap();
        assert!(!is_served(&folder));
        lock.lock().unwrap();
        assert!(is_served(&folder));
        lock.unlock().unwrap();
        assert!(!is_served(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn everybody_s_lines_sign_them_in_and_lead_to_their_progress() {
        for (email, _, role) in PEOPLE {
            let lines = commands(email, role, "secret");
            assert!(lines.contains(&format!(" {role}: sign in")) && lines.contains(email) && lines.contains("/progress"), "{lines}");
        }
    }
}
