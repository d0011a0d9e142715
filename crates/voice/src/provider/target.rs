//! Which service is asked, and how it wants to be asked.

use sellme_core::{
    Code, Error,
    error::Result,
    wire::{Compatible, HangUpForm, HubSettings, KeyForm, OfferForm, ProviderKind, VoiceSettings},
};

use super::{Address, Key, OPEN_AI};

/// A service and its ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What it is.
    pub kind: ProviderKind,
    /// Where it is.
    pub address: Address,
    /// How the offer is posted.
    pub offer: OfferForm,
    /// How it is told who asks.
    pub key: KeyForm,
    /// How it is told that a call is over.
    pub hang_up: HangUpForm,
}

impl Target {
    /// The service that a person chose. `instead` is an address that stands in for OpenAI's: a company's proxy, or a server of the tests.
    ///
    /// # Errors
    /// `InvalidInput` for an address that cannot be used.
    pub fn chosen(settings: &VoiceSettings, instead: Option<&str>) -> Result<Self> {
        match settings.provider {
            ProviderKind::OpenAi => Ok(Self::open_ai(Address::parse(instead.unwrap_or(OPEN_AI))?)),
            ProviderKind::Compatible => Self::compatible(&settings.compatible),
            ProviderKind::Hub => Self::hub(&settings.hub),
        }
    }

    /// OpenAI, or what stands in for it at this address.
    #[must_use]
    pub fn open_ai(address: Address) -> Self {
        Self { kind: ProviderKind::OpenAi, address, offer: OfferForm::Multipart, key: KeyForm::Bearer, hang_up: HangUpForm::Post }
    }

    /// A compatible server.
    ///
    /// # Errors
    /// `InvalidInput` for an address that cannot be used.
    pub fn compatible(server: &Compatible) -> Result<Self> {
        let address = Address::parse(&server.base_url)?;
        Ok(Self { kind: ProviderKind::Compatible, address, offer: server.offer, key: server.key, hang_up: server.hang_up })
    }

    /// The company's hub: the offer goes there alone, since it makes the session itself.
    ///
    /// # Errors
    /// `InvalidInput` for an address that cannot be used.
    pub fn hub(hub: &HubSettings) -> Result<Self> {
        let address = Address::of_hub(&hub.address)?;
        Ok(Self { kind: ProviderKind::Hub, address, offer: OfferForm::Sdp, key: KeyForm::Bearer, hang_up: HangUpForm::Delete })
    }

    /// True where the service wants to know who asks.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        self.key != KeyForm::None
    }

    /// The key to send: none where none is wanted, even where one is there.
    ///
    /// # Errors
    /// `KeyMissing` where one is wanted and none is there.
    pub fn needed<'a>(&self, key: Option<&'a Key>) -> Result<Option<&'a Key>> {
        match key {
            _ if !self.needs_key() => Ok(None),
            None => Err(Error::new(
                Code::KeyMissing,
                format!(
                    "There is no {} for {} on this device. Save one in Settings → Voice; until then you can practice by typing.",
                    if self.kind == ProviderKind::Hub { "access token" } else { "key" },
                    self.address.host()
                ),
            )),
            key => Ok(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_stands_in_for_openai_and_not_for_a_compatible_server() {
        let mut settings = VoiceSettings::default();
        let own = Target::chosen(&settings, None).unwrap();
        assert!(own.address.is_open_ai() && own.needs_key());
        assert_eq!((own.offer, own.hang_up), (OfferForm::Multipart, HangUpForm::Post));
        let instead = Target::chosen(&settings, Some("http://127.0.0.1:9")).unwrap();
        assert_eq!(instead.address.to_string(), "http://127.0.0.1:9/v1");
        assert!(Target::chosen(&settings, Some("http://proxy.example.com")).is_err());
        settings.provider = ProviderKind::Compatible;
        assert!(Target::chosen(&settings, None).is_err(), "it has no address yet");
        settings.compatible = Compatible {
            base_url: "https://voice.example.com".into(),
            offer: OfferForm::Json,
            hang_up: HangUpForm::None,
            ..Default::default()
        };
        let server = Target::chosen(&settings, Some("http://127.0.0.1:9")).unwrap();
        assert_eq!(
            (server.address.host().as_str(), server.offer, server.hang_up),
            ("voice.example.com", OfferForm::Json, HangUpForm::None)
        );
    }

    #[test]
    fn a_hub_is_asked_with_an_access_token_and_has_no_proxy_in_its_place() {
        let mut settings = VoiceSettings { provider: ProviderKind::Hub, ..VoiceSettings::default() };
        let hub = Target::chosen(&settings, Some("http://127.0.0.1:9")).unwrap();
        assert_eq!((hub.kind, hub.address.host().as_str()), (ProviderKind::Hub, "sell.pecosrivertraders.com"));
        let error = hub.needed(None).unwrap_err();
        assert!(error.code == Code::KeyMissing && error.message.contains("no access token for sell.pecosrivertraders.com"), "{error}");
        settings.hub.address = String::new();
        assert!(Target::chosen(&settings, None).is_err(), "it has no address");
    }

    #[test]
    fn a_key_is_asked_for_where_one_is_needed_and_sent_nowhere_else() {
        let key = Key::typed("sk-abcdefgh").unwrap();
        let mut target = Target::open_ai(Address::parse(OPEN_AI).unwrap());
        assert_eq!(target.needed(Some(&key)).unwrap(), Some(&key));
        assert_eq!(target.needed(None).unwrap_err().code, Code::KeyMissing);
        target.key = KeyForm::None;
        assert_eq!(target.needed(Some(&key)).unwrap(), None);
        assert_eq!(target.needed(None).unwrap(), None);
    }
}
