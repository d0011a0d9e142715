//! The message catalogue, the same files that the window reads.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use sellme_core::scoring::report::Message;
use unic_langid::LanguageIdentifier;

const FILES: [&str; 5] = [
    include_str!("../../ui/messages/en/app.ftl"),
    include_str!("../../ui/messages/en/scoring.ftl"),
    include_str!("../../ui/messages/en/practice.ftl"),
    include_str!("../../ui/messages/en/words.ftl"),
    include_str!("../../ui/messages/en/cli.ftl"),
];

/// Looks words up.
pub(crate) struct Messages {
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// English, the only language so far.
    pub(crate) fn english() -> Self {
        let mut bundle = FluentBundle::new(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for file in FILES {
            // A file with a mistake gives what can be read of it; a test rules that out.
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
    }

    /// The words of a message without arguments.
    pub(crate) fn word(&self, id: &str) -> String {
        self.say(&Message::new(id))
    }

    /// The words of a message; its id where there are none, which a test rules out.
    pub(crate) fn say(&self, message: &Message) -> String {
        let pattern = self.bundle.get_message(&message.id).and_then(|found| found.value());
        let Some(pattern) = pattern else { return message.id.clone() };
        let mut arguments = FluentArgs::new();
        for (name, value) in &message.args {
            // What is a number is counted as one: “1 attempt”, “2 attempts”.
            arguments.set(name.as_str(), FluentValue::try_number(value.as_str()));
        }
        let mut problems = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut problems).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let said = |kept: &str| Messages::english().say(&Message::new("notice-repaired").with("kept", kept).with("missing", "0"));
        assert!(said("1").contains("one attempt is") && said("2").contains("2 attempts are"));
        assert!(said("1").contains("none is missing"));
    }

    #[test]
    fn the_message_files_have_no_mistakes() {
        for file in FILES {
            assert!(FluentResource::try_new(file.to_owned()).is_ok(), "{file}");
        }
    }
}
