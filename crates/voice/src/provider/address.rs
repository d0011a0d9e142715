//! Where a service is. A key goes to the host it was saved for, over a connection that nobody reads, and nowhere else.

use std::fmt;

use sellme_core::{Error, error::Result};
use url::{Host, Url};

/// OpenAI's address.
pub const OPEN_AI: &str = "https://api.openai.com/v1";

/// The checked address of a service, up to and with `/v1`; or of a hub, which has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(Url);

/// What is said of an address that cannot be used: how one looks, one on this machine, and what goes there.
struct Looks {
    example: &'static str,
    local: &'static str,
    secret: &'static str,
}

const SERVICE: Looks = Looks { example: "https://voice.example.com/v1", local: "http://localhost:8080/v1", secret: "key" };
const HUB: Looks = Looks { example: "https://sell.example.com", local: "http://localhost:3000", secret: "access token" };

impl Address {
    /// The address that a person typed: white space around it, a slash at its end, a missing `/v1`, and the path of the calls themselves are put right.
    ///
    /// # Errors
    /// `InvalidInput` with what to change: no address, not `https` (plain `http` is for this machine only), with a name or a key in it, with a question.
    pub fn parse(text: &str) -> Result<Self> {
        let mut url = checked(text, &SERVICE)?;
        let path = up_to_version(url.path());
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address of a hub that a person typed, with the path that it is below, where there is one.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn of_hub(text: &str) -> Result<Self> {
        let mut url = checked(text, &HUB)?;
        let path = parts(url.path()).join("/");
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address below this one of these parts of a path, each made safe.
    #[must_use]
    pub fn at(&self, parts: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            // An address without a path has an empty part all the same.
            path.pop_if_empty().extend(parts);
        }
        url
    }

    /// Scheme, host and port: what a key is kept for.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host, such as `api.openai.com`, with its port where that is not the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// True for a server on this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.0.host().is_some_and(|host| is_this_machine(&host))
    }

    /// True where what passes cannot be read on the way.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// True for OpenAI itself.
    #[must_use]
    pub fn is_open_ai(&self) -> bool {
        self.0.scheme() == "https" && self.0.host_str() == Some("api.openai.com") && self.0.port().is_none()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_str())
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// An address that a secret may go to.
fn checked(text: &str, Looks { example, local, secret }: &Looks) -> Result<Url> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(format!("The server's address is missing. It looks like {example}.")));
    }
    let no_address = || Error::invalid(format!("The server's address cannot be read. It begins with https:// and looks like {example}."));
    let url = Url::parse(text).map_err(|_| no_address())?;
    let Some(host) = url.host() else { return Err(no_address()) };
    match url.scheme() {
        "https" => {}
        "http" if is_this_machine(&host) => {}
        "http" => {
            return Err(Error::invalid(format!(
                "The server's address begins with http://, so that anybody on the way could read the {secret}. Use https:// (http:// is for a server on this \
                 machine, such as {local})."
            )));
        }
        _ => return Err(no_address()),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid(format!(
            "There is a name or password in the server's address. Leave it out; the {secret} has a field of its own."
        )));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::invalid("There is a “?” or “#” in the server's address. Leave out everything from there on."));
    }
    Ok(url)
}

/// The parts of a path, without empty ones.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

