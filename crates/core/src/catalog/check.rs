//! What must hold in a catalogue beyond its shape. Everything that does not hold is reported with its file, entry and field.

use std::{cell::RefCell, collections::HashSet};

use super::{
    Catalog, CatalogError, Claim, ClaimKind, Difficulty, Product, Scenario,
    bounds::{self, LINE, PATTERN, Size},
};

/// What a customer must be able to answer about themselves.
const REQUIRED_ANSWERS: [&str; 6] = ["for-whom", "use", "current", "budget", "timing", "fit"];

/// What was found wrong so far, in the order in which it was met.
type Problems = RefCell<Vec<CatalogError>>;

/// A place in a file, to be blamed.
#[derive(Clone)]
struct At<'a> {
    file: &'a str,
    entry: String,
    problems: &'a Problems,
}

impl<'a> At<'a> {
    fn file(file: &'a str, problems: &'a Problems) -> Self {
        Self { file, entry: String::new(), problems }
    }

    fn entry(&self, kind: &str, id: &str) -> Self {
        let parent = if self.entry.is_empty() { String::new() } else { format!("{}.", self.entry) };
        Self { entry: format!("{parent}{kind}[{id}]"), ..*self }
    }

    fn fail(&self, field: &str, problem: impl Into<String>) {
        let (file, entry, field) = (self.file.to_owned(), self.entry.clone(), field.to_owned());
        self.problems.borrow_mut().push(CatalogError { file, entry, field, problem: problem.into() });
    }

    fn text(&self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.fail(field, "is empty");
        }
    }

    fn texts(&self, field: &str, texts: &[String], least: usize) {
        self.count(field, texts.len(), least);
        texts.iter().for_each(|text| self.text(field, text));
    }

    /// A text that is looked for in what is said.
    fn sought(&self, field: &str, text: &str, size: Size) {
        self.text(field, text);
        if let Some(problem) = size.exceeded(text) {
            self.fail(field, problem);
        }
    }

    fn patterns(&self, field: &str, texts: &[String]) {
        self.count(field, texts.len(), 1);
        texts.iter().for_each(|text| self.sought(field, text, PATTERN));
    }

    fn lines(&self, field: &str, texts: &[String], least: usize) {
        self.count(field, texts.len(), least);
        texts.iter().for_each(|text| self.sought(field, text, LINE));
    }

    /// Where a field has too many texts that are looked for; the whole entry, where no field is named.
    fn at_most(&self, field: &str, count: usize, most: usize) {
        if count > most {
            self.fail(field, format!("has {count} patterns and lines to look for in what is said, at most {most} are possible"));
        }
    }

    fn count(&self, field: &str, count: usize, least: usize) {
        if count < least {
            self.fail(field, format!("needs at least {least}, has {count}"));
        }
    }

    fn id(&self, id: &str, seen: &mut HashSet<String>) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            self.fail("id", "must be lower-case words joined by hyphens");
        } else if !seen.insert(id.to_owned()) {
            self.fail("id", "is used twice");
        }
    }
}

/// The whole catalogue. Each product comes with the path of its file, which is named after its id.
pub(super) fn catalog(catalog: &Catalog, paths: &[String]) -> Vec<CatalogError> {
    let problems = Problems::default();
    let at = At::file("catalog.toml", &problems);
    if catalog.revision == 0 {
        at.fail("revision", "starts at 1");
    }
    let mut ids = HashSet::new();
    for category in &catalog.categories {
        let at = at.entry("category", &category.id);
        at.id(&category.id, &mut ids);
        at.text("name", &category.name);
    }

    let policies = At::file("policies.toml", &problems);
    claims(&policies, &catalog.policies);
    policies.at_most("policies", bounds::of_claims(&catalog.policies), bounds::OF_POLICIES);
    for claim in &catalog.policies {
        policies.entry("claim", &claim.id).text("name", &claim.name);
    }

    let (mut products, mut skus, mut scenarios) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (product, path) in catalog.products.iter().zip(paths) {
        let at = At::file(path, &problems);
        at.id(&product.id, &mut products);
        if *path != format!("products/{}.toml", product.id) {
            at.fail("id", format!("“{}” does not match the file's name", product.id));
        }
        if catalog.category(&product.category).is_none() {
            at.fail("category", format!("there is no category “{}”", product.category));
        }
        if !skus.insert(product.sku.as_str()) {
            at.fail("sku", "is used by another product");
        }
        check_product(&at, product);
        for scenario in &product.scenarios {
            let at = at.entry("scenario", &scenario.id);
            at.id(&scenario.id, &mut scenarios);
            check_scenario(&at, scenario, product, &catalog.policies);
        }
    }
    problems.into_inner()
}

