//! The server is killed under load, again and again.

use std::{sync::mpsc::channel, thread};

use sellme_tests::{company::Records, hub::Hub};

use super::load::{Rep, Together};

/// How often it is killed where everything is tested; `SELLME_TEST_KILLS` asks for more.
const KILLS: usize = 4;

#[test]
fn what_was_acknowledged_survives_a_kill_and_is_computed_and_counted_once() {
    let kills = std::env::var("SELLME_TEST_KILLS").map_or(KILLS, |kills| kills.parse().expect("a number"));
    let records = Records::folder();
    let mut hub = Hub::start(&records);
    let mut reps: Vec<_> = (0..3).map(|number| Rep::new(number, &records, &[&hub.url])).collect();
    let together = Together::default();
    for kill in 0..kills {
        let (acknowledges, acknowledged) = channel();
        thread::scope(|scope| {
            for rep in &mut reps {
                let (acknowledges, together) = (acknowledges.clone(), &together);
                scope.spawn(move || rep.practise(together, &acknowledges));
            }
            drop(acknowledges);
            // At another moment each time: between two of them, or within whatever the others do.
            for _ in 0..8 + kill * 13 % 50 {
                acknowledged.recv().expect("somebody who is answered");
            }
            hub.kill();
        });
        hub = Hub::start(&records);
        for rep in &mut reps {
            rep.moves_to(&[&hub.url]);
            rep.finds_everything();
        }
    }
    assert!(reps.iter().map(Rep::completed).sum::<usize>() > kills, "the kills came before anything was completed");
    // What was kept before the last kill and not answered any more is answered now.
    for rep in &mut reps {
        rep.finishes(&together);
    }
    for rep in &reps {
        rep.finds_it_counted_once();
    }
    hub.stop();
}