/// The path up to its version; people also paste the address of the calls, or of the host alone.
fn up_to_version(path: &str) -> String {
    let mut parts = parts(path);
    if let Some(version) = parts.iter().rposition(|part| *part == "v1") {
        parts.truncate(version + 1);
    } else {
        parts.push("v1");
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_put_right() {
        for (typed, address) in [
            (OPEN_AI, "https://api.openai.com/v1"),
            (" https://voice.example.com \n", "https://voice.example.com/v1"),
            ("https://voice.example.com/", "https://voice.example.com/v1"),
            ("https://voice.example.com/v1/", "https://voice.example.com/v1"),
            ("https://voice.example.com/v1/realtime/calls", "https://voice.example.com/v1"),
            ("https://us.example.com/openai/v1//", "https://us.example.com/openai/v1"),
            ("https://us.example.com/proxy", "https://us.example.com/proxy/v1"),
            ("HTTPS://Voice.Example.com:443/v1", "https://voice.example.com/v1"),
            ("http://localhost:8080", "http://localhost:8080/v1"),
            ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1"),
            ("http://[::1]:9/v1", "http://[::1]:9/v1"),
        ] {
            assert_eq!(Address::parse(typed).unwrap().to_string(), address, "{typed}");
        }
    }

    #[test]
    fn the_address_of_a_hub_has_no_version_and_may_be_below_a_path() {
        for (typed, address, me) in [
            (" https://sell.example.com \n", "https://sell.example.com/", "https://sell.example.com/api/me"),
            ("https://sell.example.com/", "https://sell.example.com/", "https://sell.example.com/api/me"),
            ("https://www.example.com//sellme/", "https://www.example.com/sellme", "https://www.example.com/sellme/api/me"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000/", "http://127.0.0.1:3000/api/me"),
        ] {
            let hub = Address::of_hub(typed).unwrap();
            assert_eq!((hub.to_string(), hub.at(&["api", "me"]).to_string()), (address.to_owned(), me.to_owned()), "{typed}");
            assert_eq!(Address::of_hub(address).unwrap(), hub);
        }
        for (typed, word) in [
            ("", "https://sell.example.com."),
            ("sell.example.com", "https://sell.example.com."),
            ("http://sell.example.com", "read the access token"),
            ("https://dana:token@sell.example.com", "access token has a field"),
            ("https://sell.example.com/?a=1", "“?”"),
        ] {
            let error = Address::of_hub(typed).unwrap_err();
            assert!(error.code == sellme_core::Code::InvalidInput && error.message.contains(word), "{typed}: {error}");
        }
    }

    #[test]
    fn an_address_that_would_show_the_key_or_leads_nowhere_is_refused() {
        for (typed, word) in [
            ("", "missing"),
            ("voice.example.com", "https://"),
            ("localhost:8080/v1", "https://"),
            ("ftp://voice.example.com", "https://"),
            ("file:///etc/passwd", "https://"),
            ("http://voice.example.com/v1", "read the key"),
            ("http://localhost.example.com/v1", "read the key"),
            ("http://127.0.0.1.example.com/v1", "read the key"),
            ("http://192.168.1.9/v1", "read the key"),
            ("https://dana:secret@voice.example.com/v1", "name or password"),
            ("https://sk-abc@voice.example.com/v1", "name or password"),
            ("https://voice.example.com/v1?model=x", "“?”"),
            ("https://voice.example.com/v1#x", "“#”"),
            ("https://", "https://"),
        ] {
            let error = Address::parse(typed).unwrap_err();
            assert!(error.code == sellme_core::Code::InvalidInput && error.message.contains(word), "{typed}: {error}");
        }
    }

    #[test]
    fn a_key_is_kept_for_scheme_host_and_port() {
        let origin = |text| Address::parse(text).unwrap().origin();
        assert_eq!(origin("https://api.openai.com:443/v1"), "https://api.openai.com");
        assert_eq!(origin("https://voice.example.com/other"), origin("https://VOICE.example.com"));
        assert_ne!(origin("https://voice.example.com"), origin("https://voice.example.com:8443"));
        assert!(Address::parse(OPEN_AI).unwrap().is_open_ai());
        assert!(!Address::parse("https://api.openai.com.example.com").unwrap().is_open_ai());
        assert_eq!(Address::parse("http://localhost:8080").unwrap().host(), "localhost:8080");
    }

    #[test]
    fn parts_below_an_address_stay_below_it() {
        let address = Address::parse("https://us.example.com/openai").unwrap();
        assert_eq!(address.at(&["realtime", "calls"]).as_str(), "https://us.example.com/openai/v1/realtime/calls");
        assert_eq!(address.at(&["a/../b?c"]).as_str(), "https://us.example.com/openai/v1/a%2F..%2Fb%3Fc");
    }

    proptest! {
        #[test]
        fn whatever_is_taken_can_be_typed_again_and_is_safe(text in "(https?://)?[a-z0-9.:@/?#\\[\\]%é -]{0,40}") {
            if let Ok(address) = Address::parse(&text) {
                prop_assert_eq!(&Address::parse(&address.to_string()).unwrap(), &address);
                prop_assert!(address.to_string().ends_with("/v1"));
                prop_assert!(address.is_secure() || address.is_local());
                prop_assert_eq!(address.at(&["models"]).origin().ascii_serialization(), address.origin());
            }
        }
    }
}
