//! A sign-in service as companies have one: it lets in whom the test says, and says of them what the test wants.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::IntoResponse,
    routing::{get, post},
};
use chrono::{TimeDelta, Utc};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    PrivateSigningKey as _, StandardClaims, SubjectIdentifier,
    core::{CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
    url,
};
use serde_json::{Value, json};

use super::block_on;

/// By which the service knows the hub.
pub(crate) const CLIENT: &str = "sellme-hub";
pub(crate) const CLIENT_SECRET: &str = "the-hub-s-own-secret-0123456789";

/// `hub:secret` for `Authorization: Basic`, as RFC 6749 has it.
const BASIC: &str = "Basic c2VsbG1lLWh1Yjp0aGUtaHViLXMtb3duLXNlY3JldC0wMTIzNDU2Nzg5";

/// What the service says of the next person.
#[derive(Debug, Clone)]
pub(crate) struct Says {
    pub(crate) email: Option<String>,
    pub(crate) is_verified: Option<bool>,
    pub(crate) audience: &'static str,
    /// Instead of the one that was asked for.
    pub(crate) nonce: Option<&'static str>,
    /// Minutes for which it is good.
    pub(crate) minutes: i64,
    pub(crate) is_forged: bool,
    /// It answers nobody.
    pub(crate) is_down: bool,
}

impl Says {
    /// All as it should be, of somebody with this address.
    pub(crate) fn good(email: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            is_verified: Some(true),
            audience: CLIENT,
            nonce: None,
            minutes: 5,
            is_forged: false,
            is_down: false,
        }
    }
}

/// What it was asked for when it gave a code: nonce and challenge.
type Codes = HashMap<String, (String, String)>;

/// The service.
#[derive(Clone)]
pub(crate) struct Issuer {
    pub(crate) url: String,
    says: Arc<Mutex<Says>>,
    codes: Arc<Mutex<Codes>>,
}

impl Issuer {
    /// Starts one that answers for as long as the process lives.
    pub(crate) fn start() -> Self {
        let (say, said) = mpsc::channel();
        thread::spawn(move || {
            block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                let url = format!("http://{}", listener.local_addr().unwrap());
                let issuer = Self { url, says: Arc::new(Mutex::new(Says::good(""))), codes: Arc::default() };
                let routes = Router::new()
                    .route("/.well-known/openid-configuration", get(described))
                    .route("/keys", get(keys))
                    .route("/authorize", get(authorize))
                    .route("/token", post(token))
                    .with_state(issuer.clone());
                say.send(issuer).unwrap();
                axum::serve(listener, routes).await.unwrap();
            });
        });
        said.recv().unwrap()
    }

    /// What it says from now on.
    pub(crate) fn say(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }

    fn now(&self) -> Says {
        self.says.lock().unwrap().clone()
    }

    fn key() -> CoreRsaPrivateSigningKey {
        CoreRsaPrivateSigningKey::from_pem(include_str!("issuer.pem"), Some(JsonWebKeyId::new("one".to_owned()))).unwrap()
    }
}

async fn described(State(issuer): State<Issuer>) -> impl IntoResponse {
    let url = &issuer.url;
    let said = json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
    });
    if issuer.now().is_down { (StatusCode::SERVICE_UNAVAILABLE, Json(Value::Null)) } else { (StatusCode::OK, Json(said)) }
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [Issuer::key().as_verification_key()] }))
}

/// Lets the person in at once and sends them back.
async fn authorize(State(issuer): State<Issuer>, Query(asked): Query<HashMap<String, String>>) -> impl IntoResponse {
    assert_eq!((asked["client_id"].as_str(), asked["response_type"].as_str()), (CLIENT, "code"));
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(asked["scope"].split(' ').any(|scope| scope == "openid") && asked["scope"].contains("email"));
    let mut codes = issuer.codes.lock().unwrap();
    let code = format!("code-{}", uuid::Uuid::new_v4());
    codes.insert(code.clone(), (asked["nonce"].clone(), asked["code_challenge"].clone()));
    (StatusCode::SEE_OTHER, [(LOCATION, format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]))])
}

async fn token(State(issuer): State<Issuer>, headers: HeaderMap, form: Bytes) -> impl IntoResponse {
    let asked: HashMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let known = headers.get("authorization").is_some_and(|shown| shown == BASIC);
    let given = issuer.codes.lock().unwrap().remove(&asked["code"]);
    let proved = |challenge: &str| {
        let verifier = PkceCodeVerifier::new(asked["code_verifier"].clone());
        PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() == challenge
    };
    match given {
        Some((nonce, challenge)) if known && proved(&challenge) => (StatusCode::OK, Json(issuer.identity(&nonce))),
        _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))),
    }
}

impl Issuer {
    fn identity(&self, nonce: &str) -> Value {
        let says = self.now();
        let person = StandardClaims::new(SubjectIdentifier::new("1".to_owned()))
            .set_email(says.email.map(EndUserEmail::new))
            .set_email_verified(says.is_verified);
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(self.url.clone()).unwrap(),
            vec![Audience::new(says.audience.to_owned())],
            Utc::now() + TimeDelta::minutes(says.minutes),
            Utc::now() - TimeDelta::minutes(10),
            person,
            EmptyAdditionalClaims {},
        )
        .set_nonce(Some(Nonce::new(says.nonce.unwrap_or(nonce).to_owned())));
        let signed = CoreIdToken::new(claims, &Self::key(), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, None, None).unwrap();
        let mut signed = signed.to_string();
        if says.is_forged {
            // The signature's first letter is another one.
            let at = signed.rfind('.').unwrap() + 1;
            let other = if signed[at..].starts_with('A') { "B" } else { "A" };
            signed.replace_range(at..=at, other);
        }
        json!({ "access_token": "nobody-needs-it", "token_type": "Bearer", "id_token": signed })
    }
}
