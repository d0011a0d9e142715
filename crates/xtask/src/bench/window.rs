//! The real window, released, against an empty one, both under the same virtual display.
//!
//! The window is the shipped program but for the feature `automation`, which lets a script be put into its page (`src-tauri/src/window/page_script.rs`).
//! "Usable" means that the Start button of the Practice screen is on the page and a frame with it has been drawn (the list of products below it is made right
//! after); the empty window has to run its page's script. The budgets are against an empty window as Tauri makes it; beside them stands what is paid for by
//! painting without the graphics card: the same against an empty window that paints so too.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::OnceLock,
    time::Duration,
};

use anyhow::{Result, bail};

use super::{
    measured::{Measured, Scratch, example, median},
    process::{Started, proportional_kb},
    row::{Limit, Row},
    turn,
};
use crate::{
    command::{cargo, program, root, run, target},
    display, ui,
};

/// Says that the display is there already.
pub(super) const INSIDE: &str = "--inside-display";

/// How often each window is opened and counted; once more at first, uncounted, so that the disk's cache is warm.
const RUNS: usize = 15;
/// How long a window is left alone before its memory is taken.
const SETTLE: Duration = Duration::from_secs(3);
/// How many turns are timed in the window.
const TURNS: usize = 60;

/// What makes the Practice screen usable.
const START_BUTTON: &str = "main a.btn[href^='#/briefing/']";

const USABLE: &str = include_str!("pages/usable.js");
const ANSWER: &str = include_str!("pages/answer.js");

/// Start and memory.
pub(super) fn start() -> Result<Vec<Row>> {
    build()?;
    let measured = under_display("start")?;
    let row = |what: &str, name: &str, floor: &str, limit, unit| -> Result<Row> {
        let (measured, floor) = (measured.get(&format!("{name} window"))?, measured.get(&format!("{name} {floor}"))?);
        Ok(Row { what: what.to_owned(), measured, floor: Some(floor), limit, unit })
    };
    let budget = Limit::Times(1.25);
    Ok(vec![
        row("process start → Practice screen usable, against an empty window", "start", "empty", budget, "ms")?,
        row("the same against an empty window that paints without the card too", "start", "empty-alike", Limit::Told, "ms")?,
        row("memory (PSS) of the process tree with the Practice screen open, against an empty window", "memory", "empty", budget, "MB")?,
        row("the same against an empty window that paints without the card too", "memory", "empty-alike", Limit::Told, "MB")?,
    ])
}

/// A rep's turn in the window.
pub(super) fn answer() -> Result<Vec<Row>> {
    build()?;
    let before = turn::floor()?;
    let measured = under_display("answer")?;
    Ok(vec![Row {
        what: "a rep's turn → both turns stored and the answer on the page, against two durable inserts".to_owned(),
        measured: measured.get("answer")?,
        floor: Some(f64::midpoint(before, turn::floor()?)),
        limit: Limit::Over(25.0),
        unit: "ms",
    }])
}

/// Builds what is measured, once in a run.
fn build() -> Result<()> {
    static BUILT: OnceLock<()> = OnceLock::new();
    if BUILT.get().is_some() {
        return Ok(());
    }
    ui::build()?;
    run(&mut cargo(&["build", "--release", "--package", "sellme", "--bin", "sellme", "--features", "custom-protocol,automation"]))?;
    example("sellme", "empty_window", "custom-protocol,automation")?;
    BUILT.get_or_init(|| ());
    Ok(())
}

fn under_display(what: &str) -> Result<Measured> {
    Measured::of(display::inside(&env::current_exe()?.to_string_lossy()).args(["bench", INSIDE, what]))
}

/// What is done once the display is there: prints what it measured.
pub(super) fn inside(what: &str) -> Result<ExitCode> {
    let scratch = Scratch::new(what)?;
    let measured = match what {
        "start" => starts(&scratch.0)?,
        "answer" => answers(&scratch.0)?,
        _ => bail!("nothing is measured by the name of “{what}”"),
    };
    for (name, value) in measured {
        println!("{}", serde_json::json!({ "name": name, "value": value }));
    }
    Ok(ExitCode::SUCCESS)
}

