//! Sign-in at a service of the company's own (OpenID Connect): the authorization code flow with PKCE, state and nonce. What the service says of itself is asked for each
//! time: it may have been down, and it changes its keys.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use clap::Args;
use openidconnect::{
    AuthType, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
    core::{CoreClient, CoreClientAuthMethod, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType},
    http, url,
};
use reqwest::{Client, redirect::Policy};
use sellme_app::company::{Vouched, follows_from};
use url::Url;

use crate::config::{HERE, Source, secret};

/// How long the service is waited for, for each question.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);

/// Most bytes of an answer.
const LONGEST: usize = 256 * 1024;

/// Where people come back to, below the hub's public address.
const BACK: &str = "api/sign-in/oidc/callback";

/// Signatures that are trusted: those that need no secret shared with the service.
const SIGNED: [CoreJwsSigningAlgorithm; 3] =
    [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::RsaSsaPssSha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256];

/// What is told of the company's sign-in service.
#[derive(Debug, Clone, Default, Args)]
pub struct Told {
    /// Sign-in service (OpenID Connect) that vouches for people by their e-mail address: its issuer, https://…
    #[arg(long, env = "SELLME_HUB_OIDC_ISSUER")]
    pub oidc_issuer: Option<String>,
    /// Name by which that service knows this hub
    #[arg(long, env = "SELLME_HUB_OIDC_CLIENT_ID")]
    pub oidc_client_id: Option<String>,
    /// File with the secret for that service, readable by its owner alone. Else SELLME_HUB_OIDC_SECRET, or the systemd credential “oidc-client-secret”; a public client has none
    #[arg(long, env = "SELLME_HUB_OIDC_SECRET_FILE")]
    pub oidc_secret_file: Option<PathBuf>,
    /// Address of this hub as browsers see it, with the prefix where it has one: https://…/sellme/. Links of invitations lead there, and the sign-in service sends people back there
    #[arg(long, env = "SELLME_HUB_PUBLIC_URL")]
    pub public_url: Option<String>,
}

/// The company's sign-in service.
pub(crate) struct Oidc {
    issuer: IssuerUrl,
    id: ClientId,
    secret: Option<ClientSecret>,
    public: Url,
    back: RedirectUrl,
    http: Client,
}

/// Why it did not vouch for somebody.
#[derive(Debug)]
pub(crate) enum NotVouched {
    /// It does not answer, or not as such a service does.
    Silent(&'static str),
    /// What it answered, or what came in its name, is not to be trusted.
    Untrusted(&'static str),
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error(transparent)]
    Asked(#[from] reqwest::Error),
    #[error(transparent)]
    Form(#[from] http::Error),
    #[error("the answer is too long")]
    TooLong,
}

impl Told {
    /// The hub's address as browsers see it, with a slash at its end, where it was told.
    ///
    /// # Errors
    /// What is no address, or unsafe.
    pub(crate) fn public(&self) -> Result<Option<Url>> {
        let Some(public) = &self.public_url else { return Ok(None) };
        let mut public = safe("--public-url", public)?;
        if !public.path().ends_with('/') {
            public.set_path(&format!("{}/", public.path()));
        }
        Ok(Some(public))
    }

    /// The service that is told of, where there is one.
    ///
    /// # Errors
    /// What is missing, or unsafe.
    pub(crate) fn service(&self) -> Result<Option<Oidc>> {
        let Some(issuer) = &self.oidc_issuer else {
            if self.oidc_client_id.is_some() || self.oidc_secret_file.is_some() {
                bail!("--oidc-client-id and --oidc-secret-file go with --oidc-issuer");
            }
            return Ok(None);
        };
        let Some(id) = &self.oidc_client_id else {
            bail!("--oidc-issuer needs --oidc-client-id, the name by which that service knows this hub")
        };
        let Some(public) = self.public()? else {
            bail!("--oidc-issuer needs --public-url, the address of this hub to which people come back from there")
        };
        let issuer_url = safe("--oidc-issuer", issuer)?;
        let source =
            Source { file: self.oidc_secret_file.as_deref(), credential: "oidc-client-secret", variable: "SELLME_HUB_OIDC_SECRET" };
        let secret = secret(&source)?.map(|secret| ClientSecret::new(secret.trim().to_owned()));
        Ok(Some(Oidc {
            issuer: IssuerUrl::new(issuer.trim().to_owned())?,
            id: ClientId::new(id.clone()),
            secret,
            back: RedirectUrl::from_url(public.join(BACK)?),
            public,
            http: client(&issuer_url)?,
        }))
    }
}

/// An address that is encrypted, or on this machine.
pub(crate) fn safe(what: &str, text: &str) -> Result<Url> {
    let Ok(url) = Url::parse(text.trim()) else { bail!("{what} is no address: it begins with https://") };
    if url.scheme() != "https" && !(url.scheme() == "http" && is_local(&url)) {
        bail!("{what} {text} is not encrypted: it begins with https://");
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        bail!("{what} is an address alone, without a question, a name or a password in it");
    }
    Ok(url)
}

fn is_local(url: &Url) -> bool {
    url.host_str().is_some_and(|host| HERE.contains(&host))
}

fn client(issuer: &Url) -> Result<Client> {
    // Said once; whoever comes second finds it done.
    drop(rustls::crypto::ring::default_provider().install_default());
    let builder = Client::builder().redirect(Policy::none()).referer(false).connect_timeout(CONNECT).timeout(WHOLE);
    let builder = if issuer.scheme() == "https" { builder.https_only(true) } else { builder.tls_certs_only([]).no_proxy() };
    Ok(builder.build()?)
}

async fn ask(http: Client, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
    let (parts, body) = request.into_parts();
    let mut response = http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
    let mut answer = http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        answer = answer.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > LONGEST {
            return Err(Unanswered::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(answer.body(body)?)
}

impl Oidc {
    /// The path under which the browser keeps what it keeps meanwhile.
    pub(crate) fn cookie_path(&self) -> String {
        format!("{}api/sign-in/oidc", self.public.path())
    }

    /// True where the browser comes over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.public.scheme() == "https"
    }

    /// What the service says of itself.
    async fn metadata(&self) -> Result<CoreProviderMetadata, NotVouched> {
        let asking = |request| ask(self.http.clone(), request);
        CoreProviderMetadata::discover_async(self.issuer.clone(), &asking).await.map_err(|error| {
            NotVouched::Silent(match error {
                DiscoveryError::Request(_) => "it does not answer",
                DiscoveryError::Response(..) => "it has no description of itself",
                DiscoveryError::Validation(_) => "it says that it is another issuer",
                _ => "its description of itself cannot be read",
            })
        })
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn ready(&self) -> Result<(), NotVouched> {
        self.metadata().await.map(|_| ())
    }

    /// Where the browser goes, with these two secrets of the sign-in.
    ///
    /// # Errors
    /// The service does not answer.
    pub(crate) async fn leads_to(&self, state: &str, browser: &str) -> Result<Url, NotVouched> {
        let client = CoreClient::from_provider_metadata(self.metadata().await?, self.id.clone(), self.secret.clone());
        let (state, nonce) = (CsrfToken::new(state.to_owned()), nonce(browser));
        let (url, _, _) = client
            .set_redirect_uri(self.back.clone())
            .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, || state, || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&proof(browser)))
            .url();
        Ok(url)
    }

    /// Whom the service vouches for by this code.
    ///
    /// # Errors
    /// It does not answer, or what it answers is not to be trusted.
    pub(crate) async fn vouched(&self, code: &str, browser: &str) -> Result<Vouched, NotVouched> {
        let metadata = self.metadata().await?;
        let takes = metadata.token_endpoint_auth_methods_supported();
        let in_body = takes.is_some_and(|takes| !takes.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let client = CoreClient::from_provider_metadata(metadata, self.id.clone(), self.secret.clone())
            .set_redirect_uri(self.back.clone())
            .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth });
        let asking = |request| ask(self.http.clone(), request);
        let exchange =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|_| NotVouched::Silent("it has no place for codes"))?;
        let answer = exchange.set_pkce_verifier(proof(browser)).request_async(&asking).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => NotVouched::Untrusted("code refused"),
            RequestTokenError::Request(_) => NotVouched::Silent("it does not answer"),
            _ => NotVouched::Silent("its answer cannot be read"),
        })?;
        let token = answer.id_token().ok_or(NotVouched::Untrusted("no identity"))?;
        let trusted = client.id_token_verifier().set_allowed_algs(SIGNED);
        let claims = token.claims(&trusted, &nonce(browser)).map_err(|error| NotVouched::Untrusted(untrusted(&error)))?;
        Ok(Vouched { email: claims.email().map(|email| email.to_string()), is_verified: claims.email_verified() == Some(true) })
    }
}

