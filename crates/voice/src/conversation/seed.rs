//! History for a new session: a service forgets everything when a connection is lost.

use sellme_core::session::Speaker;

use super::line::UNWRITTEN;
use crate::events::{ClientEvent, Content, Role};

/// What the ids of such items begin with, so that they are not taken for something said now.
const PREFIX: &str = "before_";

/// True where the item is history that was put back.
pub(super) fn is_history(item_id: &str) -> bool {
    item_id.starts_with(PREFIX)
}

/// The events that tell a new session what was said before, in order. What could not be written down is left out.
pub fn seed<'a>(turns: impl IntoIterator<Item = (Speaker, &'a str)>) -> Vec<ClientEvent> {
    let said = turns.into_iter().filter(|(_, text)| is_known(text));
    said.enumerate()
        .map(|(index, (speaker, text))| {
            let id = Some(format!("{PREFIX}{index:04}"));
            let text = text.to_owned();
            match speaker {
                Speaker::Rep => ClientEvent::said(id, Role::User, Content::InputText { text }),
                Speaker::Customer => ClientEvent::said(id, Role::Assistant, Content::OutputText { text }),
            }
        })
        .collect()
}

/// Who spoke last of those whose words a new session is told.
pub fn last(turns: &[(Speaker, String)]) -> Option<Speaker> {
    turns.iter().rev().find(|(_, text)| is_known(text)).map(|(speaker, _)| *speaker)
}

fn is_known(text: &str) -> bool {
    !text.trim().is_empty() && text != UNWRITTEN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rep_is_the_user_and_what_was_not_understood_is_left_out() {
        let events = seed([(Speaker::Customer, "Hello."), (Speaker::Rep, "…"), (Speaker::Rep, "Hi!")]);
        let messages: Vec<_> = events.iter().map(ClientEvent::message).collect();
        let expected = [
            r#"{"type":"conversation.item.create","item":{"type":"message","id":"before_0000","role":"assistant","content":[{"type":"output_text","text":"Hello."}]}}"#,
            r#"{"type":"conversation.item.create","item":{"type":"message","id":"before_0001","role":"user","content":[{"type":"input_text","text":"Hi!"}]}}"#,
        ];
        assert_eq!(messages, expected);
    }
}
