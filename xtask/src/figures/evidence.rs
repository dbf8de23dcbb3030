//! What the statistics behind the reports cost: the audit of three terms and a year, every order in which areas could have begun, and a
//! report as PDF.

use super::Report;
use crate::fault::Fault;
use crate::steps::Line;
use std::path::Path;
use std::time::Duration;

const OPTION: &str = "--evidence";
const EVIDENCE: &str = "cargo run --quiet --locked --release -p evidence --example figures --";
const DOCUMENTS: &str = "cargo run --quiet --locked --release -p documents --example figures --";
const RUNS: usize = 3;
const PUBLISHED: &str = "cause · farthest from what R publishes of mpdta";

/// The example that prints a figure, the figure's name there, what it is, and the most it may take, in milliseconds.
const FIGURES: [(&str, &str, &str, u64); 4] = [
    (EVIDENCE, "book-300", "release book · three terms and a year, 300 staff", 1_000),
    (EVIDENCE, "book-3000", "release book · three terms and a year, 3,000 staff", 10_000),
    (EVIDENCE, "randomisation", "cause · 34,650 assignments, interval and smallest effect", 1_000),
    (DOCUMENTS, "report", "PDF · a year of 400 lines, fonts read too", 300),
];

/// Runs each a few times and takes the slowest.
pub fn measure(root: &Path, report: &mut Report) -> Result<(), Fault> {
    for (example, figure, name, most) in FIGURES {
        let mut slowest = Duration::ZERO;
        for _ in 0..RUNS {
            let said = Line::new(root, &format!("{example} {figure}")).output()?;
            let taken = said.trim_end().strip_suffix(" ms").and_then(|said| said.rsplit(' ').next()?.parse().ok());
            let taken = taken.map(Duration::from_millis).ok_or_else(|| Fault(format!("{figure} said: {said}")))?;
            slowest = slowest.max(taken);
        }
        let value = format!("{} ms", slowest.as_millis());
        report.add(&format!("{name}, slowest of {RUNS}"), value, slowest, Duration::from_millis(most), OPTION);
    }
    let said = Line::new(root, &format!("{EVIDENCE} published")).output()?;
    let farthest: Option<f64> = said.trim_end().strip_prefix("farthest: ").and_then(|said| said.parse().ok());
    let farthest = farthest.ok_or_else(|| Fault(format!("published said: {said}")))?;
    report.add_told(PUBLISHED, format!("{farthest:.0e}"), "< 1e-9", farthest >= 1e-9, OPTION);
    Ok(())
}