fn check_product(at: &At<'_>, product: &Product) {
    for (field, text) in [
        ("sku", &product.sku),
        ("name", &product.name),
        ("art", &product.art),
        ("line", &product.line),
        ("description", &product.description),
    ] {
        at.text(field, text);
    }
    at.count("tier", product.tiers.len(), 1);
    for tier in &product.tiers {
        let at = at.entry("tier", &tier.name);
        at.text("name", &tier.name);
        if tier.price_cents <= 0 {
            at.fail("price_cents", "must be more than 0");
        }
    }
    let mut ids = HashSet::new();
    at.count("feature", product.features.len(), 4);
    for feature in &product.features {
        let at = at.entry("feature", &feature.id);
        at.id(&feature.id, &mut ids);
        for (field, text) in [("name", &feature.name), ("fact", &feature.fact), ("benefit", &feature.benefit)] {
            at.text(field, text);
        }
        at.patterns("says", &feature.says);
    }
    claims(at, &product.claims);
    for trap in product.claims.iter().filter(|claim| claim.kind == ClaimKind::Trap) {
        at.entry("claim", &trap.id).text("name", &trap.name);
    }
    at.count("claim", product.claims.len(), 2);
    at.count("objection", product.objections.len(), 3);
    at.at_most("", bounds::of_product(product), bounds::OF_PRODUCT);
    let known = features_of(product);
    let mut ids = HashSet::new();
    for objection in &product.objections {
        let at = at.entry("objection", &objection.id);
        at.id(&objection.id, &mut ids);
        at.text("line", &objection.line);
        at.patterns("heard", &objection.heard);
        at.patterns("answers", &objection.answers);
        features(&at, &objection.features, &known);
        at.count("response", objection.responses.len(), 2);
        for response in &objection.responses {
            if !response.acknowledge.trim().is_empty() {
                at.sought("response.acknowledge", &response.acknowledge, LINE);
            }
            at.text("response.answer", &response.answer);
            at.sought("response.check", &response.check, LINE);
        }
    }
    at.count("tip", product.tips.len(), 3);
    product.tips.iter().for_each(|tip| at.text("tip.text", &tip.text));
    at.count("scenario", product.scenarios.len(), 2);
}

fn claims(at: &At<'_>, claims: &[Claim]) {
    let mut ids = HashSet::new();
    for claim in claims {
        let at = at.entry("claim", &claim.id);
        at.id(&claim.id, &mut ids);
        at.patterns("says", &claim.says);
        at.text("truth", &claim.truth);
    }
}

fn features_of(product: &Product) -> HashSet<&str> {
    product.features.iter().map(|feature| feature.id.as_str()).collect()
}

fn features(at: &At<'_>, ids: &[String], known: &HashSet<&str>) {
    for id in ids.iter().filter(|id| !known.contains(id.as_str())) {
        at.fail("features", format!("the product has no feature “{id}”"));
    }
}

