//! A started program and everything that it started.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// How long a program may take to report.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that reports on standard output; it ends with this value.
pub(super) struct Started {
    child: Child,
    begun: Instant,
    lines: Receiver<(Instant, String)>,
    reported: Option<Instant>,
}

impl Started {
    /// Starts it. The time counts from here.
    pub(super) fn new(command: &mut Command) -> Result<Self> {
        let begun = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let stdout = child.stdout.take().context("standard output is not ours")?;
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if send.send((Instant::now(), line)).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, begun, lines, reported: None })
    }

    /// Its process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its next line.
    pub(super) fn report(&mut self) -> Result<String> {
        let (at, line) = self.lines.recv_timeout(PATIENCE).context("the window reported nothing")?;
        self.reported = Some(at);
        Ok(line)
    }

    /// From the start to the last report.
    pub(super) fn elapsed(&self) -> Duration {
        self.reported.unwrap_or(self.begun).duration_since(self.begun)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let family = tree(self.child.id()).unwrap_or_default();
        // What has ended by itself cannot be ended again.
        drop(self.child.kill());
        drop(self.child.wait());
        // The web processes end when the window is gone; the next one starts on a quiet machine.
        let until = Instant::now() + Duration::from_secs(5);
        while family.iter().any(|process| fs::exists(format!("/proc/{process}")).unwrap_or(false)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Proportional set size of a process and all its descendants, in kilobytes of 1000 bytes.
pub(super) fn proportional_kb(root: u32) -> Result<f64> {
    let mut kilobytes = 0.0;
    for process in tree(root)? {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).and_then(|rest| rest.trim().strip_suffix(" kB"));
        kilobytes += pss.and_then(|pss| pss.trim().parse::<f64>().ok()).unwrap_or(0.0) * 1.024;
    }
    if kilobytes == 0.0 {
        bail!("process {root} has no memory");
    }
    Ok(kilobytes)
}

/// The process and all its descendants.
fn tree(root: u32) -> Result<BTreeSet<u32>> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(process) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end while it is looked at. Its name, in brackets, may hold anything.
        let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) else { continue };
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.insert(process, parent.unwrap_or(0));
    }
    let mut family = BTreeSet::from([root]);
    loop {
        let children: BTreeSet<u32> = parents
            .iter()
            .filter(|(process, parent)| family.contains(parent) && !family.contains(process))
            .map(|(process, _)| *process)
            .collect();
        if children.is_empty() {
            return Ok(family);
        }
        family.extend(children);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_process_counts_what_it_started() {
        let mut child = Command::new("sh").args(["-c", "sleep 5 & wait"]).spawn().ok();
        let started = child.as_mut().map(|child| child.id()).unwrap_or_default();
        std::thread::sleep(Duration::from_millis(200));
        let family = tree(started).unwrap_or_default();
        let both = proportional_kb(started).unwrap_or_default();
        if let Some(child) = &mut child {
            for process in family.iter().filter(|process| **process != started) {
                drop(Command::new("kill").arg(process.to_string()).status());
            }
            drop(child.wait());
        }
        assert_eq!(family.len(), 2);
        assert!(both > 100.0, "{both} kB");
    }
}
