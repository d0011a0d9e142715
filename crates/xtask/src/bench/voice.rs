//! The budgets of a call by voice: how soon it is open, how soon an answer is heard, how soon the customer is silent, what its sound and its events cost.
//!
//! The endpoint is the local one, released, in a process of its own; the floors go to the same. What each shares with its floor is said where it is measured:
//! `crates/voice/examples/bench_voice`, `crates/voice/examples/native_cpu.rs`, `ui/bench/call.mjs`.

use std::{fs, process::Command, sync::OnceLock};

use anyhow::{Context, Result};

use super::{
    measured::Measured,
    process::Started,
    row::{Limit, Row},
    sound::SoundServer,
};
use crate::command::{cargo, program, root, run, target};

/// What all of it is built with, so that nothing is built twice.
const FEATURES: &str = "native,http,endpoint";

/// So often a call is opened each way.
const OPENED: &str = "60";
/// So many calls are talked through each way, with so many turns.
const CALLS: &str = "4";
const TURNS: &str = "7";
/// So often a call's sound is worked on each way, and for so many seconds.
const ROUNDS: &str = "7";
const SECONDS: &str = "5";

/// From the offer to the open data channel.
pub(super) fn call() -> Result<Vec<Row>> {
    build()?;
    let endpoint = Endpoint::start()?;
    let server = SoundServer::start()?;
    let native = Measured::of(server.within(&mut example("bench_voice")).args(["connect", &endpoint.url, OPENED]))?;
    drop(server);
    let mut page = program("node", &["bench/call.mjs", &endpoint.url, OPENED]);
    let browser = Measured::of(page.current_dir(root().join("ui")))?;
    Ok(vec![
        times("offer → data channel open natively, while the devices are opened, against bare str0m without devices", &native, 1.3)?,
        Row {
            what: "the same from when the devices are looked for".to_owned(),
            measured: native.get("devices ours")?,
            floor: Some(native.get("devices floor")?),
            limit: Limit::Told,
            unit: "ms",
        },
        times(
            "microphone asked for → data channel open in Chromium, against a bare peer connection with the same microphone",
            &browser,
            1.3,
        )?,
        Row {
            what: "the same against a bare peer connection without a microphone".to_owned(),
            measured: browser.get("open ours")?,
            floor: Some(browser.get("open deaf")?),
            limit: Limit::Told,
            unit: "ms",
        },
    ])
}

/// The ratio is the median of the rounds' own, since both of a round were taken in the same moment.
fn times(what: &str, measured: &Measured, limit: f64) -> Result<Row> {
    let (floor, ratio) = (measured.get("open floor")?, measured.get("open ratio")?);
    Ok(Row { what: what.to_owned(), measured: floor * ratio, floor: Some(floor), limit: Limit::Times(limit), unit: "ms" })
}

/// From the end of what the rep says to the answer, and from the beginning to silence.
pub(super) fn talk() -> Result<Vec<Row>> {
    build()?;
    let endpoint = Endpoint::start()?;
    let server = SoundServer::start()?;
    let talk = Measured::of(server.within(&mut example("bench_voice")).args(["talk", &endpoint.url, CALLS, TURNS]))?;
    let answer = |what: &str, floor: &str, limit| -> Result<Row> {
        let (measured, floor) = (talk.get("answer ours")?, Some(talk.get(&format!("answer {floor}"))?));
        Ok(Row { what: what.to_owned(), measured, floor, limit, unit: "ms" })
    };
    Ok(vec![
        answer(
            "the rep's last sound → first sound of the answer at the speaker, against a bare client with the same devices",
            "devices",
            Limit::Over(50.0),
        )?,
        answer("the same against a bare client without devices or buffers", "fed", Limit::Told)?,
        Row {
            what: "the rep's first sound → the customer silent at the speaker, against a bare client with the same devices".to_owned(),
            measured: talk.get("silence ours")?,
            floor: Some(talk.get("silence devices")?),
            limit: Limit::AtMost(250.0),
            unit: "ms",
        },
    ])
}

/// What a call's sound costs.
pub(super) fn sound() -> Result<Vec<Row>> {
    build()?;
    let cpu = Measured::of(example("native_cpu").args([SECONDS, ROUNDS]))?;
    Ok(vec![Row {
        what: "CPU of a second of a call's sound, against bare str0m with codec and echo canceller".to_owned(),
        measured: cpu.get("cpu floor")? * cpu.get("cpu ratio")?,
        floor: Some(cpu.get("cpu floor")?),
        limit: Limit::Times(1.5),
        unit: "ms",
    }])
}

/// What the events of a call cost.
pub(super) fn events() -> Result<Vec<Row>> {
    build()?;
    let criterion = ["--bench", "reducer", "--", "--warm-up-time", "1", "--measurement-time", "3"];
    run(cargo(&["bench", "--package", "sellme-voice", "--features", FEATURES]).args(criterion))?;
    let hour = Measured::of(&mut example("hour"))?;
    Ok(vec![
        Row::at_most("an event of a call, read and reduced (5 µs are 200,000 a second)", event()?, 5.0, "µs"),
        Row::at_most("growth of memory (RSS) over a call of an hour: events, turns and sound", hour.get("hour-mb")?, 20.0, "MB"),
    ])
}

/// What criterion found for one event, in microseconds.
fn event() -> Result<f64> {
    let folder = target().join("criterion/reducer/read and reduce/new");
    let read = |name: &str| -> Result<serde_json::Value> {
        let file = folder.join(name);
        Ok(serde_json::from_str(&fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?)?)
    };
    let nanoseconds = read("estimates.json")?["median"]["point_estimate"].as_f64().context("no median was found")?;
    let events = read("benchmark.json")?["throughput"]["Elements"].as_f64().context("no number of events was found")?;
    Ok(nanoseconds / events / 1e3)
}

/// The endpoint, while it runs.
struct Endpoint {
    url: String,
    _program: Started,
}

impl Endpoint {
    fn start() -> Result<Self> {
        let mut command = program(&released("sellme-endpoint"), &["--tones", "--script", "tests/scripts/demo.txt"]);
        let mut program = Started::new(&mut command)?;
        let ready: serde_json::Value = serde_json::from_str(&program.report()?)?;
        Ok(Self { url: ready["url"].as_str().context("the endpoint names no address")?.to_owned(), _program: program })
    }
}

/// Builds what is measured, once in a run.
fn build() -> Result<()> {
    static BUILT: OnceLock<()> = OnceLock::new();
    if BUILT.get().is_some() {
        return Ok(());
    }
    run(&mut cargo(&["build", "--release", "--package", "sellme-voice", "--features", FEATURES, "--bins", "--examples"]))?;
    BUILT.get_or_init(|| ());
    Ok(())
}

fn example(name: &str) -> Command {
    program(&released(&format!("examples/{name}")), &[])
}

fn released(name: &str) -> String {
    target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).to_string_lossy().into_owned()
}
