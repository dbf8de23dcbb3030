//! What other solvers need to plan the same instance, the judge of what they find, and how long a recommendation takes:
//! `cargo run --release -p allocation --example peers -- rows INSTANCE FILE`, `… -- judge INSTANCE PLAN`, or
//! `… -- recommend INSTANCE PLAN`, which prints microseconds for one need in a plan that lies open: the median and the most.
//!
//! Rows are whole numbers parted by spaces. The first line: practitioners, needs, places, edges, points that every plan has,
//! and how many kept edges there must be at least. Then a line for each practitioner: hours, minutes of travel, sites, sets
//! of blocks (how many, then bits and units of each), steps of load (how many, then units and points a unit of each). Then a
//! line for each place: points that beginning there costs. Then a line for each edge: practitioner, need, place, least and
//! most units, minutes one way, bits of the blocks that suit, whether it has begun, whether it is kept from the plan before,
//! points of the least dose, points of each unit above.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Read;
use std::time::Instant;

use allocation::plan::{Graph, Instance, OpenPlan, Solution, judge, read, recommend};
use flate2::read::GzDecoder;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["rows", instance, out] => Ok(std::fs::write(out, rows(&read(&bytes(instance)?)?)?)?),
        ["judge", instance, plan] => judged(&read(&bytes(instance)?)?, &serde_json::from_slice(&bytes(plan)?)?),
        ["recommend", instance, plan] => {
            recommended(&read(&bytes(instance)?)?, &serde_json::from_slice(&bytes(plan)?)?);
            Ok(())
        }
        _ => Err("say `rows INSTANCE FILE`, `judge INSTANCE PLAN` or `recommend INSTANCE PLAN`".into()),
    }
}

fn bytes(file: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    GzDecoder::new(&bytes[..]).read_to_end(&mut plain)?;
    Ok(plain)
}

/// Prints what a plan is worth; one that breaks something is no plan.
fn judged(instance: &Instance, plan: &Solution) -> Result<(), Box<dyn Error>> {
    let verdict = judge(instance, plan);
    match verdict.breaches.first() {
        Some(breach) => Err(format!("{} breaches, first {breach:?}", verdict.breaches.len()).into()),
        None => {
            println!("{}", verdict.parts.total());
            Ok(())
        }
    }
}

/// Asks about every need once, each as the only one that is open.
fn recommended(instance: &Instance, plan: &Solution) {
    let graph = Graph::new(instance);
    let open = OpenPlan::new(instance, &graph, plan);
    let timed = |need: usize| {
        let begun = Instant::now();
        std::hint::black_box(recommend(&open, need));
        begun.elapsed().as_nanos()
    };
    let mut times: Vec<u128> = (0..instance.needs.len()).map(timed).collect();
    times.sort_unstable();
    let told = |nanoseconds: Option<&u128>| nanoseconds.copied().unwrap_or_default() as f64 / 1e3;
    println!("{:.1} {:.1}", told(times.get(times.len() / 2)), told(times.last()));
}

fn rows(instance: &Instance) -> Result<String, std::fmt::Error> {
    let graph = Graph::new(instance);
    let kept = instance.max_changes.map_or(0, |most| graph.before.saturating_sub(most));
    let mut out = String::new();
    let (people, needs, places) = (graph.means.len(), instance.needs.len(), graph.places.len());
    writeln!(out, "{people} {needs} {places} {} {} {kept}", graph.edges.len(), graph.constant)?;
    for means in &graph.means {
        write!(out, "{} {} {} {}", means.hours, means.travel, means.sites, means.sets.len())?;
        means.sets.iter().try_for_each(|(set, units)| write!(out, " {set} {units}"))?;
        let steps = steps(&means.load);
        write!(out, " {}", steps.len())?;
        steps.iter().try_for_each(|(units, points)| write!(out, " {units} {points}"))?;
        writeln!(out)?;
    }
    graph.places.iter().try_for_each(|place| writeln!(out, "{}", place.setup))?;
    for edge in &graph.edges {
        write!(out, "{} {} {} {} {}", edge.practitioner, edge.need, edge.place, edge.least, edge.most)?;
        write!(out, " {} {} {} {}", edge.minutes, edge.compat, u8::from(edge.pinned), u8::from(edge.kept))?;
        writeln!(out, " {} {}", edge.gain, edge.unit)?;
    }
    Ok(out)
}

/// Units of load that cost the same, in order, with the points of each.
fn steps(load: &[i64]) -> Vec<(i64, i64)> {
    let mut steps: Vec<(i64, i64)> = Vec::new();
    for (before, after) in load.iter().zip(load.iter().skip(1)) {
        match steps.last_mut() {
            Some((units, points)) if *points == after - before => *units += 1,
            _ => steps.push((1, after - before)),
        }
    }
    steps
}
