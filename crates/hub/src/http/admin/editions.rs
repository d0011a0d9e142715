//! Editions of the catalogue.

use axum::{body::Bytes, extract::State, response::Response};
use sellme_app::company::{Rescored, Scores, Unpublished};
use sellme_core::{Code, Error, catalog::Fault};
use sellme_store::company::EditionInfo;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, value::RawValue};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    admitted::AsAdmin,
    page::{PageAsked, PageBody, answer},
};
use crate::http::{
    Hub,
    body::{Asking, Content, LARGEST_CATALOG, Named, read, whole},
    error::{Answer, ErrorBody, Refusal},
    sessions::json,
    shapes::{MetricsBody, raw, time, word},
    words,
};

/// How many sessions a dry run goes through where nothing is said, and at most.
const SESSIONS: u32 = 50;
const MOST_SESSIONS: u32 = 200;

/// An edition of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EditionBody {
    revision: u32,
    #[schema(format = DateTime)]
    published_at: String,
    /// By whom; `null` where the program brought it.
    #[schema(required)]
    published_by: Option<PublisherBody>,
    /// True for the one that new sessions begin with.
    in_force: bool,
}

/// Who published an edition.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublisherBody {
    id: Uuid,
    name: String,
}

impl From<EditionInfo> for EditionBody {
    fn from(edition: EditionInfo) -> Self {
        Self {
            revision: edition.revision,
            published_at: time(edition.published_at),
            published_by: edition.published_by.map(|(id, name)| PublisherBody { id: id.0, name }),
            in_force: edition.in_force,
        }
    }
}

/// An edition with what is in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeEditionBody<'a> {
    #[serde(flatten)]
    edition: EditionBody,
    #[schema(value_type = Object, required)]
    catalog: Option<&'a RawValue>,
}

/// A catalogue: `revision`, `categories`, `policies` and `products`, as an edition has it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CatalogBody {
    #[schema(value_type = Object)]
    catalog: Map<String, Value>,
}

/// A catalogue, and how many sessions are scored with it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DryRunBody {
    #[schema(value_type = Object)]
    catalog: Map<String, Value>,
    /// How many of the sessions that were computed last; 50 where nothing is said.
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 200)]
    sessions: Option<u32>,
}

/// What is wrong with a catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultBody {
    /// Where, such as `products[pilbara-jacket].features[oil-finish].fact`.
    path: String,
    problem: String,
}

impl From<Fault> for FaultBody {
    fn from(fault: Fault) -> Self {
        Self { path: fault.path, problem: fault.problem }
    }
}

/// Whether a catalogue could be published.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckedBody {
    valid: bool,
    /// The revision that the next edition has to have.
    next_revision: u32,
    /// At most 500.
    faults: Vec<FaultBody>,
}

/// What a session is worth.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScoresBody {
    #[schema(required, minimum = 0, maximum = 100)]
    overall_score: Option<u8>,
    metrics: MetricsBody,
    #[schema(schema_with = words::maybe_outcome, required)]
    outcome: Option<String>,
}

impl From<Scores> for ScoresBody {
    fn from(scores: Scores) -> Self {
        Self { overall_score: scores.overall, metrics: scores.metrics.into(), outcome: scores.outcome.map(|outcome| word(&outcome)) }
    }
}

/// A session, as it was computed and as it would be.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RescoredBody {
    session_id: Uuid,
    user_id: Uuid,
    scenario_id: String,
    before: ScoresBody,
    /// `null` where it cannot be scored with this catalogue.
    #[schema(required)]
    after: Option<ScoresBody>,
    /// True where the catalogue has no such scenario.
    gone: bool,
    /// What would be different: `overallScore`, a skill, `outcome`.
    changed: Vec<&'static str>,
}

impl From<Rescored> for RescoredBody {
    fn from(session: Rescored) -> Self {
        let (before, after) = (session.before, session.after);
        let differs = |after: Scores| {
            let (old, new) = (before.metrics, after.metrics);
            let pairs = [
                ("overallScore", before.overall != after.overall),
                ("productKnowledge", old.product_knowledge != new.product_knowledge),
                ("objectionHandling", old.objection_handling != new.objection_handling),
                ("closingTechnique", old.closing_technique != new.closing_technique),
                ("rapport", old.rapport != new.rapport),
                ("outcome", before.outcome != after.outcome),
            ];
            pairs.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
        };
        Self {
            session_id: session.session.0,
            user_id: session.account.0,
            scenario_id: session.scenario,
            changed: after.map(differs).unwrap_or_default(),
            before: before.into(),
            after: after.map(ScoresBody::from),
            gone: session.gone,
        }
    }
}

/// What a catalogue would make of the sessions that were computed last.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DryRunDoneBody {
    /// How many would be worth something else.
    changed: usize,
    /// How many have a scenario that the catalogue does not have.
    gone: usize,
    /// Mean of new less old overall scores; `null` without a session that has both.
    #[schema(required)]
    mean_difference: Option<f64>,
    /// Each, the newest first.
    sessions: Vec<RescoredBody>,
}

