//! Prints one figure: `cargo run --release -p evidence --example figures -- randomisation`.

use std::time::Instant;

use evidence::attribution::{Answer, Options, attribute};

const COLLEGE: &str = include_str!("../../../tests/vectors/evidence/attribution/college_a.csv");

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("randomisation") => randomisation(),
        other => eprintln!("no figure {other:?}; there is: randomisation"),
    }
}

/// From the file to the answer: all 34,650 assignments, interval and smallest effect; the slowest of five.
fn randomisation() {
    let once = || {
        let begun = Instant::now();
        let answer = attribute(COLLEGE, &Options { lot: true, ..Options::default() });
        let count = match &answer {
            Ok(Answer::Did(did)) => did.ri.effect.assignments,
            _ => 0,
        };
        (begun.elapsed().as_millis(), count)
    };
    let slowest = (0..5).map(|_| once()).max();
    if let Some((milliseconds, count)) = slowest {
        println!("exact randomisation, {count} assignments: {milliseconds} ms");
    }
}
