//! Takes in the data of the side-by-side measurement: the tables of the original server, with their ids and texts. Ids of prices, responses and tips are made anew
//! from their place, as everywhere in this hub; the titles and categories of tips are not kept.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::Arc,
};

use anyhow::{Context, Result, anyhow};
use rusqlite::{Connection, OpenFlags, Row, types::FromSql};
use sellme_app::{
    Device,
    company::{Company, NewPerson},
};
use sellme_core::{
    Millis,
    catalog::{
        Catalog, Category, Difficulty, Feature, Importance, Need, Objection, ObjectionCategory, Persona, Product, RaisedObjection,
        Response, Scenario, Tier, Tip,
    },
    company::{Role, Verification},
    id::{SessionId, UserId},
    scoring::report::Metrics,
    session::{Status, Visibility},
};
use sellme_store::company::{Attempt, CompanyStore, NewAccount};
use uuid::Uuid;

use crate::{config::Records, device::ThisMachine};

/// Sessions of one transaction.
const AT_ONCE: usize = 2_000;

/// The company that everything goes to, and who may act for everybody in it.
const COMPANY: &str = "Reference";
const ADMIN: &str = "admin@example.test";

/// The people of the reference whom nobody asks about, by their place: those who practise while it is measured.
const PRACTISING: std::ops::Range<usize> = 4..36;

/// Takes in a database, its sessions so many times: once as they are, then as sessions of those who practise while it is measured. An admin's header lines are left
/// beside the records, for whoever measures.
///
/// # Errors
/// A database that is not the reference's, records that are not empty.
pub async fn reference(from: &Path, records: &Records, times: u32) -> Result<()> {
    let db = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY).context("the reference's database cannot be opened")?;
    let (place, now) = (records.place()?, ThisMachine.now());
    // Connecting to PostgreSQL waits on a runtime of its own, which no thread of this one may.
    let store = tokio::task::spawn_blocking(move || CompanyStore::open(&place, now)).await?.map_err(|error| anyhow!("{error}"))?;
    let company = Company::new(store.clone(), Arc::new(ThisMachine));
    let catalog = catalog(&db)?;
    let organisation = company.add_organisation_with(COMPANY, catalog.revision, &serde_json::to_string(&catalog)?).await?;
    let password = Uuid::new_v4().to_string();
    let admin =
        NewPerson { email: ADMIN.to_owned(), name: "Admin".to_owned(), role: Role::Admin, shop: None, password: Some(password.clone()) };
    company.add_person(organisation, None, &admin).await?;
    let (people, sessions) = (people(&db)?, sessions(&db)?);
    let practising: Vec<UserId> = people.iter().map(|account| account.id).skip(PRACTISING.start).take(PRACTISING.len()).collect();
    store.import(organisation, people, Vec::new()).await?;
    for time in 0..times.max(1) {
        for some in sessions.chunks(AT_ONCE) {
            let mut some = some.to_vec();
            if time > 0 {
                for ((attempt, ..), account) in some.iter_mut().zip(practising.iter().cycle()) {
                    (attempt.id, attempt.account) = (SessionId(another(attempt.id.0, time)), *account);
                }
            }
            store.import(organisation, Vec::new(), some).await?;
        }
    }
    let signed_in = company.sign_in(ADMIN, &password, None, "measurement").await?;
    fs::write(records.data_dir.join("bench-headers"), format!("Authorization: Bearer {}\n", signed_in.secret.reveal()))?;
    company.close();
    Ok(())
}

/// The id of a session that is taken in once more: its first bytes count the times.
fn another(id: Uuid, time: u32) -> Uuid {
    Uuid::from_u128(id.as_u128() ^ (u128::from(time) << 96))
}

