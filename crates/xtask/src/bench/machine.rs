//! What the measurements were taken on.

use std::{fs, process::Command};

use anyhow::Result;

use crate::command::output;

/// Date, processor, memory, system.
pub(super) fn line() -> Result<String> {
    let processor = first("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism()?;
    let memory = first("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let memory = memory.map(|kilobytes| format!(", {:.0} GB", kilobytes / 1e6)).unwrap_or_default();
    let system = fs::read_to_string("/etc/os-release").ok().and_then(|text| {
        text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| format!(", {}", name.trim_matches('"')))
    });
    let load = fs::read_to_string("/proc/loadavg").ok().and_then(|text| text.split(' ').next().map(|load| format!(", load {load}")));
    let date = output(Command::new("date").arg("+%Y-%m-%d %H:%M"))?;
    let parts = [system, load].into_iter().flatten().collect::<String>();
    Ok(format!("Measured {}: {processor}, {cores} cores{memory}{parts}.", date.trim()))
}

/// The value of a `name : value` line.
fn first(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
