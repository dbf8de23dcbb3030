//! Plans beside brute force, beside the public instances, and what is asked of every plan.

mod answers;
mod bad_input;
mod fitting;
mod tiny;

use super::*;
use flate2::read::GzDecoder;

macro_rules! vectors {
    ($($name:literal),*) => {
        [$(($name, include_bytes!(concat!("../../../../../tests/vectors/allocation/", $name)).as_slice())),*]
    };
}

/// A public instance or the best known plan for it, unpacked.
fn public(name: &str) -> Vec<u8> {
    let vectors = vectors![
        "college-s-1.json.gz",
        "college-m-1.json.gz",
        "college-l-1.json.gz",
        "lea-1.json.gz",
        "lea-1-replan.json.gz",
        "college-s-1.best.json.gz",
        "college-m-1.best.json.gz",
        "college-l-1.best.json.gz",
        "lea-1.best.json.gz",
        "lea-1-replan.best.json.gz"
    ];
    let (_, packed) = vectors.iter().find(|(known, _)| *known == name).unwrap();
    let file: serde_json::Value = serde_json::from_reader(GzDecoder::new(*packed)).unwrap();
    serde_json::to_vec(&file).unwrap()
}

fn planned(instance: &Instance, iterations: u64) -> Outcome {
    let graph = Graph::new(instance);
    solve(instance, &graph, Options { iterations, ..Options::default() }, |_| true)
}

/// R-ALL-2, R-ALL-3, R-ALL-4
#[test]
fn every_plan_keeps_to_everything_and_no_bound_is_below_the_best_of_all_plans() {
    let mut proved = 0;
    for seed in 0..2_000 {
        let instance = tiny::instance(seed);
        let best = tiny::best(&instance);
        let outcome = planned(&instance, 150);
        let verdict = judge(&instance, &outcome.solution);
        if let Some(value) = outcome.progress.value {
            assert!(verdict.breaches.is_empty(), "{seed} {verdict:?}");
            assert_eq!(verdict.parts.total(), value, "{seed}");
        }
        if let (Some(bound), Some(best)) = (outcome.progress.bound, best) {
            assert!(bound >= best, "{seed}: bound {bound} below {best}");
        }
        if outcome.progress.optimal() {
            assert_eq!(outcome.progress.value, best, "{seed}");
            proved += 1;
        }
    }
    assert!(proved > 1_700, "{proved}");
}

/// R-ALL-3
#[test]
fn the_value_of_the_best_known_plans_is_that_of_the_independent_checker() {
    let known = [("college-s-1", 247_886), ("college-m-1", 585_008), ("college-l-1", 1_316_694), ("lea-1", 1_269_617)];
    for (name, value) in known.into_iter().chain([("lea-1-replan", 1_210_009)]) {
        let instance = read(&public(&format!("{name}.json.gz"))).unwrap();
        let solution: Solution = serde_json::from_slice(&public(&format!("{name}.best.json.gz"))).unwrap();
        let verdict = judge(&instance, &solution);
        assert_eq!((verdict.parts.total(), verdict.breaches), (value, Vec::new()), "{name}");
    }
}

/// R-ALL-4
#[test]
fn no_bound_on_a_public_instance_is_below_its_best_known_plan() {
    let known = [("college-s-1", 247_886), ("college-m-1", 585_008), ("lea-1", 1_269_617), ("lea-1-replan", 1_210_009)];
    for (name, value) in known {
        let instance = read(&public(&format!("{name}.json.gz"))).unwrap();
        let outcome = planned(&instance, 300);
        assert!(outcome.progress.bound.unwrap() >= value, "{name} {:?}", outcome.progress);
        assert!(judge(&instance, &outcome.solution).breaches.is_empty(), "{name}");
        assert!(outcome.progress.gap().unwrap() < 2.0, "{name} {:?}", outcome.progress);
    }
}

/// R-ALL-4
#[test]
fn small_plans_and_plans_near_the_one_before_are_soon_proved_to_be_the_best() {
    for (name, iterations, value) in [("college-s-1", 400, 247_886), ("lea-1-replan", 1_500, 1_210_009)] {
        let instance = read(&public(&format!("{name}.json.gz"))).unwrap();
        let progress = planned(&instance, iterations).progress;
        assert_eq!((progress.value, progress.bound), (Some(value), Some(value)), "{name}");
    }
}

/// R-ALL-6
#[test]
fn the_same_seed_and_iterations_give_the_same_plan() {
    let instance = read(&public("college-m-1.json.gz")).unwrap();
    let (one, other) = (planned(&instance, 120), planned(&instance, 120));
    assert_eq!(one, other);
    let graph = Graph::new(&instance);
    let turned: fn(Piece, Piece) = |one, other| in_turn(other, one);
    let two = solve(&instance, &graph, Options { iterations: 120, both: turned, ..Options::default() }, |_| true);
    assert_eq!(two, one, "whichever of prices and plan comes first");
    let mut turns = 0;
    let stopped = solve(&instance, &graph, Options::default(), |_| {
        turns += 1;
        turns < 120
    });
    assert_eq!(stopped, one, "stopping early is the same as fewer iterations");
}
