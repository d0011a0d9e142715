//! Ten thousand sessions of forty turns and ten thousand products: how much room they take and how long questions about them last.
//!
//! `cargo run --release -p sellme-store --example many -- FOLDER`
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use sellme_core::{
    Millis,
    catalog::{Catalog, Feature, Importance, Product},
    scoring::{
        cue::{Cue, CueKind, Span, Strength, Verdict},
        report::{Message, Point, Quote, Skill, SkillScore},
    },
    session::{Outcome, Session, Speaker, Status, Turn},
    wire::HistoryQuery,
};
use sellme_store::{Folder, FolderLock, SqliteStore, StoredSession};
use support::{NOON, TODAY, claim, objection, profile, report, session, user, wait};

const WORDS: &str = "the a boots leather sole heel stitched welt hat brim crown felt belt buckle concho silver turquoise price dollars sale return \
     exchange fit size wide narrow weather rain mud ranch work ride horse saddle family gift birthday wife husband son daughter store \
     walk stand day week month year last long short warm cold summer winter coat jacket wool cotton lined oil wax care clean dry";

/// A small generator: the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn sentence(&mut self, length: usize) -> String {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        (0..length).map(|_| words[self.next(words.len())]).collect::<Vec<_>>().join(" ")
    }
}

fn practised(number: u128, numbers: &mut Numbers) -> StoredSession {
    let started_at = Millis(NOON.0 - (10_000 - i64::try_from(number).unwrap()) * 6_300_000);
    let product = numbers.next(36);
    let score = u8::try_from(40 + numbers.next(60)).unwrap();
    let turns: Vec<Turn> = (0..40)
        .map(|index| {
            let rare = if index == 21 && number.is_multiple_of(100) { " zebrawood" } else { "" };
            let length = 8 + numbers.next(16);
            let text = format!("{} everywhere{rare} {}", numbers.sentence(length), numbers.sentence(4));
            Turn::typed(index, if index % 2 == 0 { Speaker::Customer } else { Speaker::Rep }, text)
        })
        .collect();
    let mut made = report(Some(score), Outcome::Sale);
    let mut quote = |length: u32| {
        let turn = &turns[numbers.next(40)];
        Quote {
            turn: turn.index,
            span: Span { start: 3, end: 3 + length },
            text: turn.text.chars().skip(3).take(length as usize).collect(),
        }
    };
    made.cues = (0..90).map(|_| cue(quote(24))).collect();
    made.skills = Skill::ALL.map(|skill| skill_score(skill, (0..14).map(|_| quote(40)).collect())).to_vec();
    made.claims = (0..6).map(|_| claim(Verdict::Supported, &quote(40).text)).collect();
    made.objections = (0..4).map(|_| objection(true, &quote(50).text)).collect();
    let session = Session {
        status: Status::Completed,
        outcome: Some(Outcome::Sale),
        overall_score: Some(score),
        ended_at: Some(Millis(started_at.0 + 900_000)),
        product_id: format!("product-{product}"),
        scenario_id: format!("product-{product}-{}", numbers.next(2)),
        ..session(number, user(1), started_at)
    };
    StoredSession { session, turns, signals: Vec::new(), report: Some(made) }
}

fn cue(quote: Quote) -> Cue {
    Cue {
        kind: CueKind::OpenQuestion,
        turn: quote.turn,
        span: quote.span,
        quote: quote.text,
        rule: "question-open-how".to_owned(),
        subject: Some("material".to_owned()),
        refers_to: None,
        strength: Strength::Plain,
        verdict: None,
    }
}

fn skill_score(skill: Skill, quotes: Vec<Quote>) -> SkillScore {
    let point = |quote| Point {
        rule: "fact-tied".to_owned(),
        label: Message::new("point-fact-tied").with("feature", "welt"),
        value: 3,
        quote: Some(quote),
    };
    SkillScore {
        skill,
        weight: 25,
        score: Some(50),
        earned: 20,
        available: 40,
        not_observed: None,
        points: quotes.into_iter().map(point).collect(),
    }
}

