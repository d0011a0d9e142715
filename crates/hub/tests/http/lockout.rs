//! Wrong passwords: nobody learns by them who is known, and nobody keeps others out by guessing.

use serde_json::{Value, json};

use crate::support::{PASSWORD, Stage, spoken};

/// How a sign-in from an address is answered: the status, after how many seconds it would be taken, and the body.
fn tried(stage: &Stage, from: &str, email: &str, password: &str) -> (u16, Option<u32>, Value) {
    let body = json!({ "email": email, "password": password }).to_string();
    let request = format!(
        "POST /api/sign-in HTTP/1.1\r\nhost: hub\r\nconnection: close\r\nx-forwarded-for: {from}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = spoken(&stage.url, request.as_bytes(), false);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let seconds = head.lines().find_map(|line| line.strip_prefix("retry-after: ")).map(|seconds| seconds.parse().unwrap());
    (head[9..12].parse().unwrap(), seconds, serde_json::from_str(body).unwrap())
}

#[test]
fn wrong_passwords_for_somebody_and_for_nobody_are_answered_alike() {
    let stage = Stage::new(&["--behind-proxy"]);
    for number in 1..=7 {
        let [known, unknown] = [&*stage.a.email, "nobody@example.com"].map(|email| tried(&stage, "192.0.2.7", email, "wrong"));
        assert_eq!(known.0, if number <= 5 { 401 } else { 429 }, "{number}: {known:?}");
        assert_eq!((known.0, &known.2["code"]), (unknown.0, &unknown.2["code"]), "{number}");
        // A second may have gone by between the two.
        let words = |body: &Value| body["message"].as_str().unwrap().replace(|sign: char| sign.is_ascii_digit(), "");
        assert_eq!(words(&known.2), words(&unknown.2), "{number}");
        for (_, seconds, body) in [known, unknown] {
            let Some(seconds) = seconds else { continue };
            assert!((1..=60).contains(&seconds), "{seconds} s of a minute");
            assert!(body["message"].as_str().unwrap().contains(&format!("in {seconds} seconds")), "{body}");
        }
    }
}

#[test]
fn whoever_guesses_locks_their_own_network_out_and_nobody_else() {
    let stage = Stage::new(&["--behind-proxy"]);
    for _ in 0..5 {
        assert_eq!(tried(&stage, "2001:db8:1:2::1", &stage.admin.email, "wrong").0, 401);
    }
    assert_eq!(tried(&stage, "2001:db8:1:2::2", &stage.admin.email, PASSWORD).0, 429);
    assert_eq!(tried(&stage, "192.0.2.7", &stage.admin.email, PASSWORD).0, 200);
    assert_eq!(tried(&stage, "2001:db8:1:2::2", &stage.admin.email, PASSWORD).0, 429, "of that network nobody knows whether it was them");
}
