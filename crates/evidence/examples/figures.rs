//! Prints one figure: `cargo run --release -p evidence --example figures -- randomisation`.

use std::time::Instant;

use evidence::attribution::{Answer, Control, Options, attribute};
use evidence::book::{Frame, Place, Release, term, year};

const COLLEGE: &str = include_str!("../../../tests/vectors/evidence/attribution/college_a.csv");
const COUNTIES: &str = include_str!("../../../tests/vectors/evidence/attribution/mpdta.csv");
const PUBLISHED: &str = include_str!("../../../tests/vectors/evidence/attribution/reference_mpdta.json");

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("randomisation") => randomisation(),
        Some("published") => published(),
        Some("book-300") => timed(|| book(300, 12, 3)),
        Some("book-3000") => timed(|| book(3_000, 40, 3)),
        other => eprintln!("no figure {other:?}; there are: randomisation, published, book-300, book-3000"),
    }
}

/// Does it, and says how long it took.
fn timed(it: impl FnOnce()) {
    let begun = Instant::now();
    it();
    println!("together: {} ms", begun.elapsed().as_millis());
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

/// How far what we say of `mpdta` is at most from what R publishes of it, with both kinds of controls.
fn published() {
    let says: serde_json::Value = serde_json::from_str(PUBLISHED).unwrap_or_default();
    let farthest = [("never", Control::Never), ("notyet", Control::Notyet)].into_iter().map(|(name, control)| {
        let answer = attribute(COUNTIES, &Options { control, ..Options::default() }).ok();
        let ours = answer.and_then(|answer| serde_json::to_value(answer).ok()).unwrap_or_default();
        farthest(says.pointer(&format!("/controls/{name}")).unwrap_or(&says), &ours)
    });
    println!("farthest: {:e}", farthest.fold(0.0, f64::max));
}

/// The greatest distance between numbers of the same place; without end where one is missing. R's notes on itself are left out.
fn farthest(says: &serde_json::Value, ours: &serde_json::Value) -> f64 {
    use serde_json::Value;
    match says {
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| *name != "agreement" && !name.starts_with("r_did"));
            told.map(|(name, value)| farthest(value, ours.get(name).unwrap_or(&Value::Null))).fold(0.0, f64::max)
        }
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.map(|(at, item)| farthest(item, ours.get(at).unwrap_or(&Value::Null))).fold(0.0, f64::max)
        }
        Value::Number(number) => match (number.as_f64(), ours.as_f64()) {
            (Some(says), Some(ours)) => (says - ours).abs(),
            _ => f64::INFINITY,
        },
        _ => 0.0,
    }
}

/// Three terms and a year; one person in fifty is in another area in the second term, one in forty left before the third.
fn book(people: u16, areas: u16, roles: u16) {
    let place = |person: u16, term: u8| {
        let moved = u16::from(term > 1 && person % 50 == 7);
        let left = term > 2 && person % 40 == 9;
        (!left).then_some(Place { area: (person + moved) % areas, role: (person / areas) % roles })
    };
    let truth = |term: u8| (0..people).map(|person| (person * 7 + u16::from(term) * 5) % 11 < 4).collect::<Vec<bool>>();
    let mut all: Vec<Release> = Vec::new();
    let mut union = vec![false; usize::from(people)];
    for number in 1..=3 {
        let frame = Frame { places: (0..people).map(|person| place(person, number)).collect() };
        let truth: Vec<bool> =
            truth(number).into_iter().zip(&frame.places).map(|(had, at)| had && at.is_some()).collect();
        union.iter_mut().zip(&truth).for_each(|(any, had)| *any |= had);
        tell(term("support", number, &all, frame, &truth), &mut all);
    }
    tell(year("support", &all, &union), &mut all);
}

fn tell<E: std::fmt::Display>(release: Result<Release, E>, all: &mut Vec<Release>) {
    match release {
        Ok(release) => {
            let withheld = release.shown.iter().filter(|shown| shown.band.is_none()).count();
            println!("{:?}: {} cells, {withheld} not shown", release.period, release.shown.len());
            all.push(release);
        }
        Err(fault) => println!("{fault}"),
    }
}
