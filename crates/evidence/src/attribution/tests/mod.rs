//! The whole way from a file to what may be said.

mod reading;
mod said;
mod vectors;

use super::*;

/// A small generator of noise between −1 and 1, the same every time.
fn noise(at: u64) -> f64 {
    let mut chance = assignments::Chance::new(at);
    chance.below(2_000_001) as f64 / 1_000_000.0 - 1.0
}

/// A file: the beginning of each unit, so many periods, and the outcome of unit and period.
fn file(starts: &[usize], periods: usize, outcome: impl Fn(usize, usize) -> f64) -> String {
    let mut text = String::from("unit,period,outcome,first_treat\n");
    for (unit, start) in starts.iter().enumerate() {
        for period in 1..=periods {
            text += &format!("area{unit:02},{period},{},{start}\n", outcome(unit, period));
        }
    }
    text
}

fn did(text: &str, options: &Options) -> Did {
    match attribute(text, options).unwrap() {
        Answer::Did(did) => *did,
        other => panic!("{other:?}"),
    }
}

fn refused(text: &str, options: &Options) -> Refused {
    match attribute(text, options).unwrap() {
        Answer::Refused(refused) => refused,
        other => panic!("{other:?}"),
    }
}
