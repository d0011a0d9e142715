//! The rules of the jitter buffer, in virtual time.

use super::*;

/// 20 ms of Opus silence (the first byte says the length).
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn packet(number: u64) -> Packet {
    Packet { time: 1_000_000 + number * 960, payload: Arc::from(SILENCE) }
}

fn number(next: &Next) -> Option<u64> {
    match next {
        Next::Packet(packet) => Some((packet.time - 1_000_000) / 960),
        _ => None,
    }
}

/// Puts these packets at these milliseconds and takes one every 20 ms from the first on.
fn play(arrivals: &[(u64, u64)], until: u64) -> (Jitter, Vec<Next>) {
    let mut jitter = Jitter::new();
    let mut out = Vec::new();
    for now in 0..until {
        for (at, number) in arrivals.iter().filter(|(at, _)| *at == now) {
            assert_eq!(*at, now);
            jitter.put(ms(now), packet(*number));
        }
        if now % 20 == 10 {
            out.push(jitter.next(ms(now)));
        }
    }
    (jitter, out)
}

#[test]
fn packets_in_order_all_play_once_and_in_order() {
    let arrivals: Vec<_> = (0..50).map(|n| (n * 20, n)).collect();
    let (jitter, out) = play(&arrivals, 1200);
    let played: Vec<_> = out.iter().filter_map(number).collect();
    assert_eq!(played, (0..50).collect::<Vec<_>>());
    assert_eq!(jitter.counts(), JitterCounts { played: 50, ..JitterCounts::default() });
}

#[test]
fn nothing_plays_before_the_buffer_is_filled() {
    let mut jitter = Jitter::new();
    assert_eq!(jitter.next(ms(0)), Next::Nothing);
    jitter.put(ms(0), packet(0));
    assert_eq!(jitter.next(ms(5)), Next::Nothing);
    jitter.put(ms(20), packet(1));
    assert_eq!(number(&jitter.next(ms(20))), Some(0));
}

#[test]
fn a_lone_packet_plays_once_it_has_waited_long_enough() {
    let mut jitter = Jitter::new();
    jitter.put(ms(0), packet(0));
    assert_eq!(jitter.next(ms(39)), Next::Nothing);
    assert_eq!(number(&jitter.next(ms(40))), Some(0));
}

#[test]
fn packets_out_of_order_play_in_order() {
    let (_, out) = play(&[(0, 1), (2, 0), (40, 3), (41, 2), (80, 4)], 200);
    assert_eq!(out.iter().filter_map(number).collect::<Vec<_>>(), vec![0, 1, 2, 3, 4]);
}

#[test]
fn a_lost_packet_is_recovered_from_the_one_after_it() {
    let mut jitter = Jitter::new();
    for n in [0, 1, 3, 4] {
        jitter.put(ms(n * 20), packet(n));
    }
    assert_eq!(number(&jitter.next(ms(80))), Some(0));
    assert_eq!(number(&jitter.next(ms(100))), Some(1));
    assert_eq!(jitter.next(ms(120)), Next::Recover(packet(3), 960));
    assert_eq!(number(&jitter.next(ms(140))), Some(3));
    assert_eq!(jitter.counts().missing, 1);
}

#[test]
fn of_two_lost_packets_the_first_is_concealed() {
    let mut jitter = Jitter::new();
    for n in [0, 3] {
        jitter.put(ms(n * 20), packet(n));
    }
    assert_eq!(number(&jitter.next(ms(80))), Some(0));
    assert_eq!(jitter.next(ms(100)), Next::Conceal(960));
    assert_eq!(jitter.next(ms(120)), Next::Recover(packet(3), 960));
    assert_eq!(number(&jitter.next(ms(140))), Some(3));
}

#[test]
fn a_late_packet_and_a_second_copy_are_not_played() {
    let mut jitter = Jitter::new();
    for n in [0, 2, 2, 3] {
        jitter.put(ms(n * 20), packet(n));
    }
    for at in [80, 100, 120] {
        jitter.next(ms(at));
    }
    jitter.put(ms(130), packet(1));
    assert_eq!(jitter.next(ms(140)), Next::Conceal(960), "one was late: from here on everything has more time");
    assert_eq!(number(&jitter.next(ms(160))), Some(3));
    assert_eq!(jitter.counts(), JitterCounts { played: 3, late: 1, duplicate: 1, missing: 1, empty: 0 });
}

#[test]
fn an_empty_payload_is_no_sound() {
    let mut jitter = Jitter::new();
    jitter.put(ms(0), Packet { time: 1_000_000, payload: Arc::from([]) });
    assert_eq!(jitter.next(ms(500)), Next::Nothing);
    assert_eq!(jitter.counts().empty, 1);
}

