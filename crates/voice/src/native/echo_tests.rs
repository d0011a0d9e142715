//! How well echo is cancelled, in a room that is reckoned.

use super::*;
use crate::native::synth::{Room, Voice, rms};

/// What the microphone heard and what was left of it, second by second.
struct Heard {
    echo: Vec<f32>,
    left: Vec<f32>,
    near: Vec<f32>,
}

/// The customer speaks for so many seconds in a room; from `from` on the rep speaks too.
fn room(delay_ms: usize, seconds: usize, from: usize, burst: usize) -> Heard {
    let (mut customer, mut rep) = (Voice::new(1), Voice::new(2));
    let mut canceller = Canceller::new();
    canceller.set_delay(60);
    let mut walls = Room::new(delay_ms, -12.0);
    let mut heard = Heard { echo: Vec::new(), left: Vec::new(), near: Vec::new() };
    let mut clean = [0.0; FRAME];
    // What is told as played waits in the speaker's ring first.
    let mut ahead: VecDeque<Vec<f32>> = std::iter::repeat_n(vec![0.0; FRAME], 5).collect();
    for n in 0..seconds * 100 {
        // A speaker takes several frames at once; they are told when it takes them.
        if n % burst == 0 {
            for _ in 0..burst {
                let frame = customer.take(FRAME);
                canceller.played(&frame);
                ahead.push_back(frame);
            }
        }
        let frame = ahead.pop_front().unwrap();
        let echo: Vec<f32> = frame.iter().map(|sample| walls.hear(*sample)).collect();
        let near = if n >= from * 100 { rep.take(FRAME) } else { vec![0.0; FRAME] };
        let microphone: Vec<f32> = echo.iter().zip(&near).map(|(a, b)| a + b).collect();
        canceller.clean(&microphone, &mut clean).unwrap();
        heard.echo.extend(echo);
        heard.near.extend(near);
        heard.left.extend(clean);
    }
    heard
}

fn decibels(ratio: f32) -> f32 {
    20.0 * ratio.max(1e-9).log10()
}

#[test]
fn an_echo_is_thirty_decibels_softer_after_two_seconds() {
    for (delay, burst) in [(40, 1), (80, 2), (120, 3)] {
        let heard = room(delay, 7, 100, burst);
        let after = 2 * 48_000;
        let loss = decibels(rms(&heard.echo[after..]) / rms(&heard.left[after..]));
        assert!(loss >= 30.0, "{delay} ms: only {loss} dB");
    }
}

#[test]
fn the_rep_is_kept_while_the_customer_speaks() {
    let heard = room(60, 10, 5, 2);
    let after = 6 * 48_000;
    let (near, left) = (&heard.near[after..], &heard.left[after..]);
    // By how loud each 50 ms are: the phase is not kept, and gain is controlled.
    let loud = |sound: &[f32]| sound.chunks(2_400).map(rms).collect::<Vec<_>>();
    let (a, b) = (loud(near), loud(left));
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let cross: f32 = a.iter().zip(&b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum();
    let spread = |values: &[f32], mean: f32| values.iter().map(|x| (x - mean).powi(2)).sum::<f32>().sqrt();
    let alike = cross / (spread(&a, mean_a) * spread(&b, mean_b));
    assert!(alike > 0.6, "{alike}");
    let kept = decibels(rms(left) / rms(near));
    assert!(kept > -9.0, "{kept} dB of the rep is left");
}

/// A customer whom only a headset plays; the rep cuts in after so many frames. Gives how much of the rep is left in the first moments, in decibels.
fn cut_in(frames: usize) -> f32 {
    let (mut customer, mut rep) = (Voice::new(1), Voice::new(2));
    let mut canceller = Canceller::new();
    canceller.set_delay(60);
    let (mut near, mut left) = (Vec::new(), Vec::new());
    let mut clean = [0.0; FRAME];
    for n in 0..frames + 30 {
        canceller.played(&customer.take(FRAME));
        // A microphone is never quite silent.
        let mut heard: Vec<f32> = (0..FRAME).map(|at| 2e-4 * (((n * FRAME + at) as f32 * 12.9898).sin() * 43_758.547).fract()).collect();
        if n >= frames {
            let frame = rep.take(FRAME);
            near.extend(&frame);
            heard.iter_mut().zip(frame).for_each(|(sample, voice)| *sample += voice);
        }
        canceller.clean(&heard, &mut clean).unwrap();
        if n >= frames {
            left.extend(clean);
        }
    }
    decibels(rms(&left) / rms(&near))
}

#[test]
fn who_cuts_in_with_a_headset_is_kept_from_the_first_moment() {
    // Before that it does not know yet that nothing comes back.
    for frames in [150, 200, 400, 800, 1_500] {
        let kept = cut_in(frames);
        assert!(kept > -9.0, "after {frames} frames only {kept} dB of the first 300 ms are left");
    }
}

#[test]
fn without_a_customer_the_rep_passes() {
    let mut canceller = Canceller::new();
    let mut rep = Voice::new(3);
    let (mut near, mut left) = (Vec::new(), Vec::new());
    let mut clean = [0.0; FRAME];
    for _ in 0..300 {
        let frame = rep.take(FRAME);
        canceller.clean(&frame, &mut clean).unwrap();
        near.extend(frame);
        left.extend(clean);
    }
    let kept = decibels(rms(&left[48_000..]) / rms(&near[48_000..]));
    assert!((-6.0..20.0).contains(&kept), "{kept} dB");
}

#[test]
fn a_frame_of_another_length_is_refused() {
    let mut clean = [0.0; FRAME];
    assert!(matches!(Canceller::new().clean(&[0.0; 100], &mut clean), Err(SoundError::Codec(_))));
}
