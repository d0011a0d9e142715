//! Talks as long as one likes, with what they must come out as.

use serde_json::{Value, json};

/// How one exchange (the rep says something, the customer answers) goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As it should.
    Plain,
    /// The rep's words come only after the customer's.
    Late,
    /// The rep's words cannot be written down.
    Failed,
    /// The rep said nothing that is words.
    Empty,
    /// The rep cuts in to the customer.
    BargeIn,
    /// The customer reports something, too.
    Report,
    /// An answer apart is made meanwhile.
    Apart,
}

/// All of them.
pub(crate) const WAYS: [Way; 7] = [Way::Plain, Way::Late, Way::Failed, Way::Empty, Way::BargeIn, Way::Report, Way::Apart];

/// One event, with the thing that it is about: events about one thing come in this order, whatever else comes between.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) about: usize,
    /// Milliseconds since the session began.
    pub(crate) at: i64,
    pub(crate) event: Value,
}

/// A talk: events as a service sends them, and the turns that it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Talk {
    pub(crate) told: Vec<Told>,
    /// Who, the words, whether it was cut off.
    pub(crate) turns: Vec<(bool, String, bool)>,
    pub(crate) reports: usize,
    things: usize,
    last: Option<String>,
    now: i64,
}

/// Words that the customer says; of 40 characters, half of which are the first four words.
const ANSWER: &str = "That is a lot of money to me for a coat.";
const HEARD: &str = "That is a lot of";

impl Talk {
    /// A talk of these exchanges.
    pub(crate) fn of(ways: &[Way]) -> Self {
        let mut talk = Self::default();
        let thing = talk.thing();
        talk.tell(
            thing,
            0,
            json!({ "type": "session.created", "session": { "id": "sess_1", "audio": { "input": { "turn_detection": null } } } }),
        );
        talk.tell(thing, 0, json!({ "type": "conversation.created", "conversation": { "id": "conv_1" } }));
        for (number, way) in ways.iter().enumerate() {
            talk.exchange(number, *way);
        }
        talk
    }

    fn thing(&mut self) -> usize {
        self.things += 1;
        self.things - 1
    }

    fn tell(&mut self, about: usize, after: i64, mut event: Value) {
        self.now += after;
        event["event_id"] = format!("event_{}", self.told.len()).into();
        self.told.push(Told { about, at: self.now, event });
    }

    fn exchange(&mut self, number: usize, way: Way) {
        let (user, answer, response) = (format!("item_u{number}"), format!("item_a{number}"), format!("resp_{number}"));
        let (rep, customer) = (self.thing(), self.thing());
        let previous = self.last.replace(answer.clone());
        let words = format!("This is what I say in exchange {number}.");
        self.tell(rep, 500, json!({ "type": "input_audio_buffer.speech_started", "item_id": user, "audio_start_ms": self.now + 500 }));
        self.tell(rep, 2000, json!({ "type": "input_audio_buffer.speech_stopped", "item_id": user, "audio_end_ms": self.now + 2000 }));
        self.tell(rep, 1, json!({ "type": "input_audio_buffer.committed", "item_id": user, "previous_item_id": previous }));
        let item = json!({ "id": user, "type": "message", "role": "user", "status": "completed", "content": [{ "type": "input_audio", "transcript": null }] });
        self.tell(rep, 1, json!({ "type": "conversation.item.added", "item": item, "previous_item_id": previous }));
        self.tell(rep, 1, json!({ "type": "conversation.item.done", "item": item, "previous_item_id": previous }));
        if way != Way::Late {
            self.words(rep, &user, &words, way);
        }
        self.answer(customer, number, &response, &answer, &user, way);
        if way == Way::Late {
            self.words(rep, &user, &words, way);
        }
        match way {
            Way::Empty => {}
            Way::Failed => self.turns.push((true, "…".into(), false)),
            _ => self.turns.push((true, words, false)),
        }
        let (text, cut) = if way == Way::BargeIn { (HEARD, true) } else { (ANSWER, false) };
        self.turns.push((false, text.into(), cut));
    }

    fn words(&mut self, about: usize, user: &str, words: &str, way: Way) {
        let kind = |kind: &str| format!("conversation.item.input_audio_transcription.{kind}");
        match way {
            Way::Failed => self.tell(
                about,
                300,
                json!({ "type": kind("failed"), "item_id": user, "content_index": 0, "error": { "code": "unclear" } }),
            ),
            Way::Empty => {
                self.tell(about, 300, json!({ "type": kind("completed"), "item_id": user, "content_index": 0, "transcript": "" }))
            }
            _ => {
                for word in words.split_inclusive(' ') {
                    self.tell(about, 5, json!({ "type": kind("delta"), "item_id": user, "content_index": 0, "delta": word }));
                }
                let usage = json!({ "type": "duration", "seconds": 2.0 });
                self.tell(
                    about,
                    20,
                    json!({ "type": kind("completed"), "item_id": user, "content_index": 0, "transcript": words, "usage": usage }),
                );
            }
        }
    }

