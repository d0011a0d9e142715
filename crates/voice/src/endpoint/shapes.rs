//! The shapes of sessions and client events, as the service documents them.

use super::shape::{
    Field,
    Shape::{self, Any, Either, Flag, List, Nothing, Number, Object, One, Tagged, Text, Whole},
    may, needed,
};

/// A format of sound in a session. What really passes is agreed by the session description.
const FORMAT: Shape = Tagged(&[("audio/pcm", &[may("rate", Whole(24_000, 24_000))]), ("audio/pcmu", &[]), ("audio/pcma", &[])]);

const VOICES: &[&str] = &["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"];

const VOICE: Shape = Either(&[One(VOICES), Object(&[needed("id", Text)])]);

const HEARERS: &[&str] = &[
    "whisper-1",
    "gpt-transcribe",
    "gpt-live-transcribe",
    "gpt-4o-mini-transcribe",
    "gpt-4o-mini-transcribe-2025-12-15",
    "gpt-4o-transcribe",
    "gpt-4o-transcribe-diarize",
    "gpt-realtime-whisper",
];

const TRANSCRIPTION: &[Field] = &[
    may("model", One(HEARERS)),
    may("language", Text),
    may("languages", List(&Text)),
    may("prompt", Text),
    may("keywords", List(&Text)),
    may("delay", One(&["minimal", "low", "medium", "high", "xhigh"])),
];

const TURNS: Shape = Tagged(&[
    (
        "server_vad",
        &[
            may("threshold", Number(0.0, 1.0)),
            may("prefix_padding_ms", Whole(0, 10_000)),
            may("silence_duration_ms", Whole(0, 10_000)),
            may("create_response", Flag),
            may("interrupt_response", Flag),
            may("idle_timeout_ms", Either(&[Whole(5000, 30_000), Nothing])),
        ],
    ),
    (
        "semantic_vad",
        &[may("eagerness", One(&["low", "medium", "high", "auto"])), may("create_response", Flag), may("interrupt_response", Flag)],
    ),
]);

const INPUT: Shape = Object(&[
    may("format", FORMAT),
    may(
        "noise_reduction",
        Either(&[Nothing, Object(&[needed("type", One(&["near_field", "far_field"])), may("strength", Number(0.0, 10.0))])]),
    ),
    may("transcription", Either(&[Nothing, Object(TRANSCRIPTION)])),
    may("turn_detection", Either(&[Nothing, TURNS])),
]);

const OUTPUT: Shape = Object(&[may("format", FORMAT), may("voice", VOICE), may("speed", Number(0.25, 1.5))]);

const TOOLS: Shape = List(&Tagged(&[
    ("function", &[needed("name", Text), may("description", Text), may("parameters", Any)]),
    (
        "mcp",
        &[
            needed("server_label", Text),
            may("server_url", Text),
            may("server_description", Text),
            may("connector_id", Text),
            may("authorization", Text),
            may("headers", Any),
            may("allowed_tools", Any),
            may("require_approval", Any),
        ],
    ),
]));

const TOOL_CHOICE: Shape = Either(&[
    One(&["none", "auto", "required"]),
    Tagged(&[("function", &[needed("name", Text)]), ("mcp", &[needed("server_label", Text), may("name", Text)])]),
]);

const MODALITIES: Shape = List(&One(&["audio", "text"]));
const MOST_TOKENS: Shape = Either(&[Whole(1, 4096), One(&["inf"])]);
const REASONING: Shape = Object(&[may("effort", One(&["minimal", "low", "medium", "high", "xhigh"]))]);
const PROMPT: Shape = Either(&[Nothing, Object(&[needed("id", Text), may("version", Either(&[Text, Nothing])), may("variables", Any)])]);

