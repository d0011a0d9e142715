//! Looks for a secret where it must not be: in every file under a folder, in every value of a data file, in what was printed. Not only as it is, but also packed and
//! in the forms that programs write text in, and not only the whole of it.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fs,
    io::Read,
    path::Path,
};

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use rusqlite::{Connection, OpenFlags, types::ValueRef};

use crate::fault;

/// A piece of this many characters counts: what is known by then is too much, and shorter ones could be there by chance.
const PIECE: usize = 12;
/// How a data file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// A secret to look for, in all its forms.
#[derive(Debug)]
pub struct Secret {
    /// Pieces of every form, by their length, with the form's name.
    pieces: HashMap<usize, HashMap<Vec<u8>, &'static str>>,
    /// Pairs of bytes that a piece begins with: nearly all of what is searched has none of them and is passed over at once.
    begins: HashSet<[u8; 2]>,
}

impl Secret {
    /// The forms of this secret: as it is and turned round, in base64 (plain and for addresses, wherever it begins in what was encoded), in hexadecimal, in UTF-16.
    ///
    /// # Panics
    /// For one that is too short to be told from chance.
    #[must_use]
    pub fn new(text: &str) -> Self {
        assert!(text.len() >= PIECE && text.is_ascii(), "a secret to look for is ASCII and has {PIECE} characters or more");
        let mut secret = Self { pieces: HashMap::new(), begins: HashSet::new() };
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        secret.add("as it is", PIECE, text.as_bytes());
        secret.add("turned round", PIECE, text.chars().rev().collect::<String>().as_bytes());
        secret.add("in hexadecimal", 2 * PIECE, hex.as_bytes());
        secret.add("in hexadecimal", 2 * PIECE, hex.to_uppercase().as_bytes());
        secret.add("in UTF-16", 2 * PIECE, &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        secret.add("in UTF-16", 2 * PIECE, &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
        for before in 0..3 {
            for signs in [b"+/", b"-_"] {
                secret.add("in base64", PIECE / 3 * 4, &base64(before, text.as_bytes(), signs));
            }
        }
        secret
    }

    fn add(&mut self, form: &'static str, length: usize, bytes: &[u8]) {
        let pieces = self.pieces.entry(length).or_default();
        for piece in bytes.windows(length) {
            pieces.insert(piece.to_vec(), form);
            self.begins.insert([piece[0], piece[1]]);
        }
    }

    /// The forms in which the secret, or a piece of it, is in these bytes.
    #[must_use]
    pub fn forms_in(&self, bytes: &[u8]) -> BTreeSet<&'static str> {
        // A table, since a set is asked too slowly for a million bytes.
        let mut begins = vec![false; 1 << 16];
        self.begins.iter().for_each(|pair| begins[usize::from(u16::from_be_bytes(*pair))] = true);
        let mut forms = BTreeSet::new();
        for (at, pair) in bytes.windows(2).enumerate() {
            if begins[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] {
                let piece_of =
                    |(length, pieces): (&usize, &HashMap<Vec<u8>, &'static str>)| pieces.get(bytes.get(at..at + length)?).copied();
                forms.extend(self.pieces.iter().filter_map(piece_of));
            }
        }
        forms
    }

    /// Where the secret is under this folder: in names and contents of files, and in the values of data files, packed ones too. A line each, empty where all is well.
    ///
    /// # Panics
    /// Where something cannot be read: what was not searched is not clean.
    #[must_use]
    pub fn traces_under(&self, folder: &Path) -> Vec<String> {
        let mut traces = Vec::new();
        for file in fault::files(folder) {
            let path = file.strip_prefix(folder).expect("a file under the folder").display().to_string();
            let bytes = fs::read(&file).expect("a readable file");
            traces.extend(self.said(&format!("the name of {path}"), path.as_bytes()));
            traces.extend(self.in_packed(&path, &bytes));
            if bytes.starts_with(SQLITE) {
                traces.extend(self.in_data_file(&file, &path));
            }
        }
        traces
    }

    /// Where the secret is in what was printed: pairs of a name and a text.
    #[must_use]
    pub fn traces_in(&self, printed: &[(&str, &str)]) -> Vec<String> {
        printed.iter().flat_map(|(name, text)| self.said(name, text.as_bytes())).collect()
    }

    fn said(&self, place: &str, bytes: &[u8]) -> Vec<String> {
        self.forms_in(bytes).into_iter().map(|form| format!("{place}: {form}")).collect()
    }

    /// In these bytes, as they are and unpacked.
    fn in_packed(&self, place: &str, bytes: &[u8]) -> Vec<String> {
        let mut traces = self.said(place, bytes);
        let unpackers: [Box<dyn Read + '_>; 3] =
            [Box::new(DeflateDecoder::new(bytes)), Box::new(ZlibDecoder::new(bytes)), Box::new(GzDecoder::new(bytes))];
        for mut unpacker in unpackers {
            let mut unpacked = Vec::new();
            // What is not packed, or not to its end, gives what it has until then.
            drop(unpacker.read_to_end(&mut unpacked));
            traces.extend(self.said(&format!("{place}, unpacked"), &unpacked));
        }
        traces
    }

    /// In every value of a data file: there a long one lies in pieces all over the file.
    fn in_data_file(&self, file: &Path, path: &str) -> Vec<String> {
        let mut traces = Vec::new();
        let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a data file that opens");
        let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("a data file");
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).expect("a data file").collect::<rusqlite::Result<_>>().expect("names of tables");
        for table in tables {
            let mut all = db.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
            let columns = all.column_count();
            let mut rows = all.query([]).expect("a table");
            while let Some(row) = rows.next().expect("a readable row") {
                for column in 0..columns {
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).expect("a value") {
                        traces.extend(self.in_packed(&format!("{path}, {table}"), bytes));
                    }
                }
            }
        }
        traces
    }
}

/// Base64 of these bytes where this many others stand before them, without the signs at both ends that depend on what is beside them.
fn base64(before: usize, bytes: &[u8], last_signs: &[u8; 2]) -> Vec<u8> {
    let mut signs: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').collect();
    signs.extend(last_signs);
    let all: Vec<u8> = std::iter::repeat_n(0, before).chain(bytes.iter().copied()).collect();
    let mut bits = all.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let mut encoded = Vec::new();
    for _ in 0..all.len() * 8 / 6 {
        let value = (0..6).fold(0, |value, _| value << 1 | bits.next().unwrap_or(0));
        encoded.push(signs[usize::from(value)]);
    }
    encoded.split_off((before * 8).div_ceil(6))
}
