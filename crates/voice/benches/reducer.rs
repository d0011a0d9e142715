//! Reading and reducing events, from text to turns. The budget is 200 000 events a second.
#![allow(missing_docs, clippy::expect_used, reason = "a bench that cannot start says so")]

#[path = "../tests/all/common/talk.rs"]
#[allow(dead_code, reason = "it needs but a part of what the tests have")]
mod talk;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use sellme_core::Millis;
use sellme_voice::{conversation::Conversation, events::ServerEvent};
use talk::{Talk, WAYS, Way};

fn reducer(criterion: &mut Criterion) {
    let ways: Vec<Way> = WAYS.iter().copied().cycle().take(100).collect();
    let messages: Vec<(Millis, String)> = Talk::of(&ways).told.iter().map(|one| (Millis(one.at), one.event.to_string())).collect();
    let mut group = criterion.benchmark_group("reducer");
    group.throughput(Throughput::Elements(messages.len() as u64));
    group.bench_function("read", |bencher| {
        bencher.iter(|| messages.iter().filter(|(_, message)| ServerEvent::parse(black_box(message)).is_ok()).count());
    });
    group.bench_function("read and reduce", |bencher| {
        bencher.iter_batched_ref(
            Conversation::new,
            |conversation| {
                for (at, message) in &messages {
                    let event = ServerEvent::parse(black_box(message)).expect("an event");
                    black_box(conversation.apply(*at, &event));
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, reducer);
criterion_main!(benches);