fn untrusted(error: &openidconnect::ClaimsVerificationError) -> &'static str {
    use openidconnect::ClaimsVerificationError as Wrong;
    match error {
        Wrong::Expired(_) => "identity expired",
        Wrong::InvalidAudience(_) => "identity for somebody else",
        Wrong::InvalidIssuer(_) => "identity of another issuer",
        Wrong::InvalidNonce(_) => "identity of another sign-in",
        Wrong::SignatureVerification(_) => "identity not signed by the service",
        _ => "identity cannot be trusted",
    }
}

/// What the service's word has to hold, so that it is about this sign-in and no other.
fn nonce(browser: &str) -> Nonce {
    Nonce::new(follows_from(browser, "nonce"))
}

/// What proves to the service that its code comes from who asked for it.
fn proof(browser: &str) -> PkceCodeVerifier {
    PkceCodeVerifier::new(follows_from(browser, "pkce"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told(issuer: &str, public: &str) -> Told {
        Told {
            oidc_issuer: Some(issuer.to_owned()),
            oidc_client_id: Some("hub".to_owned()),
            public_url: Some(public.to_owned()),
            ..Told::default()
        }
    }

    #[test]
    fn what_is_missing_or_unsafe_is_refused_with_the_reason() {
        assert!(Told::default().service().unwrap().is_none());
        for (told, reason) in [
            (Told { oidc_client_id: None, ..told("https://a.example.com", "https://b.example.com") }, "--oidc-client-id"),
            (Told { public_url: None, ..told("https://a.example.com", "") }, "--public-url"),
            (Told { oidc_issuer: None, ..told("", "https://b.example.com") }, "--oidc-issuer"),
            (told("http://a.example.com", "https://b.example.com"), "https://"),
            (told("https://a.example.com", "http://b.example.com"), "https://"),
            (told("https://a.example.com?x=1", "https://b.example.com"), "without a question"),
            (told("a.example.com", "https://b.example.com"), "no address"),
        ] {
            let error = told.service().err().unwrap().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn people_come_back_under_the_prefix() {
        for public in ["http://127.0.0.1:8086/sellme", "http://127.0.0.1:8086/sellme/"] {
            let service = told("http://127.0.0.1:9", public).service().unwrap().unwrap();
            assert_eq!(service.back.as_str(), "http://127.0.0.1:8086/sellme/api/sign-in/oidc/callback");
            assert_eq!((service.cookie_path().as_str(), service.is_secure()), ("/sellme/api/sign-in/oidc", false));
        }
    }
}
