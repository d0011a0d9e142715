//! How the customer sounds: a program that is run where it is installed, else one tone a word.

use std::{
    env, f64,
    io::{self, Cursor, Write},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

/// Samples a second of what is spoken.
pub(super) const RATE: usize = 48_000;

/// Length of a tone and of the pause after it, in samples.
const TONE: usize = RATE * 13 / 100;
const PAUSE: usize = RATE * 5 / 100;

/// How the customer sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// By the program espeak-ng, at this place. It is run, never linked.
    Espeak(PathBuf),
    /// One tone a word.
    Tones,
}

/// A word, and where it begins in the sound, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) at_ms: u64,
    /// With the space after it.
    pub(super) text: String,
}

/// Something spoken: mono sound at [`RATE`], and when each word comes.
#[derive(Debug, Clone, Default)]
pub(super) struct Speech {
    pub(super) sound: Vec<i16>,
    pub(super) words: Vec<Word>,
}

impl Speech {
    /// How long it lasts, in milliseconds.
    pub(super) fn length_ms(&self) -> u64 {
        ms(self.sound.len())
    }
}

impl Voice {
    /// The best that is found on this machine.
    #[must_use]
    pub fn best() -> Self {
        let name = format!("espeak-ng{}", env::consts::EXE_SUFFIX);
        let found =
            env::var_os("PATH").and_then(|path| env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file()));
        found.map_or(Self::Tones, Self::Espeak)
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Espeak(_) => "espeak-ng",
            Self::Tones => "tones",
        }
    }

    /// Speaks a text. It blocks while a program runs; where that fails, there are tones.
    pub(super) fn speak(&self, text: &str, speed: f64) -> Speech {
        match self {
            Self::Espeak(program) => match run(program, text, speed) {
                Ok(sound) if !sound.is_empty() => Speech { words: spread(text, ms(sound.len())), sound },
                Ok(_) => tones(text),
                Err(error) => {
                    tracing::warn!(kind = ?error.kind(), "the speech program failed");
                    tones(text)
                }
            },
            Self::Tones => tones(text),
        }
    }
}

/// Runs the program and reads the sound that it writes.
fn run(program: &PathBuf, text: &str, speed: f64) -> io::Result<Vec<i16>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of words a minute")]
    let pace = (175.0 * speed).clamp(80.0, 400.0) as u32;
    let mut command = Command::new(program);
    command.args(["-v", "en-us", "-s", &pace.to_string(), "--stdin", "--stdout"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    // Written beside the reading: a full pipe would stop both.
    let words = text.to_owned();
    let writer = child.stdin.take().map(|mut input| thread::spawn(move || input.write_all(words.as_bytes())));
    let output = child.wait_with_output()?;
    if let Some(writer) = writer {
        writer.join().map_err(|_| io::Error::other("the words could not be passed on"))??;
    }
    let mut wave = hound::WavReader::new(Cursor::new(output.stdout)).map_err(io::Error::other)?;
    let rate = wave.spec().sample_rate as usize;
    // Written to a pipe, the header cannot know the length: what is there is what there is.
    let sound: Vec<i16> = wave.samples::<i16>().map_while(Result::ok).collect();
    Ok(resampled(&sound, rate))
}

/// The same sound at [`RATE`], on straight lines between samples.
fn resampled(sound: &[i16], rate: usize) -> Vec<i16> {
    let length = sound.len() * RATE / rate.max(1);
    let at = |place: usize| {
        let (whole, part) = (place * rate / RATE, place * rate % RATE);
        let sample = |index: usize| i64::from(sound.get(index).or(sound.last()).copied().unwrap_or(0));
        let (now, next) = (sample(whole), sample(whole + 1));
        let (part, all) = (i64::try_from(part).unwrap_or(0), i64::try_from(RATE).unwrap_or(1));
        i16::try_from(now + (next - now) * part / all).unwrap_or(0)
    };
    (0..length).map(at).collect()
}

/// One tone a word, higher for a longer one.
fn tones(text: &str) -> Speech {
    let mut speech = Speech::default();
    for word in pieces(text) {
        speech.words.push(Word { at_ms: ms(speech.sound.len()), text: word.clone() });
        let pitch = 220.0 + 20.0 * f64::from(u32::try_from(word.len().min(20)).unwrap_or(0));
        speech.sound.extend((0..TONE).map(|at| tone(at, pitch)));
        speech.sound.extend(std::iter::repeat_n(0, PAUSE));
    }
    speech
}

/// A sample of a tone that swells and fades, so that it does not click.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a tenth of a second of samples, each below 12000")]
fn tone(at: usize, pitch: f64) -> i16 {
    let (at, length) = (at as f64, TONE as f64);
    let swell = (f64::consts::PI * at / length).sin();
    (12_000.0 * swell * (f64::consts::TAU * pitch * at / RATE as f64).sin()) as i16
}

/// Words with when each comes, spread by their letters.
fn spread(text: &str, length_ms: u64) -> Vec<Word> {
    let words = pieces(text);
    let letters = |word: &String| u64::try_from(word.len()).unwrap_or(1);
    let all: u64 = words.iter().map(letters).sum::<u64>().max(1);
    let mut before = 0;
    let place = |word: String| {
        let at_ms = length_ms * before / all;
        before += letters(&word);
        Word { at_ms, text: word }
    };
    words.into_iter().map(place).collect()
}

/// The words of a text, each with its space.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    words.iter().enumerate().map(|(at, word)| if at == last { (*word).to_owned() } else { format!("{word} ") }).collect()
}

fn ms(samples: usize) -> u64 {
    u64::try_from(samples * 1000 / RATE).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_speech_are_its_text_and_come_in_order() {
        let speech = Voice::Tones.speak("Good morning to you.", 1.0);
        let said: String = speech.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(said, "Good morning to you.");
        assert!(speech.words.is_sorted_by(|a, b| a.at_ms < b.at_ms));
        assert_eq!(speech.length_ms(), 4 * 180);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_speech_program_speaks_the_whole_text() {
        let voice = Voice::best();
        assert_eq!(voice.name(), "espeak-ng", "`cargo xtask setup` installs it");
        let speech = voice.speak("-q Good morning. Who is the coat for?", 1.0);
        assert!((1000..6000).contains(&speech.length_ms()), "{}", speech.length_ms());
        assert_eq!(speech.words.len(), 8);
        assert!(speech.sound.iter().any(|sample| sample.unsigned_abs() > 3000));
    }

    #[test]
    fn a_program_that_is_not_there_is_replaced_by_tones() {
        let speech = Voice::Espeak("/no/such/program".into()).speak("Two words", 1.0);
        assert_eq!(speech.length_ms(), 2 * 180);
    }

    #[test]
    fn sound_keeps_its_length_at_another_rate() {
        let sound: Vec<i16> = (0..22_050).map(|at| (at % 100) as i16).collect();
        assert_eq!(resampled(&sound, 22_050).len(), RATE);
    }
}
