//! Starts the local endpoint; `cargo xtask endpoint` builds it and passes its arguments on.

use std::{
    fs,
    io::{self, Write},
    process::ExitCode,
    str::FromStr,
    time::Duration,
};

use sellme_voice::endpoint::{Config, EndpointError, Voice, serve};

const HELP: &str = "\
Usage: sellme-endpoint [--listen ADDRESS] [--scenario ID] [--seed NUMBER] [--script FILE] [--token TOKEN] [--tones] [--longest SECONDS]

  --listen    address and port; port 0 is a free one (127.0.0.1:0)
  --scenario  the customer who answers (the-gunner-friendly-easy)
  --seed      which of its days the customer has (1)
  --script    what the recogniser hears: a line for every time that somebody has spoken, whatever was said; then it hears nothing more
  --token     the only key that is taken; without it any is
  --tones     one tone a word, even where espeak-ng is installed
  --longest   how long a call may last (3600)

When it is ready it prints one line of JSON with its address.
";

/// Why it does not start.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}\n\n{HELP}")]
    Usage(String),
    #[error("the script {0} cannot be read: {1}")]
    Script(String, io::Error),
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = if arguments.iter().any(|argument| argument == "--help") {
        write!(io::stdout(), "{HELP}").map_err(Failure::Io)
    } else {
        run(&arguments).await
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let code = if matches!(failure, Failure::Usage(_)) { 2 } else { 1 };
            let _unsaid = writeln!(io::stderr(), "error: {failure}");
            ExitCode::from(code)
        }
    }
}

async fn run(arguments: &[String]) -> Result<(), Failure> {
    let config = read(arguments)?;
    let (scenario, token) = (config.scenario.clone(), config.token.clone());
    let endpoint = serve(config).await?;
    let ready = serde_json::json!({ "url": endpoint.url, "token": token, "voice": endpoint.voice, "scenario": scenario });
    let mut out = io::stdout();
    writeln!(out, "{ready}")?;
    out.flush()?;
    stopped().await?;
    endpoint.close().await;
    Ok(())
}

/// Waits until it is told to stop.
async fn stopped() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn read(arguments: &[String]) -> Result<Config, Failure> {
    let mut config = Config::default();
    let mut rest = arguments.iter();
    while let Some(name) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| Failure::Usage(format!("{name} needs a value")));
        match name.as_str() {
            "--tones" => config.voice = Voice::Tones,
            "--listen" => config.listen = parsed(name, value()?)?,
            "--scenario" => config.scenario.clone_from(value()?),
            "--seed" => config.seed = parsed(name, value()?)?,
            "--script" => {
                let path = value()?;
                let text = fs::read_to_string(path).map_err(|error| Failure::Script(path.clone(), error))?;
                config.script = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            }
            "--token" => config.token = Some(value()?.clone()).filter(|token| !token.is_empty()),
            "--longest" => config.longest = Duration::from_secs(parsed(name, value()?)?),
            _ => return Err(Failure::Usage(format!("{name} is not known"))),
        }
    }
    Ok(config)
}

fn parsed<T: FromStr>(name: &str, value: &str) -> Result<T, Failure> {
    value.parse().map_err(|_| Failure::Usage(format!("{name} {value} cannot be used")))
}
