//! `sellme score`: any conversation, whatever it is made of.

use sellme_tests::{place::Place, script};
use serde_json::{Value, json};

fn talk(id: &str, words: &str) -> String {
    json!({ "id": id, "turns": [
        { "speaker": "rep", "text": "Good morning, what brings you in?" },
        { "speaker": "customer", "text": "It costs too much." },
        { "speaker": "rep", "text": words },
    ] })
    .to_string()
}

#[test]
fn plain_lines_and_json_are_scored_alike_and_twice_the_same() {
    let place = Place::new();
    let plain = "Rep: Good morning, what brings you in?\nCustomer: It costs too much.\nRep: I hear you. What were you hoping to spend?\n";
    let first = place.run_with(&["score", "-", "--json"], plain);
    let again = place.run_with(&["score", "-", "--json"], plain);
    let json = place.run_with(&["score", "-", "--json"], talk("x", "I hear you. What were you hoping to spend?"));
    assert_eq!((&first.out, first.code), (&again.out, Some(0)), "{first:?}");
    assert_eq!(first.json(), json.json());
    assert!(place.run_with(&["score", "-"], plain).out.len() > 100, "a report for a person");
}

#[test]
fn cues_come_per_turn_with_kind_subject_and_span() {
    let place = Place::new();
    let words = "It is oil-finished cotton and costs $119. What do you think?";
    let line =
        json!({ "id": 5, "turns": [{ "speaker": "customer", "text": "Tell me about the jacket." }, { "speaker": "rep", "text": words }] })
            .to_string();
    let scored = &place.run_with(&["score", "-", "--jsonl", "--scenario", script::SCENARIO], line).lines()[0];
    assert_eq!(scored["id"], 5);
    let cues = scored["cues"].as_array().unwrap_or_else(|| panic!("{scored}"));
    let all: Vec<&Value> =
        cues.iter().flat_map(|turn| turn["cues"].as_array().map_or_else(|| vec![turn], |cues| cues.iter().collect())).collect();
    assert!(!all.is_empty(), "{scored}");
    let spans: Vec<&str> = all.iter().filter_map(|cue| Some(&words[index(&cue["span"]["start"])?..index(&cue["span"]["end"])?])).collect();
    assert!(spans.iter().any(|span| span.contains("119")), "no cue marks the price: {cues:#?}");
    assert!(all.iter().all(|cue| cue["kind"].is_string()), "{cues:#?}");
}

fn index(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

#[test]
fn a_bad_line_in_the_middle_is_answered_and_the_others_are_scored() {
    let place = Place::new();
    let mut input = talk("first", "I hear you.").into_bytes();
    input.extend(b"\n{\"id\": \"cut\", \"turns\": [\n\n{\"id\":1}\n\xff\xfe\n[]\n{\"turns\":[{\"speaker\":\"dog\",\"text\":\"woof\"}]}\n");
    input.extend(talk("last", "Shall we ring it up?").into_bytes());
    let ran = place.run_with(&["score", "-", "--jsonl"], input);
    assert_eq!(ran.code, Some(65), "{ran:?}");
    let lines = ran.lines();
    assert_eq!(lines.len(), 7, "{lines:#?}");
    assert_eq!((&lines[0]["id"], &lines[6]["id"]), (&"first".into(), &"last".into()));
    assert_eq!(lines[1..6].iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 4, 5, 6, 7]);
    assert_eq!(
        lines[1..6].iter().map(|line| &line["id"]).collect::<Vec<_>>(),
        [&Value::Null, &json!(1), &Value::Null, &Value::Null, &Value::Null]
    );
    for line in &lines[1..6] {
        let error = line["error"].as_object().unwrap();
        assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "message"]);
        assert_eq!(error["code"], "invalid_input");
    }
    assert!(ran.err.contains('5'), "how many: {}", ran.err);
}

#[test]
fn a_byte_order_mark_before_the_first_line_is_passed_over() {
    let place = Place::new();
    let marked = |text: String| format!("\u{feff}{text}");
    let ran = place.run_with(&["score", "-", "--jsonl"], marked(talk("marked", "Good morning.")));
    assert_eq!((ran.code, &ran.lines()[0]["id"]), (Some(0), &json!("marked")), "{ran:?}");
    assert_eq!(place.run_with(&["score", "-"], marked("Rep: Good morning.\n".to_owned())).code, Some(0));
}

#[test]
fn what_is_no_transcript_is_refused_with_a_sentence() {
    let place = Place::new();
    let bad: &[&[u8]] = &[
        b"{\"turns\":[]}",
        b"",
        b"\n\n",
        b"{",
        b"{\"turns\": 5}",
        b"[1,2]",
        b"\xff\xfe\x00",
        b"hello\n",
        b"{\"turns\":[{\"speaker\":\"rep\"}]}",
        b"null",
    ];
    for input in bad {
        place.run_with(&["score", "-"], input).refused(65);
        place.run_with(&["score", "-", "--json"], input).refused(65);
    }
    assert!(place.run(&["score", "/tmp"]).refused(65).contains("folder"));
}

#[test]
fn odd_words_are_scored_and_never_a_crash() {
    let place = Place::new();
    let odd = [
        "",
        " ",
        "\u{0}\u{7}\u{1b}[31m\r\n\t",
        "🤠🧥👨‍👩‍👧‍👦",
        "\u{202e}sdrawkcab\u{feff}",
        "e\u{301}\u{301}\u{301} piñon ＄１１９",
        "$99999999999999999999999999999.99 and $-1 and 1e400 percent",
        "'; DROP TABLE session; --",
        "((((((((((((((((((((",
    ];
    for words in odd {
        let ran = place.run_with(&["score", "-", "--jsonl", "--scenario", script::SCENARIO], talk("odd", words));
        assert_eq!((ran.code, ran.lines().len()), (Some(0), 1), "{words:?}: {ran:?}");
    }
}

#[test]
fn a_hundred_kilobytes_in_one_turn_are_scored() {
    let place = Place::new();
    for piece in ["what about the price of $119, ", "no ", "a", "yes but I really do not think so because "] {
        let words = piece.repeat(100_000 / piece.len());
        let ran = place.run_with(&["score", "-", "--jsonl", "--scenario", script::SCENARIO], talk("long", &words));
        assert_eq!((ran.code, ran.lines().len()), (Some(0), 1), "{piece}");
    }
}
