//! Signing in and out.

use axum::{
    extract::State,
    http::{StatusCode, header::USER_AGENT},
    response::Response,
};
use sellme_app::company;
use sellme_core::company::{Holder, TokenInfo};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Hub,
    body::{Content, Named, read, whole},
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::{MeBody, UserBody, time, word},
    signed_in::{Entering, SignedIn},
    words,
};

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignInBody {
    email: String,
    password: String,
    /// Name of the company, where the hub serves more than one.
    organisation: Option<String>,
    /// What the token is for, such as “Store 3, till”; the browser's name where nothing is said.
    name: Option<String>,
}

/// Somebody who has just signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedInBody {
    /// To be sent as a bearer from now on. It is shown this once.
    token: String,
    #[schema(format = DateTime)]
    expires_at: String,
    user: UserBody,
}

/// Something that is shown instead of a password.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenBody {
    id: Uuid,
    /// `sign_in`, or `personal` for one that was made for a program.
    #[schema(schema_with = words::token_kind)]
    kind: String,
    name: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    /// True for the one that this was asked with.
    current: bool,
}

/// A personal access token to be made.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewTokenBody {
    /// What it is for, such as “Dana's laptop”.
    #[schema(schema_with = words::name)]
    name: String,
    /// For how many days it is good; 90 where nothing is said.
    #[serde(default, deserialize_with = "whole")]
    #[schema(schema_with = words::maybe_days)]
    days: Option<u32>,
}

/// A personal access token that was made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MadeTokenBody {
    /// To be sent as a bearer. It is shown this once.
    secret: String,
    id: Uuid,
    name: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PasswordBody {
    old_password: String,
    /// 12 to 200 characters, of which four are letters, and none that is easily guessed.
    #[schema(min_length = 12, max_length = 200)]
    new_password: String,
}

/// What somebody chooses for themselves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeMeBody {
    /// False to stand on no board.
    on_leaderboard: bool,
}

impl From<&company::SignedIn> for SignedInBody {
    fn from(signed_in: &company::SignedIn) -> Self {
        Self {
            token: signed_in.secret.reveal().to_owned(),
            expires_at: time(signed_in.expires_at),
            user: UserBody::from(&signed_in.account),
        }
    }
}

impl TokenBody {
    fn new(token: TokenInfo, holder: &Holder) -> Self {
        Self {
            id: token.id.0,
            kind: word(&token.kind),
            current: token.id == holder.token,
            name: token.name,
            created_at: time(token.created_at),
            expires_at: time(token.expires_at),
        }
    }
}

/// Signs in.
#[utoipa::path(post, path = "/api/sign-in", request_body = SignInBody,
    responses((status = 200, body = SignedInBody), (status = 401, body = ErrorBody), (status = 429, body = ErrorBody), (status = 500, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn sign_in(
    State(hub): State<Hub>,
    Entering(network): Entering,
    headers: axum::http::HeaderMap,
    Content(bytes): Content,
) -> Answer<Response> {
    let body: SignInBody = read(&bytes)?;
    let browser = headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or("unknown");
    let name = body.name.as_deref().unwrap_or(browser);
    let signed_in = hub.company().sign_in_from(network, &body.email, &body.password, body.organisation.as_deref(), name).await?;
    json(&SignedInBody::from(&signed_in))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/me", security(("token" = [])), responses((status = 200, body = MeBody)))]
pub(super) async fn me(State(hub): State<Hub>, SignedIn(holder): SignedIn) -> Answer<Response> {
    let on_leaderboard = hub.company().on_board(&holder).await?;
    json(&myself(&holder, on_leaderboard))
}

/// Chooses whether one stands on the board where one's scores are good enough.
#[utoipa::path(patch, path = "/api/me", request_body = ChangeMeBody, security(("token" = [])), responses((status = 200, body = MeBody)))]
pub(super) async fn change_me(State(hub): State<Hub>, SignedIn(holder): SignedIn, Content(bytes): Content) -> Answer<Response> {
    let ChangeMeBody { on_leaderboard } = read(&bytes)?;
    hub.company().stand_on_board(&holder, on_leaderboard).await?;
    json(&myself(&holder, on_leaderboard))
}

fn myself(holder: &Holder, on_leaderboard: bool) -> MeBody {
    let user = UserBody::new(holder.account.0, &holder.email, &holder.name, holder.role, holder.shop.map(|shop| shop.0));
    MeBody { user, on_leaderboard }
}

/// Changes one's own password; one is signed out everywhere by that, and one's personal access tokens end.
#[utoipa::path(post, path = "/api/me/password", request_body = PasswordBody, security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody)))]
pub(super) async fn change_password(
    State(hub): State<Hub>,
    SignedIn(holder): SignedIn,
    Entering(network): Entering,
    Content(bytes): Content,
) -> Answer<StatusCode> {
    let body: PasswordBody = read(&bytes)?;
    hub.company().change_password_from(network, &holder, &body.old_password, &body.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where one is signed in, and one's personal access tokens.
#[utoipa::path(get, path = "/api/tokens", security(("token" = [])),
    responses((status = 200, body = Vec<TokenBody>)))]
pub(super) async fn tokens(State(hub): State<Hub>, SignedIn(holder): SignedIn) -> Answer<Response> {
    let tokens = hub.company().tokens(&holder).await?;
    json(&tokens.into_iter().map(|token| TokenBody::new(token, &holder)).collect::<Vec<_>>())
}

/// Makes a personal access token, such as for the desktop's settings: it may do all that its owner may but see to tokens and passwords.
#[utoipa::path(post, path = "/api/tokens", request_body = NewTokenBody, security(("token" = [])),
    responses((status = 200, body = MadeTokenBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn make_token(State(hub): State<Hub>, SignedIn(holder): SignedIn, Content(bytes): Content) -> Answer<Response> {
    let body: NewTokenBody = read(&bytes)?;
    let made = hub.company().make_token(&holder, &body.name, body.days).await?;
    let TokenInfo { id, name, created_at, expires_at, .. } = made.info;
    let (secret, created_at, expires_at) = (made.secret.reveal().to_owned(), time(created_at), time(expires_at));
    json(&MadeTokenBody { secret, id: id.0, name, created_at, expires_at })
}

/// Signs out: the token that this is asked with ends.
#[utoipa::path(post, path = "/api/sign-out", security(("token" = [])), responses((status = 204)))]
pub(super) async fn sign_out(State(hub): State<Hub>, SignedIn(holder): SignedIn) -> Answer<StatusCode> {
    hub.company().sign_out(&holder, holder.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one of one's own tokens.
#[utoipa::path(delete, path = "/api/tokens/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody)))]
pub(super) async fn end_token(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<StatusCode> {
    hub.company().sign_out(&holder, id.parse()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