/// Every row of a question.
fn all<T>(db: &Connection, sql: &str, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    Ok(db.prepare(sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Rows by what they belong to, which is the last column.
fn grouped<T>(db: &Connection, sql: &str, last: usize, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<HashMap<String, Vec<T>>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for (owner, row) in all(db, sql, |row| Ok((one::<String>(row, last)?, read(row)?)))? {
        groups.entry(owner).or_default().push(row);
    }
    Ok(groups)
}

fn one<T: FromSql>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get(column)
}

fn catalog(db: &Connection) -> Result<Catalog> {
    let categories = all(db, "SELECT DISTINCT category FROM Product ORDER BY 1", |row| one::<String>(row, 0))?;
    let mut products = all(db, "SELECT id, sku, name, category, description FROM Product ORDER BY rowid", |row| {
        Ok(Product {
            id: one(row, 0)?,
            sku: one(row, 1)?,
            name: one(row, 2)?,
            category: one(row, 3)?,
            description: one(row, 4)?,
            sample: false,
            art: String::new(),
            line: String::new(),
            tiers: Vec::new(),
            features: Vec::new(),
            claims: Vec::new(),
            objections: Vec::new(),
            tips: Vec::new(),
            scenarios: Vec::new(),
        })
    })?;
    let tier = |row: &Row<'_>| {
        Ok(Tier { name: one(row, 0)?, price_cents: one(row, 1)?, note: one::<Option<String>>(row, 2)?.unwrap_or_default() })
    };
    let mut tiers = grouped(db, "SELECT name, CAST(round(price * 100) AS INTEGER), description, productId FROM PricingTier", 3, tier)?;
    let mut features = grouped(db, "SELECT id, name, description, importance, productId FROM ProductFeature", 4, feature)?;
    let mut responses = grouped(db, "SELECT text, objectionId FROM ObjectionResponse", 1, |row| {
        Ok(Response { clarify: String::new(), acknowledge: String::new(), answer: one(row, 0)?, check: String::new() })
    })?;
    let mut objections = grouped(db, "SELECT id, text, category, productId FROM Objection", 3, objection)?;
    let mut tips = grouped(db, "SELECT content, productId FROM TrainingTip", 1, |row| Ok(Tip { text: one(row, 0)? }))?;
    let columns = "id, name, description, customerType, difficulty, painPoints, needs, objections, productId";
    let mut scenarios = grouped(db, &format!("SELECT {columns} FROM Scenario"), 8, scenario)?;
    for product in &mut products {
        product.tiers = tiers.remove(&product.id).unwrap_or_default();
        product.features = features.remove(&product.id).unwrap_or_default();
        product.objections = objections.remove(&product.id).unwrap_or_default();
        for objection in &mut product.objections {
            objection.responses = responses.remove(&objection.id).unwrap_or_default();
        }
        product.tips = tips.remove(&product.id).unwrap_or_default();
        product.scenarios = scenarios.remove(&product.id).unwrap_or_default();
    }
    let category = |name: String| Category { id: name.clone(), name };
    Ok(Catalog { revision: 1, categories: categories.into_iter().map(category).collect(), policies: Vec::new(), products })
}

fn feature(row: &Row<'_>) -> rusqlite::Result<Feature> {
    let importance = match one::<i64>(row, 3)? {
        3.. => Importance::High,
        2 => Importance::Medium,
        _ => Importance::Low,
    };
    Ok(Feature { id: one(row, 0)?, name: one(row, 1)?, importance, fact: one(row, 2)?, benefit: String::new(), says: Vec::new() })
}

fn objection(row: &Row<'_>) -> rusqlite::Result<Objection> {
    let category = match one::<String>(row, 2)?.as_str() {
        "QUALITY" => ObjectionCategory::Quality,
        "COMPETITION" => ObjectionCategory::Competition,
        _ => ObjectionCategory::Price,
    };
    let (heard, answers, features, responses) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Ok(Objection { id: one(row, 0)?, category, line: one(row, 1)?, heard, answers, features, responses })
}

fn scenario(row: &Row<'_>) -> rusqlite::Result<Scenario> {
    let list = |column| -> rusqlite::Result<Vec<String>> { Ok(serde_json::from_str(&one::<String>(row, column)?).unwrap_or_default()) };
    let need = |label: String| {
        let (told, hint, asked, says, features) = Default::default();
        Need { id: label.clone(), label, told, hint, asked, says, features }
    };
    let raised = |line: String| RaisedObjection { id: line.clone(), line, again: String::new(), settled: String::new(), hidden: false };
    Ok(Scenario {
        id: one(row, 0)?,
        title: one(row, 1)?,
        goal: one(row, 2)?,
        persona: if one::<String>(row, 3)? == "SKEPTICAL" { Persona::Skeptical } else { Persona::PriceConscious },
        difficulty: if one::<String>(row, 4)? == "EASY" { Difficulty::Easy } else { Difficulty::Medium },
        pain_points: list(5)?,
        needs: list(6)?.into_iter().map(need).collect(),
        objections: list(7)?.into_iter().map(raised).collect(),
        tests: String::new(),
        seen: Vec::new(),
        who: None,
        budget_cents: 0,
        opening: Vec::new(),
        goodbye_buy: Vec::new(),
        goodbye_leave: Vec::new(),
        answers: BTreeMap::new(),
        questions: Vec::new(),
        traps: Vec::new(),
        alternative: None,
    })
}

fn people(db: &Connection) -> Result<Vec<NewAccount>> {
    let rows = all(db, "SELECT id, email, name FROM User ORDER BY rowid", |row| Ok((one::<String>(row, 0)?, one(row, 1)?, one(row, 2)?)))?;
    let account = |(id, email, name): (String, String, String)| -> Result<NewAccount> {
        let id = UserId(Uuid::parse_str(&id)?);
        Ok(NewAccount { id, email, name, role: Role::Trainee, shop: None, password: None, created_at: Millis(0) })
    };
    rows.into_iter().map(account).collect()
}

fn sessions(db: &Connection) -> Result<Vec<(Attempt, String, String)>> {
    let sql = "SELECT id, userId, scenarioId, productId, metrics, overallScore, feedback, transcript,
          CAST(unixepoch(startTime) AS INTEGER), CAST(unixepoch(endTime) AS INTEGER) FROM TrainingSession ORDER BY rowid";
    all(db, sql, |row| {
        let uuid = |column| -> rusqlite::Result<Uuid> { Ok(Uuid::parse_str(&one::<String>(row, column)?).unwrap_or_default()) };
        let metrics: String = one(row, 4)?;
        let attempt = Attempt {
            id: SessionId(uuid(0)?),
            account: UserId(uuid(1)?),
            scenario_id: one(row, 2)?,
            product_id: one(row, 3)?,
            visibility: Visibility::Submitted,
            status: Status::Completed,
            catalog_revision: 1,
            started_at: Millis(one::<i64>(row, 8)? * 1_000),
            ended_at: Some(Millis(one::<i64>(row, 9)? * 1_000)),
            claimed_score: one(row, 5)?,
            verification: Some(Verification::Verified),
            score: one(row, 5)?,
            metrics: serde_json::from_str::<Metrics>(&metrics).unwrap_or_default(),
            claimed_metrics: Some(metrics),
            outcome: None,
            rubric: None,
        };
        Ok((attempt, one(row, 6)?, one(row, 7)?))
    })
}