/// A speech session.
pub(super) const SESSION: Shape = Object(&[
    needed("type", One(&["realtime"])),
    may("model", Text),
    may("instructions", Text),
    may("output_modalities", MODALITIES),
    may("audio", Object(&[may("input", INPUT), may("output", OUTPUT)])),
    may("tools", TOOLS),
    may("tool_choice", TOOL_CHOICE),
    may("parallel_tool_calls", Flag),
    may("reasoning", REASONING),
    may("max_output_tokens", MOST_TOKENS),
    may(
        "truncation",
        Either(&[
            One(&["auto", "disabled"]),
            Tagged(&[(
                "retention_ratio",
                &[
                    needed("retention_ratio", Number(0.0, 1.0)),
                    may("token_limits", Object(&[may("post_instructions", Whole(0, 1_000_000))])),
                ],
            )]),
        ]),
    ),
    may("tracing", Either(&[Nothing, One(&["auto"]), Object(&[may("workflow_name", Text), may("group_id", Text), may("metadata", Any)])])),
    may("include", List(&One(&["item.input_audio_transcription.logprobs"]))),
    may("prompt", PROMPT),
]);

/// What a client secret is asked with.
pub(super) const SECRET: Shape = Object(&[
    may("expires_after", Object(&[may("anchor", One(&["created_at"])), may("seconds", Whole(10, 7200))])),
    may("session", SESSION),
]);

const STATUS: Shape = One(&["completed", "incomplete", "in_progress"]);
const OBJECT: Shape = One(&["realtime.item"]);

const CONTENT: Shape = List(&Tagged(&[
    ("input_text", &[needed("text", Text)]),
    ("input_audio", &[may("audio", Text), may("transcript", Either(&[Text, Nothing]))]),
    ("input_image", &[needed("image_url", Text), may("detail", One(&["auto", "low", "high"]))]),
    ("output_text", &[needed("text", Text)]),
    ("output_audio", &[may("audio", Text), may("transcript", Text)]),
]));

/// An item of a conversation that a client creates.
const ITEM: Shape = Tagged(&[
    (
        "message",
        &[
            may("id", Text),
            may("object", OBJECT),
            may("status", STATUS),
            needed("role", One(&["user", "assistant", "system"])),
            needed("content", CONTENT),
        ],
    ),
    (
        "function_call",
        &[
            may("id", Text),
            may("object", OBJECT),
            may("status", STATUS),
            needed("name", Text),
            may("call_id", Text),
            needed("arguments", Text),
        ],
    ),
    (
        "function_call_output",
        &[may("id", Text), may("object", OBJECT), may("status", STATUS), needed("call_id", Text), needed("output", Text)],
    ),
]);

const RESPONSE: Shape = Object(&[
    may("conversation", One(&["auto", "none"])),
    may("metadata", Either(&[Any, Nothing])),
    may("output_modalities", MODALITIES),
    may("instructions", Text),
    may("tools", TOOLS),
    may("tool_choice", TOOL_CHOICE),
    may("parallel_tool_calls", Flag),
    may("max_output_tokens", MOST_TOKENS),
    may("reasoning", REASONING),
    may("input", List(&Any)),
    may("audio", Object(&[may("output", Object(&[may("voice", VOICE), may("format", FORMAT)]))])),
    may("prompt", PROMPT),
]);

const OWN_ID: Field = may("event_id", Text);

/// Every event that a client may send over WebRTC.
pub(super) const EVENT: Shape = Tagged(&[
    ("session.update", &[OWN_ID, needed("session", SESSION)]),
    ("input_audio_buffer.commit", &[OWN_ID]),
    ("input_audio_buffer.clear", &[OWN_ID]),
    ("output_audio_buffer.clear", &[OWN_ID]),
    ("conversation.item.create", &[OWN_ID, needed("item", ITEM), may("previous_item_id", Either(&[Text, Nothing]))]),
    ("conversation.item.retrieve", &[OWN_ID, needed("item_id", Text)]),
    ("conversation.item.delete", &[OWN_ID, needed("item_id", Text)]),
    (
        "conversation.item.truncate",
        &[OWN_ID, needed("item_id", Text), needed("content_index", Whole(0, 0)), needed("audio_end_ms", Whole(0, i64::MAX))],
    ),
    ("response.create", &[OWN_ID, may("response", RESPONSE)]),
    ("response.cancel", &[OWN_ID, may("response_id", Text)]),
]);