fn starts(scratch: &Path) -> Result<BTreeMap<String, f64>> {
    let data = practised(scratch)?;
    let [in_window, in_empty] = [START_BUTTON, "#ran"].map(|waited| USABLE.replace("WAITED", &format!("{waited:?}")));
    let (window_script, empty_script) = (script(scratch, "window", &in_window)?, script(scratch, "empty", &in_empty)?);
    let mut taken: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for number in 0..=RUNS {
        // Taken in turns, so that a busier minute falls on both.
        let programs = [
            ("empty", Program::empty(), &empty_script),
            ("window", Program::window(&data), &window_script),
            ("empty-alike", Program::empty_alike(), &empty_script),
        ];
        for (kind, program, script) in programs {
            let (time, kilobytes) = opened(program, script)?;
            eprintln!("{kind}: usable after {:.0} ms, {:.1} MB", time.as_secs_f64() * 1e3, kilobytes / 1e3);
            if number > 0 {
                taken.entry(format!("start {kind}")).or_default().push(time.as_secs_f64() * 1e3);
                taken.entry(format!("memory {kind}")).or_default().push(kilobytes / 1e3);
            }
        }
    }
    Ok(taken.into_iter().map(|(name, values)| (name, median(values))).collect())
}

/// Opens the window, and closes it once it is usable and its memory is taken.
fn opened(mut program: Program, script: &Path) -> Result<(Duration, f64)> {
    let mut started = Started::new(program.0.env("SELLME_PAGE_SCRIPT", script))?;
    let report = started.report()?;
    let time = started.elapsed();
    if report != "usable" {
        bail!("the page reported {report}");
    }
    std::thread::sleep(SETTLE);
    let kilobytes = proportional_kb(started.id())?;
    Ok((time, kilobytes))
}

fn answers(scratch: &Path) -> Result<BTreeMap<String, f64>> {
    let data = practised(scratch)?;
    let script = script(scratch, "answer", &ANSWER.replace("CUSTOMERS", &customers()?).replace("WANTED", &TURNS.to_string()))?;
    let mut started = Started::new(Program::window(&data).0.env("SELLME_PAGE_SCRIPT", script))?;
    let report = started.report()?;
    match Measured::read(&report).get("answer") {
        Ok(median) => Ok(BTreeMap::from([("answer".to_owned(), median)])),
        Err(_) => bail!("the page reported {report}"),
    }
}

/// A data folder of somebody who has practised once, so that the window begins with the Practice screen.
fn practised(scratch: &Path) -> Result<PathBuf> {
    let data = scratch.join("data");
    let demo = root().join("tests/scripts/demo.txt");
    let mut play = program(&released("sellme"), &["practice", "--seed", "1", "--json", "--script"]);
    let printed = play.arg(&demo).arg("--data-dir").arg(&data).output()?;
    if !printed.status.success() {
        bail!("the session before could not be played: {}", String::from_utf8_lossy(&printed.stderr));
    }
    Ok(data)
}

/// What good reps typed to their customers, as JSON.
fn customers() -> Result<String> {
    let mut customers = Vec::new();
    for entry in fs::read_dir(root().join("tests/scripts"))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let text = fs::read_to_string(entry.path().join("good.txt"))?;
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            customers.push(serde_json::json!({ "scenario": entry.file_name().to_string_lossy(), "lines": lines }));
        }
    }
    Ok(serde_json::to_string(&customers)?)
}

fn script(scratch: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = scratch.join(format!("{name}.js"));
    fs::write(&path, text)?;
    Ok(path)
}

fn released(name: &str) -> String {
    target().join("release").join(format!("{name}{}", env::consts::EXE_SUFFIX)).to_string_lossy().into_owned()
}

struct Program(Command);

impl Program {
    fn window(data: &Path) -> Self {
        let mut command = program(&released("sellme"), &["--data-dir"]);
        command.arg(data);
        Self(command)
    }

    fn empty() -> Self {
        Self(program(&released("examples/empty_window"), &[]))
    }

    fn empty_alike() -> Self {
        let mut empty = Self::empty();
        empty.0.env("EMPTY_WITHOUT_CARD", "1");
        empty
    }
}
