//! The log: a file a day in the data folder, fourteen kept. What a person said, names and keys never go in.
//!
//! Our own events carry codes and places, never what somebody typed. What a page reports is free text and goes through [`of_page`]; whatever looks like a key or
//! a token is taken out of every line on its way into the file, whoever wrote it.

use std::{
    borrow::Cow,
    io::{self, Write},
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use sellme_store::Folder;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{Builder, Rotation},
};
use tracing_subscriber::EnvFilter;

/// Most characters of what a page reports.
const LONGEST: usize = 600;
/// Most reports of the window from one start to the next.
const MOST_REPORTS: u32 = 500;
/// What stands where something was taken out.
const TAKEN_OUT: &str = "…";
/// How keys and tokens begin that a provider or the hub gives out: secret keys, keys for one call, signed tokens.
const SECRETS: [&str; 3] = ["sk-", "ek_", "eyJ"];
/// Names of headers and variables after which a key follows that begins with nothing one could know it by.
const NAMES_OF_KEYS: [&str; 5] = ["api-key", "x-api-key", "api_key", "apikey", "openai_api_key"];
/// A word that begins like a secret and is no longer than this is one of the language.
const SHORTEST_SECRET: usize = 10;

/// Logs to files until the guard is dropped; where the folder cannot be written the program goes on without.
pub(crate) fn to_files(data: &Path) -> Option<WorkerGuard> {
    let files = Builder::new().rotation(Rotation::DAILY).filename_prefix("sellme").filename_suffix("log").max_log_files(14);
    // Made first: the appender would complain on the terminal about a folder that is not there yet.
    let data = Folder::at(data);
    data.create().ok()?;
    let folder = data.logs();
    std::fs::create_dir_all(&folder).ok()?;
    let files = files.build(folder).ok()?;
    let (writer, guard) = tracing_appender::non_blocking(Redacted(files));
    let filter = EnvFilter::new("warn,sellme=info,sellme_lib=info,sellme_app=info,sellme_store=info");
    tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter).with_writer(writer).try_init().ok()?;
    Some(guard)
}

/// Writes an error of the window to the log.
pub(crate) fn page_failed(message: &str) {
    static REPORTED: AtomicU32 = AtomicU32::new(0);
    // An error that comes with every frame must not fill the disk.
    match REPORTED.fetch_add(1, Ordering::Relaxed) {
        before if before < MOST_REPORTS => tracing::error!(window = true, message = of_page(message)),
        MOST_REPORTS => tracing::error!(window = true, "the window reports too much; no more of it until the next start"),
        _ => {}
    }
}

/// What a page reports, as it may stand in the log: on one line, not long, and without what stands in quotes, which may be what somebody said or is called. Since
/// that may have quotes in it too, everything from the first that opens to the last that closes is left out.
fn of_page(message: &str) -> String {
    let mut signs: Vec<char> = message.chars().collect();
    let in_word = |at: usize| signs.get(at).is_some_and(|sign| sign.is_alphanumeric());
    let opens = |at: &usize| match signs[*at] {
        '"' | '`' | '“' | '‘' => true,
        // Not the apostrophe of “can't”.
        '\'' => !at.checked_sub(1).is_some_and(in_word),
        _ => false,
    };
    let closes = |at: &usize| match signs[*at] {
        '"' | '`' | '”' => true,
        '\'' | '’' => !in_word(at + 1),
        _ => false,
    };
    if let Some(first) = (0..signs.len()).find(opens) {
        let last = (first + 1..signs.len()).rfind(closes).unwrap_or(signs.len() - 1);
        signs.splice(first..=last, TAKEN_OUT.chars());
    }
    let plain: String = signs.into_iter().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// Takes out what looks like a key or a token.
fn without_secrets(line: &str) -> Cow<'_, str> {
    let ends_word = |sign: char| !(sign.is_ascii_alphanumeric() || "-_.".contains(sign));
    // What comes after “Bearer” or “api-key:” can have more signs in it.
    let ends_token = |sign: char| sign.is_whitespace() || "\"'`,;:}".contains(sign);
    let mut clean = String::new();
    let (mut copied, mut announced) = (0, false);
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        if announced && rest.starts_with('=') {
            // Only at its end a token has one.
            at += 1;
            continue;
        }
        let end = if announced { rest.find(ends_token) } else { rest.find(ends_word) };
        let word = &rest[..end.unwrap_or(rest.len())];
        if word.is_empty() {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let secret = SECRETS.iter().any(|start| word.starts_with(start)) && word.len() > SHORTEST_SECRET;
        if secret || announced {
            clean.push_str(&line[copied..at]);
            clean.push_str(TAKEN_OUT);
            copied = at + word.len();
        }
        at += word.len();
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        announced = is("bearer") || NAMES_OF_KEYS.iter().any(|name| is(name)) && line[at..].trim_start().starts_with(['=', ':', '"', '\'']);
    }
    if copied == 0 {
        return Cow::Borrowed(line);
    }
    clean.push_str(&line[copied..]);
    Cow::Owned(clean)
}

