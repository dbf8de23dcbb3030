//! What came out, as tables.

use super::child::Used;
use crate::fault::Fault;
use std::time::Duration;

/// What somebody reached on an instance.
#[derive(Debug, Clone)]
pub struct Row {
    /// The instance.
    pub instance: String,
    /// Whose plan.
    pub who: String,
    /// Processor time.
    pub cpu: Duration,
    /// The most memory held.
    pub memory_mb: f64,
    /// The plan's value as judged, and its maker's own bound; or why there is no plan.
    pub reached: Result<(i64, Option<i64>), Fault>,
    /// What was to be reached.
    pub mark: String,
    /// It was not.
    pub missed: bool,
}

impl Default for Row {
    fn default() -> Self {
        Self::failed("", "", Fault(String::new()))
    }
}

impl Row {
    /// A plan.
    pub fn new(instance: &str, who: &str, used: &Used, value: i64, bound: Option<i64>) -> Self {
        let reached = Ok((value, bound));
        let (instance, who) = (instance.into(), who.into());
        let Used { cpu, memory_mb, .. } = *used;
        Self { instance, who, cpu, memory_mb, reached, mark: String::new(), missed: false }
    }

    /// No plan, and why.
    pub fn failed(instance: &str, who: &str, why: Fault) -> Self {
        let (instance, who, mark) = (instance.into(), who.into(), String::new());
        Self { instance, who, cpu: Duration::ZERO, memory_mb: 0.0, reached: Err(why), mark, missed: true }
    }

    /// By how much a plan could at most be better, in per cent, by its maker's own bound.
    pub fn gap(&self) -> Option<f64> {
        let (value, bound) = self.reached.as_ref().ok()?;
        Some(gap(*value, (*bound)?))
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { instance, who, .. } = self;
        match &self.reached {
            Err(Fault(why)) => write!(f, "{instance}, {who}: {why}"),
            Ok((value, _)) => {
                let (cpu, gap) = (seconds(self.cpu), self.gap().map_or_else(|| "no bound".into(), per_cent));
                write!(f, "{instance}, {who}: {value}, {gap}, in {cpu} and {:.0} MB", self.memory_mb)
            }
        }
    }
}

fn gap(value: i64, bound: i64) -> f64 {
    (bound - value) as f64 / (value.abs().max(1)) as f64 * 100.0
}

fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 1.0 { format!("{seconds:.3} s") } else { format!("{seconds:.1} s") }
}

fn per_cent(gap: f64) -> String {
    if gap == 0.0 { "proved".into() } else { format!("{gap:.3} %") }
}

/// With commas, as people read them.
fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut told = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    if number < 0 { format!("-{told}") } else { told }
}

/// Ours beside the marks.
pub fn marks(rows: &[Row], runs: usize) -> String {
    let mut text = format!(
        "One thread, seed 1; medians of {runs} of the whole program's processor time and of the gap between plan and own bound, the
most memory of all runs; ten nations once. Each plan is judged apart from the program that made it. What is missed and what was tried stands in
[decision 41](decisions/0041-one-engine-for-a-college-and-a-nation.md).\n\n"
    );
    text += "| instance | processor time | memory | value | bound | gap | mark | |\n|---|---:|---:|---:|---:|---:|---|---|\n";
    for row in rows {
        let Row { instance, mark, .. } = row;
        text += &match &row.reached {
            Ok((value, bound)) => format!(
                "| {instance} | {} | {:.0} MB | {} | {} | {} | {mark} | {} |\n",
                seconds(row.cpu),
                row.memory_mb,
                number(*value),
                bound.map_or_else(String::new, number),
                row.gap().map_or_else(|| "no bound".into(), per_cent),
                if row.missed { "missed" } else { "reached" }
            ),
            Err(Fault(why)) => format!("| {instance} | | | | | {why} | {mark} | missed |\n"),
        };
    }
    text
}

/// Everybody's plans; how far each is below the lowest bound that anybody gave for the instance.
pub fn others(rows: &[Row], budget: u32) -> String {
    let mut text = format!(
        "Beside others, with equal time: {budget} s each (a nation: three times as long), one thread, one run; ours of processor time,
theirs by their own clocks, which on an idle machine is the same. How each was set up stands in
[xtask/peers](../xtask/peers/README.md). Below is the distance from the lowest bound that anybody found.\n\n"
    );
    text += "| instance | solver | processor time | memory | value | own bound | below |\n|---|---|---:|---:|---:|---:|---:|\n";
    for row in rows {
        let bounds = rows.iter().filter(|other| other.instance == row.instance);
        let lowest = bounds.filter_map(|other| other.reached.as_ref().ok()?.1).min();
        let Row { instance, who, .. } = row;
        text += &match &row.reached {
            Ok((value, bound)) => format!(
                "| {instance} | {who} | {} | {:.0} MB | {} | {} | {} |\n",
                seconds(row.cpu),
                row.memory_mb,
                number(*value),
                bound.map_or_else(String::new, number),
                lowest.map_or_else(String::new, |bound| per_cent(gap(*value, bound)))
            ),
            Err(Fault(why)) => format!("| {instance} | {who} | | | {why} | | |\n"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_held_against_the_lowest_bound() {
        let used = Used { cpu: Duration::from_millis(1_530), memory_mb: 12.3, said: String::new() };
        let rows = [
            Row::new("one", "Alongside", &used, 1_234_000, Some(1_234_000)),
            Row::new("one", "other", &used, 617_000, None),
            Row::failed("one", "third", Fault("is not installed".into())),
        ];
        let told = others(&rows, 10);
        assert!(told.contains("| one | Alongside | 1.5 s | 12 MB | 1,234,000 | 1,234,000 | proved |"), "{told}");
        assert!(told.contains("| one | other | 1.5 s | 12 MB | 617,000 |  | 100.000 % |"), "{told}");
        assert!(told.contains("| one | third | | | is not installed | | |"), "{told}");
        assert!(marks(&rows, 5).contains("| one | 1.5 s | 12 MB | 1,234,000 | 1,234,000 | proved |  | reached |"));
        assert_eq!((number(-1_234), number(999)), ("-1,234".into(), "999".into()));
    }
}
