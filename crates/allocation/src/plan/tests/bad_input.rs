//! What is wrong is named; nothing stops the program.

use super::*;
use crate::plan::chance::Chance;
use proptest::prelude::*;
use serde_json::{Value, json};

fn sound() -> Value {
    serde_json::from_slice(&public("college-s-1.json.gz")).unwrap()
}

fn fault(change: impl FnOnce(&mut Value)) -> String {
    let mut file = sound();
    change(&mut file);
    read(&serde_json::to_vec(&file).unwrap()).unwrap_err().to_string()
}

/// R-ALL-12
#[test]
fn what_is_wrong_is_named_with_its_field() {
    let begins = |change: fn(&mut Value), field: &str| {
        let told = fault(change);
        assert!(told.starts_with(field), "{told}");
    };
    begins(|file| file["format"] = json!("alongside-alloc/2"), "format:");
    begins(|file| file["needs"]["min"][17] = json!("two"), "needs.min[17]:");
    begins(|file| file["needs"]["min"][17] = json!(0), "needs.min[17]:");
    begins(|file| file["needs"]["max"][3] = json!(-1), "needs.max[3]:");
    begins(|file| file["needs"]["vmin"][0] = json!(99_999_999_999_i64), "needs.vmin[0]:");
    begins(|file| file["needs"]["site"][1] = json!(8), "needs.site[1]:");
    begins(|file| file["needs"]["choice"][5] = json!([1, 1]), "needs.choice[5]:");
    begins(|file| drop(file["needs"]["mask"].as_array_mut().unwrap().pop()), "needs.mask:");
    begins(|file| file["practitioners"]["cap"][2] = json!(1.5), "practitioners.cap[2]:");
    begins(|file| file["practitioners"]["blocks"][2] = json!([[70_000, 3]]), "practitioners.blocks[2]:");
    begins(|file| file["practitioners"]["new"][0] = json!(2), "practitioners.new[0]:");
    begins(|file| file["params"]["travel"]["open_m_per_min"] = json!(0), "params.travel.open_m_per_min:");
    begins(|file| file["params"]["weights"]["tier_pct"] = json!([80, 60, 95]), "params.weights.tier_pct:");
    begins(|file| file["params"]["max_changes"] = json!(-1), "params.max_changes:");
    begins(|file| drop(file.as_object_mut().unwrap().remove("sites")), ".:");
    assert!(read(br#"{"":{"cut":"off"#).unwrap_err().to_string().starts_with("file:"));
}

/// R-ALL-12
#[test]
fn pins_that_contradict_each_other_are_named() {
    let told = fault(|file| {
        let needs: Vec<usize> = (0..50).collect();
        let length = needs.len();
        file["previous"] = json!({
            "need": needs, "practitioner": vec![0; length], "dose": vec![1; length], "state": vec!["started"; length],
        });
    });
    assert!(told.starts_with("previous.state["), "{told}");
    let twice = fault(|file| {
        file["previous"] =
            json!({"need": [1, 1], "practitioner": [0, 1], "dose": [1, 1], "state": ["offered", "offered"]});
    });
    assert!(twice.starts_with("previous.need:"), "{twice}");
}

/// R-ALL-12
#[test]
fn nothing_to_give_and_nothing_to_meet_is_a_plan_of_nothing() {
    let mut file = sound();
    file["practitioners"]["cap"] = json!([0, 0, 0, 0, 0]);
    let instance = read(&serde_json::to_vec(&file).unwrap()).unwrap();
    let outcome = planned(&instance, 50);
    assert_eq!((outcome.progress.value, outcome.progress.bound), (Some(0), Some(0)));
    assert!(outcome.solution.assign.is_empty());
}

proptest! {
    /// R-ALL-12
    #[test]
    fn a_file_cut_off_or_spoilt_anywhere_is_refused_or_read(at in 0_usize..20_000, byte: u8, cut: bool) {
        let mut file = public("college-s-1.json.gz");
        let at = at % file.len();
        if cut {
            file.truncate(at);
        } else {
            file[at] = byte;
        }
        if let Ok(instance) = read(&file) {
            let _ = planned(&instance, 2);
        }
    }

    /// R-ALL-12
    #[test]
    fn the_largest_numbers_that_are_allowed_do_not_overflow(seed: u64) {
        let mut instance = tiny::instance(seed);
        let mut chance = Chance::new(seed);
        for need in &mut instance.needs {
            (need.vmin, need.vextra, need.max) = (10_000_000, 1_000_000, 1_000);
        }
        for who in &mut instance.practitioners {
            who.cap = 1_000;
            who.travel_minutes = 10_000_000;
            who.blocks.iter_mut().for_each(|block| block.cap = if chance.below(2) == 0 { 1_000 } else { 3 });
        }
        // With other blocks, what has begun may no longer fit together; reading such a file refuses it.
        if crate::plan::pins::consistent(&instance).is_err() {
            return Ok(());
        }
        let outcome = planned(&instance, 5);
        let verdict = judge(&instance, &outcome.solution);
        if let Some(value) = outcome.progress.value {
            prop_assert_eq!(verdict.parts.total(), value);
            prop_assert!(verdict.breaches.is_empty());
            prop_assert!(outcome.progress.bound.is_none_or(|bound| bound >= value));
        }
    }
}
