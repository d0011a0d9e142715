//! Medians, printed as JSON lines.

use std::time::{Duration, Instant};

/// How often each question is asked.
const TIMES: usize = 31;

/// Waits for an answer of the store.
pub(crate) fn wait<T>(future: impl Future<Output = sellme_store::Result<T>>) -> Result<T, Box<dyn std::error::Error>> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?.block_on(future)?)
}

/// Asks again and again and prints the median in milliseconds.
pub(crate) fn timed(name: &str, mut ask: impl FnMut() -> Result<(), Box<dyn std::error::Error>>) -> Result<(), Box<dyn std::error::Error>> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let from = Instant::now();
        ask()?;
        times.push(from.elapsed());
    }
    let worst = times.iter().max().copied().unwrap_or_default();
    times.sort();
    print(name, ms(times[TIMES / 2]));
    eprintln!("{name}: median {:.3} ms of {TIMES}, at most {:.3} ms", ms(times[TIMES / 2]), ms(worst));
    Ok(())
}

/// Prints one measurement.
pub(crate) fn print(name: &str, value: f64) {
    println!("{}", serde_json::json!({ "name": name, "value": value }));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
