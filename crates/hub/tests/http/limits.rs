//! How much somebody may ask for, and that it is counted before any work.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::support::{Client, Stage, connected, is_refusal, spoken};

/// Asks with a token that nobody has.
async fn guess(stage: &Stage, number: u32) -> crate::support::Answer {
    Client::new(&stage.url, Some(&format!("smp_{number:064}"))).get("/api/me").await
}

#[tokio::test]
async fn nothing_is_looked_up_for_whoever_shows_unknown_tokens_without_end_and_whoever_is_known_goes_on() {
    let stage = Stage::new(&["--rate", "5"]);
    assert_eq!(stage.as_person(&stage.a).get("/api/me").await.status, 200);
    for number in 0..4 {
        assert_eq!(is_refusal(&guess(&stage, number).await, 401), "not_signed_in");
    }
    let refused = guess(&stage, 4).await;
    assert_eq!(is_refusal(&refused, 429), "too_many_requests");
    assert!((1..=12).contains(&refused.header("retry-after").parse::<u32>().unwrap()), "{refused:?}");
    // A good one that was never shown before could as well be a guess: that it is let in would say that it was looked up.
    assert_eq!(is_refusal(&stage.as_person(&stage.b).get("/api/me").await, 429), "too_many_requests");
    assert_eq!(stage.as_person(&stage.a).get("/api/me").await.status, 200);
}

#[tokio::test]
async fn a_try_too_many_to_get_in_is_refused_before_its_body_has_come() {
    // As many as the stage itself signs in.
    let stage = Stage::new(&["--sign-in-rate", "6", "--request-seconds", "1"]);
    for path in ["/api/sign-in", "/api/invitations/accept", "/api/devices/enrol"] {
        assert!((0..20).any(|_| tried_from(&stage, &[]) == "HTTP/1.1 429"), "{path}");
        let head = format!("POST {path} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-length: 1000\r\n\r\n{{");
        let answer = spoken(&stage.url, head.as_bytes(), false);
        assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after: "), "{answer}");
    }
}

/// How a try to get in from these addresses, as proxies say them, is answered.
fn tried_from(stage: &Stage, lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!("x-forwarded-for: {line}\r\n")).collect();
    let head = format!("POST /api/sign-in HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n{lines}content-length: 2\r\n\r\n{{}}");
    spoken(&stage.url, head.as_bytes(), false)[..12].to_owned()
}

#[test]
fn behind_a_proxy_it_is_counted_by_what_the_proxy_saw_whatever_else_is_written_before() {
    let stage = Stage::new(&["--behind-proxy", "--trusted-proxy", "10.0.0.2", "--sign-in-rate", "6"]);
    for number in 0..6 {
        assert_eq!(tried_from(&stage, &[&format!("1.1.1.{number}"), "192.0.2.7"]), "HTTP/1.1 400");
    }
    for lines in
        [&["192.0.2.7"][..], &["1.1.1.9, 192.0.2.7"], &["1.1.1.9", "192.0.2.7"], &["192.0.2.7, 10.0.0.2"], &["192.0.2.7", "10.0.0.2"]]
    {
        assert_eq!(tried_from(&stage, lines), "HTTP/1.1 429", "{lines:?}");
    }
    assert_eq!(tried_from(&stage, &["192.0.2.8"]), "HTTP/1.1 400");
}

#[test]
fn a_network_of_ipv6_is_counted_as_one() {
    let stage = Stage::new(&["--behind-proxy", "--sign-in-rate", "6"]);
    for number in 0..6 {
        assert_eq!(tried_from(&stage, &[&format!("2001:db8:1:2:{number}::1")]), "HTTP/1.1 400");
    }
    assert_eq!(tried_from(&stage, &["2001:db8:1:2:7::1"]), "HTTP/1.1 429");
    assert_eq!(tried_from(&stage, &["2001:db8:1:3:7::1"]), "HTTP/1.1 400");
}

#[test]
fn nobody_is_taken_for_a_proxy_on_the_port_of_the_administration() {
    let stage = Stage::new(&["--behind-proxy", "--sign-in-rate", "6"]);
    let tried = |number: u32| {
        let head = "POST /api/sign-in HTTP/1.1\r\nhost: hub\r\nconnection: close";
        let head = format!("{head}\r\nx-forwarded-for: 192.0.2.{number}\r\ncontent-length: 2\r\n\r\n{{}}");
        spoken(&stage.admin_url, head.as_bytes(), false)[..12].to_owned()
    };
    assert!((1..40).any(|number| tried(number) == "HTTP/1.1 429"));
}

#[tokio::test]
async fn nobody_has_the_records_asked_without_end_by_looking_at_a_page() {
    let stage = Stage::new(&["--rate", "5"]);
    for path in ["/", "/invitation", "/health/ready"] {
        let mut refused = false;
        for _ in 0..40 {
            refused |= stage.as_nobody().get(path).await.status == 429;
        }
        assert!(refused, "{path}");
    }
}

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nhost: hub\r\n\r\n";

/// The first line of the next answer.
fn first_line(stream: &mut TcpStream) -> String {
    let mut answer = [0; 15];
    stream.read_exact(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn connections_beyond_the_bound_wait_until_another_is_let_go() {
    let stage = Stage::new(&["--connections", "2"]);
    let mut open: Vec<_> = (0..3).map(|_| connected(&stage.url)).collect();
    for stream in &mut open {
        stream.write_all(HEALTH).unwrap();
    }
    for stream in &mut open[..2] {
        assert_eq!(first_line(stream), "HTTP/1.1 200 OK");
    }
    open[2].set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let waits = open[2].read(&mut [0; 1]).map_err(|error| error.kind());
    assert!(matches!(waits, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{waits:?}");
    open[2].set_read_timeout(None).unwrap();
    drop(open.remove(0));
    assert_eq!(first_line(&mut open[1]), "HTTP/1.1 200 OK");
}
