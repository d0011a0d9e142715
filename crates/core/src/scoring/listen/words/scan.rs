//! From text to raw words: where they are, what stands between them, what is money.

use super::{
    contraction::{Expansion, expand},
    id::{Stems, WordId},
};

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// A space, a hyphen or nothing.
    None,
    /// A comma or the like.
    Comma,
    /// A full stop or the like.
    Stop,
    /// A question mark.
    Asked,
}

/// One word of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word in lower case, numbers in digits.
    pub(crate) id: WordId,
    /// Its stem.
    pub(crate) stem: WordId,
    /// First character in the turn's text.
    pub(crate) start: u32,
    /// After the last character.
    pub(crate) end: u32,
    /// First byte.
    pub(crate) from: u32,
    /// After the last byte.
    pub(crate) to: u32,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Its value in hundredths, where it is a number.
    pub(crate) number: Option<i64>,
    /// True where it was written as money: `$119`.
    pub(crate) money: bool,
    /// True where it was written with two decimals: `24.95`.
    pub(crate) decimals: bool,
    /// True where it was written with a capital first letter.
    pub(crate) capital: bool,
}

/// Largest number that is read, in whole units.
const LARGEST: i64 = 99_999_999;

/// The words of a text, contractions in full, numbers in digits still one by one.
pub(super) fn scan(text: &str, stems: &Stems) -> (Vec<Word>, Gap) {
    let mut scanner = Scanner { words: Vec::with_capacity(text.len() / 5 + 1), gap: Gap::Stop, money: false, stems, raw: String::new() };
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((start, (from, c))) = chars.next() {
        if !c.is_alphanumeric() {
            scanner.separator(c, from);
            continue;
        }
        scanner.raw.clear();
        push_lower(&mut scanner.raw, c);
        let (mut end, mut to, mut last) = (start + 1, from + c.len_utf8(), c);
        while let Some(&(at, (byte, next))) = chars.peek() {
            let after = text[byte + next.len_utf8()..].chars().next();
            let joins = next.is_alphanumeric()
                || is_mark(next)
                || (is_apostrophe(next) && last.is_alphabetic())
                || (matches!(next, '.' | ',') && last.is_ascii_digit() && digits_follow(next, &text[byte + 1..], after));
            if !joins {
                break;
            }
            if is_apostrophe(next) {
                scanner.raw.push('\'');
            } else {
                push_lower(&mut scanner.raw, next);
            }
            (end, to, last) = (at + 1, byte + next.len_utf8(), next);
            chars.next();
        }
        scanner.word(c, [start, end, from, to]);
    }
    let gap = scanner.gap;
    (scanner.words, gap)
}

struct Scanner<'a> {
    words: Vec<Word>,
    gap: Gap,
    money: bool,
    stems: &'a Stems,
    raw: String,
}

impl Scanner<'_> {
    fn separator(&mut self, c: char, from: usize) {
        let sign = matches!(c, '$' | '€' | '£');
        let before = self.words.last_mut().filter(|last| sign && last.number.is_some() && last.to as usize == from);
        self.money = match before {
            Some(amount) => {
                amount.money = true;
                false
            }
            None => sign || (self.money && c == ' '),
        };
        let gap = match c {
            '?' | '？' | '؟' => Gap::Asked,
            '.' | '!' | '\n' | '\r' | '…' | '。' | '！' => Gap::Stop,
            ',' | ';' | ':' | '(' | ')' | '—' | '–' | '，' | '“' | '”' | '"' => Gap::Comma,
            '%' => {
                self.percent();
                Gap::None
            }
            _ => Gap::None,
        };
        self.gap = self.gap.max(gap);
    }

    fn percent(&mut self) {
        if let Some(last) = self.words.last().copied().filter(|last| last.number.is_some() && self.gap == Gap::None) {
            let id = WordId::of("percent");
            self.words.push(Word { id, stem: self.stems.stem("percent"), number: None, gap: Gap::None, ..last });
        }
    }

    fn word(&mut self, first: char, [start, end, from, to]: [usize; 4]) {
        let raw = std::mem::take(&mut self.raw);
        let money = std::mem::take(&mut self.money);
        let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let word = Word {
            id: WordId::of(&raw),
            stem: WordId::of(&raw),
            start: small(start),
            end: small(end),
            from: small(from),
            to: small(to),
            gap: std::mem::replace(&mut self.gap, Gap::None),
            number: None,
            money: false,
            decimals: false,
            capital: first.is_uppercase(),
        };
        let trimmed = raw.trim_end_matches('\'');
        if first.is_ascii_digit() && self.digits(trimmed, money, word) {
            // pushed as a number
        } else {
            match expand(trimmed) {
                Some(Expansion::Whole(parts)) => parts.iter().for_each(|part| self.push(part, word)),
                Some(Expansion::Tail(head, tail)) => {
                    self.push(head, word);
                    self.push(tail, word);
                }
                Some(Expansion::Head(head)) => self.push(head, word),
                None => self.push(trimmed, word),
            }
        }
        self.raw = raw;
    }

    /// Only the first word of a contraction follows the gap.
    fn push(&mut self, text: &str, word: Word) {
        let same_place = self.words.last().is_some_and(|last| last.from == word.from && last.to == word.to);
        let gap = if same_place { Gap::None } else { word.gap };
        self.words.push(Word { id: WordId::of(text), stem: self.stems.stem(text), gap, ..word });
    }

    fn digits(&mut self, raw: &str, money: bool, word: Word) -> bool {
        let (raw, scale) = match raw.strip_suffix('k') {
            Some(head) => (head, 1000),
            None => (raw, 1),
        };
        let plain: String = raw.chars().filter(|c| *c != ',').collect();
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let (Ok(units), true) = (whole.parse::<i64>(), part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())) else {
            return false;
        };
        if units > LARGEST / scale {
            return false;
        }
        let cents = match part.len() {
            0 => 0,
            1 => part.parse::<i64>().unwrap_or(0) * 10,
            _ => part.parse::<i64>().unwrap_or(0),
        };
        let value = (units * 100 + cents) * scale;
        self.words.push(number(value, Word { money, decimals: part.len() == 2, ..word }));
        true
    }
}

/// A word that is a number of so many hundredths: whole numbers have no decimals, others two.
pub(super) fn number(value: i64, word: Word) -> Word {
    let text = if value % 100 == 0 { (value / 100).to_string() } else { format!("{}.{:02}", value / 100, value % 100) };
    let id = WordId::of(&text);
    Word { id, stem: id, number: Some(value), ..word }
}

fn push_lower(raw: &mut String, c: char) {
    if c.is_ascii() { raw.push(c.to_ascii_lowercase()) } else { raw.extend(c.to_lowercase()) }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '´')
}

/// Marks that sit on a letter and belong to its word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a point or comma within digits belongs to the number: `24.95`, `1,100`, and no other.
fn digits_follow(mark: char, rest: &str, next: Option<char>) -> bool {
    if !next.is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    mark == '.' || (rest.bytes().take_while(u8::is_ascii_digit).take(4).count() == 3)
}
