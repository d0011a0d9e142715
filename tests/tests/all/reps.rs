//! What `sellme practice --script` makes of a good, an average and a poor rep of the same scenario and seed (`tests/scripts/<scenario>/`).

use std::{collections::BTreeMap, fs, path::Path};

use sellme_tests::{place::Place, root};

const REPS: [&str; 3] = ["good", "average", "poor"];
/// How far apart two reps must be, in points of the overall score.
const GAP: u64 = 10;

/// What is printed of a session in a fresh data folder.
fn play(folder: &Path, rep: &str) -> String {
    let (scenario, script) = (folder.file_name().unwrap().to_str().unwrap(), folder.join(format!("{rep}.txt")));
    let place = Place::new();
    let ran = place.run(&["practice", "--scenario", scenario, "--seed", "1", "--script", script.to_str().unwrap(), "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{scenario} {rep}: {ran:?}");
    ran.out
}

#[test]
fn a_good_an_average_and_a_poor_rep_score_in_this_order_and_twice_the_same_bytes() {
    let mut scores = BTreeMap::new();
    for folder in fs::read_dir(root().join("tests/scripts")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let printed = REPS.map(|rep| {
            let (once, again) = std::thread::scope(|scope| {
                let again = scope.spawn(|| play(&folder, rep));
                (play(&folder, rep), again.join().unwrap())
            });
            assert!(once == again, "{} {rep}: the second time was another", folder.display());
            serde_json::from_str::<serde_json::Value>(&once).unwrap()["report"]["overallScore"].as_u64().unwrap()
        });
        scores.insert(folder, printed);
    }
    assert!(scores.len() >= 10, "{scores:?}");
    let wrong: Vec<_> = scores.iter().filter(|(_, [good, average, poor])| *good < average + GAP || *average < poor + GAP).collect();
    assert!(wrong.is_empty(), "{REPS:?} must be in this order and at least {GAP} apart: {wrong:#?}");
}
