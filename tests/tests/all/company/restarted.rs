//! The database server goes away under load and comes back.

use std::{
    sync::{
        atomic::Ordering,
        mpsc::{Receiver, channel},
    },
    thread,
};

use sellme_tests::{
    company::Records,
    hub::{Caller, Hub, waits_until},
    postgres::Postgres,
};

use super::load::{Rep, Together};

const REPS: usize = 3;

#[test]
fn while_the_database_is_away_everybody_is_put_off_and_afterwards_it_goes_on_by_itself() {
    let mut postgres = Postgres::start();
    let records = Records::Postgres(postgres.url());
    let hub = Hub::start(&records);
    let mut reps: Vec<_> = (0..REPS).map(|number| Rep::new(number, &records, &[&hub.url])).collect();
    let (together, anybody) = (Together::default(), Caller::new(&[&hub.url]));
    let (acknowledges, acknowledged) = channel();
    thread::scope(|scope| {
        for rep in &mut reps {
            let (acknowledges, together) = (acknowledges.clone(), &together);
            scope.spawn(move || rep.practise(together, &acknowledges));
        }
        drop(acknowledges);
        for end in [Postgres::stop, Postgres::kill] {
            several(&acknowledged);
            end(&mut postgres);
            let before = together.put_off.load(Ordering::SeqCst);
            waits_until("nobody is put off", || together.put_off.load(Ordering::SeqCst) >= before + 2 * REPS);
            let ready = anybody.get("/health/ready").unwrap();
            assert!(ready.is_put_off("database_busy"), "{ready:?}");
            assert_eq!(anybody.get("/health").unwrap().status, 200, "the server itself is there");
            postgres.start_again();
            // What was answered before is passed over.
            while acknowledged.try_recv().is_ok() {}
            several(&acknowledged);
        }
        together.enough.store(true, Ordering::SeqCst);
    });
    assert_eq!(anybody.get("/health/ready").unwrap().status, 200);
    // What was being computed when the database went away is taken anew after a minute: it is over.
    records.sql("UPDATE pending SET leased_until = 0");
    for rep in &reps {
        assert!(rep.completed() > 0);
        rep.finds_everything();
        rep.finds_it_counted_once();
    }
    hub.stop();
}

fn several(acknowledged: &Receiver<()>) {
    for _ in 0..20 {
        acknowledged.recv().expect("somebody who is answered");
    }
}
