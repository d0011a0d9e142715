//! Many people at once, from a table: looked through as a whole first, and taken in as a whole or not at all.

use std::collections::{BTreeMap, HashMap};

use csv::{ReaderBuilder, StringRecord, Trim};
use sellme_core::{
    Error,
    company::Role,
    error::Result,
    id::{ShopId, UserId},
};
use sellme_store::StoreError;

use super::{Admin, Invitation, Invited};
use crate::company::{
    Company,
    people::{email, named},
};

/// Most people of one table, and most bytes.
const MOST: usize = 2_000;
const LONGEST: usize = 1_000_000;

/// The columns, in any order.
const COLUMNS: [&str; 4] = ["email", "name", "role", "storeName"];

/// What is wrong with a field of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadField {
    /// The line, from 1; the first has the names of the columns.
    pub line: u64,
    /// Which column; `line` where it is the line as a whole.
    pub column: &'static str,
    /// What is wrong.
    pub problem: String,
}

/// Somebody of a table.
#[derive(Debug)]
pub struct ImportedPerson {
    /// As they are added.
    pub person: Invited,
    /// Who they are from now on, and their invitation; none where it was only tried.
    pub added: Option<(UserId, Invitation)>,
}

/// What became of a table.
#[derive(Debug)]
pub enum Imported {
    /// Everybody of it was added, or would be.
    Done(Vec<ImportedPerson>),
    /// Something in it is not right, so that nobody was added.
    Refused(Vec<BadField>),
}

/// Somebody of a table, on which line.
type Lined = (u64, Invited);

impl Company {
    /// Adds everybody of a table, or nobody. With `dry_run` it only says what would become of it.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `InvalidInput` for what is no such table at all, or too long a one.
    pub async fn import_people(&self, by: &Admin, table: &[u8], dry_run: bool) -> Result<Imported> {
        let organisation = by.signed_in()?.organisation;
        let shops = self.store().shop_names(organisation).await?;
        let (people, mut bad) = read(table, &shops)?;
        let known = self.store().known_addresses(organisation, people.iter().map(|(_, person)| person.email.clone()).collect()).await?;
        let taken = people.iter().filter(|(_, person)| known.contains(&person.email));
        bad.extend(taken.map(|(line, person)| wrong(*line, "email", format!("somebody has the address “{}” already", person.email))));
        bad.sort_by_key(|bad| bad.line);
        if !bad.is_empty() {
            return Ok(Imported::Refused(bad));
        }
        let people = people.into_iter().map(|(_, person)| person);
        if dry_run {
            return Ok(Imported::Done(people.map(|person| ImportedPerson { person, added: None }).collect()));
        }
        let (mut rows, mut done) = (Vec::new(), Vec::new());
        for person in people {
            let added = self.to_be_added(by, &person)?;
            done.push(ImportedPerson { person, added: Some((added.account.id, added.invitation)) });
            rows.push((added.account, added.kept, added.deed));
        }
        match self.store().invite_people(organisation, rows).await {
            Err(StoreError::Exists { .. } | StoreError::NotFound { .. }) => {
                Err(Error::invalid("The company's people or stores changed meanwhile, so nobody was added. Try again."))
            }
            added => Ok(added.map(|()| Imported::Done(done))?),
        }
    }
}

/// Everybody of a table who is all right, and everything that is not.
fn read(table: &[u8], shops: &BTreeMap<String, ShopId>) -> Result<(Vec<Lined>, Vec<BadField>)> {
    if table.len() > LONGEST {
        return Err(Error::invalid(format!("body: a table has at most {LONGEST} bytes")));
    }
    // Spreadsheets put a mark before the first byte.
    let table = table.strip_prefix(b"\xef\xbb\xbf").unwrap_or(table);
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(table);
    let columns = columns(reader.headers().map_err(|_| no_header())?)?;
    let (mut people, mut bad, mut seen) = (Vec::new(), Vec::new(), HashMap::<String, u64>::new());
    let (mut record, mut at) = (csv::ByteRecord::new(), Counted::default());
    let mut lines = 0;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(Error::invalid(format!("body: this is no table: {error}"))),
        }
        lines += 1;
        if lines > MOST {
            return Err(Error::invalid(format!("body: a table has at most {MOST} people")));
        }
        let line = at.line(table, record.position().map_or(0, csv::Position::byte));
        let Ok(record) = StringRecord::from_byte_record(record.clone()) else {
            bad.push(wrong(line, "line", "it is not UTF-8"));
            continue;
        };
        if record.len() != COLUMNS.len() {
            bad.push(wrong(line, "line", format!("it has {} fields where {} are wanted", record.len(), COLUMNS.len())));
            continue;
        }
        let before = bad.len();
        let person = person(&record, columns, line, shops, &mut bad);
        if let Some(first) = seen.get(&person.email) {
            bad.push(wrong(line, "email", format!("the address is on line {first} already")));
        } else {
            seen.insert(person.email.clone(), line);
        }
        if bad.len() == before {
            people.push((line, person));
        }
    }
    if lines == 0 {
        return Err(Error::invalid("body: nobody is in the table"));
    }
    Ok((people, bad))
}