    fn answer(&mut self, about: usize, number: usize, response: &str, item: &str, user: &str, way: Way) {
        let place = |mut event: Value| {
            for (key, value) in
                [("response_id", json!(response)), ("item_id", json!(item)), ("output_index", json!(0)), ("content_index", json!(0))]
            {
                event[key] = value;
            }
            event
        };
        let message = |status: &str, content: Value| json!({ "id": item, "type": "message", "role": "assistant", "status": status, "content": content });
        let part = json!({ "type": "output_audio", "transcript": ANSWER });
        self.tell(about, 100, json!({ "type": "response.created", "response": { "id": response, "status": "in_progress", "conversation_id": "conv_1", "metadata": null } }));
        self.tell(about, 1, json!({ "type": "response.output_item.added", "response_id": response, "output_index": 0, "item": message("in_progress", json!([])) }));
        self.tell(
            about,
            1,
            json!({ "type": "conversation.item.added", "item": message("in_progress", json!([])), "previous_item_id": user }),
        );
        self.tell(about, 1, place(json!({ "type": "response.content_part.added", "part": { "type": "output_audio", "transcript": "" } })));
        self.tell(about, 1, json!({ "type": "output_audio_buffer.started", "response_id": response }));
        if way == Way::Apart {
            self.apart(number);
        }
        for word in ANSWER.split_inclusive(' ') {
            self.tell(about, 10, place(json!({ "type": "response.output_audio_transcript.delta", "delta": word })));
        }
        let cut = way == Way::BargeIn;
        if cut {
            self.tell(about, 900, json!({ "type": "output_audio_buffer.cleared", "response_id": response }));
            self.tell(
                about,
                1,
                json!({ "type": "conversation.item.truncated", "item_id": item, "content_index": 0, "audio_end_ms": 1000 }),
            );
        }
        self.tell(about, 1, place(json!({ "type": "response.output_audio_transcript.done", "transcript": ANSWER })));
        self.tell(about, 1, place(json!({ "type": "response.content_part.done", "part": part })));
        let whole = message(if cut { "incomplete" } else { "completed" }, json!([part]));
        self.tell(about, 1, json!({ "type": "response.output_item.done", "response_id": response, "output_index": 0, "item": whole }));
        self.tell(about, 1, json!({ "type": "conversation.item.done", "item": whole, "previous_item_id": user }));
        if way == Way::Report {
            let call = json!({ "id": format!("item_f{number}"), "type": "function_call", "status": "completed", "name": "reveal_need",
                "call_id": format!("call_{number}"), "arguments": "{\"id\":\"warm\"}" });
            self.tell(about, 1, json!({ "type": "response.output_item.done", "response_id": response, "output_index": 1, "item": call }));
            self.tell(about, 1, json!({ "type": "conversation.item.done", "item": call, "previous_item_id": item }));
            self.reports += 1;
        }
        let usage = json!({ "total_tokens": 540, "input_tokens": 400, "output_tokens": 50, "input_token_details": { "text_tokens": 300, "audio_tokens": 100,
            "cached_tokens": 200, "cached_tokens_details": { "text_tokens": 200, "audio_tokens": 0 } }, "output_token_details": { "text_tokens": 10, "audio_tokens": 40 } });
        let (status, details) =
            if cut { ("cancelled", json!({ "type": "cancelled", "reason": "turn_detected" })) } else { ("completed", Value::Null) };
        self.tell(
            about,
            1,
            json!({ "type": "response.done", "response": { "id": response, "status": status, "status_details": details, "output": [whole],
            "conversation_id": "conv_1", "metadata": null, "usage": usage } }),
        );
        if !cut {
            self.tell(about, 2000, json!({ "type": "output_audio_buffer.stopped", "response_id": response }));
        }
    }

    /// An answer that is no part of the conversation.
    fn apart(&mut self, number: usize) {
        let about = self.thing();
        let (response, item) = (format!("resp_x{number}"), format!("item_x{number}"));
        let marks = json!({ "for": "score" });
        self.tell(
            about,
            1,
            json!({ "type": "response.created", "response": { "id": response, "conversation_id": null, "metadata": marks } }),
        );
        self.tell(about, 1, json!({ "type": "response.output_text.delta", "response_id": response, "item_id": item, "delta": "Nine" }));
        self.tell(
            about,
            1,
            json!({ "type": "response.output_text.done", "response_id": response, "item_id": item, "text": "Nine points." }),
        );
        self.tell(about, 1, json!({ "type": "response.done", "response": { "id": response, "status": "completed", "conversation_id": null, "metadata": marks,
            "output": [{ "id": item, "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": "Nine points." }] }] } }));
    }
}
