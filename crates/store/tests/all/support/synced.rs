//! What `strace` saw of a program that writes a log ahead and answers, as far as it matters for “acknowledged means on the disk”.
#![allow(unreachable_pub, reason = "other packages' tests have it too")]

/// The calls that are watched, for `strace -e`.
pub const CALLS: &str = "trace=write,writev,sendto,sendmsg,pwrite64,fdatasync,fsync";

/// Something that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Something was written into the log.
    LogWritten,
    /// The log was synced.
    LogSynced,
    /// Somebody was told that it is kept.
    Answered,
}

/// What was seen, in its order. `log` is the end of the log's name, `answer` the beginning of what is said.
///
/// A line is such as `123 pwrite64(5</data/company.db-wal>, …) = 4120`. A call that another thread interrupted is told in two halves: the first names the file, the
/// second says that it is over, so a sync counts only where the call is told whole or its end follows.
#[must_use]
pub fn seen(trace: &str, log: &str, answer: &str) -> Vec<Seen> {
    let read = |line: &str| {
        if line.contains(&format!("\"{answer}")) {
            return Some(Seen::Answered);
        }
        let at_log = line.contains(&format!("{log}>"));
        if at_log && line.contains("write64(") {
            return Some(Seen::LogWritten);
        }
        let over = line.trim_end().ends_with("= 0");
        let is_sync = |call| at_log && line.contains(&format!("{call}(")) || line.contains(&format!("<... {call} resumed>"));
        (over && ["fdatasync", "fsync"].into_iter().any(is_sync)).then_some(Seen::LogSynced)
    };
    trace.lines().filter_map(read).collect()
}
