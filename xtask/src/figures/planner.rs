//! What the planner costs: forty practitioners worked out, with what would make each year fit.

use super::Report;
use super::record::median;
use crate::fault::Fault;
use crate::steps::Line;
use std::path::Path;
use std::time::{Duration, Instant};

const OPTION: &str = "--planner";
const RUNS: usize = 5;
const ROUNDS: u32 = 20_000;
const AT_MOST: Duration = Duration::from_millis(1);
const TEST: &str = "cargo test --quiet --locked --release -p domain --test planner";

/// Times many rounds against none, so that starting the test is not counted.
pub fn measure(root: &Path, report: &mut Report) -> Result<(), Fault> {
    Line::new(root, "cargo test --locked --release -p domain --test planner --no-run").run()?;
    let timed = |rounds: u32| {
        let begun = Instant::now();
        Line::new(root, TEST).with("PLANNER_ROUNDS", &rounds.to_string()).run()?;
        Ok::<Duration, Fault>(begun.elapsed())
    };
    let (mut none, mut many) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        none.push(timed(0)?);
        many.push(timed(ROUNDS)?);
    }
    let each = median(many).saturating_sub(median(none)) / ROUNDS;
    let value = format!("{:.3} ms", each.as_secs_f64() * 1000.0);
    report.add(&format!("planner · 40 practitioners, median of {RUNS}"), value, each, AT_MOST, OPTION);
    Ok(())
}