/// Editions of the catalogue, the newest first.
#[utoipa::path(get, path = "/api/admin/catalog/editions", params(PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<EditionBody>), (status = 403, body = ErrorBody)))]
pub(super) async fn editions(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Asking(page): Asking<PageAsked>) -> Answer<Response> {
    answer::<_, EditionBody>(hub.company().editions(&admin, page.into()).await?)
}

/// An edition with the whole catalogue.
#[utoipa::path(get, path = "/api/admin/catalog/editions/{id}", params(("id" = u32, Path, description = "Its revision")),
    security(("token" = [])), responses((status = 200, body = WholeEditionBody), (status = 403, body = ErrorBody)))]
pub(super) async fn edition(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<Response> {
    let (edition, text) = hub.company().edition(&admin, revision(&id)?).await?;
    json(&WholeEditionBody { edition: edition.into(), catalog: raw(&text) })
}

/// Looks whether a catalogue could be published: everything that is wrong, with its place.
#[utoipa::path(post, path = "/api/admin/catalog/check", request_body = CatalogBody, security(("token" = [])),
    responses((status = 200, body = CheckedBody), (status = 403, body = ErrorBody)))]
pub(super) async fn check(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content<LARGEST_CATALOG>) -> Answer<Response> {
    let body: CatalogBody = read_apart(bytes).await?;
    let checked = hub.company().check_catalog(&admin, body.catalog.into()).await?;
    let faults: Vec<_> = checked.faults.into_iter().map(FaultBody::from).collect();
    json(&CheckedBody { valid: faults.is_empty(), next_revision: checked.next_revision, faults })
}

/// Scores the sessions that were computed last once more with a catalogue. Nothing is kept of it.
#[utoipa::path(post, path = "/api/admin/catalog/dry-run", request_body = DryRunBody, security(("token" = [])),
    responses((status = 200, body = DryRunDoneBody), (status = 403, body = ErrorBody)))]
pub(super) async fn dry_run(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content<LARGEST_CATALOG>) -> Answer<Response> {
    let body: DryRunBody = read_apart(bytes).await?;
    let sessions = body.sessions.unwrap_or(SESSIONS);
    if !(1..=MOST_SESSIONS).contains(&sessions) {
        return Err(Refusal::field("sessions", format!("1 to {MOST_SESSIONS} is wanted")));
    }
    let run = hub.company().dry_run(&admin, body.catalog.into(), sessions).await.map_err(refused)?;
    // Two digits after the point.
    #[allow(clippy::cast_precision_loss)]
    let mean_difference = run.mean_difference_hundredths().map(|hundredths| hundredths as f64 / 100.0);
    let (changed, gone) = (run.changed(), run.gone());
    json(&DryRunDoneBody { changed, gone, mean_difference, sessions: run.sessions.into_iter().map(RescoredBody::from).collect() })
}

/// Publishes a catalogue and puts it in force. Its revision is one more than the newest. Sessions under way keep the edition that they were begun with.
#[utoipa::path(post, path = "/api/admin/catalog/editions", request_body = CatalogBody, security(("token" = [])),
    responses((status = 200, body = EditionBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn publish(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content<LARGEST_CATALOG>) -> Answer<Response> {
    let body: CatalogBody = read_apart(bytes).await?;
    json(&EditionBody::from(hub.company().publish(&admin, body.catalog.into()).await.map_err(refused)?))
}

/// Puts an edition in force again.
#[utoipa::path(post, path = "/api/admin/catalog/editions/{id}/in-force", params(("id" = u32, Path, description = "Its revision")),
    security(("token" = [])), responses((status = 200, body = EditionBody), (status = 403, body = ErrorBody)))]
pub(super) async fn put_in_force(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<Response> {
    json(&EditionBody::from(hub.company().put_in_force(&admin, revision(&id)?).await?))
}

/// What the JSON of a catalogue says. A large one takes a while, in which others are answered.
async fn read_apart<T: DeserializeOwned + Send + 'static>(bytes: Bytes) -> Answer<T> {
    let done = tokio::task::spawn_blocking(move || read(&bytes)).await;
    done.unwrap_or_else(|_| Err(Error::new(Code::Internal, "The catalogue could not be read. Nothing was changed.").into()))
}

fn revision(id: &str) -> Answer<u32> {
    id.parse().map_err(|_| Error::not_found("edition", id).into())
}

/// Every fault by its place in the body.
fn refused(why: Unpublished) -> Refusal {
    match why {
        Unpublished::Refused(error) => error.into(),
        Unpublished::Faults(faults) => {
            let field = |path: &str| if path.is_empty() { "catalog".to_owned() } else { format!("catalog.{path}") };
            let fields = faults.into_iter().map(|fault| (field(&fault.path), fault.problem));
            Refusal::fields("The catalogue does not hold together. Nothing was changed; mend what is named in the details.", fields)
        }
    }
}