/// Lines of a table as somebody counts them who looks at it: empty ones too, however they end.
#[derive(Default)]
struct Counted {
    bytes: usize,
    lines: u64,
}

impl Counted {
    /// The line, from 1, of what begins at this byte or after the ends of lines that follow there.
    fn line(&mut self, table: &[u8], byte: u64) -> u64 {
        let mut start = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.bytes, table.len());
        start += table[start..].iter().take_while(|sign| matches!(sign, b'\r' | b'\n')).count();
        self.lines += table[self.bytes..start].iter().filter(|sign| **sign == b'\n').count() as u64;
        self.bytes = start;
        self.lines + 1
    }
}

/// Where each column is.
fn columns(header: &StringRecord) -> Result<[usize; 4]> {
    let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
    match COLUMNS.map(place) {
        [Some(email), Some(name), Some(role), Some(store)] if header.len() == COLUMNS.len() => Ok([email, name, role, store]),
        _ => Err(no_header()),
    }
}

fn no_header() -> Error {
    Error::invalid("body: the first line names the columns: email,name,role,storeName")
}

/// Somebody as a line has them; what is wrong with it is added to `bad`.
fn person(record: &StringRecord, columns: [usize; 4], line: u64, shops: &BTreeMap<String, ShopId>, bad: &mut Vec<BadField>) -> Invited {
    let [at_email, at_name, at_role, at_store] = columns.map(|column| record.get(column).unwrap_or_default());
    let email = email(at_email);
    if email.is_err() {
        bad.push(wrong(line, "email", "that is no address"));
    }
    let name = named("name", at_name);
    if name.is_err() {
        bad.push(wrong(line, "name", "it needs 1 to 120 characters on one line"));
    }
    let role =
        [("trainee", Role::Trainee), ("manager", Role::Manager), ("admin", Role::Admin)].into_iter().find(|(word, _)| *word == at_role);
    if role.is_none() {
        bad.push(wrong(line, "role", "trainee, manager or admin is wanted"));
    }
    let shop = shops.get(at_store).copied();
    if shop.is_none() && !at_store.is_empty() {
        let shown: String = at_store.chars().take(120).collect();
        bad.push(wrong(line, "storeName", format!("there is no store “{shown}”")));
    }
    Invited {
        email: email.unwrap_or_else(|_| at_email.to_lowercase()),
        name: name.unwrap_or_default(),
        role: role.map_or(Role::Trainee, |(_, role)| role),
        shop,
    }
}

fn wrong(line: u64, column: &'static str, problem: impl Into<String>) -> BadField {
    BadField { line, column, problem: problem.into() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shops() -> BTreeMap<String, ShopId> {
        BTreeMap::from([("Store 1".to_owned(), ShopId(uuid::Uuid::from_u128(1)))])
    }

    #[test]
    fn a_table_is_read_whatever_the_order_of_its_columns() {
        let table =
            "\u{feff}Role, StoreName ,NAME,email\r\nmanager,Store 1,\"Ortiz, Dana\", Dana@Example.com\r\n\r\ntrainee,,Lee,lee@example.com";
        let (people, bad) = read(table.as_bytes(), &shops()).unwrap();
        assert_eq!(bad, []);
        let said: Vec<_> = people.iter().map(|(line, person)| (*line, person.email.as_str(), person.name.as_str(), person.role)).collect();
        assert_eq!(said, [(2, "dana@example.com", "Ortiz, Dana", Role::Manager), (4, "lee@example.com", "Lee", Role::Trainee)]);
        assert_eq!((people[0].1.shop, people[1].1.shop), (Some(ShopId(uuid::Uuid::from_u128(1))), None));
    }

    #[test]
    fn everything_that_is_wrong_is_named_with_its_line_and_column() {
        let table = b"email,name,role,storeName\nnobody,,owner,Nowhere\na@example.com,A,trainee\nA@example.com,A,trainee,\na@example.com,B,admin,\n\xff@example.com,A,trainee,\n";
        let (people, bad) = read(table, &shops()).unwrap();
        let places: Vec<_> = bad.iter().map(|bad| (bad.line, bad.column)).collect();
        assert_eq!(places, [(2, "email"), (2, "name"), (2, "role"), (2, "storeName"), (3, "line"), (5, "email"), (6, "line")]);
        assert_eq!(people.len(), 1);
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        let long = format!("email,name,role,storeName\n{}", "a@b.c,A,trainee,\n".repeat(MOST + 1));
        let huge = "x".repeat(LONGEST + 1);
        for table in
            ["", "email,name,role", "email,name,role,storeName,more", "email,name,role,email", "email,name,role,storeName\n", &long, &huge]
        {
            assert!(read(table.as_bytes(), &shops()).is_err(), "{}", &table[..table.len().min(60)]);
        }
    }
}
