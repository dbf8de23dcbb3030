//! The page `docs/figures.md`: each figure with its day, its machine and the command that gives it again.

use super::pages::Cost;
use crate::fault::{Fault, While};
use crate::steps::Line;
use std::path::Path;
use std::time::Duration;

/// One figure.
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// With its unit.
    pub value: String,
    /// What it must stay under; empty when there is none.
    pub target: String,
    /// The command that measures it.
    pub command: String,
}

/// Day and machine, written beside each figure.
pub struct Circumstances {
    day: String,
    machine: String,
}

impl Circumstances {
    /// Today, here.
    pub fn now(root: &Path) -> Result<Self, Fault> {
        let day = Line::new(root, "date -u +%F").output()?;
        let rustc = Line::new(root, "rustc --version").output()?;
        let rustc = rustc.split(' ').nth(1).unwrap_or_default().to_string();
        let cores = std::thread::available_parallelism().on("counting cores")?;
        let memory = std::fs::read_to_string("/proc/meminfo").on("/proc/meminfo")?;
        let kib = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
        Ok(Self { day, machine: format!("{cores} cores, {} GiB, rustc {rustc}", kib.div_ceil(1 << 20)) })
    }
}

const HEAD: &str = "# Figures

Measured by `cargo xtask figures` on the sample college, release build, on a machine doing nothing else where possible;
a figure that a run does not measure again keeps its day. Processor time is user and system time of the program alone,
as the kernel accounts it to its threads, as a mean over 300 requests on one connection after 30 to warm up (writes: the
form's sending alone). Nothing here was measured on somebody's real college.

| figure | measured | target | day | machine | command |
|---|---:|---|---|---|---|
";

const ALLOCATION: &str = "## Allocation\n";

/// The tables of allocation, with the option that measured them; none when they were not.
type Tables<'a> = Option<(&'a str, &'a str)>;

/// The page's text: the new figures, then those of the page before that were not measured again, then the tables of
/// allocation, as before when they are not new, then every page's cost.
pub fn page(figures: &[Figure], (allocation, costs): (Tables, &[Cost]), at: &Circumstances, before: &str) -> String {
    let mut text = HEAD.to_string();
    for Figure { name, value, target, command } in figures {
        text += &format!("| {name} | {value} | {target} | {} | {} | `{command}` |\n", at.day, at.machine);
    }
    let measured = |row: &str| figures.iter().any(|figure| row.starts_with(&format!("| {} |", figure.name)));
    let table = before.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let kept = table.take_while(|line| line.starts_with('|')).filter(|row| !measured(row));
    kept.for_each(|row| text += &format!("{row}\n"));
    let old = before.split_once(ALLOCATION).map(|(_, after)| after.split("\n## ").next().unwrap_or_default().trim());
    let new = allocation.map(|(option, tables)| {
        format!("`cargo xtask figures {option}`, {}, {}.\n\n{}", at.day, at.machine, tables.trim_end())
    });
    if let Some(section) = new.or(old.map(String::from)) {
        text += &format!("\n{ALLOCATION}\n{section}\n");
    }
    text += &format!("\n## Each page\n\n`cargo xtask figures`, {}, {}.\n\n", at.day, at.machine);
    text += "| request | as | processor time | size |\n|---|---|---:|---:|\n";
    for Cost { page, seen_as, cpu, size } in costs {
        let size = if *size == 0 { String::new() } else { format!("{:.1} kB", *size as f64 / 1000.0) };
        text += &format!("| `{page}` | {seen_as} | {} | {size} |\n", milliseconds(*cpu));
    }
    text
}

/// Milliseconds to two decimals, or whole ones from ten on.
pub fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") }
}

/// The middle value; of an even number the upper one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, value: &str) -> Figure {
        Figure { name: name.into(), value: value.into(), target: "< 1 s".into(), command: "x".into() }
    }

    #[test]
    fn figures_that_were_not_measured_again_keep_their_row() {
        let at = Circumstances { day: "2026-11-24".into(), machine: "2 cores".into() };
        let measured = [figure("cold start", "9 ms"), figure("first command", "7 min")];
        let before = page(&measured, (Some(("--allocation", "| lea-1 | 2 s |\n")), &[]), &at, "");
        let later = Circumstances { day: "2026-12-01".into(), machine: "2 cores".into() };
        let cost =
            Cost { page: "GET /".into(), seen_as: "teacher".into(), cpu: Duration::from_micros(250), size: 1500 };
        let after = page(&[figure("cold start", "8 ms")], (None, &[cost]), &later, &before);
        assert!(after.contains("| cold start | 8 ms | < 1 s | 2026-12-01 |") && !after.contains("9 ms"), "{after}");
        assert!(after.contains("| first command | 7 min | < 1 s | 2026-11-24 |"), "{after}");
        let section =
            "## Allocation\n\n`cargo xtask figures --allocation`, 2026-11-24, 2 cores.\n\n| lea-1 | 2 s |\n\n## Each";
        assert!(after.contains(section), "{after}");
        assert!(after.contains("| `GET /` | teacher | 0.25 ms | 1.5 kB |"), "{after}");
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([5, 1, 3].map(Duration::from_secs).to_vec()), Duration::from_secs(3));
    }
}