fn shop(numbers: &mut Numbers) -> Catalog {
    let mut product = |number: usize| Product {
        id: format!("product-{number}"),
        sku: format!("SKU-{number:05}"),
        name: format!("{} {number}", numbers.sentence(3)),
        category: format!("category-{}", number % 8),
        sample: false,
        art: String::new(),
        line: String::new(),
        description: format!("{} {}", numbers.sentence(30), if number % 100 == 7 { "hand-zebrawooded" } else { "plain" }),
        tiers: Vec::new(),
        features: vec![Feature {
            id: "f".into(),
            name: numbers.sentence(3),
            importance: Importance::High,
            fact: numbers.sentence(15),
            benefit: numbers.sentence(10),
            says: Vec::new(),
        }],
        claims: Vec::new(),
        objections: Vec::new(),
        tips: Vec::new(),
        scenarios: Vec::new(),
    };
    Catalog { revision: 1, categories: Vec::new(), policies: Vec::new(), products: (0..10_000).map(&mut product).collect() }
}

/// Median of twenty-one.
fn timed(what: &str, mut ask: impl FnMut()) {
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let from = Instant::now();
            ask();
            from.elapsed()
        })
        .collect();
    let first = times[0];
    times.sort();
    println!("{what:<56} {:>9.3} ms   first {:>9.3} ms", times[10].as_secs_f64() * 1e3, first.as_secs_f64() * 1e3);
}

fn main() {
    let folder = Folder::at(std::env::args().nth(1).expect("names a folder"));
    let _lock = FolderLock::take(&folder).unwrap();
    let store = SqliteStore::open(&folder, NOON).unwrap().store;
    let mut numbers = Numbers(7);
    if wait(store.profiles()).unwrap().is_empty() {
        wait(store.create_profile(&profile(1, "Dana"))).unwrap();
        let few = [0, 100, 10_000];
        for step in few.windows(2) {
            for from in (step[0]..step[1]).step_by(500) {
                let until = (from + 500).min(step[1]);
                wait(store.import((from..until).map(|number| practised(number, &mut numbers)).collect())).unwrap();
            }
            timed(&format!("tallies over {} sessions", step[1]), || drop(wait(store.tallies(user(1), 60, TODAY)).unwrap()));
        }
        wait(store.index_products(&shop(&mut numbers))).unwrap();
    }
    timed("tallies", || drop(wait(store.tallies(user(1), 60, TODAY)).unwrap()));
    timed("attempts", || drop(wait(store.attempts(user(1))).unwrap()));
    for text in ["zebrawood", "everywhere", "every", "boots silver", "the", "\"silver boots\"", "zebra"] {
        let query = HistoryQuery { text: Some(text.into()), ..HistoryQuery::default() };
        let found = wait(store.history(user(1), query.clone(), NOON)).unwrap();
        let marked = found.rows.iter().filter(|(_, snippet)| snippet.is_some()).count();
        timed(&format!("history for {text} ({} of {}, {marked} marked)", found.matching, found.total), || {
            drop(wait(store.history(user(1), query.clone(), NOON)).unwrap());
        });
    }
    timed("history, first page", || drop(wait(store.history(user(1), HistoryQuery::default(), NOON)).unwrap()));
    let sold = HistoryQuery { product_id: Some("product-7".into()), outcome: Some(Outcome::Sale), ..HistoryQuery::default() };
    timed("history of one product", || drop(wait(store.history(user(1), sold.clone(), NOON)).unwrap()));
    for text in ["turquoise", "turq", "t", "zz", "zebrawood", "brawoo", "belt buckle", "SKU-00412", "", "leather sole heel"] {
        let found = wait(store.search_products(text, None)).unwrap().len();
        timed(&format!("products for “{text}” ({found})"), || drop(wait(store.search_products(text, None)).unwrap()));
    }
    timed("one session with its report", || drop(wait(store.session(support::id(5_000))).unwrap()));
    store.close();
    println!("{:.1} MB", std::fs::metadata(folder.file()).unwrap().len() as f64 / 1e6);
}