/// A file that no secret is written to. It is given whole lines.
struct Redacted<W>(W);

impl<W: Write> Write for Redacted<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(without_secrets(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{Registry, layer::SubscriberExt};

    use super::*;

    #[test]
    fn keys_and_tokens_stay_out_of_the_file_and_the_rest_goes_in() {
        for (line, written) in [
            ("key=sk-proj-abcDEF123_456-xyz refused", "key=… refused"),
            ("{\"Authorization\":\"Bearer abc.def-ghi\"}", "{\"Authorization\":\"Bearer …\"}"),
            ("authorization: bearer   x1/y2+z== and more", "authorization: bearer   … and more"),
            ("{\"api-key\": \"summer/in+taos\", \"model\": \"x\"}", "{\"api-key\": \"…\", \"model\": \"x\"}"),
            ("OPENAI_API_KEY=summer2026 X-Api-Key: 'taos' end", "OPENAI_API_KEY=… X-Api-Key: '…' end"),
            ("api_key = taos2026", "api_key = …"),
            ("the api-key was refused", "the api-key was refused"),
            ("bearer\tsk-abc, Bearer ek_1.2", "bearer\t…, Bearer …"),
            ("https://x.example.com/?key=sk-proj-abcDEF123456&b=1", "https://x.example.com/?key=…&b=1"),
            ("ek_68a1b2c3d4e5f6 and eyJhbGciOi.J9.x", "… and …"),
            ("risk-free, sk-x, mask-ed: “Dana” née", "risk-free, sk-x, mask-ed: “Dana” née"),
            ("", ""),
        ] {
            let mut file = Redacted(Vec::new());
            file.write_all(line.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(file.0).unwrap(), written);
        }
    }

    #[test]
    fn an_event_comes_to_the_file_in_one_piece() {
        // What the file above relies on: a secret that came in two halves would not be known.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let (writer, guard) = tracing_appender::non_blocking(Redacted(std::fs::File::create(&path).unwrap()));
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
        tracing::subscriber::with_default(Registry::default().with(layer), || {
            tracing::warn!(key = "sk-proj-abcdefghijkl", "Bearer {}", "abcdefghijkl");
        });
        drop(guard);
        let logged = std::fs::read_to_string(path).unwrap();
        assert!(logged.contains("Bearer …") && !logged.contains("abcdef"), "{logged}");
    }

    #[test]
    fn what_a_page_reports_is_one_short_line_without_quotes() {
        for (reported, logged) in [
            ("made by the test too\ntick@app.js:1:2", "made by the test too tick@app.js:1:2"),
            ("“Dana Reed” already practices on this device.", "… already practices on this device."),
            ("JSON error: \"I'm only \"looking\" today\" is not valid\ntick@app.js:1:2", "JSON error: … is not valid tick@app.js:1:2"),
            ("can't read 'it's what Dana said' of undefined", "can't read … of undefined"),
            ("never closed: `what Dana said", "never closed: …"),
        ] {
            assert_eq!(of_page(reported), logged);
        }
        assert_eq!(of_page(&"long ".repeat(1_000)).chars().count(), LONGEST);
    }
}