#[test]
fn an_uneven_network_makes_the_buffer_deeper_and_an_even_one_shallower_again() {
    let mut jitter = Jitter::new();
    for n in 0..300 {
        jitter.put(ms(n * 20 + [0, 37, 71, 12, 90][usize::try_from(n % 5).unwrap_or(0)]), packet(n));
        jitter.next(ms(n * 20));
    }
    assert!(jitter.target() >= 90 * 48 && jitter.target() <= 130 * 48, "{}", jitter.target());
    for n in 300..600 {
        jitter.put(ms(n * 20), packet(n));
        jitter.next(ms(n * 20));
    }
    assert_eq!(jitter.target(), LEAST);
}

#[test]
fn a_deep_enough_buffer_hides_an_uneven_network() {
    let arrivals: Vec<_> = (0..500).map(|n| (n * 20 + [0, 37, 61, 12, 55][usize::try_from(n % 5).unwrap_or(0)], n)).collect();
    let (jitter, out) = play(&arrivals, 10_000);
    let late_half = out.iter().skip(out.len() / 2).filter(|next| number(next).is_none()).count();
    assert_eq!(late_half, 0, "{:?}", jitter.counts());
}

#[test]
fn a_sender_that_pauses_is_concealed_for_a_moment_and_then_waited_for() {
    let mut jitter = Jitter::new();
    for n in 0..3 {
        jitter.put(ms(n * 20), packet(n));
    }
    let out: Vec<_> = (3..20).map(|n| jitter.next(ms(n * 20))).collect();
    assert_eq!(out.iter().filter_map(number).count(), 3);
    assert_eq!(out.iter().filter(|next| matches!(next, Next::Conceal(_))).count(), 5);
    assert!(!jitter.playing());
    jitter.put(ms(1000), packet(50));
    jitter.put(ms(1020), packet(51));
    assert_eq!(number(&jitter.next(ms(1020))), Some(50));
}

#[test]
fn what_was_cleared_is_never_heard_and_what_comes_after_is() {
    let mut jitter = Jitter::new();
    for n in 0..6 {
        jitter.put(ms(n * 20), packet(n));
    }
    assert_eq!(number(&jitter.next(ms(120))), Some(0));
    jitter.clear();
    assert_eq!(jitter.depth(), 0);
    jitter.put(ms(125), packet(3));
    assert_eq!(jitter.next(ms(300)), Next::Nothing);
    jitter.put(ms(300), packet(10));
    jitter.put(ms(320), packet(11));
    assert_eq!(number(&jitter.next(ms(450))), Some(10));
}

#[test]
fn a_new_stream_begins_afresh_wherever_its_clock_stands() {
    let mut jitter = Jitter::new();
    for n in 0..3 {
        jitter.put(ms(n * 20), packet(n));
    }
    jitter.next(ms(60));
    for n in 0..3_u64 {
        jitter.put(ms(80 + n * 20), Packet { time: n * 960, payload: Arc::from(SILENCE) });
    }
    assert!(matches!(jitter.next(ms(120)), Next::Packet(Packet { time: 0, .. })));
}

#[test]
fn a_flood_of_packets_does_not_fill_the_memory() {
    let mut jitter = Jitter::new();
    for n in 0..10_000 {
        jitter.put(ms(n / 100), packet(n));
    }
    assert!(jitter.depth() <= KEPT as u64 * 960);
}

#[test]
fn after_a_pause_on_a_punctual_network_nothing_is_held_back_longer_than_it_takes_the_next_packet_to_come() {
    let mut jitter = Jitter::new();
    for n in 0..60 {
        jitter.put(ms(n * 20), packet(n));
        jitter.next(ms(n * 20 + 5));
    }
    while jitter.next(ms(1_300)) != Next::Nothing {}
    // The pause is over with packet 100.
    jitter.put(ms(2_000), packet(100));
    assert_eq!(jitter.next(ms(2_014)), Next::Nothing);
    assert_eq!(number(&jitter.next(ms(2_016))), Some(100));
}

#[test]
fn who_speaks_again_at_another_moment_does_not_make_the_network_less_punctual() {
    let mut jitter = Jitter::new();
    // It speaks for 1.2 s every 5 s.
    for (spurt, late) in (0..).zip([0, 13, 4, 18, 9]) {
        let begins = spurt * 5_000 + late;
        for n in 0..60 {
            jitter.put(ms(begins + n * 20), packet(spurt * 250 + n));
            jitter.next(ms(begins + n * 20 + 16));
        }
        while jitter.next(ms(begins + 1_200)) != Next::Nothing {}
    }
    assert_eq!(jitter.target(), LEAST);
    jitter.put(ms(25_007), packet(1_250));
    assert_eq!(jitter.next(ms(25_021)), Next::Nothing);
    assert_eq!(number(&jitter.next(ms(25_023))), Some(1_250));
}