fn check_scenario(at: &At<'_>, scenario: &Scenario, product: &Product, policies: &[Claim]) {
    for (field, text) in [("title", &scenario.title), ("goal", &scenario.goal), ("tests", &scenario.tests)] {
        at.text(field, text);
    }
    if scenario.budget_cents <= 0 {
        at.fail("budget_cents", "must be more than 0");
    }
    at.texts("seen", &scenario.seen, 2);
    at.texts("pain_points", &scenario.pain_points, 1);
    at.lines("opening", &scenario.opening, 2);
    at.lines("goodbye_buy", &scenario.goodbye_buy, 2);
    at.lines("goodbye_leave", &scenario.goodbye_leave, 2);
    for topic in REQUIRED_ANSWERS.iter().filter(|topic| !scenario.answers.contains_key(**topic)) {
        at.fail("answers", format!("“{topic}” is missing"));
    }
    for (topic, lines) in &scenario.answers {
        let least = if REQUIRED_ANSWERS.contains(&topic.as_str()) { 2 } else { 0 };
        at.lines(&format!("answers.{topic}"), lines, least);
    }
    let who = scenario.who.as_ref();
    for (field, name) in [("who.he", who.and_then(|who| who.he.as_ref())), ("who.she", who.and_then(|who| who.she.as_ref()))] {
        if let Some(problem) = name.and_then(|name| LINE.exceeded(name)) {
            at.fail(field, problem);
        }
    }
    at.at_most("", bounds::of_scenario(scenario), bounds::OF_SCENARIO);
    at.count("need", scenario.needs.len(), 2);
    let mut known = features_of(product);
    let mut ids = HashSet::new();
    for need in &scenario.needs {
        let at = at.entry("need", &need.id);
        at.id(&need.id, &mut ids);
        at.text("label", &need.label);
        at.lines("told", &need.told, 1);
        at.lines("hint", &need.hint, 1);
        at.patterns("asked", &need.asked);
        at.patterns("says", &need.says);
        at.texts("features", &need.features, 1);
        features(&at, &need.features, &known);
    }
    check_objections(at, scenario, product);
    known.insert("price");
    let mut traps = HashSet::new();
    for claim in product.claims.iter().chain(policies) {
        known.insert(claim.id.as_str());
        if claim.kind == ClaimKind::Trap {
            traps.insert(claim.id.as_str());
        }
    }
    at.count("question", scenario.questions.len(), 2);
    for question in &scenario.questions {
        at.sought("question.ask", &question.ask, LINE);
        if !known.contains(question.about.as_str()) {
            at.fail("question.about", format!("there is no feature or claim “{}”", question.about));
        }
    }
    for trap in &scenario.traps {
        for (field, text) in [("trap.ask", &trap.ask), ("trap.corrected", &trap.corrected), ("trap.believed", &trap.believed)] {
            at.sought(field, text, LINE);
        }
        if !traps.contains(trap.claim.as_str()) {
            at.fail("trap.claim", format!("there is no claim of kind trap “{}”", trap.claim));
        }
    }
}

fn check_objections(at: &At<'_>, scenario: &Scenario, product: &Product) {
    let (least, most) = match scenario.difficulty {
        Difficulty::Easy => (1, 1),
        Difficulty::Medium => (2, 3),
        Difficulty::Hard => (3, 4),
        Difficulty::Expert => (4, usize::MAX),
    };
    let count = scenario.objections.len();
    if count < least || count > most {
        at.fail("objection", format!("{count} do not fit the difficulty"));
    }
    let known: HashSet<_> = product.objections.iter().map(|objection| objection.id.as_str()).collect();
    let mut ids = HashSet::new();
    for raised in &scenario.objections {
        let at = at.entry("objection", &raised.id);
        at.id(&raised.id, &mut ids);
        if !known.contains(raised.id.as_str()) {
            at.fail("id", "the product has no such objection");
        }
        for (field, text) in [("line", &raised.line), ("again", &raised.again), ("settled", &raised.settled)] {
            at.sought(field, text, LINE);
        }
    }
}
